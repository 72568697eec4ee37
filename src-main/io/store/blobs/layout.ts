import { AppError } from '../../../../src-shared/errors/index.ts';
import { equalBytes, toUtf8 } from '../../../../src-shared/units/index.ts';
import { CHECKSUM_BYTES, checksumOf, isChecked, type Digest } from '../checksum.ts';

/**
 * The format of packs and of their indexes, version 1. All numbers are little-endian. The codecs take every offset from here, and a test pins
 * the hash of it: a change needs a new version.
 *
 * A pack `NNNNNNNN.pack` is its header, then items one after another, each padded with zeros to a multiple of `align`. It only grows. Its index
 * `NNNNNNNN.idx` lists the items of its first `packBytes` bytes that are still wanted, and is written again as a whole.
 */
export const PACK_FORMAT = {
  version: 1,
  /** The same for both: checksum (first 16 bytes of the digest of what follows), magic, version, salt of the pack, number of the pack. */
  header: { checksum: 0, magic: 16, version: 24, salt: 32, number: 40, bytes: 48, packMagic: 'PEERPACK', indexMagic: 'PEERPIDX' },
  item: {
    align: 16,
    /** First 16 bytes of the digest of everything after it, padding excluded. */
    checksum: 0,
    /** 8 random bytes of this pack: tells its items from content that only looks like items. */
    salt: 16,
    /** Of the content as it is stored. */
    bytes: 24,
    encoding: 28,
    name: 32,
    content: 64,
  },
  encodings: { plain: 0, zstd: 1 },
  /** After the header, under its checksum: bytes of the pack that are covered, number of entries; then name, place in units of `align`, bytes. */
  index: { packBytes: 48, count: 56, entries: 64, entry: { name: 0, place: 32, bytes: 36, size: 40 } },
} as const;

export const ITEMS_AT = 64;
export const SALT_BYTES = 8;
const { header: HEADER, item: ITEM, index: INDEX } = PACK_FORMAT;

export function packName(number: number): string {
  return `${String(number).padStart(8, '0')}.pack`;
}

export function indexName(number: number): string {
  return `${String(number).padStart(8, '0')}.idx`;
}

/** null for any other file. */
export function packNumber(name: string): { readonly number: number; readonly kind: 'pack' | 'idx' } | null {
  const match = /^(\d{8,15})\.(pack|idx)$/.exec(name);
  return match === null ? null : { number: Number(match[1]), kind: match[2] as 'pack' | 'idx' };
}

export interface PackId {
  readonly number: number;
  readonly salt: Uint8Array;
}

export function encodePackHeader(id: PackId, digest: Digest): Uint8Array {
  return withHeader(HEADER.packMagic, id, new Uint8Array(ITEMS_AT), digest);
}

/** null when it is not whole. Throws `store.format-newer`. */
export function decodePackHeader(bytes: Uint8Array, digest: Digest): PackId | null {
  return readHeader(HEADER.packMagic, bytes.subarray(0, ITEMS_AT), digest);
}

export interface IndexEntry {
  readonly name: Uint8Array;
  readonly offset: number;
  readonly bytes: number;
}

/** What is wanted of the first `packBytes` bytes of a pack. */
export interface PackIndex extends PackId {
  readonly packBytes: number;
  readonly entries: readonly IndexEntry[];
}

