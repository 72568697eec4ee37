import { BLOB_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { fromHex, toHex, type Hash } from '../../../../src-shared/units/index.ts';
import type { DiskFile } from '../../../ports/index.ts';
import type { Blobs } from '../door.ts';
import { isNoSpace } from '../files.ts';
import { Turns } from '../turns.ts';
import { PACK_FORMAT, decodeItem, encodeItem, itemBytes, packName, type Item } from './layout.ts';
import type { NameTable } from './nameTable.ts';
import { PackFiles } from './packFiles.ts';
import { createPack, findPacks, tryWriteIndex, type FoundPacks } from './packs.ts';
import type { BlobParts, Pack } from './parts.ts';
import { sweepPacks } from './sweep.ts';

type PutItem = Parameters<Blobs['putMany']>[0][number];

/** First bytes of a zstd frame (RFC 8878). */
const ZSTD_MAGIC = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd);

export async function openBlobs(parts: BlobParts): Promise<PackedBlobs> {
  return new PackedBlobs(parts, await findPacks(parts));
}

/**
 * Blobs in packs. Writes take turns, reads do not wait; a name is found as soon as its write was finished, and durable after `sync`.
 */
export class PackedBlobs implements Blobs {
  readonly parts: BlobParts;
  readonly table: NameTable;
  readonly packs: Map<number, Pack>;
  readonly files: PackFiles;
  readonly turns = new Turns();
  /** Names put while a sweep runs: it must not remove them. */
  private touched: Set<Hash> | null = null;
  /** Names that are being written, so that two callers do not write one twice. */
  private readonly underway = new Map<Hash, Promise<void>>();
  private active: { readonly pack: Pack; readonly file: DiskFile; unsynced: boolean } | null = null;
  /** Packs that a sweep empties: nothing is added to them. */
  private leaving: ReadonlySet<number> = new Set();
  private nextNumber: number;
  /** Bytes that may be written before free space is asked for again. */
  private allowance = 0;
  private closed = false;

  constructor(parts: BlobParts, found: FoundPacks) {
    this.parts = parts;
    this.table = found.table;
    this.nextNumber = found.nextNumber;
    this.packs = new Map(found.packs.map((pack) => [pack.number, pack]));
    this.files = new PackFiles(parts.disk, parts.folder, parts.limits.packsOpen);
  }

  put(name: Hash, bytes: Uint8Array): Promise<void> {
    return this.putMany([{ name, bytes }]);
  }

  /** 1 leave out what is there or on its way, 2 compress the rest, 3 write it in turn, 4 wait for what others are writing. */
  async putMany(items: readonly PutItem[]): Promise<void> {
    this.check();
    const others = new Set<Promise<void>>();
    const fresh = new Map<Hash, PutItem>();
    for (const item of items) {
      this.touched?.add(item.name);
      const underway = this.underway.get(item.name);
      if (underway !== undefined) others.add(underway);
      else if (!this.has(item.name)) fresh.set(item.name, checked(item));
    }
    if (fresh.size > 0) {
      const writing = this.write([...fresh.values()]);
      for (const name of fresh.keys()) this.underway.set(name, writing);
      others.add(
        writing.finally(() => {
          for (const name of fresh.keys()) this.underway.delete(name);
        }),
      );
    }
    await Promise.all(others);
  }

  has(name: Hash): boolean {
    return this.table.find(fromHex(name)) >= 0;
  }

  async get(name: Hash): Promise<Uint8Array | null> {
    this.check();
    // A write that fails is told to its own caller.
    await this.underway.get(name)?.catch(() => undefined);
    const entry = this.table.find(fromHex(name));
    if (entry < 0) return null;
    const { pack } = this.table.placeOf(entry);
    const item = await this.readItem(name);
    if (item === null) return null;
    if (item.encoding === PACK_FORMAT.encodings.plain) return item.content;
    try {
      return await this.parts.zstd.decompress(item.content, BLOB_BYTES_MAX);
    } catch (error) {
      throw this.damaged(name, pack, error as Error);
    }
  }

