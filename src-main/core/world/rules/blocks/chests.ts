import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, Placement, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { axisOf, clockwise, counterClockwise, isSide, opposite, sideOf, towards, type Side } from './faces.ts';
import { isSameBlock, named, withAll } from './family.ts';

/** The side on which the other half of a double chest stands. */
function chestPartner(context: RuleContext, state: StateId): Side | null {
  const facing = context.states.get(state, 'facing') as Side;
  const type = context.states.get(state, 'type');
  return type === 'left' ? clockwise(facing) : type === 'right' ? counterClockwise(facing) : null;
}

/** The facing of a single chest of the same kind on that side, or null. */
function singleBeside(context: RuleContext, pos: BlockPos, state: StateId, side: Side): Side | null {
  const other = blockOr(context, towards(pos, side));
  if (!isSameBlock(context, other, state) || context.states.get(other, 'type') !== 'single') return null;
  return context.states.get(other, 'facing') as Side;
}

/** 1. Sneaking, a chest joins the one that was clicked. 2. Otherwise it joins one beside it that faces the same way. */
function placeChest(context: RuleContext, placement: Placement, state: StateId): StateId {
  const { pos, face, yaw, sneaking } = placement;
  const facing = opposite(sideOf(yaw));
  if (sneaking && isSide(face)) {
    const other = singleBeside(context, pos, state, opposite(face));
    if (other !== null && axisOf(other) !== axisOf(face))
      return withAll(context, state, { facing: other, type: counterClockwise(other) === opposite(face) ? 'right' : 'left' });
  }
  const turned = context.states.with(state, 'facing', facing);
  if (sneaking) return turned;
  if (singleBeside(context, pos, state, clockwise(facing)) === facing) return context.states.with(turned, 'type', 'left');
  if (singleBeside(context, pos, state, counterClockwise(facing)) === facing) return context.states.with(turned, 'type', 'right');
  return turned;
}

function pairUp(context: RuleContext, pos: BlockPos, state: StateId, from: Face): StateId {
  if (!isSide(from)) return state;
  const other = blockOr(context, towards(pos, from));
  const same = isSameBlock(context, other, state);
  if (!same) return chestPartner(context, state) === from ? context.states.with(state, 'type', 'single') : state;
  const joins = context.states.get(state, 'type') === 'single' && chestPartner(context, other) === opposite(from);
  if (!joins || context.states.get(other, 'facing') !== context.states.get(state, 'facing')) return state;
  return context.states.with(state, 'type', context.states.get(other, 'type') === 'left' ? 'right' : 'left');
}

const CHEST: BlockRule = {
  name: 'chest',
  matches: named(/^(trapped_)?chest$/),
  place: placeChest,
  neighbour: pairUp,
};

export const CHESTS: RuleSet = { blocks: [CHEST] };
