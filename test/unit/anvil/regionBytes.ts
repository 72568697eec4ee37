import { deflateSync, gzipSync } from 'node:zlib';
import { compressLz4Stream } from './lz4Encoder.ts';

/** One chunk as a test wants it in a region file. */
export interface PlantedChunk {
  readonly index: number;
  /** The bytes after the compression byte. */
  readonly content: Uint8Array;
  readonly compression: number;
  /** What the chunk's own length says; the truth when absent. */
  readonly length?: number;
  /** What the header says; the truth when absent. */
  readonly sector?: number;
  readonly sectors?: number;
}

export function compressed(nbt: Uint8Array, compression: number): Uint8Array {
  if (compression === 1) return gzipSync(nbt);
  if (compression === 2) return deflateSync(nbt);
  return compression === 4 ? compressLz4Stream(nbt) : nbt;
}

/** A region file, made here without any code of ours. The last chunk is not padded when `padded` is false, as some programs leave it. */
export function regionBytes(chunks: readonly PlantedChunk[], padded = true): Uint8Array {
  const header = Buffer.alloc(8192);
  const parts: Uint8Array[] = [header];
  let sector = 2;
  chunks.forEach((chunk, i) => {
    const bytes = 5 + chunk.content.length;
    const sectors = Math.ceil(bytes / 4096);
    const body = Buffer.alloc(padded || i < chunks.length - 1 ? sectors * 4096 : bytes);
    body.writeInt32BE(chunk.length ?? chunk.content.length + 1, 0);
    body[4] = chunk.compression;
    body.set(chunk.content, 5);
    parts.push(body);
    header.writeUIntBE(chunk.sector ?? sector, 4 * chunk.index, 3);
    header[4 * chunk.index + 3] = chunk.sectors ?? sectors;
    sector += sectors;
  });
  return Buffer.concat(parts);
}
