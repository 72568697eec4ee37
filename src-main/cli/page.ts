import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src-shared/errors/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BUILT = join(ROOT, 'dist', 'renderer');
const SOURCES = ['src-renderer', 'src-shared', 'vite.config.ts'];

/** Folder of the built page. In a checkout it is built when it is missing or older than its sources; a package brings it along. */
export async function preparePage(): Promise<string> {
  if (!existsSync(join(ROOT, 'src-renderer'))) return BUILT;
  const built = await changedAt(join(BUILT, 'index.html'));
  const newest = Math.max(...(await Promise.all(SOURCES.map((source) => changedAt(join(ROOT, source))))));
  if (built < newest) await build();
  return BUILT;
}

/** Newest change of a file or of anything in a folder, 0 when there is none. */
async function changedAt(path: string): Promise<number> {
  const info = await stat(path).catch(() => null);
  if (info === null) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const times = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name))));
  return Math.max(0, ...times.map((time) => time.mtimeMs));
}

/** The desktop shell's two files, for `npm start` where Electron's binary is there. */
export async function prepareShell(): Promise<void> {
  await preparePage();
  await build('--mode', 'main');
  await build('--mode', 'preload');
}

function build(...mode: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', ...mode], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new AppError('bridge.page-missing', { folder: BUILT }))));
  });
}