  sync(): Promise<void> {
    return this.turns.take(async () => {
      this.check();
      await this.syncActive();
    });
  }

  async sweep(keep: (name: Hash) => boolean): Promise<number> {
    this.check();
    if (this.touched !== null) throw new RangeError('a sweep is running');
    this.touched = new Set();
    try {
      return await sweepPacks(this, (name) => this.touched!.has(name) || keep(name));
    } finally {
      this.touched = null;
      this.leaving = new Set();
    }
  }

  get bytes(): number {
    let sum = 0;
    for (const pack of this.packs.values()) sum += pack.bytes;
    return sum;
  }

  /** Brings the index of the active pack up to date, so that the next opening need not scan it. */
  async close(): Promise<void> {
    if (this.closed) return;
    await this.turns.take(async () => {
      this.closed = true;
      if (this.parts.fate.dead === null) await this.settleActive();
      await this.files.close();
    });
  }

  /** The stored form of a blob; null when it is not there (any more). A damaged one is forgotten, so that it can be put again, and reported. */
  async readItem(name: Hash): Promise<Item | null> {
    const key = fromHex(name);
    for (;;) {
      const entry = this.table.find(key);
      if (entry < 0) return null;
      const { pack, offset, bytes } = this.table.placeOf(entry);
      const read = await this.tryRead(pack, offset, bytes);
      const item = read instanceof Error ? null : decodeItem(read, 0, bytes, this.parts.digest);
      if (item !== null && toHex(item.name) === name) return item;
      // A sweep may have moved it meanwhile.
      const now = this.table.find(key);
      const place = now < 0 ? null : this.table.placeOf(now);
      if (place !== null && (place.pack !== pack || place.offset !== offset)) continue;
      throw this.damaged(name, pack, read instanceof Error ? read : null);
    }
  }

  /** Nothing is added to these packs from now on, until the sweep ends. */
  leave(packs: readonly number[]): void {
    this.leaving = new Set(packs);
  }

  /** In turn only. Appends stored forms to the active pack, a new one when it is full, and moves the table to them. */
  async append(items: readonly Item[]): Promise<void> {
    for (let from = 0; from < items.length;) {
      const { pack, file } = await this.activeWithRoom(itemBytes(items[from]!.content.length));
      let to = from;
      let bytes = 0;
      for (; to < items.length; to++) {
        const more = itemBytes(items[to]!.content.length);
        if (to > from && pack.bytes + bytes + more > this.parts.limits.packBytes) break;
        bytes += more;
      }
      await this.writeItems(pack, file, items.slice(from, to), bytes);
      from = to;
    }
  }

  /** In turn only. */
  async syncActive(): Promise<void> {
    const { active } = this;
    if (active === null || !active.unsynced) return;
    try {
      await active.file.sync();
    } catch (error) {
      throw this.parts.fate.die(error);
    }
    this.parts.fate.check();
    active.unsynced = false;
  }

  /** In turn only. The active pack is synced, its index written; no pack is active after it. */
  async settleActive(): Promise<void> {
    const { active } = this;
    if (active === null) return;
    await this.syncActive();
    await this.writeIndex(active.pack);
    this.files.settle(active.pack.number);
    this.active = null;
  }

  /** In turn only, of a synced pack. */
  async writeIndex(pack: Pack): Promise<void> {
    await this.guard(() => tryWriteIndex(this.parts, pack, this.table));
  }

