import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Zstd } from '../door.ts';

const compressAsync = promisify(zstdCompress);
const decompressAsync = promisify(zstdDecompress);

/** Level 3 for what is used, 6 to 9 for archives. */
const LEVEL = 3;

/** On the system's thread pool: nothing stalls, and the order in which calls settle is not fixed. */
export function threadedZstd(level: number = LEVEL): Zstd {
  return {
    compress: (bytes) => compressAsync(bytes, at(level)),
    decompress: (bytes, bytesMax) => decompressAsync(bytes, { maxOutputLength: bytesMax }),
  };
}

/** On the caller's thread: deterministic, for the simulation. */
export function inlineZstd(level: number = LEVEL): Zstd {
  return {
    compress: (bytes) => Promise.resolve(zstdCompressSync(bytes, at(level))),
    decompress: (bytes, bytesMax) => Promise.resolve().then(() => zstdDecompressSync(bytes, { maxOutputLength: bytesMax })),
  };
}

function at(level: number) {
  return { params: { [constants.ZSTD_c_compressionLevel]: level } };
}
