import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { Fate } from '../fate.ts';
import type { CatalogueBody } from './body.ts';

/** Version 1. A test pins its hash: a change needs a new version. */
export const CATALOGUE_SCHEMA = {
  version: 1,
  tables: [
    'CREATE TABLE IF NOT EXISTS pairs (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, list TEXT NOT NULL, height INTEGER NOT NULL, value TEXT NOT NULL) STRICT',
    'CREATE INDEX IF NOT EXISTS facts_by_list ON facts (list, id)',
  ],
} as const;

/** Primary result codes (https://sqlite.org/rescode.html); extended ones add a high byte. */
const SQLITE = { io: 10, corrupt: 11, full: 13, notADatabase: 26 } as const;

interface Opening {
  /** Absolute. */
  readonly file: string;
  readonly fate: Fate;
  /** Suffix for a file that can not be used. */
  readonly setAsideAs: string;
}

/** `rebuilt` when a file that was no good was set aside and an empty one begun. Throws `store.format-newer`. */
export function openSqliteCatalogue({ file, fate, setAsideAs }: Opening): { readonly body: CatalogueBody; readonly rebuilt: boolean } {
  try {
    return { body: bodyOf(openDatabase(file), fate), rebuilt: false };
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isAny(error, SQLITE.corrupt, SQLITE.notADatabase)) throw faultOf(error, fate);
  }
  renameSync(file, `${file}.damaged-${setAsideAs}`);
  // They belong to the damaged file, and would be played into the new one.
  for (const part of ['-wal', '-shm', '-journal']) rmSync(`${file}${part}`, { force: true });
  return { body: bodyOf(openDatabase(file), fate), rebuilt: true };
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    // macOS: fsync alone does not reach the medium.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > CATALOGUE_SCHEMA.version) {
      throw new AppError('store.format-newer', { part: 'catalogue', found: version, known: CATALOGUE_SCHEMA.version });
    }
    for (const table of CATALOGUE_SCHEMA.tables) database.exec(table);
    database.exec(`PRAGMA user_version = ${CATALOGUE_SCHEMA.version}`);
    const [check] = database.prepare('PRAGMA quick_check(1)').all();
    if (check?.['quick_check'] !== 'ok') throw Object.assign(new Error(String(check?.['quick_check'])), { errcode: SQLITE.corrupt });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Every change is durable when the call returns. */
function bodyOf(database: DatabaseSync, fate: Fate): CatalogueBody {
  const get = database.prepare('SELECT value FROM pairs WHERE key = ?');
  const set = database.prepare('INSERT INTO pairs (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const remove = database.prepare('DELETE FROM pairs WHERE key = ?');
  const keys = database.prepare('SELECT key FROM pairs WHERE key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key');
  const addFact = database.prepare('INSERT INTO facts (list, height, value) VALUES (?, ?, ?)');
  const facts = database.prepare('SELECT height, value FROM facts WHERE list = ? ORDER BY id DESC LIMIT ?');
  const act = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw faultOf(error, fate);
    }
  };
  return {
    get: (key) => act(() => (get.get(key)?.['value'] as string | undefined) ?? null),
    set: (key, value) => void act(() => set.run(key, value)),
    delete: (key) => void act(() => remove.run(key)),
    keys: (prefix) => act(() => keys.all(prefix, prefix, prefix).map((row) => row['key'] as string)),
    addFact: (table, height, value) => void act(() => addFact.run(table, height, value)),
    facts: (table, limit) =>
      act(() => facts.all(table, Math.max(0, limit)).map((row) => ({ height: row['height'] as number, value: row['value'] as string }))),
    close: () => database.close(),
  };
}

/** SQLite tells a failed sync as an input/output error: rule R1. */
function faultOf(error: unknown, fate: Fate): AppError {
  if (isAny(error, SQLITE.full)) return new AppError('store.full', { part: 'catalogue' }, { cause: error });
  if (isAny(error, SQLITE.io))
    return fate.die(new AppError('store.sync-failed', { path: 'catalogue', cause: String(error) }, { cause: error }));
  if (isAny(error, SQLITE.corrupt, SQLITE.notADatabase)) return new AppError('store.damaged', { part: 'catalogue' }, { cause: error });
  return new AppError('node.disk-failed', { path: 'catalogue', operation: 'sqlite', cause: String(error) }, { cause: error });
}

function isAny(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && codes.includes(error.errcode % 256);
}
