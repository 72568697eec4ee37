import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { ErrorCode, Facts } from '../../../../src-shared/errors/index.ts';
import type { BlockPos, ChunkPos, Pose, Uuid } from '../../../../src-shared/units/index.ts';
import type { StateId } from './chunk.ts';
import type { Entity } from './entity.ts';
import type { Slot } from './items.ts';
import type { Player } from './player.ts';

/**
 * What executing changed, in order: enough to apply it without executing. Positions of blocks must be in resident chunks. The
 * last group changes nothing in the state: it is what gateways show.
 */
export type Effect =
  | { readonly type: 'block'; readonly pos: BlockPos; readonly state: StateId }
  | { readonly type: 'blockEntity'; readonly pos: BlockPos; readonly nbt: NbtCompound | null }
  /** Scheduled tick of our rules at an absolute tick of the shard; a second one for the same position and kind is dropped. */
  | { readonly type: 'schedule'; readonly pos: BlockPos; readonly kind: string; readonly tick: number }
  | { readonly type: 'unschedule'; readonly pos: BlockPos; readonly kind: string; readonly tick: number }
  /** Save entities of this chunk become entities of the state. */
  | { readonly type: 'adoptEntities'; readonly chunk: ChunkPos; readonly entities: readonly Entity[] }
  | { readonly type: 'entity'; readonly entity: Entity }
  | {
      readonly type: 'entityGone';
      readonly id: number;
      readonly reason: 'killed' | 'pickedUp' | 'despawned' | 'merged' | 'landed';
      readonly by: Uuid | null;
    }
  | { readonly type: 'player'; readonly player: Player }
  /** Field changes of one player; inventory only through `slot`. */
  | { readonly type: 'playerFields'; readonly uuid: Uuid; readonly fields: PlayerFields }
  | { readonly type: 'slot'; readonly uuid: Uuid; readonly slot: number; readonly item: Slot }
  /** The player's state moves to another shard (respawn, portal): kept in the outbox until that shard has it. */
  | { readonly type: 'depart'; readonly uuid: Uuid; readonly to: string; readonly pose: Pose }
  /** The other shard has the player for certain: the outbox forgets it. */
  | { readonly type: 'handedOver'; readonly uuid: Uuid }
  /** Command executed: `sequence` is the session's newest. `refusal` when it changed nothing else. */
  | {
      readonly type: 'executed';
      readonly session: Uuid;
      readonly player: Uuid;
      readonly sequence: number;
      readonly refusal: { readonly code: ErrorCode; readonly facts: Facts } | null;
    }
  | { readonly type: 'sessionGone'; readonly session: Uuid }
  | { readonly type: 'council'; readonly request: CouncilRequest }
  // Shown, not kept:
  | { readonly type: 'notice'; readonly to: Uuid | null; readonly text: NoticeText; readonly overlay: boolean }
  | { readonly type: 'show'; readonly event: ShowEvent };

export type PlayerFields = Partial<Omit<Player, 'uuid' | 'inventory'>>;

/** A change that the council decides (time, weather, game rules, operators); the driver carries it there. */
export type CouncilRequest =
  | { readonly type: 'time'; readonly dayTime: number }
  | { readonly type: 'weather'; readonly weather: 'clear' | 'rain' | 'thunder'; readonly ticks: number }
  | { readonly type: 'operator'; readonly player: Uuid; readonly name: string; readonly grant: boolean }
  | { readonly type: 'gameRule'; readonly rule: string; readonly value: string }
  | { readonly type: 'difficulty'; readonly difficulty: 'peaceful' | 'easy' | 'normal' | 'hard' }
  | { readonly type: 'worldSpawn'; readonly pos: BlockPos; readonly angle: number };

/**
 * Text for players: vanilla translation key with arguments (shown in the player's language), or plain text. An argument that begins with
 * '%' is itself a translation key ("%block.minecraft.stone"); one that is text and begins so has it doubled (`parseArgument`).
 */
export interface NoticeText {
  readonly key: string | null;
  readonly args: readonly string[];
  readonly plain: string;
  readonly color: string | null;
}

export type ShowEvent =
  | { readonly kind: 'breakBlock'; readonly pos: BlockPos; readonly state: StateId; readonly by: Uuid | null }
  | { readonly kind: 'digProgress'; readonly pos: BlockPos; readonly by: Uuid; readonly stage: number }
  | {
      readonly kind: 'sound';
      readonly sound: string;
      readonly pos: { readonly x: number; readonly y: number; readonly z: number };
      readonly volume: number;
      readonly pitch: number;
    }
  | { readonly kind: 'hurt'; readonly who: Uuid | number; readonly amount: number }
  | { readonly kind: 'died'; readonly who: Uuid | number; readonly message: NoticeText | null }
  | { readonly kind: 'blockAction'; readonly pos: BlockPos; readonly action: number; readonly value: number }
  | { readonly kind: 'teleport'; readonly uuid: Uuid; readonly pose: Pose }
  | { readonly kind: 'openSign'; readonly uuid: Uuid; readonly pos: BlockPos; readonly front: boolean }
  | { readonly kind: 'pickUp'; readonly entity: number; readonly by: Uuid; readonly count: number }
  /** The client guessed wrong: send the whole window again. */
  | { readonly kind: 'resync'; readonly uuid: Uuid };
