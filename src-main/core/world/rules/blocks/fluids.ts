import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, RuleContext, RuleSet, ScheduledRule } from '../../model/rule.ts';
import { blockOr, breakBlock, schedule, setBlock } from './change.ts';
import { at, SIDES, towards } from './faces.ts';
import { named, nameOf, withProperty } from './family.ts';
import { flowOf, flowSides, fluidHere, holdsFluid, isHole, isPassable, sameFluid, WATER_PLANT, type Flow } from './flow.ts';
import { fluidBlock, fluidOf, isFluidBlock, type Fluid } from './wet.ts';

/** Scheduled kind of a fluid's next move. Source of the whole file: `FlowingFluid`, `WaterFluid`, `LavaFluid`, `LiquidBlock` of 1.21.1. */
const FLOW_TICK = 'flow';

/** 1. What is no source takes its level from its neighbours. 2. It falls, or spreads to the sides that lead down soonest. */
function flowOn(context: RuleContext, pos: BlockPos, state: StateId): void {
  let fluid = fluidOf(context.states, state);
  if (fluid === null) return;
  const flow = flowOf(context, fluid.kind);
  let now = state;
  if (!fluid.source) {
    const next = fluidHere(context, pos, state, flow);
    if (next === null) {
      setBlock(context, pos, context.states.idOf('minecraft:air'));
      return;
    }
    if (fluidBlock(context.states, next) !== state) {
      const delay = delayOf(context, pos, flow, fluid, next);
      now = fluidBlock(context.states, next);
      setBlock(context, pos, now);
      schedule(context, pos, FLOW_TICK, delay);
      fluid = next;
    }
  }
  spread(context, pos, now, fluid, flow);
}

/** Lava that rises takes its time, mostly four times as long. */
function delayOf(context: RuleContext, pos: BlockPos, flow: Flow, from: Fluid, to: Fluid): number {
  const rises = flow.kind === 'lava' && !from.falling && !to.falling && to.amount > from.amount;
  return rises && context.random(`lava:${at(pos)}`) >= 0.25 ? flow.ticks * 4 : flow.ticks;
}

function spread(context: RuleContext, pos: BlockPos, state: StateId, fluid: Fluid, flow: Flow): void {
  if (pos.y <= context.world.minY) {
    spreadSides(context, pos, state, fluid, flow);
    return;
  }
  const belowPos = towards(pos, 'down');
  const below = context.world.block(belowPos);
  const fallen = fluidHere(context, belowPos, below, flow);
  if (fallen !== null && spreadsTo(context, state, below, 'down', fallen)) {
    pourInto(context, belowPos, below, 'down', fallen);
    const sources = SIDES.filter((side) => sameFluid(context, blockOr(context, towards(pos, side)), flow.kind)?.source === true);
    if (sources.length >= 3) spreadSides(context, pos, state, fluid, flow);
  } else if (fluid.source || !isHole(context, state, below, flow)) spreadSides(context, pos, state, fluid, flow);
}

function spreadSides(context: RuleContext, pos: BlockPos, state: StateId, fluid: Fluid, flow: Flow): void {
  if ((fluid.falling ? 7 : fluid.amount - flow.loss) <= 0) return;
  for (const [side, next] of flowSides(context, pos, state, flow)) {
    const beside = towards(pos, side);
    const other = context.world.block(beside);
    if (spreadsTo(context, state, other, side, next)) pourInto(context, beside, other, side, next);
  }
}

/** Whether `next` may take the place of what is in `other`: nothing or washable stuff, never another fluid but water that lava falls into. */
function spreadsTo(context: RuleContext, from: StateId, other: StateId, face: Face, next: Fluid): boolean {
  const there = fluidOf(context.states, other);
  if (there !== null) {
    if (there.kind === 'water' && !(face === 'down' && next.kind === 'lava')) return false;
    if (there.kind === 'lava' && !(next.kind === 'water' && there.amount >= 4)) return false;
  }
  return isPassable(context, from, other, face) && holdsFluid(context, other, next);
}

function pourInto(context: RuleContext, pos: BlockPos, other: StateId, face: Face, next: Fluid): void {
  if (next.kind === 'lava' && face === 'down' && sameFluid(context, other, 'water') !== null) {
    if (isFluidBlock(context.states, other)) setBlock(context, pos, context.states.idOf('minecraft:stone'));
    return;
  }
  if (context.states.get(other, 'waterlogged') !== null) {
    setBlock(context, pos, context.states.with(other, 'waterlogged', 'true'));
    return;
  }
  // What water washes away drops; it does so in the next tick, and the water comes after it.
  if (next.kind === 'water' && !context.states.isAir(other) && !isFluidBlock(context.states, other)) breakBlock(context, pos);
  else setBlock(context, pos, fluidBlock(context.states, next));
}

/** Lava beside or under water is stone: a source obsidian, the rest cobblestone, basalt between soul soil and blue ice. */
function hardened(context: RuleContext, pos: BlockPos, state: StateId): StateId | null {
  const fluid = fluidOf(context.states, state);
  if (fluid?.kind !== 'lava') return null;
  const onSoulSoil = nameOf(context, blockOr(context, towards(pos, 'down'))) === 'soul_soil';
  for (const face of ['up', 'north', 'south', 'west', 'east'] as const) {
    const other = blockOr(context, towards(pos, face));
    if (sameFluid(context, other, 'water') !== null)
      return context.states.idOf(fluid.source ? 'minecraft:obsidian' : 'minecraft:cobblestone');
    if (onSoulSoil && nameOf(context, other) === 'blue_ice') return context.states.blockNamed('minecraft:basalt')!.defaultState;
  }
  return null;
}

function wake(context: RuleContext, pos: BlockPos, state: StateId): void {
  const fluid = fluidOf(context.states, state);
  if (fluid !== null) schedule(context, pos, FLOW_TICK, flowOf(context, fluid.kind).ticks);
}

const FLUID: BlockRule = {
  name: 'fluid',
  matches: named(/^(water|lava)$/),
  appeared: (context, pos, state) => {
    const stone = hardened(context, pos, state);
    if (stone === null) wake(context, pos, state);
    else setBlock(context, pos, stone);
  },
  neighbour: (context, pos, state) => {
    const stone = hardened(context, pos, state);
    if (stone !== null) return stone;
    wake(context, pos, state);
    return state;
  },
};

/** Water that stands in a block flows out of it like any source. */
const WATERLOGGED: BlockRule = {
  name: 'waterlogged-flow',
  matches: (block, tables) => withProperty('waterlogged')(block, tables) || named(WATER_PLANT)(block, tables),
  appeared: wake,
  neighbour: (context, pos, state) => {
    wake(context, pos, state);
    return state;
  },
};

const FLOW: ScheduledRule = { kind: FLOW_TICK, accountable: false, run: flowOn };

export const FLUIDS: RuleSet = { blocks: [FLUID, WATERLOGGED], scheduled: [FLOW] };
