import type { BlockPos, Hash, Pose, Uuid } from '../../../../src-shared/units/index.ts';
import type { Slot } from './items.ts';

export type GameMode = 'survival' | 'creative' | 'adventure' | 'spectator';

/** A Minecraft player as part of a shard's state. Immutable: effects replace fields. */
export interface Player {
  readonly uuid: Uuid;
  readonly name: string;
  readonly online: boolean;
  readonly gameMode: GameMode;
  /** Last keyframe; between keyframes the position is presence. */
  readonly pose: Pose;
  readonly health: number;
  readonly food: number;
  readonly saturation: number;
  readonly exhaustion: number;
  /** Ticks towards the next natural healing or starving (vanilla's foodTickTimer). */
  readonly foodTicks: number;
  /** Ticks of breath left, 300 when full; below 0 counts down to the next drowning damage. */
  readonly air: number;
  /** Ticks that the player goes on burning. */
  readonly fireTicks: number;
  readonly flying: boolean;
  readonly sneaking: boolean;
  readonly experience: { readonly level: number; readonly progress: number; readonly total: number };
  readonly inventory: readonly Slot[];
  /** 0..8 */
  readonly heldSlot: number;
  readonly cursor: Slot;
  /** The 27 slots of this player's ender chest. */
  readonly enderItems: readonly Slot[];
  readonly window: OpenWindow | null;
  /** A drag in progress in the open window (click mode 5) and the slots that it crossed so far, in order. */
  readonly drag: { readonly kind: 'split' | 'single' | 'clone'; readonly slots: readonly number[] } | null;
  /** The item in use (eating, drinking, drawing a bow). */
  readonly using: { readonly hand: 'main' | 'off'; readonly startTick: number } | null;
  readonly digging: { readonly pos: BlockPos; readonly startTick: number } | null;
  readonly statusEffects: readonly StatusEffect[];
  /** Respawn point, or null for the world's. */
  readonly spawn: { readonly pos: BlockPos; readonly angle: number } | null;
  /** Highest tick in which the player may not be hurt (spawn protection, respawn). */
  readonly safeUntilTick: number;
  /** Blob of the save's playerdata NBT; what we do not simulate comes out of it again. Null for a player born here. */
  readonly origin: Hash | null;
}

export interface StatusEffect {
  readonly name: string;
  readonly amplifier: number;
  readonly untilTick: number;
}

/** A window other than the player's own inventory. `id` 1..100 as sent to the client. */
export interface OpenWindow {
  readonly id: number;
  readonly kind: WindowKind;
  /** The blocks that it belongs to, in order of slots: two for a double chest. It closes when one of them is gone. */
  readonly blocks: readonly BlockPos[];
  /** Slots of `crafting` and other windows that hold items of their own. Containers live in their block entities. */
  readonly slots: readonly Slot[];
  /** A text component as JSON: the name that somebody gave the block, or a translation key. */
  readonly title: string;
}

export type WindowKind =
  | 'generic_9x3'
  | 'generic_9x6'
  | 'generic_3x3'
  | 'hopper'
  | 'shulker_box'
  | 'furnace'
  | 'blast_furnace'
  | 'smoker'
  | 'crafting'
  | 'ender_chest'
  | 'crafter';
