import { deflateSync, gunzipSync, inflateSync } from 'node:zlib';
import { CHUNK_NBT_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { refuse, type Refusal, type Result } from '../../../../src-shared/errors/index.ts';
import { decompressLz4Stream, Lz4TooLargeError } from './lz4.ts';

/** Compression byte of a chunk. Source: https://minecraft.wiki/w/Region_file_format */
export const COMPRESSION = { gzip: 1, zlib: 2, none: 3, lz4: 4 } as const;
/** Set in the compression byte of a chunk whose bytes are in a file of their own. */
export const EXTERNAL_BIT = 0x80;

/** zlib gives its output in pieces of this; most chunks fit into one. */
const PIECE_BYTES = 64 * 1024;
const OPTIONS = { maxOutputLength: CHUNK_NBT_BYTES_MAX, chunkSize: PIECE_BYTES };

/** A chunk's NBT. Refuses with `import.chunk-...` for what can not be had whole. The result may share memory with `bytes`. */
export function decompressChunk(compression: number, bytes: Uint8Array): Result<Uint8Array> {
  try {
    switch (compression) {
      case COMPRESSION.zlib:
        return ok(inflateSync(bytes, OPTIONS));
      case COMPRESSION.gzip:
        return ok(gunzipSync(bytes, OPTIONS));
      case COMPRESSION.lz4:
        return ok(decompressLz4Stream(bytes, CHUNK_NBT_BYTES_MAX));
      case COMPRESSION.none:
        return bytes.length > CHUNK_NBT_BYTES_MAX ? tooLarge() : ok(bytes.slice());
      default:
        return refuse('import.chunk-compression-unknown', { compression });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE' || error instanceof Lz4TooLargeError) return tooLarge();
    if (code === 'Z_BUF_ERROR') return refuse('import.chunk-truncated', { reason: 'compressed data ends early' });
    return refuse('import.chunk-damaged', { reason: error instanceof Error ? error.message : String(error) });
  }
}

/** As vanilla writes: zlib. */
export function compressChunk(nbt: Uint8Array): Uint8Array {
  return deflateSync(nbt);
}

function tooLarge(): Refusal {
  return refuse('import.chunk-too-large', { bytesMax: CHUNK_NBT_BYTES_MAX });
}

/** A plain array: a Node buffer's slice is no copy. */
function ok(value: Uint8Array): Result<Uint8Array> {
  return { ok: true, value: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) };
}
