import { PAGES_PER_DIMENSION_MAX } from '../../../../src-shared/config/index.ts';
import { fromHex, toHex, type ChunkPos, type Hash } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter, WireError } from '../../../../src-shared/wire/index.ts';
import { decodeParts, encodeParts, nameOfParts } from '../codec/parts.ts';
import type { WorldKit } from '../door.ts';
import type { Blob } from './table.ts';

export const PAGES_TAG = 33;
const ROW_TAG = 8;
const ROWS = 32;
const ROW_CHUNKS = 32;
const HASH_BYTES = 32;

/** The names of a region's 32 x 32 chunks: 32 rows by z, each a mask of who is there and 32 slots of 32 bytes by x. */
interface Page {
  readonly x: number;
  readonly z: number;
  masks: Uint32Array;
  names: Uint8Array;
  /** An encoder holds `masks` and `names`: copy before the next change. */
  shared: boolean;
  readonly rowHashes: (Uint8Array | null)[];
  name: Uint8Array | null;
  durable: Hash | null;
}

/** Names of all real chunks of a dimension, 32 KiB a region, with a Merkle root: chunk -> row -> page -> dimension. */
export class PageIndex {
  readonly #pages = new Map<string, Page>();
  readonly #kit: WorldKit;
  #index: Uint8Array | null = null;

  constructor(kit: WorldKit) {
    this.#kit = kit;
  }

  get(x: number, z: number): Hash | null {
    const page = this.#pages.get(pageKey(x, z));
    if (page === undefined || (page.masks[z & 31]! & (1 << (x & 31))) === 0) return null;
    const at = slotOf(x, z);
    return toHex(page.names.subarray(at, at + HASH_BYTES)) as Hash;
  }

  set(x: number, z: number, name: Hash | null): void {
    const page = this.#pageFor(x, z);
    if (page.shared) {
      page.masks = page.masks.slice();
      page.names = page.names.slice();
      page.shared = false;
    }
    const row = z & 31;
    const bit = 1 << (x & 31);
    const at = slotOf(x, z);
    if (name === null) {
      page.masks[row]! &= ~bit;
      page.names.fill(0, at, at + HASH_BYTES);
    } else {
      page.masks[row]! |= bit;
      page.names.set(fromHex(name), at);
    }
    page.rowHashes[row] = null;
    page.name = null;
    this.#index = null;
    if (name === null && page.masks.every((mask) => mask === 0)) this.#pages.delete(pageKey(x, z));
  }

  *entries(): IterableIterator<ChunkPos & { readonly name: Hash }> {
    for (const page of this.#sorted()) {
      for (let slot = 0; slot < ROWS * ROW_CHUNKS; slot++) {
        const x = (page.x << 5) | (slot & 31);
        const z = (page.z << 5) | (slot >> 5);
        const name = this.get(x, z);
        if (name !== null) yield { x, z, name };
      }
    }
  }

