import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { axisOf, counterClockwise, isSide, opposite, sideOf, towards, type Side } from './faces.ts';
import { isTagged, tagged, withAll } from './family.ts';
import { isTopHalf } from './slabs.ts';

const STAIR: BlockRule = {
  name: 'stairs',
  matches: tagged('stairs'),
  place: (context, placement, state) => {
    const turned = withAll(context, state, { facing: sideOf(placement.yaw), half: isTopHalf(placement) ? 'top' : 'bottom' });
    return context.states.with(turned, 'shape', shapeOf(context, placement.pos, turned));
  },
  neighbour: (context, pos, state, from) => (isSide(from) ? context.states.with(state, 'shape', shapeOf(context, pos, state)) : state),
};

/** A stair bends around the corner of a stair of the same half before it (outer) or behind it (inner). */
function shapeOf(context: RuleContext, pos: BlockPos, state: StateId): string {
  const facing = sideFacing(context, state);
  const before = turnedStair(context, towards(pos, facing), state);
  if (before !== null && isFree(context, towards(pos, opposite(before)), state))
    return before === counterClockwise(facing) ? 'outer_left' : 'outer_right';
  const behind = turnedStair(context, towards(pos, opposite(facing)), state);
  if (behind !== null && isFree(context, towards(pos, behind), state))
    return behind === counterClockwise(facing) ? 'inner_left' : 'inner_right';
  return 'straight';
}

/** The facing of a stair of the same half that stands across, or null. */
function turnedStair(context: RuleContext, pos: BlockPos, state: StateId): Side | null {
  const other = blockOr(context, pos);
  if (!isTagged(context, other, 'stairs') || context.states.get(other, 'half') !== context.states.get(state, 'half')) return null;
  const facing = sideFacing(context, other);
  return axisOf(facing) === axisOf(sideFacing(context, state)) ? null : facing;
}

function isFree(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const other = blockOr(context, pos);
  if (!isTagged(context, other, 'stairs')) return true;
  return ['facing', 'half'].some((property) => context.states.get(other, property) !== context.states.get(state, property));
}

function sideFacing(context: RuleContext, state: StateId): Side {
  return context.states.get(state, 'facing') as Side;
}

export const STAIRS: RuleSet = { blocks: [STAIR] };
