import { open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { COMPRESSION, EXTERNAL_BIT } from './compression.ts';
import { chunkAt, externalName, HEADER_BYTES, REGION_CHUNKS, regionName, SECTOR_BYTES, SECTORS_SAID_MAX } from './regionHeader.ts';

const BEING_WRITTEN = '.new';
/** Length and compression, before the content. */
const HEAD_BYTES = 5;

/**
 * A new region file, chunk after chunk. Until `finish` it has another name, so that a region is there whole or not at all. Rejects with
 * the system's error.
 */
export class RegionWriter {
  readonly #folder: string;
  readonly #region: { readonly x: number; readonly z: number };
  readonly #file: FileHandle;
  readonly #header = new DataView(new ArrayBuffer(HEADER_BYTES));
  readonly #seconds: number;
  #sector = HEADER_BYTES / SECTOR_BYTES;

  private constructor(folder: string, region: { readonly x: number; readonly z: number }, seconds: number, file: FileHandle) {
    this.#folder = folder;
    this.#region = region;
    this.#seconds = seconds;
    this.#file = file;
  }

  /** `seconds`: time since 1970 that the chunks are stamped with. The folder exists. */
  static async create(folder: string, region: { readonly x: number; readonly z: number }, seconds: number): Promise<RegionWriter> {
    return new RegionWriter(folder, region, seconds, await open(join(folder, regionName(region) + BEING_WRITTEN), 'w'));
  }

  get bytes(): number {
    return this.#sector * SECTOR_BYTES;
  }

  /** `content`: NBT compressed with zlib. Once per index, one call after the other. */
  async write(index: number, content: Uint8Array): Promise<void> {
    // As vanilla: what needs more sectors than a header can say stands in a file of its own.
    if (sectorsFor(content) <= SECTORS_SAID_MAX) return this.#put(index, content, COMPRESSION.zlib);
    await writeFile(join(this.#folder, externalName(chunkAt(this.#region, index))), content, { flush: true });
    await this.#put(index, new Uint8Array(0), COMPRESSION.zlib | EXTERNAL_BIT);
  }

  async finish(): Promise<void> {
    await this.#writeAll(new Uint8Array(this.#header.buffer), 0);
    await this.#file.datasync();
    await this.#file.close();
    const path = join(this.#folder, regionName(this.#region));
    await rename(path + BEING_WRITTEN, path);
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#file.close();
    await rm(join(this.#folder, regionName(this.#region) + BEING_WRITTEN), { force: true });
  }

  async #put(index: number, content: Uint8Array, compression: number): Promise<void> {
    const sectors = sectorsFor(content);
    const bytes = new Uint8Array(sectors * SECTOR_BYTES);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, content.length + 1);
    view.setUint8(4, compression);
    bytes.set(content, HEAD_BYTES);
    await this.#writeAll(bytes, this.#sector * SECTOR_BYTES);
    this.#header.setUint32(4 * index, this.#sector * 256 + sectors);
    this.#header.setUint32(4 * (REGION_CHUNKS + index), this.#seconds);
    this.#sector += sectors;
  }

  async #writeAll(bytes: Uint8Array, offset: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      done += (await this.#file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    }
  }
}

function sectorsFor(content: Uint8Array): number {
  return Math.ceil((HEAD_BYTES + content.length) / SECTOR_BYTES);
}