  /** The part of the manifest that names the pages: tag, count, then x, z and name of each, sorted by z, then x. */
  index(): Uint8Array {
    if (this.#index !== null) return this.#index;
    const pages = this.#sorted();
    const writer = new ByteWriter(16 + pages.length * 40);
    writer.u8(PAGES_TAG);
    writer.varint(pages.length);
    for (const page of pages) {
      writer.i32(page.x);
      writer.i32(page.z);
      writer.raw(this.#nameOf(page));
    }
    this.#index = writer.finish();
    return this.#index;
  }

  collect(): readonly Blob[] {
    const blobs: Blob[] = [];
    for (const page of this.#pages.values()) {
      const name = toHex(this.#nameOf(page)) as Hash;
      if (page.durable === name) continue;
      page.shared = true;
      const { masks, names } = page;
      blobs.push({ name, encode: () => encodePage(masks, names) });
    }
    return blobs;
  }

  collected(collected: ReadonlySet<Hash>): void {
    for (const page of this.#pages.values()) {
      const name = toHex(this.#nameOf(page)) as Hash;
      if (collected.has(name)) page.durable = name;
    }
  }

  /** Reads what `index` and `collect` wrote into this empty one. Throws WireError. */
  load(index: Uint8Array, blobs: (name: Hash) => Uint8Array): void {
    for (const { x, z, name } of readPages(index)) {
      const { masks, names } = decodePage(blobs(name));
      if (masks.every((mask) => mask === 0)) throw new WireError('an empty page', 0);
      this.#pages.set(pageKey(x << 5, z << 5), { ...emptyPage(x, z), masks, names, durable: name });
    }
  }

  #pageFor(x: number, z: number): Page {
    const key = pageKey(x, z);
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = emptyPage(x >> 5, z >> 5);
      this.#pages.set(key, page);
    }
    return page;
  }

  #nameOf(page: Page): Uint8Array {
    if (page.name === null) {
      const hashes: Uint8Array[] = [];
      for (let row = 0; row < ROWS; row++) {
        page.rowHashes[row] ??= this.#kit.digest(encodeRow(page.masks, page.names, row));
        hashes.push(page.rowHashes[row]!);
      }
      page.name = nameOfParts('page', hashes, this.#kit.digest);
    }
    return page.name;
  }

  #sorted(): readonly Page[] {
    return [...this.#pages.values()].sort((a, b) => a.z - b.z || a.x - b.x);
  }
}

function pageKey(x: number, z: number): string {
  return `${x >> 5},${z >> 5}`;
}

function slotOf(x: number, z: number): number {
  return (((z & 31) << 5) | (x & 31)) * HASH_BYTES;
}

function emptyPage(x: number, z: number): Page {
  return {
    x,
    z,
    masks: new Uint32Array(ROWS),
    names: new Uint8Array(ROWS * ROW_CHUNKS * HASH_BYTES),
    shared: false,
    rowHashes: new Array<Uint8Array | null>(ROWS).fill(null),
    name: null,
    durable: null,
  };
}

/** Tag, mask of the chunks by x, then the name of each that is there. */
function encodeRow(masks: Uint32Array, names: Uint8Array, row: number): Uint8Array {
  const writer = new ByteWriter(5 + ROW_CHUNKS * HASH_BYTES);
  const mask = masks[row]!;
  writer.u8(ROW_TAG);
  writer.u32(mask);
  for (let x = 0; x < ROW_CHUNKS; x++) {
    const at = (row * ROW_CHUNKS + x) * HASH_BYTES;
    if ((mask & (1 << x)) !== 0) writer.raw(names.subarray(at, at + HASH_BYTES));
  }
  return writer.finish();
}

function encodePage(masks: Uint32Array, names: Uint8Array): Uint8Array {
  const parts = Array.from({ length: ROWS }, (_, row) => encodeRow(masks, names, row));
  return encodeParts('page', { parts, tail: new Uint8Array(0) });
}

export function decodePage(bytes: Uint8Array): { readonly masks: Uint32Array; readonly names: Uint8Array } {
  const { kind, parts, tail } = decodeParts(bytes);
  if (kind !== 'page' || parts.length !== ROWS || tail.length > 0) throw new WireError('no page', 1);
  const masks = new Uint32Array(ROWS);
  const names = new Uint8Array(ROWS * ROW_CHUNKS * HASH_BYTES);
  parts.forEach((part, row) => {
    const reader = new ByteReader(part);
    if (reader.u8() !== ROW_TAG) reader.fail('no row of a page');
    const mask = reader.u32();
    masks[row] = mask;
    for (let x = 0; x < ROW_CHUNKS; x++) {
      if ((mask & (1 << x)) !== 0) names.set(reader.view(HASH_BYTES), (row * ROW_CHUNKS + x) * HASH_BYTES);
    }
    reader.end();
  });
  return { masks, names };
}

export function namesOfPage({ masks, names }: { readonly masks: Uint32Array; readonly names: Uint8Array }): readonly Hash[] {
  const found: Hash[] = [];
  for (let slot = 0; slot < ROWS * ROW_CHUNKS; slot++) {
    const at = slot * HASH_BYTES;
    if ((masks[slot >> 5]! & (1 << (slot & 31))) !== 0) found.push(toHex(names.subarray(at, at + HASH_BYTES)) as Hash);
  }
  return found;
}

export function readPages(index: Uint8Array): readonly (ChunkPos & { readonly name: Hash })[] {
  const reader = new ByteReader(index);
  if (reader.u8() !== PAGES_TAG) reader.fail('no list of pages');
  const length = reader.count(PAGES_PER_DIMENSION_MAX, 40);
  const found: (ChunkPos & { readonly name: Hash })[] = [];
  for (let i = 0; i < length; i++) {
    const page = { x: reader.i32(), z: reader.i32(), name: reader.hash() };
    const last = found.at(-1);
    if (last !== undefined && (page.z - last.z || page.x - last.x) <= 0) reader.fail('pages out of order');
    found.push(page);
  }
  reader.end();
  return found;
}
