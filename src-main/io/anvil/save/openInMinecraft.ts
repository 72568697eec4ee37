import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * Whether a Minecraft has the save open: it holds an exclusive lock of the operating system on all of `session.lock` (Java's
 * `FileChannel.tryLock`). On Linux any other kind of lock on the file counts too. Writes nothing.
 */
export async function isOpenInMinecraft(save: string): Promise<boolean> {
  const file = join(save, 'session.lock');
  const state = await stat(file, { bigint: true }).catch(() => null);
  if (state === null || !state.isFile()) return false;
  return isRangeLocked(file) || (process.platform === 'linux' && (await isInLockTable(state)));
}

/**
 * Node has no call to test a lock. SQLite asks for a shared one inside the range before it reads a file, on every platform, and says
 * "busy" when it is refused. What else it finds in the file does not matter.
 */
function isRangeLocked(file: string): boolean {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    database.exec('SELECT 1 FROM sqlite_schema LIMIT 1');
    return false;
  } catch (error) {
    return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
  } finally {
    database?.close();
  }
}

/** Lines of /proc/locks name a file by major:minor:inode, the first two hexadecimal: POSIX, OFDLCK and FLOCK locks. */
async function isInLockTable({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): Promise<boolean> {
  const table = await readFile('/proc/locks', 'latin1').catch(() => '');
  const hex = (value: bigint): string => value.toString(16).padStart(2, '0');
  // How glibc packs a device number (gnu_dev_major, gnu_dev_minor).
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
  const name = `${hex(major)}:${hex(minor)}:${ino}`;
  return table.split('\n').some((line) => line.split(/\s+/).includes(name));
}
