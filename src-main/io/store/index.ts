export { inlineZstd, threadedZstd } from './blobs/zstd.ts';
export type * from './door.ts';
export { openStore } from './store.ts';
