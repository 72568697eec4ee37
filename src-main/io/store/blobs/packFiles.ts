import type { Disk, DiskFile } from '../../../ports/index.ts';
import { packName } from './layout.ts';

interface OpenPack {
  readonly file: Promise<DiskFile>;
  users: number;
  /** The one that grows: stays open, and is read through the handle that knows its size. */
  writable: boolean;
  /** Closed when its last user is done. */
  retired: boolean;
}

/** Packs that are open for reading. At most `openMax` idle ones; the longest unused is closed first. */
export class PackFiles {
  private readonly disk: Disk;
  private readonly folder: string;
  private readonly openMax: number;
  /** Least recently used first. */
  private readonly open = new Map<number, OpenPack>();

  constructor(disk: Disk, folder: string, openMax: number) {
    this.disk = disk;
    this.folder = folder;
    this.openMax = openMax;
  }

  async read(number: number, offset: number, length: number): Promise<Uint8Array> {
    const pack = this.open.get(number) ?? this.opened(number);
    this.open.delete(number);
    this.open.set(number, pack);
    pack.users += 1;
    try {
      const file = await pack.file;
      return await file.read(offset, length);
    } finally {
      pack.users -= 1;
      if (pack.retired && pack.users === 0) await close(pack);
      this.closeIdle();
    }
  }

  /** The active pack's own handle. */
  adopt(number: number, file: DiskFile): void {
    this.retire(number);
    this.open.set(number, { file: Promise.resolve(file), users: 0, writable: true, retired: false });
  }

  /** The active pack is full: from now on it is one of many. */
  settle(number: number): void {
    const pack = this.open.get(number);
    if (pack !== undefined) pack.writable = false;
  }

  /** The pack is about to be deleted, or opened otherwise. */
  retire(number: number): void {
    const pack = this.open.get(number);
    if (pack === undefined) return;
    this.open.delete(number);
    pack.retired = true;
    if (pack.users === 0) void close(pack);
  }

  async close(): Promise<void> {
    const packs = [...this.open.values()];
    this.open.clear();
    await Promise.all(packs.map(close));
  }

  private opened(number: number): OpenPack {
    const file = this.disk.open(`${this.folder}/${packName(number)}`, 'read');
    const pack = { file, users: 0, writable: false, retired: false };
    // Another try may succeed.
    file.catch(() => this.open.get(number) === pack && this.open.delete(number));
    return pack;
  }

  private closeIdle(): void {
    for (const [number, pack] of this.open) {
      if (this.open.size <= this.openMax) return;
      if (pack.users === 0 && !pack.writable) this.retire(number);
    }
  }
}

/** What was read is checked by its checksum; a handle that does not close harms nobody. */
async function close(pack: OpenPack): Promise<void> {
  await pack.file.then((file) => file.close()).catch(() => undefined);
}
