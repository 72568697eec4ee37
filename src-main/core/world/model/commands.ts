import type { BlockPos, ChunkPos, Pose, Uuid } from '../../../../src-shared/units/index.ts';
import type { Slot } from './items.ts';
import type { Player } from './player.ts';

/**
 * A wish of a player (or of the node for its player). `session` names one connection of one player at one gateway (a UUID drawn by
 * the gateway); `sequence` counts from 1 within it. Executed strictly in order and exactly once (agreement, rule 15).
 */
export interface Command {
  readonly session: Uuid;
  readonly sequence: number;
  readonly player: Uuid;
  readonly action: Action;
}

export type Face = 'down' | 'up' | 'north' | 'south' | 'west' | 'east';
export type Hand = 'main' | 'off';

export type Action =
  /** First command of a session. `profile` is used if the shard does not know the player; `takeOver` ends an older session. */
  | { readonly type: 'join'; readonly name: string; readonly profile: Player | null }
  | { readonly type: 'leave' }
  /** Keyframe: the driver's checked presence, at most one per 20 ticks and before another command that depends on it. */
  | {
      readonly type: 'move';
      readonly pose: Pose;
      readonly onGround: boolean;
      readonly flying: boolean;
      readonly sneaking: boolean;
      readonly sprinting: boolean;
    }
  /** The player hit the ground after falling `distance` blocks. */
  | { readonly type: 'land'; readonly distance: number }
  | { readonly type: 'startDig'; readonly pos: BlockPos; readonly face: Face; readonly pose: Pose }
  | { readonly type: 'cancelDig' }
  | { readonly type: 'finishDig'; readonly pos: BlockPos; readonly face: Face; readonly pose: Pose }
  /** Right click on a block: what the block does, else what the held item does there (placing included). */
  | {
      readonly type: 'useOn';
      readonly hand: Hand;
      readonly pos: BlockPos;
      readonly face: Face;
      /** Where on the block, 0..1 each. */
      readonly cursor: { readonly x: number; readonly y: number; readonly z: number };
      readonly inside: boolean;
      readonly pose: Pose;
    }
  /** Right click in the air. */
  | { readonly type: 'useItem'; readonly hand: Hand; readonly pose: Pose }
  /** Bow, food: let go or finished. */
  | { readonly type: 'releaseItem' }
  | { readonly type: 'attack'; readonly target: EntityRef; readonly pose: Pose }
  | { readonly type: 'interact'; readonly target: EntityRef; readonly hand: Hand; readonly pose: Pose }
  | { readonly type: 'holdSlot'; readonly slot: number }
  | { readonly type: 'swapHands' }
  | { readonly type: 'drop'; readonly all: boolean; readonly pose: Pose }
  /** As in the protocol: mode 0 click, 1 shift, 2 number key, 3 middle, 4 drop, 5 drag, 6 double click. Slot -999 = outside. */
  | {
      readonly type: 'clickWindow';
      readonly window: number;
      readonly slot: number;
      readonly button: number;
      readonly mode: number;
      readonly pose: Pose;
    }
  | { readonly type: 'closeWindow'; readonly window: number; readonly pose: Pose }
  | { readonly type: 'creativeSlot'; readonly slot: number; readonly item: Slot; readonly pose: Pose }
  | { readonly type: 'editSign'; readonly pos: BlockPos; readonly front: boolean; readonly lines: readonly string[] }
  | { readonly type: 'respawn' }
  /** A slash command without the slash. */
  | { readonly type: 'slash'; readonly text: string; readonly pose: Pose };

/**
 * A `saved` one stands in the entity chunk of the save that nobody has touched yet (`chunk`: where it was last seen). Whoever acts on it
 * makes all entities of its chunk part of the state first.
 */
export type EntityRef =
  | { readonly type: 'saved'; readonly chunk: ChunkPos; readonly uuid: Uuid }
  | { readonly type: 'entity'; readonly id: number }
  | { readonly type: 'player'; readonly uuid: Uuid };
