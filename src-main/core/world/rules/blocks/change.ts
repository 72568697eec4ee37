import { NEIGHBOUR_UPDATES_MAX } from '../../../../../src-shared/config/index.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { ItemStack } from '../../model/items.ts';
import type { BreakCause, RuleContext } from '../../model/rule.ts';
import { blockEntityAt, itemsInside } from './blockEntity.ts';
import { dropsOf } from './drops.ts';
import { at, FACES, opposite, towards } from './faces.ts';
import { popItem } from './items.ts';
import { fluidBlock, fluidOf } from './wet.ts';

/** A block that has to look around because its neighbour on side `from` changed. */
interface Update {
  readonly pos: BlockPos;
  readonly from: Face;
}

const NOBODY: BreakCause = { player: null, tool: null };

/** Scheduled kinds of this file; the rules stand in `breaking.ts`. */
export const UNSUPPORTED_TICK = 'unsupported';
export const WASHED_TICK = 'washed';

/** Inside the world's height and in a chunk that this tick may touch. */
export function isInWorld(context: RuleContext, pos: BlockPos): boolean {
  const { minY, height } = context.world;
  return pos.y >= minY && pos.y < minY + height && context.within(pos);
}

/** The state at a position, or null where this tick may not look. Air above and below the world. */
export function blockIn(context: RuleContext, pos: BlockPos): StateId | null {
  return context.within(pos) ? context.world.block(pos) : null;
}

/** As `blockIn`; what can not be seen is air. */
export function blockOr(context: RuleContext, pos: BlockPos): StateId {
  return context.within(pos) ? context.world.block(pos) : 0;
}

/**
 * Puts a block, drops its block entity if it was another block, and lets the neighbours look around, and theirs, breadth first in the
 * order of `FACES`. Does nothing outside the world.
 */
export function setBlock(context: RuleContext, pos: BlockPos, state: StateId): void {
  const updates: Update[] = [];
  change(context, pos, state, updates);
  settle(context, updates);
}

/** Several blocks at once (two halves of a door): all are there before any neighbour looks. */
export function setBlocks(context: RuleContext, blocks: readonly { readonly pos: BlockPos; readonly state: StateId }[]): void {
  const updates: Update[] = [];
  for (const { pos, state } of blocks) change(context, pos, state, updates);
  settle(context, updates);
}

/** Whether everything that the block needs to stand here is there. */
export function canStay(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const rules = context.rules.blocks(context.tables, context.states.blockOf(state));
  return rules.every((rule) => rule.canStay?.(context, pos, state) ?? true);
}

/** The state after every side had its say (connections of a block that is new here); null when it can not stay. */
export function settled(context: RuleContext, pos: BlockPos, state: StateId): StateId | null {
  let next: StateId | null = state;
  for (const face of FACES) {
    if (next !== null) next = lookAround(context, { pos, from: face }, next);
  }
  return next;
}

/**
 * Breaks a block with everything that belongs to it: drops (unless not `drops`), contents, the other parts of the same thing. Water that it
 * stood in stays. In the ambient part of a tick it only makes a note, and the block breaks in the next tick.
 */
export function breakBlock(context: RuleContext, pos: BlockPos, cause: BreakCause = NOBODY, drops = true): void {
  if (!context.accountable) {
    schedule(context, pos, WASHED_TICK, 1);
    return;
  }
  const updates: Update[] = [];
  breakNow(context, pos, cause, drops, updates);
  settle(context, updates);
}

export function schedule(context: RuleContext, pos: BlockPos, kind: string, ticks: number): void {
  context.emit({ type: 'schedule', pos, kind, tick: context.world.tick + ticks });
}

