import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

const executable = process.env['PEERHOLD_CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
const required = (process.env['PEERHOLD_REQUIRE'] ?? '').includes('chromium');

/** Why browser tests can not run here, or false. When PEERHOLD_REQUIRE names chromium they run, and fail with what to install. */
export const withoutChromium: string | false =
  executable === undefined && !required && 'needs Chromium: apt-get install -y chromium, or set PEERHOLD_CHROMIUM';

export async function openChromium(): Promise<Browser> {
  if (executable === undefined) throw new Error('Chromium is missing: apt-get install -y chromium, or set PEERHOLD_CHROMIUM to its path');
  return chromium.launch({ executablePath: executable, headless: true, args: [...FLAGS, ...QUIET] });
}

/** The page as `npm start` builds it, in a folder of its own. */
export function buildPage(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'peerhold-page-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const run = spawnSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the page does not build: ${run.stdout}${run.stderr}`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
