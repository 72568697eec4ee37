import { lstat, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { FILE_NBT_BYTES_MAX, IMPORTED_DATA_VERSION_MIN } from '../../../../src-shared/config/index.ts';
import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { DimensionName } from '../../../../src-shared/units/index.ts';
import type { ImportProblem, LevelFacts } from '../door.ts';
import { HEADER_BYTES, parseRegionHeader, parseRegionName } from '../region/regionHeader.ts';
import { dimensionOfFolder } from './dimensions.ts';
import { readLevel } from './level.ts';
import { readNbtFile } from './nbtFile.ts';
import { isOpenInMinecraft } from './openInMinecraft.ts';

/** A file of a save as it was when it was looked at. */
export interface SaveFile {
  /** Inside the save, with '/'. */
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
}

export const REGION_KINDS = ['region', 'entities', 'poi'] as const;
export type RegionKind = (typeof REGION_KINDS)[number];

/** The up to three region files of one place and the chunks that stand in files of their own. */
export interface RegionPlace {
  readonly x: number;
  readonly z: number;
  readonly files: readonly SaveFile[];
}

export interface SurveyedDimension {
  readonly name: DimensionName;
  readonly folder: string;
  readonly places: readonly RegionPlace[];
}

export interface Survey {
  readonly path: string;
  readonly level: LevelFacts;
  /** `Data` of level.dat. */
  readonly data: NbtCompound;
  readonly dimensions: readonly SurveyedDimension[];
  /** Everything else that is kept. */
  readonly files: readonly SaveFile[];
  /** Never copied: locks, old versions that Minecraft keeps beside, links. */
  readonly ignored: readonly string[];
}

/**
 * Looks at a save without reading its regions. Throws AppError `import.not-a-world`, `import.damaged-level`, `import.too-old`,
 * `import.world-open`, `import.file-unreadable`.
 */
export async function surveySave(path: string, signal?: AbortSignal): Promise<Survey> {
  const data = await readLevelData(path);
  const level = readLevel(data);
  if (level.dataVersion < IMPORTED_DATA_VERSION_MIN)
    throw new AppError('import.too-old', { path, version: level.version, dataVersion: level.dataVersion });
  if (await isOpenInMinecraft(path)) throw new AppError('import.world-open', { path });
  const { files, ignored } = await listSave(path, signal);
  return { path, level, data, ignored, ...sortOut(files) };
}

async function readLevelData(path: string): Promise<NbtCompound> {
  const file = join(path, 'level.dat');
  const state = await lstat(file).catch(() => null);
  if (state === null || !state.isFile()) throw new AppError('import.not-a-world', { path });
  if (state.size > FILE_NBT_BYTES_MAX) throw new AppError('import.damaged-level', { path, reason: 'too large' });
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AppError('import.file-unreadable', { file: 'level.dat', cause: String(cause) }, { cause });
  });
  let data: NbtCompound | null;
  try {
    data = nbt.getCompound(readNbtFile(bytes), 'Data');
  } catch (cause) {
    throw new AppError('import.damaged-level', { path, reason: String(cause) }, { cause });
  }
  if (data === null) throw new AppError('import.damaged-level', { path, reason: 'no Data' });
  return data;
}

/** Every file of a save, sorted by path; links are not followed: they lead out of what was asked for. */
export async function listSave(
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly files: readonly SaveFile[]; readonly ignored: readonly string[] }> {
  const files: SaveFile[] = [];
  const ignored: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    signal?.throwIfAborted();
    const entries = await readdir(join(path, folder), { withFileTypes: true }).catch((cause: unknown) => {
      throw new AppError('import.file-unreadable', { file: folder, cause: String(cause) }, { cause });
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(name);
      else if (!entry.isFile() || isNeverCopied(name)) ignored.push(name);
      else {
        const state = await lstat(join(path, name));
        files.push({ path: name, bytes: state.size, modified: state.mtimeMs });
      }
    }
  };
  await walk('');
  return { files, ignored };
}

function isNeverCopied(path: string): boolean {
  return path === 'session.lock' || path.endsWith('.dat_old');
}

interface PlacedFile {
  readonly file: SaveFile;
  readonly folder: string;
  readonly name: DimensionName;
  readonly x: number;
  readonly z: number;
}

function sortOut(all: readonly SaveFile[]): Pick<Survey, 'dimensions' | 'files'> {
  const placed = all.flatMap((file) => placeOf(file) ?? []);
  const folders = foldersInUse(placed);
  const dimensions = new Map<string, { readonly name: DimensionName; readonly places: Map<string, PlacedFile[]> }>();
  const inRegions = new Set<SaveFile>();
  for (const item of placed) {
    if (!folders.has(item.folder)) continue;
    inRegions.add(item.file);
    const dimension = dimensions.get(item.folder) ?? { name: item.name, places: new Map<string, PlacedFile[]>() };
    dimensions.set(item.folder, dimension);
    const key = `${item.x},${item.z}`;
    dimension.places.set(key, [...(dimension.places.get(key) ?? []), item]);
  }
  return {
    dimensions: [...dimensions].map(([folder, { name, places }]) => ({
      name,
      folder,
      places: [...places.values()].map((items) => ({ x: items[0]!.x, z: items[0]!.z, files: items.map(({ file }) => file) })),
    })),
    files: all.filter((file) => !inRegions.has(file)),
  };
}

/** Of region files and of chunks in files of their own. */
function placeOf(file: SaveFile): PlacedFile | null {
  const match = /^(?:(.*)\/)?(?:region|entities|poi)\/([^/]+)$/.exec(file.path);
  if (match === null) return null;
  const folder = match[1] ?? '';
  const name = dimensionOfFolder(folder);
  const external = /^c\.(-?\d{1,9})\.(-?\d{1,9})\.mcc$/.exec(match[2]!);
  const region = external === null ? parseRegionName(match[2]!) : { x: Number(external[1]) >> 5, z: Number(external[2]) >> 5 };
  return name === null || region === null ? null : { file, folder, name, ...region };
}

/** A dimension has one folder. Where both layouts are there, the newer one counts, and the other is kept as files. */
function foldersInUse(placed: readonly PlacedFile[]): ReadonlySet<string> {
  const byName = new Map<DimensionName, string>();
  for (const { name, folder } of placed) {
    const known = byName.get(name);
    if (known === undefined || folder.length > known.length) byName.set(name, folder);
  }
  return new Set(byName.values());
}

/** Chunks that a region file says it has, and what is wrong with its header. */
export async function readHeader(
  save: string,
  file: SaveFile,
): Promise<{ readonly chunks: number; readonly problems: readonly ImportProblem[] }> {
  const handle = await open(join(save, file.path), 'r').catch(() => null);
  if (handle === null) return { chunks: 0, problems: [{ file: file.path, position: null, code: 'import.file-unreadable', facts: {} }] };
  try {
    const buffer = new Uint8Array(Math.min(HEADER_BYTES, file.bytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const header = parseRegionHeader(buffer.subarray(0, bytesRead), file.bytes);
    return { chunks: header.places.length, problems: headerProblems(file.path, header.cutShort) };
  } finally {
    await handle.close();
  }
}

export function headerProblems(file: string, cutShort: boolean): readonly ImportProblem[] {
  return cutShort ? [{ file, position: null, code: 'import.region-damaged', facts: { reason: 'header cut short' } }] : [];
}
