import type { DiskFile } from '../../../ports/index.ts';
import type { Digest } from '../checksum.ts';
import { createWhole, isNoSpace, makeDurableFolder, removeDurably, removeUnfinished } from '../files.ts';
import {
  ITEMS_AT,
  PACK_FORMAT,
  SALT_BYTES,
  decodeItem,
  peekItem,
  decodeIndex,
  decodePackHeader,
  encodeIndex,
  encodePackHeader,
  indexName,
  packName,
  packNumber,
  type IndexEntry,
  type PackId,
} from './layout.ts';
import { NameTable } from './nameTable.ts';
import type { Pack, PackParts } from './parts.ts';
import { STORED_BYTES_MAX, scanPack } from './scanPack.ts';

/** Rewritten in pieces of this size. */
const PIECE_BYTES = 1024 * 1024;

export interface FoundPacks {
  /** Oldest first. */
  readonly packs: readonly Pack[];
  /** Above every number in the folder, also of packs that can not be read. */
  readonly nextNumber: number;
  readonly table: NameTable;
}

/**
 * Every pack of the folder and what is in it: 1 unfinished files and indexes without a pack go, 2 what the index covers is believed, 3 what was appended
 * later is scanned, cut after its last whole item, written again (after a failed sync in an earlier life it may be in the cache only) and synced, 4 the index
 * is brought up to date.
 */
export async function findPacks(parts: PackParts): Promise<FoundPacks> {
  const { disk, folder } = parts;
  await makeDurableFolder(disk, folder);
  await removeUnfinished(disk, folder);
  const files = (await disk.list(folder)).flatMap(({ name }) => packNumber(name) ?? []);
  const numbers = files.filter(({ kind }) => kind === 'pack').map(({ number }) => number);
  for (const { number } of files.filter((file) => file.kind === 'idx' && !numbers.includes(file.number))) {
    await removeDurably(disk, `${folder}/${indexName(number)}`);
  }
  const table = new NameTable();
  const packs: Pack[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const pack = await openPack(parts, number, table);
    if (pack !== null) packs.push(pack);
  }
  return { packs, nextNumber: (numbers.at(-1) ?? 0) + 1, table };
}

async function openPack(parts: PackParts, number: number, table: NameTable): Promise<Pack | null> {
  const { disk, folder, digest, log } = parts;
  const file = await disk.open(`${folder}/${packName(number)}`, 'write');
  try {
    const index = await readIndex(parts, number, file.size);
    const header = decodePackHeader(await file.read(0, ITEMS_AT), digest);
    const salt = header?.salt ?? index?.salt ?? (await saltOfFirst(file, digest));
    if (salt === null) {
      // Nothing names the salt: items in it could not be told from chance.
      log.warn('store.pack-unreadable', { pack: number, bytes: file.size });
      return null;
    }
    if (header === null) await mendHeader(parts, file, { number, salt });
    for (const entry of index?.entries ?? []) table.set(entry.name, { pack: number, ...entry });
    const covered = index?.packBytes ?? ITEMS_AT;
    if (file.size === covered) return { number, salt, bytes: covered };
    const scan = await scanPack(file, covered, salt, digest);
    for (const entry of scan.entries) table.set(entry.name, { pack: number, ...entry });
    log.event('store.pack-scanned', {
      pack: number,
      blobs: scan.entries.length,
      bytes: scan.end - covered,
      skippedBytes: scan.skippedBytes,
      cutBytes: file.size - scan.end,
    });
    await confirmTail(file, covered, scan.end);
    const pack = { number, salt, bytes: scan.end };
    await tryWriteIndex(parts, pack, table);
    return pack;
  } finally {
    await file.close();
  }
}

/** null when there is none that is whole and fits the pack. */
async function readIndex({ disk, folder, digest, log }: PackParts, number: number, packBytes: number) {
  const path = `${folder}/${indexName(number)}`;
  const size = await disk.size(path);
  if (size === null) return null;
  const file = await disk.open(path, 'read');
  try {
    const index = decodeIndex(await file.read(0, size), digest);
    if (index !== null && index.number === number && index.packBytes <= packBytes) return index;
    log.warn('store.pack-index-unusable', { pack: number });
    return null;
  } finally {
    await file.close();
  }
}

/** The first item carries the salt too, and its own checksum. */
async function saltOfFirst(file: DiskFile, digest: Digest): Promise<Uint8Array | null> {
  const { item } = PACK_FORMAT;
  const head = await file.read(ITEMS_AT, item.content);
  if (head.length < item.content) return null;
  const salt = head.slice(item.salt, item.salt + SALT_BYTES);
  const bytes = peekItem(head, new DataView(head.buffer, head.byteOffset), 0, salt, STORED_BYTES_MAX);
  if (bytes === null) return null;
  return decodeItem(await file.read(ITEMS_AT, item.content + bytes), 0, bytes, digest) === null ? null : salt;
}

async function mendHeader({ digest, log }: PackParts, file: DiskFile, id: PackId): Promise<void> {
  log.warn('store.pack-header-mended', { pack: id.number });
  await file.write(0, encodePackHeader(id, digest));
  await file.sync();
}

async function confirmTail(file: DiskFile, from: number, end: number): Promise<void> {
  await file.truncate(end);
  for (let at = from; at < end; at += PIECE_BYTES) await file.write(at, await file.read(at, Math.min(PIECE_BYTES, end - at)));
  await file.sync();
}

/** Without an index, or with an old one, the pack is read again at the next opening: a full disk may refuse it. */
export async function tryWriteIndex(parts: PackParts, pack: Pack, table: NameTable): Promise<void> {
  try {
    await writeIndex(parts, pack, table);
  } catch (error) {
    if (!isNoSpace(error)) throw error;
    parts.log.warn('store.pack-index-not-written', { pack: pack.number });
  }
}

export async function createPack({ disk, folder, digest, random }: PackParts, number: number): Promise<Pack> {
  const salt = random.bytes(SALT_BYTES);
  await createWhole(disk, `${folder}/${packName(number)}`, { start: encodePackHeader({ number, salt }, digest) });
  return { number, salt, bytes: ITEMS_AT };
}

/** Everything of the pack that the table names. The pack must be synced before: what the index covers is not looked at again. */
async function writeIndex({ disk, folder, digest }: PackParts, { number, salt, bytes }: Pack, table: NameTable): Promise<void> {
  const entries = [...entriesOf(table, number)];
  await createWhole(disk, `${folder}/${indexName(number)}`, { start: encodeIndex({ number, salt, packBytes: bytes, entries }, digest) });
}

/** The pack first: an index without a pack is nothing, a pack without an index is read again. */
export async function deletePack({ disk, folder }: PackParts, number: number): Promise<void> {
  await removeDurably(disk, `${folder}/${packName(number)}`);
  await removeDurably(disk, `${folder}/${indexName(number)}`);
}

export function* entriesOf(table: NameTable, pack: number): Generator<IndexEntry> {
  for (let entry = 0; entry < table.count; entry++) {
    if (table.packOf(entry) !== pack) continue;
    const { offset, bytes } = table.placeOf(entry);
    yield { name: table.nameOf(entry), offset, bytes };
  }
}
