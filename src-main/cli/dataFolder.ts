import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { textOf, type Typed } from './words.ts';

/** `--data`, else `PEERHOLD_DATA`, else the platform's folder for application data. Absolute. */
export function dataFolderOf(
  typed: Typed,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  const named = textOf(typed, 'data') ?? env['PEERHOLD_DATA'];
  if (named !== undefined && named !== '') return resolve(named);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Peerhold');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Peerhold');
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'peerhold');
}
