import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NAME_CHARACTERS_MAX } from '../../src-shared/config/index.ts';
import { refuse, type Refusal } from '../../src-shared/errors/index.ts';
import type { Hash } from '../../src-shared/units/index.ts';
import type { GameMode } from '../core/world/index.ts';
import type { ImportReport } from '../io/anvil/index.ts';

/**
 * `world.json` in a world's folder: what the list of worlds needs without opening the store. Written whole (beside, then renamed).
 * `genesis` is null until founding is complete; a folder without it is the rest of an import that did not finish.
 */
export interface WorldFile {
  readonly format: 1;
  readonly id: string;
  readonly name: string;
  readonly origin: 'created' | 'imported';
  readonly version: string | null;
  readonly dataVersion: number;
  readonly playable: boolean;
  readonly gameMode: GameMode;
  readonly seed: string;
  readonly lastPlayed: number | null;
  readonly icon: string | null;
  /** Path of the save while an import is under way, so that it can be resumed. */
  readonly importing: { readonly path: string; readonly skipDamaged: boolean } | null;
  readonly genesis: Genesis | null;
  /** Blob of the import's description. */
  readonly imported: Hash | null;
  readonly report: ImportReport | null;
}

/** Where every group of the world starts. `world` is the digest of the founding facts and stands in every signature. */
export interface Genesis {
  readonly world: Hash;
  /** Counts up when the world is set back to a snapshot; stands in every signature. */
  readonly lineage: number;
  readonly groups: readonly { readonly group: string; readonly stateRoot: Hash }[];
}

export interface WorldFolder {
  readonly path: string;
  readonly file: WorldFile;
}

const FILE = 'world.json';

export async function listWorldFolders(root: string): Promise<readonly WorldFolder[]> {
  await mkdir(root, { recursive: true });
  const found: WorldFolder[] = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(root, entry.name);
    const text = await readFile(join(path, FILE), 'utf8').catch(() => null);
    if (text !== null) found.push({ path, file: JSON.parse(text) as WorldFile });
  }
  return found.sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}

export async function writeWorldFile(path: string, file: WorldFile): Promise<WorldFolder> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${FILE}.new`), `${JSON.stringify(file, null, 2)}\n`, { flush: true });
  await rename(join(path, `${FILE}.new`), join(path, FILE));
  return { path, file };
}

export async function removeWorldFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Names are shown, typed on command lines and used in file names of exports: printable, no path characters, no edges of space. */
export function checkWorldName(name: string): Refusal | null {
  const bad = Array.from(name).some((character) => character.charCodeAt(0) < 32 || '/\\:*?"<>|'.includes(character));
  if (bad || name.trim() !== name || name.length === 0 || name.length > NAME_CHARACTERS_MAX || name.startsWith('.')) {
    return refuse('world.bad-name', { name: name.slice(0, NAME_CHARACTERS_MAX) });
  }
  return null;
}
