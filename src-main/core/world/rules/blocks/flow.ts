import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { BlockStates } from '../../model/states.ts';
import { blockOr } from './change.ts';
import { SIDES, towards, type Side } from './faces.ts';
import { isTagged, nameOf } from './family.ts';
import { isClosedBetween, isSolid } from './shapes.ts';
import { fluidOf, type Fluid } from './wet.ts';

export interface Flow {
  readonly kind: Fluid['kind'];
  /** How much less each block on the way has, and how far the fluid looks for a hole. */
  readonly loss: number;
  readonly slopeBlocks: number;
  readonly ticks: number;
}

export function flowOf(context: RuleContext, kind: Fluid['kind']): Flow {
  if (kind === 'water') return { kind, loss: 1, slopeBlocks: 4, ticks: 5 };
  const hot = context.world.dimension === 'minecraft:the_nether';
  return { kind, loss: hot ? 1 : 2, slopeBlocks: hot ? 4 : 2, ticks: hot ? 10 : 30 };
}

const HOLDS_NONE = /^(ladder|sugar_cane|bubble_column|nether_portal|end_portal|end_gateway|structure_void)$/;
export const WATER_PLANT = /^(kelp|kelp_plant|seagrass|tall_seagrass)$/;

/** Whether a block lets the fluid in: into its waterlogging (a source only), or by being washed away. */
export function holdsFluid(context: RuleContext, state: StateId, fluid: Pick<Fluid, 'kind' | 'source'>): boolean {
  let known = holding.get(context.states);
  if (known === undefined) holding.set(context.states, (known = new Uint8Array(context.tables.stateCount * 2)));
  const index = state * 2 + (fluid.kind === 'water' && fluid.source ? 1 : 0);
  if (state >= context.tables.stateCount) return false;
  if (known[index] === UNKNOWN) known[index] = asksHold(context, state, fluid) ? YES : NO;
  return known[index] === YES;
}

/** Answers by state, for sources of water and for everything else: fluids ask this for hundreds of blocks a tick. */
const holding = new WeakMap<BlockStates, Uint8Array>();
const UNKNOWN = 0;
const NO = 1;
const YES = 2;

function asksHold(context: RuleContext, state: StateId, fluid: Pick<Fluid, 'kind' | 'source'>): boolean {
  const name = nameOf(context, state);
  const logged = context.states.get(state, 'waterlogged');
  if (logged !== null)
    return fluid.kind === 'water' && fluid.source && logged === 'false' && context.states.get(state, 'type') !== 'double';
  if (WATER_PLANT.test(name) || HOLDS_NONE.test(name) || isTagged(context, state, 'doors', 'signs')) return false;
  return !context.states.blocksMotion(state);
}

export function isPassable(context: RuleContext, from: StateId, to: StateId, face: Face): boolean {
  return !isClosedBetween(context.states, from, to, face);
}

export function sameFluid(context: RuleContext, state: StateId, kind: Fluid['kind']): Fluid | null {
  const fluid = fluidOf(context.states, state);
  return fluid !== null && fluid.kind === kind ? fluid : null;
}

/** What the fluid at `pos` should be by its neighbours: a source between two sources, a fall from above, one level less than beside, or nothing. */
export function fluidHere(context: RuleContext, pos: BlockPos, state: StateId, flow: Flow): Fluid | null {
  let most = 0;
  let sources = 0;
  for (const side of SIDES) {
    const other = blockOr(context, towards(pos, side));
    const fluid = sameFluid(context, other, flow.kind);
    if (fluid === null || !isPassable(context, state, other, side)) continue;
    if (fluid.source) sources += 1;
    most = Math.max(most, fluid.amount);
  }
  if (sources >= 2 && formsSources(context, flow.kind)) {
    const below = blockOr(context, towards(pos, 'down'));
    if (isSolid(context.states, below) || sameFluid(context, below, flow.kind)?.source === true)
      return { kind: flow.kind, amount: 8, source: true, falling: false };
  }
  const above = blockOr(context, towards(pos, 'up'));
  if (sameFluid(context, above, flow.kind) !== null && isPassable(context, state, above, 'up'))
    return { kind: flow.kind, amount: 8, source: false, falling: true };
  const amount = most - flow.loss;
  return amount <= 0 ? null : { kind: flow.kind, amount, source: false, falling: false };
}

function formsSources(context: RuleContext, kind: Fluid['kind']): boolean {
  const rule = context.council.gameRules.get(kind === 'water' ? 'waterSourceConversion' : 'lavaSourceConversion');
  return kind === 'water' ? rule !== 'false' : rule === 'true';
}

/** Whether the fluid could go down from `state` into `below`. */
export function isHole(context: RuleContext, state: StateId, below: StateId, flow: Flow): boolean {
  if (!isPassable(context, state, below, 'down')) return false;
  return sameFluid(context, below, flow.kind) !== null || holdsFluid(context, below, { kind: flow.kind, source: false });
}

/** The sides to which a fluid spreads, with what it is there: those from which the way down is shortest. */
export function flowSides(context: RuleContext, pos: BlockPos, state: StateId, flow: Flow): readonly (readonly [Side, Fluid])[] {
  let shortest = 1000;
  let found: (readonly [Side, Fluid])[] = [];
  for (const side of SIDES) {
    const beside = towards(pos, side);
    if (!context.within(beside)) continue;
    const other = context.world.block(beside);
    const next = fluidHere(context, beside, other, flow);
    if (next === null || !flowsInto(context, state, other, side, flow, next.source)) continue;
    const way = wayDown(context, pos, beside, flow, shortest);
    if (way < shortest) found = [];
    if (way <= shortest) {
      found.push([side, next]);
      shortest = way;
    }
  }
  return found;
}

/**
 * Blocks from `start` until the fluid could fall, breadth first and not back through `origin`; 0 for a fall right there, 1,000 for no
 * hole as far as it looks. Nobody wants to know of a way longer than `shortest`.
 */
function wayDown(context: RuleContext, origin: BlockPos, start: BlockPos, flow: Flow, shortest: number): number {
  const width = 2 * flow.slopeBlocks + 3;
  const seen = new Uint8Array(width * width);
  const indexOf = (pos: BlockPos): number => (pos.z - origin.z + flow.slopeBlocks + 1) * width + pos.x - origin.x + flow.slopeBlocks + 1;
  seen[indexOf(origin)] = 1;
  seen[indexOf(start)] = 1;
  let edge: readonly BlockPos[] = [start];
  for (let depth = 0; edge.length > 0 && depth <= Math.min(shortest, flow.slopeBlocks); depth++) {
    const next: BlockPos[] = [];
    for (const pos of edge) {
      const state = blockOr(context, pos);
      if (isHole(context, state, blockOr(context, towards(pos, 'down')), flow)) return depth;
      if (depth === flow.slopeBlocks) continue;
      for (const side of SIDES) {
        const beyond = towards(pos, side);
        const index = indexOf(beyond);
        if (seen[index] === 1 || !flowsInto(context, state, blockOr(context, beyond), side, flow, false)) continue;
        seen[index] = 1;
        next.push(beyond);
      }
    }
    edge = next;
  }
  return 1000;
}

function flowsInto(context: RuleContext, from: StateId, other: StateId, side: Side, flow: Flow, source: boolean): boolean {
  if (sameFluid(context, other, flow.kind)?.source === true) return false;
  return isPassable(context, from, other, side) && holdsFluid(context, other, { kind: flow.kind, source });
}
