export type * from './door.ts';
export { buildTables } from './tables/index.ts';
export { startGateway } from './gateway.ts';
export { offlineUuid } from './login/offline.ts';
