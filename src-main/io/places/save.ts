import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ICON_BYTES_MAX, LEVEL_DAT_BYTES_MAX, SAVE_DEPTH_MAX, SAVE_FILES_COUNTED_MAX } from '../../../src-shared/config/index.ts';
import type { FoundSave } from '../../../src-shared/contract/index.ts';
import { nbt, readNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { Game } from './games.ts';
import { isWorldOpen } from './sessionLock.ts';

const unzip = promisify(gunzip);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GAME_MODES = ['survival', 'creative', 'adventure', 'spectator'] as const;

/** What a save tells about itself, or null when the folder is no world. A world whose level.dat is damaged is listed by its folder's name. */
export async function readSave(path: string, game: Game): Promise<FoundSave | null> {
  const info = await stat(join(path, 'level.dat')).catch(() => null);
  if (info === null || !info.isFile()) return null;
  const [data, icon, size, inUse] = await Promise.all([
    info.size > LEVEL_DAT_BYTES_MAX ? null : readLevelData(join(path, 'level.dat')),
    readIcon(join(path, 'icon.png')),
    measure(path),
    isWorldOpen(path),
  ]);
  const lastPlayed = data === null ? null : nbt.getNumber(data, 'LastPlayed');
  const version = data === null ? null : nbt.getCompound(data, 'Version');
  return {
    path,
    name: plainName(data === null ? null : nbt.getText(data, 'LevelName')) ?? basename(path),
    launcher: game.launcher,
    instance: game.instance,
    version: version === null ? null : nbt.getText(version, 'Name'),
    dataVersion: data === null ? null : whole(nbt.getNumber(data, 'DataVersion')),
    ...size,
    lastPlayed: lastPlayed === null || lastPlayed <= 0 ? Math.floor(info.mtimeMs) : lastPlayed,
    gameMode: data === null ? null : (GAME_MODES[nbt.getNumber(data, 'GameType') ?? -1] ?? null),
    inUse,
    icon,
  };
}

async function readLevelData(file: string): Promise<NbtCompound | null> {
  try {
    const bytes = await unzip(await readFile(file), { maxOutputLength: LEVEL_DAT_BYTES_MAX });
    return nbt.getCompound(readNbt(bytes).root, 'Data');
  } catch {
    return null;
  }
}

/** Names may carry Minecraft's formatting codes; a name of nothing else is none. */
function plainName(name: string | null): string | null {
  const plain = name?.replaceAll(/\u00a7./g, '').trim() ?? '';
  return plain === '' ? null : plain.slice(0, 128);
}

function whole(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
}

async function readIcon(file: string): Promise<string | null> {
  const info = await stat(file).catch(() => null);
  if (info === null || !info.isFile() || info.size > ICON_BYTES_MAX) return null;
  const bytes = await readFile(file).catch(() => null);
  return bytes === null || !bytes.subarray(0, PNG.length).equals(PNG) ? null : bytes.toString('base64');
}

/** Bytes of all files, links not followed. Stops counting after so many files or so deep. */
async function measure(path: string): Promise<{ readonly bytes: number; readonly bytesExact: boolean }> {
  let bytes = 0;
  let files = 0;
  let exact = true;
  let folders: readonly string[] = [path];
  for (let depth = 0; folders.length > 0; depth++) {
    if (depth > SAVE_DEPTH_MAX || files > SAVE_FILES_COUNTED_MAX) {
      exact = false;
      break;
    }
    const next: string[] = [];
    for (const folder of folders) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      next.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name)));
      const names = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
      const counted = names.slice(0, SAVE_FILES_COUNTED_MAX + 1 - files);
      const sizes = await Promise.all(counted.map((file) => stat(file).catch(() => null)));
      for (const info of sizes) bytes += info?.size ?? 0;
      files += names.length;
      if (files > SAVE_FILES_COUNTED_MAX) break;
    }
    folders = next;
    if (files > SAVE_FILES_COUNTED_MAX) exact = false;
  }
  return { bytes, bytesExact: exact };
}
