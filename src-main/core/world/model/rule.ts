import type { Refusal } from '../../../../src-shared/errors/index.ts';
import type { ChunkPos, Uuid } from '../../../../src-shared/units/index.ts';
import type { BlockStates } from './states.ts';
import type { Action, Command } from './commands.ts';
import type { Effect } from './effects.ts';
import type { Player } from './player.ts';
import type { CouncilView, WorldView } from './state.ts';
import type { GameTables } from './tables.ts';

/**
 * What a rule works with. `emit` applies the effect to the working state at once, so that later rules of the same tick see it.
 * `random` is uniform in [0, 1), drawn from seed, tick and `salt`: equal on every machine.
 */
export interface RuleContext {
  readonly world: WorldView;
  readonly tables: GameTables;
  readonly states: BlockStates;
  readonly council: CouncilView;
  emit(effect: Effect): void;
  random(salt: string): number;
}

/** One kind of action. `validate` looks only; `execute` emits. Both see the player as of now. */
export interface ActionRule<T extends Action['type'] = Action['type']> {
  readonly action: T;
  /** Chunks that must be resident beyond those within one chunk of the player. */
  needs?(action: Extract<Action, { type: T }>, world: WorldView): readonly ChunkPos[];
  execute(context: RuleContext, player: Player, action: Extract<Action, { type: T }>, command: Command): Refusal | null;
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
