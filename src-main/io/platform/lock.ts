import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../src-shared/errors/index.ts';

const FILE = 'in-use.lock';

/** SQLite's result codes (https://sqlite.org/rescode.html): the lock is taken by another process or another connection of this one. */
const SQLITE_BUSY = 5;

export interface FolderLock {
  release(): void;
}

/**
 * Takes `folder` (absolute, must exist) for this process, or throws `node.folder-in-use`. Node has no call for file locks, but SQLite takes a
 * real one of the operating system (fcntl, LockFileEx) on its file: the kernel drops it when the process ends, however it ends, so nothing
 * can be stale, and it holds between containers that share the folder. The file stays empty, and stays.
 */
export function lockFolder(folder: string): Promise<FolderLock> {
  return Promise.resolve().then(() => lock(folder));
}

function lock(folder: string): FolderLock {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(folder, FILE), { timeout: 0 });
    // No journal file beside the lock: nothing is ever written in this transaction.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) throw new AppError('node.folder-in-use', { folder });
    throw new AppError('node.disk-failed', { path: join(folder, FILE), operation: 'lock', cause: String(error) }, { cause: error });
  }
  const held = database;
  let released = false;
  return {
    release: () => {
      if (released) return;
      released = true;
      held.close();
    },
  };
}