function breakNow(context: RuleContext, pos: BlockPos, cause: BreakCause, withDrops: boolean, updates: Update[]): void {
  const state = context.world.block(pos);
  if (context.states.isAir(state)) return;
  const parts = [pos, ...partnersOf(context, pos, state)];
  if (withDrops && context.council.gameRules.get('doTileDrops') !== 'false') dropParts(context, parts, cause);
  for (const part of parts) {
    const old = context.world.block(part);
    context.emit({ type: 'show', event: { kind: 'breakBlock', pos: part, state: old, by: cause.player?.uuid ?? null } });
    change(context, part, fluidBlock(context.states, fluidOf(context.states, old)), updates);
  }
}

/** What is inside always comes out; of the parts of one thing, the first that gives anything gives it for all. */
function dropParts(context: RuleContext, parts: readonly BlockPos[], cause: BreakCause): void {
  let given = false;
  for (const part of parts) {
    const drops: readonly ItemStack[] = given ? [] : dropsOf(context, part, context.world.block(part), cause);
    given ||= drops.length > 0;
    for (const [index, stack] of drops.entries()) popItem(context, part, stack, `${at(part)}:${index}`);
  }
}

function spill(context: RuleContext, pos: BlockPos, old: StateId): void {
  const name = context.states.blockOf(old)?.name ?? '';
  if (name.endsWith('shulker_box') || !context.accountable) return;
  for (const [index, stack] of itemsInside(context, pos).entries()) popItem(context, pos, stack, `inside:${at(pos)}:${index}`);
}

function partnersOf(context: RuleContext, pos: BlockPos, state: StateId): readonly BlockPos[] {
  const rules = context.rules.blocks(context.tables, context.states.blockOf(state));
  return rules.flatMap((rule) => rule.partners?.(context, pos, state) ?? []).filter((partner) => context.within(partner));
}

function change(context: RuleContext, pos: BlockPos, state: StateId, updates: Update[]): void {
  if (!isInWorld(context, pos)) return;
  const old = context.world.block(pos);
  if (old === state) return;
  const block = context.states.blockOf(state);
  const becomes = context.states.blockOf(old) !== block;
  if (becomes && blockEntityAt(context.world, pos) !== null) {
    spill(context, pos, old);
    context.emit({ type: 'blockEntity', pos, nbt: null });
  }
  context.emit({ type: 'block', pos, state });
  for (const rule of context.rules.blocks(context.tables, block)) rule.appeared?.(context, pos, state, old);
  for (const face of FACES) updates.push({ pos: towards(pos, face), from: opposite(face) });
  for (const further of context.rules
    .blocks(context.tables, context.states.blockOf(old))
    .concat(context.rules.blocks(context.tables, block)))
    for (const other of further.reaches?.(context, pos) ?? []) updates.push(other);
}

/** 1. The block looks around. 2. What can not stay breaks. 3. What changed tells its own neighbours, later in the queue. */
function settle(context: RuleContext, updates: Update[]): void {
  for (let i = 0; i < updates.length && i < NEIGHBOUR_UPDATES_MAX; i++) {
    const update = updates[i]!;
    if (!isInWorld(context, update.pos)) continue;
    const state = context.world.block(update.pos);
    if (context.states.isAir(state)) continue;
    const next = lookAround(context, update, state);
    if (next !== null) change(context, update.pos, next, updates);
    else if (context.accountable) breakNow(context, update.pos, NOBODY, true, updates);
    else schedule(context, update.pos, UNSUPPORTED_TICK, 1);
  }
}

/** The block's state now that its neighbour on side `from` is another; null when it breaks. */
function lookAround(context: RuleContext, { pos, from }: Update, state: StateId): StateId | null {
  let next: StateId | null = state;
  for (const rule of context.rules.blocks(context.tables, context.states.blockOf(state))) {
    const holder = rule.heldFrom?.(context, state) ?? from;
    if (holder === from && rule.canStay?.(context, pos, next) === false) return null;
    if (rule.neighbour !== undefined) next = rule.neighbour(context, pos, next, from);
    if (next === null || context.states.blockOf(next) !== context.states.blockOf(state)) return next;
  }
  return next;
}
