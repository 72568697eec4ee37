import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SAVES_FOUND_MAX } from '../../../src-shared/config/index.ts';
import type { FoundSave } from '../../../src-shared/contract/index.ts';
import { foldersIn, gamesOf, type Game } from './games.ts';
import { launcherRoots, type Machine } from './launchers.ts';
import { readSave } from './save.ts';

const AT_ONCE = 8;

/**
 * The saves of every launcher on this machine, newest played first; each real folder once, however many links lead to it. Reads only.
 * Never throws: what can not be read is left out.
 */
export async function findSaves(
  machine: Machine = { home: homedir(), platform: process.platform, env: process.env },
): Promise<readonly FoundSave[]> {
  const games = (await Promise.all(launcherRoots(machine).map(gamesOf))).flat();
  const places = await savePlaces(games);
  const found: FoundSave[] = [];
  for (let at = 0; at < places.length; at += AT_ONCE) {
    const saves = await Promise.all(places.slice(at, at + AT_ONCE).map(({ path, game }) => readSave(path, game)));
    found.push(...saves.filter((save) => save !== null));
  }
  return found.sort((a, b) => (b.lastPlayed ?? 0) - (a.lastPlayed ?? 0));
}

async function savePlaces(games: readonly Game[]): Promise<readonly { readonly path: string; readonly game: Game }[]> {
  const places: { readonly path: string; readonly game: Game }[] = [];
  const seen = new Set<string>();
  for (const game of games) {
    for (const name of await foldersIn(join(game.path, 'saves'))) {
      const path = join(game.path, 'saves', name);
      const real = await realpath(path).catch(() => null);
      if (real === null || seen.has(real) || places.length >= SAVES_FOUND_MAX) continue;
      seen.add(real);
      places.push({ path, game });
    }
  }
  return places;
}

export type { Machine } from './launchers.ts';
export { isWorldOpen } from './sessionLock.ts';
