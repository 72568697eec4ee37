import { AppError } from '../../../../src-shared/errors/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import type { Turns } from '../turns.ts';
import { itemBytes, type Item } from './layout.ts';
import type { NameTable } from './nameTable.ts';
import type { PackFiles } from './packFiles.ts';
import { deletePack, entriesOf } from './packs.ts';
import type { BlobParts, Pack } from './parts.ts';

/** What a sweep needs of the blobs. */
export interface SweptBlobs {
  readonly parts: BlobParts;
  readonly table: NameTable;
  readonly packs: Map<number, Pack>;
  readonly files: PackFiles;
  readonly turns: Turns;
  readonly bytes: number;
  leave(packs: readonly number[]): void;
  readItem(name: Hash): Promise<Item | null>;
  append(items: readonly Item[]): Promise<void>;
  syncActive(): Promise<void>;
  settleActive(): Promise<void>;
  writeIndex(pack: Pack): Promise<void>;
  guard<T>(action: () => Promise<T>): Promise<T>;
}

/** Names asked about before other work gets a turn. */
const ASKED_AT_ONCE = 1024;

/** Stored bytes moved in one write. */
const MOVED_BYTES_MAX = 4 * 1024 * 1024;

/**
 * 1 forget every name that is not kept (at once for a name: who puts it after that writes it anew), 2 move what is left out of packs that are less than half
 * full, 3 make the moved blobs durable, 4 only then delete those packs; a crash before leaves blobs twice, which harms nobody, 5 write the
 * indexes of the packs that stay, so that the forgotten do not come back.
 */
export async function sweepPacks(blobs: SweptBlobs, keep: (name: Hash) => boolean): Promise<number> {
  const before = blobs.bytes;
  const changed = await forget(blobs, keep);
  const sparse = sparsePacks(blobs, changed);
  blobs.leave(sparse.map(({ number }) => number));
  for (const pack of sparse) {
    if (await blobs.turns.take(() => hasMovedOut(blobs, pack))) changed.delete(pack.number);
    else break;
  }
  for (const number of changed) await blobs.turns.take(() => renewIndex(blobs, number));
  await blobs.turns.take(() => blobs.table.compact(() => pause(blobs)));
  return Math.max(0, before - blobs.bytes);
}

/** Numbers of the packs that lost a name. */
async function forget(blobs: SweptBlobs, keep: (name: Hash) => boolean): Promise<Set<number>> {
  const { table, parts } = blobs;
  const changed = new Set<number>();
  for (let entry = 0; entry < table.count; entry++) {
    if (entry % ASKED_AT_ONCE === ASKED_AT_ONCE - 1) await pause(blobs);
    parts.fate.check();
    const pack = table.packOf(entry);
    if (pack === 0 || keep(toHex(table.nameOf(entry)) as Hash)) continue;
    table.remove(entry);
    changed.add(pack);
  }
  return changed;
}

/**
 * Less than half of a full pack's bytes are wanted; emptiest first, because a full disk can only delete. A single such pack that has lost nothing
 * stays: moving it would gain nothing.
 */
function sparsePacks({ table, packs, parts }: SweptBlobs, changed: ReadonlySet<number>): readonly Pack[] {
  const live = new Map<number, number>();
  for (let entry = 0; entry < table.count; entry++) {
    const { pack, bytes } = table.placeOf(entry);
    if (pack !== 0) live.set(pack, (live.get(pack) ?? 0) + itemBytes(bytes));
  }
  const liveOf = ({ number }: Pack): number => live.get(number) ?? 0;
  const sparse = [...packs.values()].filter((pack) => liveOf(pack) < parts.limits.packBytes / 2).sort((a, b) => liveOf(a) - liveOf(b));
  return sparse.length > 1 || sparse.some(({ number }) => changed.has(number)) ? sparse : [];
}

/** False when the disk has no space even for that: what was moved so far is there twice. */
async function hasMovedOut(blobs: SweptBlobs, pack: Pack): Promise<boolean> {
  try {
    await moveOut(blobs, pack);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.full') throw error;
    blobs.parts.log.warn('store.sweep-without-space', { pack: pack.number });
    return false;
  }
}

async function moveOut(blobs: SweptBlobs, pack: Pack): Promise<void> {
  const { table, parts, packs, files } = blobs;
  parts.fate.check();
  await blobs.settleActive();
  let items: Item[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    await blobs.append(items.filter(({ name }) => table.packOf(table.find(name)) === pack.number));
    items = [];
    bytes = 0;
  };
  for (const { name, bytes: more } of entriesOf(table, pack.number)) {
    const item = await stillWhole(blobs, toHex(name) as Hash);
    if (item === null) continue;
    items.push(item);
    bytes += more;
    if (bytes > MOVED_BYTES_MAX) await flush();
  }
  await flush();
  await blobs.syncActive();
  packs.delete(pack.number);
  files.retire(pack.number);
  await blobs.guard(() => deletePack(parts, pack.number));
}

/** A damaged blob was reported and forgotten by reading it: there is nothing to move. */
async function stillWhole(blobs: SweptBlobs, name: Hash): Promise<Item | null> {
  try {
    return await blobs.readItem(name);
  } catch (error) {
    if (error instanceof AppError && error.code === 'store.blob-damaged') return null;
    throw error;
  }
}

async function renewIndex(blobs: SweptBlobs, number: number): Promise<void> {
  const pack = blobs.packs.get(number);
  if (pack === undefined) return;
  await blobs.syncActive();
  await blobs.writeIndex(pack);
}

/** Any call of the disk is one: the thread is not ours alone. */
async function pause({ parts }: SweptBlobs): Promise<void> {
  await parts.disk.freeBytes();
}
