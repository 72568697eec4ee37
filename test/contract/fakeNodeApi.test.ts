import { createFakeNode, PLAN } from '../fakes/nodeApi.ts';
import { nodeApiContract } from './nodeApi.ts';

nodeApiContract('the fake', async () => ({
  api: createFakeNode().api,
  save: { path: PLAN.path, name: PLAN.name },
  noWorld: '/no-world',
  notEmpty: '/not-empty',
  target: '/exports/new',
  close: async () => {},
}));
