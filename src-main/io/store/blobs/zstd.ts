import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Zstd } from '../door.ts';

const compressAsync = promisify(zstdCompress);
const decompressAsync = promisify(zstdDecompress);

/** Level 3 for what is used, 6 to 9 for archives. */
const LEVEL = 3;

/** Below this, the work takes less time than handing it to another thread (some 50 us). */
const INLINE_BYTES_MAX = 16 * 1024;

/** Each compression under way holds a megabyte of context: more of them than threads only empty the caches (250 at once are a quarter as fast as 4). */
const AT_ONCE = 4;

/** Output comes in pieces of this size; node's 16 KiB would cross between threads several times for one chunk. */
const PIECE_BYTES = 64 * 1024;

/** What is large goes to the system's thread pool: nothing stalls, and the order in which calls settle is not fixed. */
export function threadedZstd(level: number = LEVEL): Zstd {
  const inLane = lanes(AT_ONCE);
  const inline = inlineZstd(level);
  return {
    compress: (bytes) => (bytes.length <= INLINE_BYTES_MAX ? inline.compress(bytes) : inLane(() => compressAsync(bytes, at(level)))),
    decompress: (bytes, bytesMax) =>
      bytes.length <= INLINE_BYTES_MAX
        ? inline.decompress(bytes, bytesMax)
        : inLane(() => decompressAsync(bytes, { maxOutputLength: bytesMax, chunkSize: PIECE_BYTES })),
  };
}

/** On the caller's thread: deterministic, for the simulation. */
export function inlineZstd(level: number = LEVEL): Zstd {
  return {
    compress: (bytes) => Promise.resolve(zstdCompressSync(bytes, at(level))),
    decompress: (bytes, bytesMax) =>
      Promise.resolve().then(() => zstdDecompressSync(bytes, { maxOutputLength: bytesMax, chunkSize: PIECE_BYTES })),
  };
}

function at(level: number) {
  return { chunkSize: PIECE_BYTES, params: { [constants.ZSTD_c_compressionLevel]: level } };
}

/** Runs at most `count` actions at once, in the order of their calls. */
function lanes(count: number): <T>(action: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (action) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await action();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
