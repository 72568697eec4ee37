import type { DimensionName, Uuid } from '../../../../src-shared/units/index.ts';
import type { Player, PlayerFields, Slot } from '../../../core/world/index.ts';
import type { PlayerInfo, ProfileProperty } from '../wire/serverPackets.ts';
import { DEFAULT_APPEARANCE, UPRIGHT, type Appearance, type Posture } from './playerLook.ts';

/** A player that this gateway has heard of. */
export interface Known {
  player: Player;
  /** Where the player is; null on the way from one dimension to another. */
  dimension: DimensionName | null;
  posture: Posture;
  appearance: Appearance;
  /** Textures, for the players of this machine. */
  properties: readonly ProfileProperty[];
  latencyMillis: number;
}

/** All players of the world, whatever machine they are on. */
export class Roster {
  readonly #players = new Map<Uuid, Known>();

  get(uuid: Uuid): Known | null {
    return this.#players.get(uuid) ?? null;
  }

  online(): readonly Known[] {
    return [...this.#players.values()].filter(({ player }) => player.online);
  }

  in(dimension: DimensionName): readonly Known[] {
    return this.online().filter((known) => known.dimension === dimension);
  }

  put(player: Player, dimension: DimensionName): Known {
    const known = this.#players.get(player.uuid);
    if (known !== undefined) {
      known.player = player;
      known.dimension = dimension;
      return known;
    }
    const added = {
      player,
      dimension,
      posture: UPRIGHT,
      appearance: DEFAULT_APPEARANCE,
      properties: [],
      latencyMillis: 0,
    };
    this.#players.set(player.uuid, added);
    return added;
  }

  change(uuid: Uuid, fields: PlayerFields): void {
    const known = this.#players.get(uuid);
    if (known !== undefined) known.player = { ...known.player, ...fields };
  }

  setSlot(uuid: Uuid, slot: number, item: Slot): void {
    const known = this.#players.get(uuid);
    if (known === undefined) return;
    const inventory = [...known.player.inventory];
    inventory[slot] = item;
    known.player = { ...known.player, inventory };
  }
}

const GAME_MODES = ['survival', 'creative', 'adventure', 'spectator'] as const;

export function gameModeId(mode: Player['gameMode']): number {
  return GAME_MODES.indexOf(mode);
}

/** The list of players, whole: names, textures, game modes, whether they are listed, round-trip times. */
export const ADD_PLAYER = { add_player: true, update_game_mode: true, update_listed: true, update_latency: true };

export function playerInfo({ player, properties, latencyMillis }: Known): PlayerInfo {
  return {
    uuid: player.uuid,
    player: { name: player.name, properties },
    gamemode: gameModeId(player.gameMode),
    listed: 1,
    latency: latencyMillis,
  };
}
