import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNode, type PeerholdNode } from '../../src-main/node/index.ts';
import { makeFolder } from '../e2e/support/nodeProcess.ts';
import { nodeApiContract } from './nodeApi.ts';

function openNode(dataFolder: string): Promise<PeerholdNode> {
  return buildNode({
    dataFolder,
    game: { host: '127.0.0.1', port: 0 },
    auth: 'offline',
    announce: false,
    observer: false,
    version: 'test',
  });
}

/** An ordinary save, made by another node: a new world, exported. */
async function makeSave(folder: string): Promise<string> {
  const node = await openNode(join(folder, 'maker'));
  const target = join(folder, 'save');
  try {
    const created = await node.api.worlds.create({ name: 'Exported', seed: '5', version: null, mode: 'survival' });
    const started = created.ok ? await node.api.worlds.export({ name: 'Exported', folder: target }) : created;
    if (!started.ok) throw new Error(`${started.code} ${JSON.stringify(started.facts)}`);
    await new Promise<void>((resolve, reject) => {
      node.api.subscribe('jobs', ({ value }) => {
        const outcome = value.find(({ id }) => id === started.value.job)?.outcome;
        if (outcome?.state === 'exported') resolve();
        else if (outcome !== undefined && outcome.state !== 'running') reject(new Error(JSON.stringify(outcome)));
      });
    });
    return target;
  } finally {
    await node.close();
  }
}

nodeApiContract('the real node', async () => {
  const folder = makeFolder();
  const path = await makeSave(folder.path);
  const noWorld = join(folder.path, 'no-world');
  const notEmpty = join(folder.path, 'not-empty');
  mkdirSync(noWorld);
  mkdirSync(notEmpty);
  writeFileSync(join(notEmpty, 'file.txt'), 'mine');
  const node = await openNode(join(folder.path, 'data'));
  return {
    api: node.api,
    save: { path, name: 'Exported' },
    noWorld,
    notEmpty,
    target: join(folder.path, 'target'),
    close: async () => {
      await node.close();
      folder.remove();
    },
  };
});
