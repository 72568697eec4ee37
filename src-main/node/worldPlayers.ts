import type { WorldPlayer } from '../../src-shared/contract/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { parseUuid, type Uuid } from '../../src-shared/units/index.ts';
import { offlineUuid } from '../io/game/index.ts';
import type { OpenWorld } from './world/openWorld.ts';
import { savedPlayers } from './world/savedPlayers.ts';

/** Everybody whose inventory and position the world keeps: who played here, then who is only in the save. */
export function playersOfWorld(world: OpenWorld): readonly WorldPlayer[] {
  const { claims } = world.council.council;
  const known = [...world.shards.values()].flatMap(({ shard }) =>
    [...shard.players()].map((player) => ({ player, dimension: shard.dimension })),
  );
  const nameOf = (uuid: Uuid | undefined): string | null => known.find(({ player }) => player.uuid === uuid)?.player.name ?? uuid ?? null;
  const saved = world.imported === null ? [] : savedPlayers(world.imported);
  const unseen = saved.filter(({ player, inLevel }) => inLevel || !known.some((other) => other.player.uuid === player.uuid));
  return [
    ...known.map(({ player, dimension }) => ({
      uuid: player.uuid,
      name: player.name,
      singlePlayer: false,
      dimension,
      position: { x: player.pose.x, y: player.pose.y, z: player.pose.z },
      online: player.online,
      claimedBy: player.name,
    })),
    ...unseen.map(({ player, key, inLevel }) => ({
      uuid: player.uuid,
      name: player.name,
      singlePlayer: inLevel,
      dimension: player.dimension,
      position: null,
      online: false,
      claimedBy: nameOf(claims[key]),
    })),
  ];
}

/**
 * Binds a player of the save to an account. `player`: UUID, name, or "level.dat". `as`: UUID, or a name (whose offline UUID it is); null:
 * whoever is the only one online. Throws `world.player-not-found`, `world.player-already-claimed`.
 */
export async function claimPlayer(world: OpenWorld, claim: { readonly player: string; readonly as: string | null }): Promise<void> {
  const uuid = parseUuid(claim.player);
  const saved = (world.imported === null ? [] : savedPlayers(world.imported)).find(
    ({ key, player }) => key === (uuid ?? claim.player) || player.name === claim.player || player.uuid === uuid,
  );
  if (saved === undefined) throw new AppError('world.player-not-found', { player: claim.player });
  const by = claim.as === null ? onlyOneOnline(world) : (parseUuid(claim.as) ?? offlineUuid(claim.as));
  if (by === null) throw new AppError('world.player-not-found', { player: claim.as ?? '' });
  const owner = world.council.council.claims[saved.key];
  if (owner !== undefined && owner !== by) throw new AppError('world.player-already-claimed', { player: claim.player });
  await world.request({ type: 'claim', saved: saved.key, by });
}

function onlyOneOnline(world: OpenWorld): Uuid | null {
  const online = [...world.shards.values()].flatMap(({ shard }) => [...shard.players()].filter((player) => player.online));
  return online.length === 1 ? online[0]!.uuid : null;
}
