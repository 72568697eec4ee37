import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { axisOf, clockwise, isSide, opposite, SIDES, towards, type Side } from './faces.ts';
import { isTagged, named, nameOf, tagged, withAll } from './family.ts';
import { coversBelow, isFaceSturdy } from './shapes.ts';

/** Full blocks that fences, panes and walls leave alone all the same. */
const NO_HOLD = /_leaves$|^(barrier|carved_pumpkin|jack_o_lantern|melon|pumpkin)$/;
const isPaneName = /_pane$|^(iron_bars|glass_pane)$/;

/** Whether the neighbour on `side` offers its face, whatever its kind. */
function hasFace(context: RuleContext, other: StateId, side: Side): boolean {
  if (NO_HOLD.test(nameOf(context, other)) || isTagged(context, other, 'shulker_boxes')) return false;
  return isFaceSturdy(context.states, other, opposite(side));
}

function isGateAcross(context: RuleContext, other: StateId, side: Side): boolean {
  if (!isTagged(context, other, 'fence_gates')) return false;
  return axisOf(context.states.get(other, 'facing') as Side) === axisOf(clockwise(side));
}

type Connects = (context: RuleContext, state: StateId, other: StateId, side: Side) => boolean;

const fenceConnects: Connects = (context, state, other, side) =>
  hasFace(context, other, side) ||
  isGateAcross(context, other, side) ||
  (isTagged(context, other, 'fences') && isTagged(context, other, 'wooden_fences') === isTagged(context, state, 'wooden_fences'));

const paneConnects: Connects = (context, _state, other, side) =>
  hasFace(context, other, side) || isPaneName.test(nameOf(context, other)) || isTagged(context, other, 'walls');

const wallConnects: Connects = (context, _state, other, side) =>
  hasFace(context, other, side) ||
  isGateAcross(context, other, side) ||
  isPaneName.test(nameOf(context, other)) ||
  isTagged(context, other, 'walls');

function connected(context: RuleContext, pos: BlockPos, state: StateId, connects: Connects): StateId {
  return SIDES.reduce((next, side) => {
    const other = blockOr(context, towards(pos, side));
    return context.states.with(next, side, String(connects(context, state, other, side)));
  }, state);
}

function connecting(name: string, matches: BlockRule['matches'], connects: Connects): BlockRule {
  return {
    name,
    matches,
    place: (context, { pos }, state) => connected(context, pos, state, connects),
    neighbour: (context, pos, state, from) => {
      if (!isSide(from)) return state;
      return context.states.with(state, from, String(connects(context, state, blockOr(context, towards(pos, from)), from)));
    },
  };
}

/** The middle 2 x 2 up to the rim, per side: what must be covered from above for a side to be tall. */
const ARMS: Readonly<Record<Side, readonly [number, number, number, number]>> = {
  north: [7, 0, 9, 9],
  south: [7, 7, 9, 16],
  west: [0, 7, 9, 9],
  east: [7, 7, 16, 9],
};

/** 1. Each side is none, low or, under a block that covers it, tall. 2. The post stands unless the wall runs straight through under nothing. */
function wallState(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const above = blockOr(context, towards(pos, 'up'));
  const sides = Object.fromEntries(
    SIDES.map((side) => {
      if (!wallConnects(context, state, blockOr(context, towards(pos, side)), side)) return [side, 'none'];
      return [side, coversBelow(context.states, above, ARMS[side]) ? 'tall' : 'low'];
    }),
  ) as Record<Side, string>;
  return withAll(context, state, { ...sides, up: String(hasPost(context, above, sides)) });
}

function hasPost(context: RuleContext, above: StateId, { north, east, south, west }: Readonly<Record<Side, string>>): boolean {
  if (isTagged(context, above, 'walls') && context.states.get(above, 'up') === 'true') return true;
  const open = [north, south, west, east].map((side) => side === 'none');
  if (open.every(Boolean) || open[0] !== open[1] || open[2] !== open[3]) return true;
  if ((north === 'tall' && south === 'tall') || (east === 'tall' && west === 'tall')) return false;
  return isTagged(context, above, 'wall_post_override') || coversBelow(context.states, above, [7, 7, 9, 9]);
}

const WALL: BlockRule = {
  name: 'wall',
  matches: tagged('walls'),
  place: (context, { pos }, state) => wallState(context, pos, state),
  neighbour: (context, pos, state, from) => (from === 'down' ? state : wallState(context, pos, state)),
};

/** A gate between walls sits lower. */
function inWall(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const facing = context.states.get(state, 'facing') as Side;
  const beside = [clockwise(facing), opposite(clockwise(facing))].map((side) => blockOr(context, towards(pos, side)));
  return context.states.with(state, 'in_wall', String(beside.some((other) => isTagged(context, other, 'walls'))));
}

const GATE: BlockRule = {
  name: 'fence-gate',
  matches: tagged('fence_gates'),
  place: (context, { pos }, state) => inWall(context, pos, state),
  neighbour: (context, pos, state) => inWall(context, pos, state),
};

export const CONNECTIONS: RuleSet = {
  blocks: [connecting('fence', tagged('fences'), fenceConnects), connecting('pane', named(isPaneName), paneConnects), WALL, GATE],
};
