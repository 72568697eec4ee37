import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * Whether a Minecraft has this world open. It then holds an exclusive lock on the whole of `session.lock`, which Node has no call to test;
 * SQLite does it on every platform: to read a file it asks for a shared lock inside that range and says "busy" when it is refused.
 * Opened read-only, so nothing is written; what it finds in the file does not matter.
 */
export async function isWorldOpen(world: string): Promise<boolean> {
  const file = join(world, 'session.lock');
  if (!existsSync(file)) return false;
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    try {
      database.exec('SELECT 1 FROM sqlite_schema LIMIT 1');
    } finally {
      database.close();
    }
    return false;
  } catch (error) {
    return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
  }
}
