export type * from './door.ts';
export { buildTables } from './tables/index.ts';
