import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { isSide, opposite, SIDES, towards, type Side } from './faces.ts';
import { isTagged, named, nameOf, withAll } from './family.ts';
import { isFaceSturdy, isOpaqueCube } from './shapes.ts';

/** What redstone wire turns to from any side. Source: `isSignalSource` of 1.21.1. */
const SIGNAL_SOURCES =
  /^(lever|redstone_(wall_)?torch|redstone_block|tripwire_hook|daylight_detector|target|trapped_chest|(calibrated_)?sculk_sensor|lectern|comparator|detector_rail|lightning_rod)$/;

/** Wire can lie on this. */
function carriesWire(context: RuleContext, state: StateId): boolean {
  return isFaceSturdy(context.states, state, 'up') || nameOf(context, state) === 'hopper';
}

/** Whether wire turns to `state`, standing on `side` of it; null asks for wire one block higher or lower. */
function attracts(context: RuleContext, state: StateId, side: Side | null): boolean {
  const name = nameOf(context, state);
  if (name === 'redstone_wire') return true;
  if (side === null) return false;
  const facing = context.states.get(state, 'facing');
  if (name === 'repeater') return facing === side || facing === opposite(side);
  if (name === 'observer') return facing === side;
  return SIGNAL_SOURCES.test(name) || isTagged(context, state, 'buttons', 'pressure_plates');
}

function arm(context: RuleContext, pos: BlockPos, side: Side): 'up' | 'side' | 'none' {
  const beside = towards(pos, side);
  const other = blockOr(context, beside);
  const openAbove = !isOpaqueCube(context.states, blockOr(context, towards(pos, 'up')));
  const climbs = carriesWire(context, other) || isTagged(context, other, 'trapdoors');
  if (openAbove && climbs && attracts(context, blockOr(context, towards(beside, 'up')), null))
    return isFaceSturdy(context.states, other, opposite(side)) ? 'up' : 'side';
  if (attracts(context, other, side)) return 'side';
  return !isOpaqueCube(context.states, other) && attracts(context, blockOr(context, towards(beside, 'down')), null) ? 'side' : 'none';
}

/** Every arm as its side asks; a single arm runs on straight, and none at all is a cross (or the dot that it was). */
function wireState(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const wasDot = SIDES.every((side) => context.states.get(state, side) === 'none');
  const arms = Object.fromEntries(SIDES.map((side) => [side, arm(context, pos, side)])) as Record<Side, string>;
  const isDot = SIDES.every((side) => arms[side] === 'none');
  if (wasDot && isDot) return state;
  const { north, east, south, west } = arms;
  const alongZ = north !== 'none' || south !== 'none';
  const alongX = east !== 'none' || west !== 'none';
  return withAll(context, state, {
    north: north === 'none' && !alongX ? 'side' : north,
    south: south === 'none' && !alongX ? 'side' : south,
    east: east === 'none' && !alongZ ? 'side' : east,
    west: west === 'none' && !alongZ ? 'side' : west,
  });
}

const CROSS = { north: 'side', east: 'side', south: 'side', west: 'side' };

/** Redstone wire as it looks; signals are not simulated. */
const WIRE: BlockRule = {
  name: 'redstone-wire',
  matches: named(/^redstone_wire$/),
  place: (context, { pos }, state) => wireState(context, pos, withAll(context, state, CROSS)),
  heldFrom: () => 'down',
  canStay: (context, pos) => carriesWire(context, blockOr(context, towards(pos, 'down'))),
  neighbour: (context, pos, state, from) => (from === 'down' ? state : wireState(context, pos, state)),
  reaches: (_context, pos) =>
    SIDES.flatMap((side) => [
      { pos: towards(towards(pos, side), 'up'), from: opposite(side) },
      { pos: towards(towards(pos, side), 'down'), from: opposite(side) },
    ]),
  use: (context, _player, { pos }, state) => {
    const isCross = SIDES.every((side) => context.states.get(state, side) === 'side');
    const isDot = SIDES.every((side) => context.states.get(state, side) === 'none');
    if (!isCross && !isDot) return 'pass';
    const next = wireState(
      context,
      pos,
      withAll(context, state, isCross ? { north: 'none', east: 'none', south: 'none', west: 'none' } : CROSS),
    );
    if (next === state) return 'pass';
    context.emit({ type: 'block', pos, state: next });
    return 'done';
  },
};

/** String joins string and hooks that face it. */
const TRIPWIRE: BlockRule = {
  name: 'tripwire',
  matches: named(/^tripwire$/),
  place: (context, { pos }, state) => SIDES.reduce((next, side) => strung(context, pos, next, side), state),
  neighbour: (context, pos, state, from) => (isSide(from) ? strung(context, pos, state, from) : state),
};

function strung(context: RuleContext, pos: BlockPos, state: StateId, side: Side): StateId {
  const other = blockOr(context, towards(pos, side));
  const name = nameOf(context, other);
  const joins = name === 'tripwire' || (name === 'tripwire_hook' && context.states.get(other, 'facing') === opposite(side));
  return context.states.with(state, side, String(joins));
}

export const WIRE_RULES: RuleSet = { blocks: [WIRE, TRIPWIRE] };
