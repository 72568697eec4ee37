import { refuse, type Refusal } from '../../../src-shared/errors/index.ts';
import { TickContext } from './advanceContext.ts';
import { neededChunks } from './advanceNeeds.ts';
import type { Advanced, Shard, TickInput, WorldKit } from './door.ts';
import type { Command } from './model/commands.ts';
import type { Rules } from './model/rule.ts';
import { validateAction } from './validate.ts';

/** Sequence of every keyframe; commands count from 1. */
export const KEYFRAME_SEQUENCE = 0;

/**
 * Executes one tick and leaves the shard as it was: the effects are what changed. Every chunk of `neededChunks` must be resident.
 * 1. The commands in their order, each exactly once. 2. The accountable tick rules. 3. The ambient ones. 4. Everything is taken back.
 * Equal input gives equal effects on every machine, in any state of residency.
 */
export function advance(shard: Shard, input: TickInput, kit: WorldKit, rules: Rules): Advanced {
  return run(shard, input, kit, rules, true);
}

/** Steps 1, 2 and 4 of `advance`: what every voter executes itself and compares with the first `accountable` effects of an entry. */
export function advanceAccountable(shard: Shard, input: TickInput, kit: WorldKit, rules: Rules): Advanced {
  return run(shard, input, kit, rules, false);
}

function run(shard: Shard, input: TickInput, kit: WorldKit, rules: Rules, withAmbient: boolean): Advanced {
  const before = shard.tick;
  const context = new TickContext(shard, input, kit, rules, neededChunks(shard, input, kit, rules));
  shard.setTick(input.tick);
  try {
    const skipped: Advanced['skipped'][number][] = [];
    for (const command of input.commands) {
      const refusal = executeCommand(context, command);
      if (refusal !== null) skipped.push({ command, refusal });
    }
    for (const rule of rules.ticks) if (rule.accountable) rule.tick(context);
    const accountable = context.effects.length;
    context.accountable = false;
    if (withAmbient) for (const rule of rules.ticks) if (!rule.accountable) rule.tick(context);
    return { effects: context.effects, accountable, skipped };
  } finally {
    context.undo();
    shard.setTick(before);
  }
}

/** Returns why the command was skipped: it is not the next of its session, or it may not open one. */
function executeCommand(context: TickContext, command: Command): Refusal | null {
  const { world } = context;
  const newest = world.sequenceOf(command.session);
  if (command.sequence === KEYFRAME_SEQUENCE) return executeKeyframe(context, command);
  if (newest !== null && command.sequence <= newest) return null;
  if (newest === null) return executeJoin(context, command);
  if (command.sequence !== newest + 1 || world.sessionOf(command.player) !== command.session) return outOfOrder(command, newest + 1);
  const refusal = execute(context, command);
  emitExecuted(context, command, refusal);
  return null;
}

/**
 * Keyframes of presence stand outside the session's sequence: the newest one holds, and one that is lost or comes twice is harmless. One
 * that does not fit is left out without a word; the next one follows.
 */
function executeKeyframe(context: TickContext, command: Command): Refusal | null {
  if (command.action.type !== 'move' || context.world.sessionOf(command.player) !== command.session)
    return outOfOrder(command, KEYFRAME_SEQUENCE);
  execute(context, command);
  return null;
}

/**
 * A session begins with its join, at 1 or where it stood in the shard that the player comes from, and stays known, offline too, until the same player's next session begins: so a join that arrives
 * twice joins once. A refused join begins nothing.
 */
function executeJoin(context: TickContext, command: Command): Refusal | null {
  if (command.action.type !== 'join' || command.sequence < 1) return outOfOrder(command, 1);
  const older = context.world.sessionOf(command.player);
  const refusal = execute(context, command);
  if (refusal !== null) return refusal;
  if (older !== null) context.emit({ type: 'sessionGone', session: older });
  emitExecuted(context, command, null);
  return null;
}

function execute(context: TickContext, command: Command): Refusal | null {
  const { action } = command;
  const start = context.effects.length;
  const rule = context.rules.action(action.type);
  if (rule === null) return refuse('play.unknown-command', { action: action.type });
  const player = context.world.player(command.player);
  const refusal = validateAction(player, command) ?? rule.execute(context, player, action, command);
  if (refusal !== null) context.rewind(start);
  return refusal;
}

function emitExecuted(context: TickContext, command: Command, refusal: Refusal | null): void {
  context.emit({
    type: 'executed',
    session: command.session,
    player: command.player,
    sequence: command.sequence,
    refusal: refusal === null ? null : { code: refusal.code, facts: refusal.facts },
  });
}

function outOfOrder(command: Command, expected: number): Refusal {
  return refuse('play.out-of-order', { sequence: command.sequence, expected });
}
