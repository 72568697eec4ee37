/** `npm start`: the desktop window where Electron's binary is there, otherwise the same interface in the browser. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderOf, prepareShell, readWords, startNode } from './cli/index.ts';

const electron = electronBinary();
if (electron === null) {
  await openInBrowser();
} else {
  await prepareShell();
  spawn(electron, [join(import.meta.dirname, '..')], { stdio: 'inherit' }).once('exit', (code) => process.exit(code ?? 1));
}

async function openInBrowser(): Promise<void> {
  const typed = readWords(process.argv.slice(2));
  const ended = Promise.withResolvers<void>();
  process.on('SIGTERM', () => ended.resolve());
  process.on('SIGINT', () => ended.resolve());
  const running = await startNode(typed, dataFolderOf(typed), (line) => void process.stdout.write(`${line}\n`));
  if (running.ui !== null) openPage(running.ui);
  await ended.promise;
  await running.close();
  process.exit(0);
}

/** What `electron` downloads after its install, if it could; null in a checkout without it or when the browser is asked for. */
function electronBinary(): string | null {
  if (process.env['PEERHOLD_NO_ELECTRON'] === '1') return null;
  const folder = join(import.meta.dirname, '..', 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Asks the desktop to open the address. Where there is none (a server, CI) the printed line is enough. */
function openPage(url: string): void {
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) return;
  const [command, ...args] =
    process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : process.platform === 'darwin' ? ['open', url] : ['xdg-open', url];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}
