import type { BlockPos, ChunkKey, DimensionName, Uuid } from '../../../../src-shared/units/index.ts';
import type { Chunk, StateId } from './chunk.ts';
import type { Entity } from './entity.ts';
import type { Player } from './player.ts';

/** What the council has decided, at the height that the entry names. Plain data, handed in by the driver. */
export interface CouncilView {
  readonly height: number;
  readonly worldName: string;
  readonly seed: bigint;
  readonly generator: { readonly kind: 'plain' | 'flat' | 'void'; readonly version: number };
  readonly defaultGameMode: Player['gameMode'];
  readonly difficulty: 'peaceful' | 'easy' | 'normal' | 'hard';
  readonly hardcore: boolean;
  readonly spawn: { readonly pos: BlockPos; readonly angle: number };
  readonly operators: ReadonlySet<Uuid>;
  /** Vanilla names and values as text: "keepInventory" -> "false". */
  readonly gameRules: ReadonlyMap<string, string>;
  /** Day time = shard tick + offset while doDaylightCycle; frozen value otherwise. */
  readonly time: { readonly offset: number; readonly frozen: number | null };
  readonly weather: { readonly kind: 'clear' | 'rain' | 'thunder'; readonly untilTick: number };
}

/**
 * Read side of a shard's state, what rules see. Chunks that are not resident are null: the driver makes resident what
 * `neededChunks` names before it executes, so that residency never changes a result.
 */
export interface WorldView {
  readonly dimension: DimensionName;
  readonly tick: number;
  readonly minY: number;
  readonly height: number;
  chunk(x: number, z: number): Chunk | null;
  /** State at a position; air outside the height; throws on a chunk that is not resident (a bug of the driver). */
  block(pos: BlockPos): StateId;
  players(): Iterable<Player>;
  player(uuid: Uuid): Player | null;
  entities(): Iterable<Entity>;
  entity(id: number): Entity | null;
  entitiesIn(chunk: ChunkKey): Iterable<Entity>;
  /** Id that the next entity gets. */
  readonly nextEntityId: number;
  /** Newest executed sequence, null for an unknown session. */
  sequenceOf(session: Uuid): number | null;
  sessionOf(player: Uuid): Uuid | null;
  dueTicks(tick: number): Iterable<{ readonly pos: BlockPos; readonly kind: string }>;
}
