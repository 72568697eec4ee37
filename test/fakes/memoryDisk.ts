import { AppError } from '../../src-shared/errors/index.ts';
import type { Clock, Disk, DiskEntry, DiskFile } from '../../src-main/ports/index.ts';
import { Folders, type FolderEntry } from './folders.ts';
import { SECTOR_BYTES, Sectors } from './sectors.ts';
import { seededRandom } from './seededRandom.ts';

/** What goes wrong, and how often: chances per call. All are off by default and may be changed at any time. */
export interface DiskFaults {
  syncFails?: number;
  /** A prefix of the write may have happened. */
  writeFails?: number;
  readFails?: number;
  /** A write lands one or more sectors away, over what is there, and not where it should. */
  writeMisdirected?: number;
  /** Chance per unsynced sector that a power cut leaves a mix of two versions in it. */
  tearing?: number;
  capacityBytes?: number;
  /** How long a sync takes; needs the clock. */
  syncMillis?: readonly [number, number];
}

export interface DamagedRange {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** A machine's medium. `disk` is what the program that runs on it now sees; calls of an earlier life never settle. */
export interface MemoryDisk {
  readonly disk: Disk;
  readonly faults: DiskFaults;
  /** How often each fault and each call happened. */
  readonly counts: Readonly<Record<DiskCount, number>>;
  /** The power is cut: unsynced sectors, sizes, creations, renames and removals survive in any subset. */
  cutPower(): void;
  /** The process ends, the machine does not: everything written stays visible, and unsynced. */
  kill(): void;
  flipBit(path: string, bit: number): void;
  zeroRange(path: string, offset: number, length: number): void;
  /** Sector `from` was written to sector `to` by mistake; `from` keeps what it had before, zeros. */
  misdirect(path: string, sectors: { readonly from: number; readonly to: number }): void;
  /** What the medium did wrong: for checkers, to excuse exactly this. */
  readonly damaged: readonly DamagedRange[];
  readonly paths: readonly string[];
  /** What a read returns; null when there is no such file. */
  content(path: string): Uint8Array | null;
  /** What is certain to be there after a power cut; null when the file itself is not. */
  durableContent(path: string): Uint8Array | null;
  /** A backup of the whole medium, and its return: a folder rolled back. Lives end. */
  image(): unknown;
  restore(image: unknown): void;
  /** The disk is lost and replaced by an empty one. */
  wipe(): void;
}

const COUNTS = [
  'reads',
  'writes',
  'syncs',
  'powerCuts',
  'syncFailures',
  'writeFailures',
  'readFailures',
  'misdirectedWrites',
  'noSpace',
  'damages',
] as const;
export type DiskCount = (typeof COUNTS)[number];

interface Options {
  readonly seed: number | string;
  readonly faults?: DiskFaults;
  readonly clock?: Clock;
}

export function memoryDisk({ seed, faults = {}, clock }: Options): MemoryDisk {
  const random = seededRandom(seed);
  const counts = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<DiskCount, number>;
  const medium: Medium = {
    folders: new Folders<Sectors>(),
    random,
    faults: { ...faults },
    counts,
    clock: clock ?? null,
    damaged: [],
    life: 0,
  };
  let disk = boot(medium);
  const nextLife = (): void => {
    medium.life += 1;
    disk = boot(medium);
  };
  const file = (path: string): Sectors => {
    const found = medium.folders.get(path);
    if (found?.kind !== 'file') throw new RangeError(`no such file: ${path}`);
    return found.content;
  };
  const damage = (path: string, offset: number, length: number, change: (bytes: Uint8Array) => void): void => {
    file(path).damage(offset, length, change);
    medium.damaged.push({ path, offset, length });
    counts.damages += 1;
  };
  return {
    get disk() {
      return disk;
    },
    faults: medium.faults,
    counts,
    cutPower: () => {
      counts.powerCuts += 1;
      medium.folders.cutPower(random);
      for (const content of medium.folders.contents()) content.cutPower(random, medium.faults.tearing ?? 0);
      nextLife();
    },
    kill: nextLife,
    flipBit: (path, bit) => {
      damage(path, Math.floor(bit / 8), 1, (bytes) => {
        bytes[0]! ^= 1 << (bit % 8);
      });
    },
    zeroRange: (path, offset, length) => damage(path, offset, length, (bytes) => bytes.fill(0)),
    misdirect: (path, { from, to }) => {
      const content = file(path).read(from * SECTOR_BYTES, SECTOR_BYTES);
      let at = 0;
      damage(path, to * SECTOR_BYTES, content.length, (bytes) => {
        bytes.set(content.subarray(at, at + bytes.length));
        at += bytes.length;
      });
      damage(path, from * SECTOR_BYTES, content.length, (bytes) => bytes.fill(0));
    },
    damaged: medium.damaged,
    get paths() {
      return medium.folders.paths();
    },
    content: (path) => {
      const found = medium.folders.get(path);
      return found?.kind === 'file' ? found.content.read(0, found.content.size) : null;
    },
    durableContent: (path) => {
      const found = medium.folders.getDurable(path);
      return found?.kind === 'file' ? found.content.readDurable() : null;
    },
    image: () => medium.folders.copy((content) => content.copy()),
    restore: (image) => {
      medium.folders = (image as Folders<Sectors>).copy((content) => content.copy());
      nextLife();
    },
    wipe: () => {
      medium.folders = new Folders<Sectors>();
      nextLife();
    },
  };
}

interface Medium {
  folders: Folders<Sectors>;
  readonly random: ReturnType<typeof seededRandom>;
  readonly faults: DiskFaults;
  readonly counts: Record<DiskCount, number>;
  readonly clock: Clock | null;
  readonly damaged: DamagedRange[];
  life: number;
}

/** Runs an action in the life it was called in: a dead machine answers nothing. */
type Alive = <T>(action: () => T | Promise<T>) => Promise<T>;

function boot(medium: Medium): Disk {
  const { life } = medium;
  const alive: Alive = (action) =>
    new Promise((resolve, reject) => {
      const now = (): boolean => medium.life === life;
      if (!now()) return;
      Promise.resolve()
        // Called, but not yet under way when the life ended: it never happened.
        .then(() => (now() ? action() : new Promise<never>(() => undefined)))
        .then(
          (value) => (now() ? resolve(value) : undefined),
          (error: unknown) => (now() ? reject(error as Error) : undefined),
        );
    });
  const missing = (path: string, operation: string): AppError => new AppError('node.disk-failed', { path, operation, cause: 'ENOENT' });
  return {
    open: (path, mode) =>
      alive(() => {
        check(path);
        const found = medium.folders.get(path);
        if (found?.kind === 'folder' || (found === null && mode !== 'create')) throw missing(path, 'open');
        if (found?.kind === 'file') {
          if (mode === 'create') found.content.resize(0);
          return openFile(medium, alive, path, found.content);
        }
        if (!medium.folders.holds(path)) throw missing(path, 'open');
        const content = new Sectors();
        medium.folders.set(path, { kind: 'file', content });
        return openFile(medium, alive, path, content);
      }),
    size: (path) =>
      alive(() => {
        const found = medium.folders.get(check(path));
        return found?.kind === 'file' ? found.content.size : null;
      }),
    list: (folder) => alive(() => medium.folders.list(check(folder)).map(([name, entry]) => describe(name, entry))),
    makeFolder: (folder) => alive(() => medium.folders.makeFolder(check(folder))),
    rename: (from, to) =>
      alive(() => {
        if (medium.folders.get(check(from))?.kind !== 'file' || !medium.folders.holds(check(to))) throw missing(from, 'rename');
        medium.folders.rename(from, to);
      }),
    remove: (path) => alive(() => medium.folders.remove(check(path))),
    syncFolder: (folder) =>
      alive(async () => {
        if (!medium.folders.isFolder(check(folder))) throw missing(folder, 'syncFolder');
        medium.counts.syncs += 1;
        await pause(medium);
        if (fails(medium, 'syncFails', 'syncFailures')) throw new AppError('store.sync-failed', { path: folder, cause: 'EIO' });
        medium.folders.sync(folder);
      }),
    freeBytes: () => alive(() => freeBytes(medium)),
  };
}

function openFile(medium: Medium, alive: Alive, path: string, content: Sectors): DiskFile {
  const grow = (size: number): void => {
    if (size > content.size && size - content.size > freeBytes(medium)) {
      medium.counts.noSpace += 1;
      throw new AppError('node.no-space', { path });
    }
  };
  return {
    get size() {
      return content.size;
    },
    read: (offset, length, into) =>
      alive(() => {
        medium.counts.reads += 1;
        if (fails(medium, 'readFails', 'readFailures')) throw new AppError('node.disk-failed', { path, operation: 'read', cause: 'EIO' });
        const bytes = content.read(offset, length);
        if (into === undefined || into.length < bytes.length) return bytes;
        into.set(bytes);
        return into.subarray(0, bytes.length);
      }),
    write: (offset, bytes) => alive(() => write(medium, { path, content, offset, bytes, grow })),
    sync: () =>
      alive(async () => {
        medium.counts.syncs += 1;
        const finish = content.startSync();
        await pause(medium);
        if (fails(medium, 'syncFails', 'syncFailures')) {
          content.failSync(medium.random);
          throw new AppError('store.sync-failed', { path, cause: 'EIO' });
        }
        finish();
      }),
    truncate: (size) =>
      alive(() => {
        grow(size);
        content.resize(size);
      }),
    preallocate: (size) =>
      alive(() => {
        grow(size);
        if (size > content.size) content.resize(size);
      }),
    close: () => alive(() => undefined),
  };
}

interface Write {
  readonly path: string;
  readonly content: Sectors;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly grow: (size: number) => void;
}

function write(medium: Medium, { path, content, offset, bytes, grow }: Write): void {
  medium.counts.writes += 1;
  grow(offset + bytes.length);
  if (fails(medium, 'writeFails', 'writeFailures')) {
    content.write(offset, bytes.subarray(0, medium.random.integer(bytes.length + 1)));
    throw new AppError('node.disk-failed', { path, operation: 'write', cause: 'EIO' });
  }
  const sectors = Math.floor(content.size / SECTOR_BYTES);
  if (sectors > 0 && fails(medium, 'writeMisdirected', 'misdirectedWrites')) {
    const elsewhere = medium.random.integer(sectors) * SECTOR_BYTES;
    const part = bytes.subarray(0, content.size - elsewhere);
    content.write(elsewhere, part);
    medium.damaged.push({ path, offset: elsewhere, length: part.length }, { path, offset, length: bytes.length });
    return;
  }
  content.write(offset, bytes);
}

/** Does not return when the life ends meanwhile: what was under way then is decided by the end, not by a clock that went on. */
async function pause(medium: Medium): Promise<void> {
  const { faults, clock, random, life } = medium;
  if (faults.syncMillis === undefined) return;
  if (clock === null) throw new RangeError('a slow sync needs the clock');
  const millis = random.between(...faults.syncMillis);
  await new Promise<void>((resolve) => {
    clock.after(millis, () => {
      if (medium.life === life) resolve();
    });
  });
}

function fails(medium: Medium, fault: 'syncFails' | 'writeFails' | 'readFails' | 'writeMisdirected', count: DiskCount): boolean {
  const chance = medium.faults[fault] ?? 0;
  // No draw when a fault is off: turning one on does not change what the others do.
  const happens = chance > 0 && medium.random.chance(chance);
  if (happens) medium.counts[count] += 1;
  return happens;
}

function freeBytes(medium: Medium): number {
  let used = 0;
  for (const content of medium.folders.contents()) used += content.size;
  return Math.max(0, (medium.faults.capacityBytes ?? 2 ** 40) - used);
}

function describe(name: string, entry: FolderEntry<Sectors>): DiskEntry {
  return { name, folder: entry.kind === 'folder', bytes: entry.kind === 'file' ? entry.content.size : 0 };
}

function check(path: string): string {
  const parts = path === '' ? [] : path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part))) {
    throw new RangeError(`path leaves the folder: ${JSON.stringify(path)}`);
  }
  return path;
}