export function encodeIndex(index: PackIndex, digest: Digest): Uint8Array {
  const bytes = new Uint8Array(INDEX.entries + index.entries.length * INDEX.entry.size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(INDEX.packBytes, BigInt(index.packBytes), true);
  view.setUint32(INDEX.count, index.entries.length, true);
  let at: number = INDEX.entries;
  for (const { name, offset, bytes: length } of index.entries) {
    bytes.set(name, at + INDEX.entry.name);
    view.setUint32(at + INDEX.entry.place, offset / ITEM.align, true);
    view.setUint32(at + INDEX.entry.bytes, length, true);
    at += INDEX.entry.size;
  }
  return withHeader(HEADER.indexMagic, index, bytes, digest);
}

/** null when it is not whole. */
export function decodeIndex(bytes: Uint8Array, digest: Digest): PackIndex | null {
  const id = readHeader(HEADER.indexMagic, bytes, digest);
  if (id === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: IndexEntry[] = [];
  for (let i = 0, at: number = INDEX.entries; i < view.getUint32(INDEX.count, true); i++, at += INDEX.entry.size) {
    entries.push({
      name: bytes.subarray(at + INDEX.entry.name, at + INDEX.entry.name + 32),
      offset: view.getUint32(at + INDEX.entry.place, true) * ITEM.align,
      bytes: view.getUint32(at + INDEX.entry.bytes, true),
    });
  }
  return { ...id, packBytes: Number(view.getBigUint64(INDEX.packBytes, true)), entries };
}

function withHeader(magic: string, { number, salt }: PackId, bytes: Uint8Array, digest: Digest): Uint8Array {
  const view = new DataView(bytes.buffer);
  bytes.set(toUtf8(magic), HEADER.magic);
  view.setUint32(HEADER.version, PACK_FORMAT.version, true);
  bytes.set(salt, HEADER.salt);
  view.setBigUint64(HEADER.number, BigInt(number), true);
  bytes.set(checksumOf(bytes.subarray(CHECKSUM_BYTES), digest), HEADER.checksum);
  return bytes;
}

function readHeader(magic: string, bytes: Uint8Array, digest: Digest): PackId | null {
  if (bytes.length < ITEMS_AT || !equalBytes(bytes.subarray(HEADER.magic, HEADER.version), toUtf8(magic))) return null;
  if (!isChecked(bytes, { at: HEADER.checksum, from: CHECKSUM_BYTES, to: bytes.length }, digest)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(HEADER.version, true);
  if (version > PACK_FORMAT.version)
    throw new AppError('store.format-newer', { part: 'blobs', found: version, known: PACK_FORMAT.version });
  return { number: Number(view.getBigUint64(HEADER.number, true)), salt: bytes.slice(HEADER.salt, HEADER.salt + SALT_BYTES) };
}

export interface Item {
  readonly name: Uint8Array;
  readonly encoding: number;
  readonly content: Uint8Array;
}

/** On disk, padding included. */
export function itemBytes(contentBytes: number): number {
  return Math.ceil((ITEM.content + contentBytes) / ITEM.align) * ITEM.align;
}

export function encodeItem(bytes: Uint8Array, at: number, item: Item, salt: Uint8Array, digest: Digest): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  bytes.set(salt, at + ITEM.salt);
  view.setUint32(ITEM.bytes, item.content.length, true);
  view.setUint32(ITEM.encoding, item.encoding, true);
  bytes.set(item.name, at + ITEM.name);
  bytes.set(item.content, at + ITEM.content);
  const end = at + ITEM.content + item.content.length;
  bytes.set(checksumOf(bytes.subarray(at + CHECKSUM_BYTES, end), digest), at + ITEM.checksum);
}

/** Content length that an item of this pack at `at` claims; null when none begins there. */
export function peekItem(bytes: Uint8Array, view: DataView, at: number, salt: Uint8Array, bytesMax: number): number | null {
  if (at + ITEM.content > bytes.length) return null;
  for (let i = 0; i < SALT_BYTES; i++) if (bytes[at + ITEM.salt + i] !== salt[i]) return null;
  const length = view.getUint32(at + ITEM.bytes, true);
  return length <= bytesMax ? length : null;
}

/** The item at `at`, its content a view; null when it is not whole. */
export function decodeItem(bytes: Uint8Array, at: number, length: number, digest: Digest): Item | null {
  const end = at + ITEM.content + length;
  if (end > bytes.length) return null;
  if (!isChecked(bytes, { at: at + ITEM.checksum, from: at + CHECKSUM_BYTES, to: end }, digest)) return null;
  return {
    name: bytes.subarray(at + ITEM.name, at + ITEM.name + 32),
    encoding: bytes[at + ITEM.encoding]!,
    content: bytes.subarray(at + ITEM.content, end),
  };
}
