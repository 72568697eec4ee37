export { inlineZstd, threadedZstd } from './blobs/zstd.ts';
export type * from './door.ts';
export { retained, type KeptSnapshot } from './retention.ts';
export { openStore } from './store.ts';
