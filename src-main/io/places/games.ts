import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { INSTANCES_PER_LAUNCHER_MAX, LAUNCHER_SETTINGS_BYTES_MAX } from '../../../src-shared/config/index.ts';
import type { Launcher } from '../../../src-shared/contract/index.ts';
import type { Root } from './launchers.ts';

/** One game folder: saves lie in `path/saves`. */
export interface Game {
  readonly launcher: Launcher;
  readonly instance: string | null;
  readonly path: string;
}

/** The game folders of a root that exist. Never throws: what can not be read is not there. */
export async function gamesOf(root: Root): Promise<readonly Game[]> {
  if (root.kind === 'game') {
    const further = await Promise.all(root.profiles.map(profileFolders));
    const paths = new Set([root.path, ...further.flat()]);
    return [...paths].map((path) => ({ launcher: root.launcher, instance: path === root.path ? null : lastPart(path), path }));
  }
  const moved = root.settings === null ? null : await movedInstances(root.settings);
  const folders = new Set([root.path, ...(moved === null ? [] : [moved])]);
  const found = await Promise.all([...folders].map((folder) => instancesIn(folder, root)));
  return found.flat();
}

async function instancesIn(folder: string, root: Root & { readonly kind: 'instances' }): Promise<readonly Game[]> {
  const names = await foldersIn(folder);
  const games = await Promise.all(
    names.slice(0, INSTANCES_PER_LAUNCHER_MAX).map(async (name): Promise<Game | null> => {
      const instance = join(folder, name);
      for (const inside of root.inside) {
        const path = join(instance, inside);
        if (await isFolder(path)) return { launcher: root.launcher, instance: await shownName(instance, name), path };
      }
      return null;
    }),
  );
  return games.filter((game) => game !== null);
}

/** `gameDir` of the official launcher's profiles. */
async function profileFolders(file: string): Promise<readonly string[]> {
  const profiles = field(await readJson(file), 'profiles');
  if (typeof profiles !== 'object' || profiles === null) return [];
  return Object.values(profiles)
    .map((profile) => field(profile, 'gameDir'))
    .filter((folder) => typeof folder === 'string')
    .filter((folder) => isAbsolute(folder));
}

/** `InstanceDir` of Prism's and MultiMC's settings, relative to them; null when it is where it always is. */
async function movedInstances(settings: string): Promise<string | null> {
  const folder = /^InstanceDir=(.+)$/m.exec((await readSmall(settings)) ?? '')?.[1]?.trim();
  return folder === undefined ? null : resolve(dirname(settings), folder);
}

/** The name that the launcher shows: `name=` in instance.cfg, `name` in minecraftinstance.json or instance.json, else the folder's. */
async function shownName(instance: string, folder: string): Promise<string> {
  const settings = await readSmall(join(instance, 'instance.cfg'));
  const named = /^name=(.+)$/m.exec(settings ?? '')?.[1]?.trim();
  if (named !== undefined) return named;
  for (const file of ['minecraftinstance.json', 'instance.json']) {
    const name = field(await readJson(join(instance, file)), 'name');
    if (typeof name === 'string' && name !== '') return name;
  }
  return folder;
}

export async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const candidates = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  return candidates.map((entry) => entry.name).sort();
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readSmall(file)) ?? 'null');
  } catch {
    return null;
  }
}

async function readSmall(file: string): Promise<string | null> {
  const info = await stat(file).catch(() => null);
  if (info === null || !info.isFile() || info.size > LAUNCHER_SETTINGS_BYTES_MAX) return null;
  return readFile(file, 'utf8').catch(() => null);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
