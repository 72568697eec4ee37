import type { Hash, Uuid } from '../../../src-shared/units/index.ts';
import type { ImportedPlayer, ImportedWorld } from '../../io/anvil/index.ts';

export interface SavedPlayer {
  /** Key under which it is claimed: UUID of the playerdata file, or "level.dat". */
  readonly key: string;
  /** The file that holds it. */
  readonly blob: Hash;
  /** Inside level.dat instead of a file of its own. */
  readonly inLevel: boolean;
  readonly player: ImportedPlayer;
}

/** The players of a save, single-player last. */
export function savedPlayers(imported: ImportedWorld): readonly SavedPlayer[] {
  const found: SavedPlayer[] = [];
  for (const player of imported.players) {
    const inLevel = player.source === 'level.dat';
    const file = imported.files.find(({ path }) => path === player.source);
    if (file !== undefined) found.push({ key: inLevel ? 'level.dat' : player.uuid, blob: file.blob, inLevel, player });
  }
  return found.sort((a, b) => Number(a.inLevel) - Number(b.inLevel));
}

/**
 * What the save knows of the account `uuid`: the player it claimed, else the one with its own UUID, unless somebody else claimed that.
 * One player's data never becomes another's by itself: level.dat's player must be claimed.
 */
export function savedPlayer(imported: ImportedWorld, claims: Readonly<Record<string, Uuid>>, uuid: Uuid): SavedPlayer | null {
  const players = savedPlayers(imported);
  const claimed = players.find(({ key }) => claims[key] === uuid);
  if (claimed !== undefined) return claimed;
  return players.find(({ key }) => key === uuid && claims[key] === undefined) ?? null;
}
