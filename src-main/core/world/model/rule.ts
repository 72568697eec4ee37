import type { Refusal } from '../../../../src-shared/errors/index.ts';
import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { BlockPos, ChunkPos, Uuid } from '../../../../src-shared/units/index.ts';
import type { StateId } from './chunk.ts';
import type { BlockStates } from './states.ts';
import type { Action, Command, Face } from './commands.ts';
import type { Effect } from './effects.ts';
import type { ItemStack } from './items.ts';
import type { Player } from './player.ts';
import type { CouncilView, WorldView } from './state.ts';
import type { BlockInfo, GameTables, ItemInfo } from './tables.ts';

/**
 * What a rule works with. `emit` applies the effect to the working state at once, so that later rules of the same tick see it.
 * `random` is uniform in [0, 1), drawn from seed, dimension, tick and `salt`: equal on every machine.
 * `world.chunk` is null and `world.block` throws outside the chunks that `neededChunks` names, whatever else is resident: ask
 * `within` before looking at a position that is more than 16 blocks from the player or from a position of the command.
 */
export interface RuleContext {
  readonly world: WorldView;
  readonly tables: GameTables;
  readonly states: BlockStates;
  readonly council: CouncilView;
  /** The rules that run, for lookups by block, item and kind of tick. */
  readonly rules: Rules;
  /** False in the ambient part of a tick, where `emit` throws on an effect that creates, moves or destroys items or concerns a player. */
  readonly accountable: boolean;
  /**
   * The entity chunk of the save (NBT) that play has not touched; null when there is none, when it is part of the state, and when it is
   * too large for an entry.
   */
  savedEntities(chunk: ChunkPos): NbtCompound | null;
  within(pos: { readonly x: number; readonly z: number }): boolean;
  emit(effect: Effect): void;
  random(salt: string): number;
}

/** The player who acts, as of now; a join may be the first that the shard hears of one. */
export type Actor<T extends Action['type']> = T extends 'join' ? Player | null : Player;

/**
 * One kind of action. Before `execute` the engine has checked: the player is online (but for join), lives (but for what the dead may
 * do), positions are finite, in the world, in reach and near the player's keyframe. A refusal undoes what `execute` emitted.
 */
export interface ActionRule<T extends Action['type'] = Action['type']> {
  readonly action: T;
  /**
   * Chunks that must be resident beyond those around online players and around the positions that the action itself names. The player
   * may be unknown or offline (join).
   */
  needs?(action: Extract<Action, { type: T }>, world: WorldView, command: Command, council: CouncilView): readonly ChunkPos[];
  execute(context: RuleContext, player: Actor<T>, action: Extract<Action, { type: T }>, command: Command): Refusal | null;
}

/** Runs once per tick, after the commands, in the order of registration. `accountable`: creates, moves or destroys items, or hurts players. */
export interface TickRule {
  readonly name: string;
  readonly accountable: boolean;
  tick(context: RuleContext): void;
}

/** One slash command, `/name`. */
export interface SlashRule {
  readonly name: string;
  readonly operatorOnly: boolean;
  /** Shown by /help and as the brigadier tree: e.g. "<targets> <item> [<count>]". */
  readonly usage: string;
  execute(context: RuleContext, player: Player, args: readonly string[]): Refusal | null;
  /** Suggestions for the last word of `args`. */
  complete(
    view: { readonly world: WorldView; readonly tables: GameTables; readonly council: CouncilView },
    player: Uuid,
    args: readonly string[],
  ): readonly string[];
  needs?(args: readonly string[], player: Player): readonly ChunkPos[];
}

/** 'pass': the rule has nothing to say, ask the next one. 'done': handled. A refusal undoes the command's effects. */
export type Outcome = 'pass' | 'done' | Refusal;

export type UseOn = Extract<Action, { type: 'useOn' }>;
export type UseItem = Extract<Action, { type: 'useItem' }>;

/** A block about to be placed. `player` is null for a block that a rule places. */
export interface Placement {
  readonly player: Player | null;
  readonly stack: ItemStack;
  /** Where it goes. */
  readonly pos: BlockPos;
  /** The clicked face: `pos` is the neighbour of the clicked block on this side, or the clicked block itself if `replaces`. */
  readonly face: Face;
  /** Where on the clicked block, 0..1 each. */
  readonly cursor: { readonly x: number; readonly y: number; readonly z: number };
  readonly yaw: number;
  readonly pitch: number;
  readonly sneaking: boolean;
  /** The clicked block gives way (short grass, a slab that becomes double). */
  readonly replaces: boolean;
  /** State at `pos` before. */
  readonly old: StateId;
}

