import { AppError } from '../../../../src-shared/errors/index.ts';
import { fromUtf8, toUtf8 } from '../../../../src-shared/units/index.ts';
import type { Clock, Disk, Log } from '../../../ports/index.ts';
import type { Fate } from '../fate.ts';
import { Turns } from '../turns.ts';
import { createWhole, isNoSpace, makeDurableFolder, removeUnfinished } from '../files.ts';
import type { CatalogueBody } from './body.ts';

export const BACKUP_VERSION = 1;

/** Keys under it are facts that people may want to read, and that a lost catalogue gets back. */
export const FACT_PREFIX = 'fact/';

/** Changes within this time are written together. */
const PAUSE_MILLIS = 1000;

/** Newest snapshots that a backup holds. */
const SNAPSHOTS_MAX = 64;

export interface BackupParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly fate: Fate;
}

/** One file for people: `members.json` holds every key under `fact/members`. */
interface BackupFile {
  readonly version: number;
  /** JSON values as such, anything else as text. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly snapshots?: readonly { readonly height: number; readonly value: string }[];
}

/** Writes `backup/*.json` a moment after facts have changed; each file is replaced as a whole. */
export class Backups {
  private readonly parts: BackupParts;
  private readonly body: CatalogueBody;
  private readonly changed = new Set<string>();
  private cancel: (() => void) | null = null;
  private readonly turns = new Turns();

  constructor(parts: BackupParts, body: CatalogueBody) {
    this.parts = parts;
    this.body = body;
  }

  noteKey(key: string): void {
    if (key.startsWith(FACT_PREFIX)) this.note(fileOf(key));
  }

  noteSnapshot(): void {
    this.note('snapshots.json');
  }

  /** Writes what has changed now. */
  flush(): Promise<void> {
    this.cancel?.();
    this.cancel = null;
    const files = [...this.changed];
    this.changed.clear();
    return this.turns.take(async () => {
      for (const file of files) await this.write(file);
    });
  }

  private note(file: string): void {
    this.changed.add(file);
    this.cancel ??= this.parts.clock.after(PAUSE_MILLIS, () => void this.flush());
  }

  /** A backup that can not be written is not worth a stop; a sync that fails is (rule R1). */
  private async write(file: string): Promise<void> {
    const { disk, folder, log, fate } = this.parts;
    if (fate.dead !== null) return;
    const keys = this.body.keys(FACT_PREFIX).filter((key) => fileOf(key) === file);
    const content: BackupFile = {
      version: BACKUP_VERSION,
      facts: Object.fromEntries(keys.map((key) => [key, asJson(this.body.get(key) ?? '')])),
      ...(file === 'snapshots.json' ? { snapshots: this.body.facts('snapshots', SNAPSHOTS_MAX) } : {}),
    };
    try {
      await createWhole(disk, `${folder}/${file}`, { start: toUtf8(`${JSON.stringify(content, null, 2)}\n`) });
    } catch (error) {
      log.warn('store.backup-failed', { file, cause: String(error) });
      if (!isNoSpace(error)) fate.die(error);
    }
  }
}

/** Puts what the backups hold into an empty catalogue; returns how many facts. */
export async function restoreBackups({ disk, folder, log }: BackupParts, body: CatalogueBody): Promise<number> {
  let count = 0;
  for (const { name, folder: isFolder } of await disk.list(folder)) {
    if (isFolder || !name.endsWith('.json')) continue;
    const content = await readBackup(disk, `${folder}/${name}`);
    if (content === null) {
      log.warn('store.backup-unreadable', { file: name });
      continue;
    }
    for (const [key, value] of Object.entries(content.facts)) {
      body.set(key, typeof value === 'string' ? value : JSON.stringify(value));
      count += 1;
    }
    for (const { height, value } of content.snapshots?.toReversed() ?? []) {
      body.addFact('snapshots', height, value);
      count += 1;
    }
  }
  return count;
}

export async function openBackups(parts: BackupParts, body: CatalogueBody): Promise<Backups> {
  await makeDurableFolder(parts.disk, parts.folder);
  await removeUnfinished(parts.disk, parts.folder);
  return new Backups(parts, body);
}

async function readBackup(disk: Disk, path: string): Promise<BackupFile | null> {
  const file = await disk.open(path, 'read');
  try {
    const text = fromUtf8(await file.read(0, file.size));
    const content = JSON.parse(text ?? '') as BackupFile;
    if (content.version > BACKUP_VERSION)
      throw new AppError('store.format-newer', { part: path, found: content.version, known: BACKUP_VERSION });
    return typeof content.facts === 'object' ? content : null;
  } catch (error) {
    if (error instanceof AppError) throw error;
    return null;
  } finally {
    await file.close();
  }
}

/** `fact/members/ann` and `fact/members` are both in `members.json`. */
function fileOf(key: string): string {
  const word = key.slice(FACT_PREFIX.length).split('/')[0]!;
  return `${word.toLowerCase().replaceAll(/[^a-z0-9-]/g, '_') || 'facts'}.json`;
}

/** Text that is the compact form of a JSON value other than text is shown as that value, and comes back as the same text. */
function asJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value !== 'string' && JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}
