import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CHUNK_NBT_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { refuse, type Refusal, type Result } from '../../../../src-shared/errors/index.ts';
import { decompressChunk, EXTERNAL_BIT } from './compression.ts';
import {
  chunkAt,
  externalName,
  HEADER_BYTES,
  parseRegionHeader,
  regionName,
  SECTOR_BYTES,
  SECTORS_SAID_MAX,
  type ChunkPlace,
  type RegionHeader,
} from './regionHeader.ts';

/** Length of a chunk (4 bytes, the compression byte included) and compression. */
const CHUNK_HEAD_BYTES = 5;

/**
 * One region file, read chunk by chunk at its place; synchronous, for worker threads. Opening throws the system's error. A file that is
 * not there is a region without chunks.
 */
export class RegionReader {
  readonly header: RegionHeader;
  readonly #folder: string;
  readonly #region: { readonly x: number; readonly z: number };
  readonly #file: number | null;
  readonly #fileBytes: number;
  readonly #places: ReadonlyMap<number, ChunkPlace>;
  readonly #bad: ReadonlyMap<number, Refusal>;
  #scratch = new Uint8Array(4 * SECTOR_BYTES);

  constructor(folder: string, region: { readonly x: number; readonly z: number }) {
    this.#folder = folder;
    this.#region = region;
    this.#file = openOrNull(join(folder, regionName(region)));
    this.#fileBytes = this.#file === null ? 0 : fstatSync(this.#file).size;
    const head = this.#read(0, Math.min(HEADER_BYTES, this.#fileBytes));
    this.header = parseRegionHeader(head, this.#fileBytes);
    this.#places = new Map(this.header.places.map((place) => [place.index, place]));
    this.#bad = new Map(this.header.bad.map(({ index, reason }) => [index, refuse('import.region-damaged', { reason })]));
  }

  /** Uncompressed NBT of the chunk at `index`; null when there is none; a refusal when it can not be had. */
  read(index: number): Result<Uint8Array> | null {
    const place = this.#places.get(index);
    if (place === undefined) return this.#bad.get(index) ?? null;
    try {
      return this.#readAt(place);
    } catch (error) {
      return unreadable(error);
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }

  #readAt(place: ChunkPlace): Result<Uint8Array> {
    const start = place.sector * SECTOR_BYTES;
    const said = this.#read(start, Math.min(place.sectors * SECTOR_BYTES, this.#fileBytes - start));
    if (said.length < CHUNK_HEAD_BYTES) return refuse('import.chunk-truncated', { bytes: said.length });
    const length = new DataView(said.buffer, said.byteOffset).getInt32(0);
    const compression = said[4]!;
    if (length < 1) return refuse('import.chunk-damaged', { reason: 'length', length });
    if ((compression & EXTERNAL_BIT) !== 0) return this.#readExternal(place.index, compression & ~EXTERNAL_BIT);
    const whole = 4 + length;
    if (whole <= said.length) return decompressChunk(compression, said.subarray(CHUNK_HEAD_BYTES, whole));
    const mayBeLonger = place.sectors === SECTORS_SAID_MAX && whole <= this.#fileBytes - start && length <= CHUNK_NBT_BYTES_MAX;
    if (!mayBeLonger) return refuse('import.chunk-truncated', { bytes: said.length, wanted: whole });
    return decompressChunk(compression, this.#read(start + CHUNK_HEAD_BYTES, length - 1));
  }

  #readExternal(index: number, compression: number): Result<Uint8Array> {
    const name = externalName(chunkAt(this.#region, index));
    const path = join(this.#folder, name);
    const state = statSync(path, { throwIfNoEntry: false });
    if (state === undefined) return refuse('import.chunk-external-missing', { file: name });
    if (state.size > CHUNK_NBT_BYTES_MAX) return refuse('import.chunk-too-large', { bytesMax: CHUNK_NBT_BYTES_MAX });
    return decompressChunk(compression, readFileSync(path));
  }

  /** Bytes in a buffer that the next read overwrites; fewer only at the end of the file. */
  #read(offset: number, length: number): Uint8Array {
    if (this.#file === null) return this.#scratch.subarray(0, 0);
    if (length > this.#scratch.length) this.#scratch = new Uint8Array(Math.max(length, 2 * this.#scratch.length));
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.#file, this.#scratch, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return this.#scratch.subarray(0, filled);
  }
}

function openOrNull(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function unreadable(error: unknown): Refusal {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return refuse('import.file-unreadable', { cause });
}