/** What a block was broken with. `tool` null is the bare hand; `player` null is no player (support gone, water, explosion). */
export interface BreakCause {
  readonly player: Player | null;
  readonly tool: ItemStack | null;
}

/**
 * How one family of blocks behaves. All hooks are optional; when several rules match one block they are asked in the order of
 * registration: `place` and `neighbour` pass the state on, `canStay` needs all, `use` and `drops` end with the first answer.
 * Hooks may read within 16 blocks of their position.
 */
export interface BlockRule {
  readonly name: string;
  readonly matches: (block: BlockInfo, tables: GameTables) => boolean;
  /** The state to place, made from `state` (at first the block's default, or another block of the item's family). null: not here. */
  readonly place?: (context: RuleContext, placement: Placement, state: StateId) => StateId | null;
  /** Whether the clicked or stood-in block gives way to what is placed (slab to double slab, candles to more candles). */
  readonly givesWay?: (context: RuleContext, placement: Placement, state: StateId) => boolean;
  /** After a player's placing: other halves, fire, an editor for the sign. */
  readonly placed?: (context: RuleContext, placement: Placement, state: StateId) => void;
  /** Whether the block may be here: what holds it, what is around it. */
  readonly canStay?: (context: RuleContext, pos: BlockPos, state: StateId) => boolean;
  /** The side that decides `canStay`: changes on other sides do not ask again. Without it every change asks. */
  readonly heldFrom?: (context: RuleContext, state: StateId) => Face;
  /** The state after the neighbour on side `from` changed. null: the block breaks with its drops. An air state: it goes without. */
  readonly neighbour?: (context: RuleContext, pos: BlockPos, state: StateId, from: Face) => StateId | null;
  /** The block came to be here in place of `old`, by whatever means. */
  readonly appeared?: (context: RuleContext, pos: BlockPos, state: StateId, old: StateId) => void;
  /** Blocks beyond the six neighbours that look around when such a block comes, changes or goes (redstone wire, rails). */
  readonly reaches?: (context: RuleContext, pos: BlockPos) => readonly { readonly pos: BlockPos; readonly from: Face }[];
  /** A right click by a player who is not sneaking with something in a hand. */
  readonly use?: (context: RuleContext, player: Player, use: UseOn, state: StateId) => Outcome;
  /** What breaking gives instead of `tables`' drops; null: ask on. */
  readonly drops?: (context: RuleContext, pos: BlockPos, state: StateId, cause: BreakCause) => readonly ItemStack[] | null;
  /** Where the other parts of the same thing are (door, bed, tall plant): they go with it, without drops of their own. */
  readonly partners?: (context: RuleContext, pos: BlockPos, state: StateId) => readonly BlockPos[];
  /** A random tick (ambient). */
  readonly random?: (context: RuleContext, pos: BlockPos, state: StateId) => void;
}

/** What an item does when it is used; the first that does not pass ends it. */
export interface ItemRule {
  readonly name: string;
  matches(item: ItemInfo, tables: GameTables): boolean;
  /** On a block that did not answer itself. */
  useOn?(context: RuleContext, player: Player, use: UseOn, stack: ItemStack): Outcome;
  /** In the air; a client also asks for this after `useOn` was passed by everybody. */
  use?(context: RuleContext, player: Player, use: UseItem, stack: ItemStack): Outcome;
}

/** What a scheduled tick of `kind` does. It runs whether or not the block that scheduled it is still there. */
export interface ScheduledRule {
  readonly kind: string;
  readonly accountable: boolean;
  run(context: RuleContext, pos: BlockPos, state: StateId): void;
}

export type AnyActionRule = { readonly [T in Action['type']]: ActionRule<T> }[Action['type']];

/** What one plugin file registers. */
export interface RuleSet {
  readonly actions?: readonly AnyActionRule[];
  readonly ticks?: readonly TickRule[];
  readonly slash?: readonly SlashRule[];
  readonly blocks?: readonly BlockRule[];
  readonly items?: readonly ItemRule[];
  readonly scheduled?: readonly ScheduledRule[];
}

/** All rules of one rules version, ready to run. */
export interface Rules {
  readonly version: number;
  action<T extends Action['type']>(type: T): ActionRule<T> | null;
  readonly ticks: readonly TickRule[];
  /** By name without the slash, in order of registration. */
  readonly slash: ReadonlyMap<string, SlashRule>;
  blocks(tables: GameTables, block: BlockInfo | null): readonly BlockRule[];
  items(tables: GameTables, name: string): readonly ItemRule[];
  scheduled(kind: string): ScheduledRule | null;
}
