import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Disk, DiskEntry, DiskFile } from '../../ports/index.ts';

/** Zeros written at a time when space is reserved. */
const ZEROS_BYTES = 1024 * 1024;

const FLAGS = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
} as const;

/** The folder `root` (absolute, must exist) through the operating system. */
export function realDisk(root: string): Disk {
  const at = (path: string): string => join(root, checked(path));
  return {
    open: async (path, mode) => {
      const handle = await act('open', path, () => open(at(path), FLAGS[mode], 0o600));
      const { size } = await act('open', path, () => handle.stat());
      return realFile(path, handle, size);
    },
    size: (path) =>
      act('size', path, async () => {
        const found = await orNull(stat(at(path)));
        return found !== null && found.isFile() ? found.size : null;
      }),
    list: (folder) => act('list', folder, () => list(at(folder))),
    makeFolder: (folder) => act('makeFolder', folder, async () => void (await mkdir(at(folder), { recursive: true, mode: 0o700 }))),
    rename: (from, to) => act('rename', from, () => rename(at(from), at(to))),
    remove: (path) => act('remove', path, () => rm(at(path), { force: true })),
    syncFolder: (folder) => syncFolder(folder, at(folder)),
    freeBytes: () =>
      act('freeBytes', '', async () => {
        const found = await statfs(root);
        return found.bavail * found.bsize;
      }),
  };
}

function realFile(path: string, handle: FileHandle, sizeAtOpen: number): DiskFile {
  let size = sizeAtOpen;
  return {
    get size() {
      return size;
    },
    read: async (offset, length, into) => {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const buffer = into !== undefined && into.length >= wanted ? into : new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await act('read', path, () => handle.read(buffer, filled, wanted - filled, offset + filled));
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    write: async (offset, bytes) => {
      await writeAll(path, handle, offset, bytes);
      size = Math.max(size, offset + bytes.length);
    },
    sync: () => syncFile(path, handle),
    truncate: async (wanted) => {
      await act('truncate', path, () => handle.truncate(wanted));
      size = wanted;
    },
    preallocate: async (wanted) => {
      // Written zeros, not a hole: a hole takes its space at the first write, and makes every later sync write the file's metadata as well.
      const zeros = new Uint8Array(Math.min(ZEROS_BYTES, Math.max(0, wanted - size)));
      while (size < wanted) {
        const length = Math.min(zeros.length, wanted - size);
        await writeAll(path, handle, size, zeros.subarray(0, length));
        size += length;
      }
    },
    close: () => act('close', path, () => handle.close()),
  };
}

/** The system may write less than it was given (a nearly full disk, a signal); the rest follows until an error says why. */
async function writeAll(path: string, handle: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await act('write', path, () => handle.write(bytes, done, bytes.length - done, offset + done));
    if (bytesWritten === 0) throw new AppError('node.no-space', { path });
    done += bytesWritten;
  }
}

/** fdatasync; libuv makes it F_FULLFSYNC on macOS and FlushFileBuffers on Windows. */
async function syncFile(path: string, handle: FileHandle): Promise<void> {
  try {
    await handle.datasync();
  } catch (error) {
    throw new AppError('store.sync-failed', { path, cause: codeOf(error) }, { cause: error });
  }
}

/** Windows can not open a folder for syncing; NTFS logs renames itself, in order. */
async function syncFolder(folder: string, absolute: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await act('syncFolder', folder, () => open(absolute, constants.O_RDONLY));
  try {
    await handle.sync();
  } catch (error) {
    throw new AppError('store.sync-failed', { path: folder, cause: codeOf(error) }, { cause: error });
  } finally {
    await handle.close();
  }
}

async function list(absolute: string): Promise<readonly DiskEntry[]> {
  const found = (await orNull(readdir(absolute, { withFileTypes: true }))) ?? [];
  const entries = await Promise.all(
    found.map(async (entry) => {
      if (!entry.isFile()) return { name: entry.name, folder: entry.isDirectory(), bytes: 0 };
      // A file may be gone between the two calls.
      const state = await orNull(stat(join(absolute, entry.name)));
      return state === null ? null : { name: entry.name, folder: false, bytes: state.size };
    }),
  );
  return entries.filter((entry) => entry !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function act<T>(operation: string, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof RangeError || error instanceof AppError) throw error;
    const cause = codeOf(error);
    if (cause === 'ENOSPC' || cause === 'EDQUOT') throw new AppError('node.no-space', { path }, { cause: error });
    throw new AppError('node.disk-failed', { path, operation, cause }, { cause: error });
  }
}

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}

/** A path that could leave the root on any of the three systems is a bug of the caller. */
function checked(path: string): string {
  const parts = path === '' ? [] : path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part))) {
    throw new RangeError(`path leaves the folder: ${JSON.stringify(path)}`);
  }
  return path;
}