  /** Changes of files that must happen or kill: a disk without space is refused instead. */
  async guard<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (isNoSpace(error)) throw new AppError('store.full', { freeBytes: 0 }, { cause: error });
      throw this.parts.fate.die(error);
    }
  }

  private check(): void {
    this.parts.fate.check();
    if (this.closed) throw new AppError('node.internal', { why: 'store-closed' });
  }

  private async write(items: readonly PutItem[]): Promise<void> {
    const stored = await Promise.all(items.map((item) => this.store(item)));
    await this.turns.take(async () => {
      this.check();
      await this.reserve(stored.reduce((sum, { content }) => sum + itemBytes(content.length), 0));
      await this.append(stored);
    });
  }

  private async store({ name, bytes, zstd }: PutItem): Promise<Item> {
    const { plain, zstd: compressed } = PACK_FORMAT.encodings;
    const key = fromHex(name);
    if (zstd === true) return { name: key, encoding: compressed, content: bytes };
    const packed = await this.parts.zstd.compress(bytes);
    return packed.length < bytes.length
      ? { name: key, encoding: compressed, content: packed }
      : { name: key, encoding: plain, content: bytes };
  }

  private async writeItems(pack: Pack, file: DiskFile, items: readonly Item[], bytes: number): Promise<void> {
    const buffer = new Uint8Array(bytes);
    const offset = pack.bytes;
    let at = 0;
    for (const item of items) {
      encodeItem(buffer, at, item, pack.salt, this.parts.digest);
      at += itemBytes(item.content.length);
    }
    await this.guard(() => file.write(offset, buffer));
    this.active!.unsynced = true;
    pack.bytes = offset + bytes;
    at = offset;
    for (const { name, content } of items) {
      this.table.set(name, { pack: pack.number, offset: at, bytes: content.length });
      at += itemBytes(content.length);
    }
  }

  private async activeWithRoom(bytes: number) {
    const { limits, disk, folder } = this.parts;
    const takes = (pack: Pack): boolean => pack.bytes + bytes <= limits.packBytes && !this.leaving.has(pack.number);
    if (this.active !== null && takes(this.active.pack)) return this.active;
    await this.settleActive();
    const newest = [...this.packs.values()].at(-1);
    const pack = newest !== undefined && takes(newest) ? newest : await this.guard(() => createPack(this.parts, this.nextNumber++));
    this.packs.set(pack.number, pack);
    const file = await this.guard(() => disk.open(`${folder}/${packName(pack.number)}`, 'write'));
    this.files.adopt(pack.number, file);
    this.active = { pack, file, unsynced: false };
    return this.active;
  }

  /** Rule R7: blobs leave the last of the disk to the log. */
  private async reserve(bytes: number): Promise<void> {
    if (bytes > this.allowance) {
      const free = await this.parts.disk.freeBytes();
      const usable = free - this.parts.limits.diskReserveBytes;
      if (usable < bytes) {
        this.parts.log.warn('store.space-low', { freeBytes: free, neededBytes: bytes + this.parts.limits.diskReserveBytes });
        throw new AppError('store.full', { freeBytes: free });
      }
      // Others write to the disk as well.
      this.allowance = Math.max(bytes, Math.min(usable / 4, 16 * 1024 * 1024));
    }
    this.allowance -= bytes;
  }

  private async tryRead(pack: number, offset: number, bytes: number): Promise<Uint8Array | Error> {
    try {
      return await this.files.read(pack, offset, PACK_FORMAT.item.content + bytes);
    } catch (error) {
      return error as Error;
    }
  }

  private damaged(name: Hash, pack: number, cause: Error | null): AppError {
    const entry = this.table.find(fromHex(name));
    if (entry >= 0) this.table.remove(entry);
    this.parts.log.warn('store.blob-damaged', { name, pack, cause: cause?.message ?? 'checksum' });
    return new AppError('store.blob-damaged', { name, pack }, { cause });
  }
}

function checked(item: PutItem): PutItem {
  if (item.bytes.length > BLOB_BYTES_MAX) throw new RangeError(`a blob of ${item.bytes.length} bytes`);
  if (item.zstd === true && ZSTD_MAGIC.some((byte, i) => item.bytes[i] !== byte))
    throw new RangeError('a blob that is not the zstd it claims to be');
  return item;
}
