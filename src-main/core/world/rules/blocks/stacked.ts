import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { opposite, SIDES, towards } from './faces.ts';
import { isSameBlock, named, nameOf, withAll } from './family.ts';
import { nearestLooks } from './look.ts';
import { isFaceSturdy } from './shapes.ts';

type Vertical = 'up' | 'down';

function tipOf(context: RuleContext, state: StateId): Vertical | null {
  return nameOf(context, state) === 'pointed_dripstone' ? (context.states.get(state, 'vertical_direction') as Vertical) : null;
}

/** A spike grows from a face or from a spike that points the same way. */
function canGrow(context: RuleContext, pos: BlockPos, tip: Vertical): boolean {
  const root = blockOr(context, towards(pos, opposite(tip)));
  return isFaceSturdy(context.states, root, tip) || tipOf(context, root) === tip;
}

function thickness(context: RuleContext, pos: BlockPos, tip: Vertical, merges: boolean): string {
  const ahead = blockOr(context, towards(pos, tip));
  const aheadTip = tipOf(context, ahead);
  const aheadThickness = context.states.get(ahead, 'thickness');
  if (aheadTip === opposite(tip)) return merges || aheadThickness === 'tip_merge' ? 'tip_merge' : 'tip';
  if (aheadTip !== tip) return 'tip';
  if (aheadThickness === 'tip' || aheadThickness === 'tip_merge') return 'frustum';
  return tipOf(context, blockOr(context, towards(pos, opposite(tip)))) === tip ? 'middle' : 'base';
}

const DRIPSTONE: BlockRule = {
  name: 'pointed-dripstone',
  matches: named(/^pointed_dripstone$/),
  place: (context, { pos, yaw, pitch, sneaking }, state) => {
    const look = nearestLooks(yaw, pitch).find((each): each is Vertical => each === 'up' || each === 'down')!;
    const wanted = look === 'up' ? 'down' : 'up';
    const tip = canGrow(context, pos, wanted) ? wanted : canGrow(context, pos, look) ? look : null;
    if (tip === null) return null;
    return withAll(context, state, { vertical_direction: tip, thickness: thickness(context, pos, tip, !sneaking) });
  },
  heldFrom: (context, state) => opposite(tipOf(context, state) as Face),
  canStay: (context, pos, state) => canGrow(context, pos, tipOf(context, state)!),
  neighbour: (context, pos, state, from) => {
    if (from !== 'up' && from !== 'down') return state;
    const merged = context.states.get(state, 'thickness') === 'tip_merge';
    return context.states.with(state, 'thickness', thickness(context, pos, tipOf(context, state)!, merged));
  },
};

/** How far from a scaffold that stands on something: 0 on the ground, 7 is too far. */
function distance(context: RuleContext, pos: BlockPos, scaffold: StateId): number {
  const below = blockOr(context, towards(pos, 'down'));
  const own = (state: StateId): number => Number(context.states.get(state, 'distance'));
  if (!isSameBlock(context, below, scaffold) && isFaceSturdy(context.states, below, 'up')) return 0;
  const beside = SIDES.map((side) => blockOr(context, towards(pos, side))).filter((state) => isSameBlock(context, state, scaffold));
  return Math.min(7, isSameBlock(context, below, scaffold) ? own(below) : 7, ...beside.map((state) => own(state) + 1));
}

function scaffold(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const far = distance(context, pos, state);
  const bottom = far > 0 && !isSameBlock(context, blockOr(context, towards(pos, 'down')), state);
  return withAll(context, state, { distance: String(far), bottom: String(bottom) });
}

const SCAFFOLDING: BlockRule = {
  name: 'scaffolding',
  matches: named(/^scaffolding$/),
  place: (context, { pos }, state) => scaffold(context, pos, state),
  canStay: (context, pos, state) => distance(context, pos, state) < 7,
  neighbour: (context, pos, state) => scaffold(context, pos, state),
};

export const STACKED: RuleSet = { blocks: [DRIPSTONE, SCAFFOLDING] };
