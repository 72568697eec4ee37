import { mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';

/**
 * Refuses a folder that an export may not become. Throws AppError `export.target-not-empty`, `export.target-inside-world` (in our data
 * folder, or inside a save: a folder with a level.dat above it).
 */
export async function checkExportTarget(target: string, dataFolder: string): Promise<void> {
  const path = resolve(target);
  const entries = await readdir(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new AppError('export.target-not-empty', { path, cause: codeOf(error) }, { cause: error });
  });
  if (entries.length > 0) throw new AppError('export.target-not-empty', { path });
  const real = await realOf(path);
  const below = relative(await realOf(resolve(dataFolder)), real);
  const isInside = below === '' || (!below.startsWith(`..${sep}`) && below !== '..' && resolve(below) !== below);
  if (isInside) throw new AppError('export.target-inside-world', { path, folder: dataFolder });
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    const names = await readdir(folder).catch((): string[] => []);
    if (names.includes('level.dat')) throw new AppError('export.target-inside-world', { path, folder });
    if (folder === dirname(folder)) return;
  }
}

/** The real path, of as much of it as exists. */
async function realOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null || dirname(path) === path) return real ?? path;
  return join(await realOf(dirname(path)), basename(path));
}

/** The folder that an export is written into until it is whole. */
export interface ExportFolder {
  readonly path: string;
  /** Now it is the target. */
  finish(): Promise<void>;
  /** Nothing is left of it. */
  discard(): Promise<void>;
}

export async function createExportFolder(target: string): Promise<ExportFolder> {
  const final = resolve(target);
  const path = join(dirname(final), `.${basename(final)}.peerhold-export`);
  // What an export that was killed left behind.
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  return {
    path,
    finish: async () => {
      // Windows does not rename onto a folder, an empty one included.
      await rmdir(final).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT')
          throw new AppError('export.target-not-empty', { path: final, cause: codeOf(error) }, { cause: error });
      });
      await rename(path, final);
    },
    discard: () => rm(path, { recursive: true, force: true }),
  };
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
