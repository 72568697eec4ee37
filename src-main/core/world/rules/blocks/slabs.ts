import type { BlockRule, Placement, RuleSet } from '../../model/rule.ts';
import { withAll } from './family.ts';
import { tagged } from './family.ts';

/** Which half a slab, stair or trapdoor takes from where it was clicked. */
export function isTopHalf({ face, cursor }: Placement): boolean {
  if (face === 'down') return true;
  return face !== 'up' && cursor.y > 0.5;
}

const SLAB: BlockRule = {
  name: 'slab',
  matches: tagged('slabs'),
  place: (context, placement, state) => {
    if (context.states.blockOf(placement.old) === context.states.blockOf(state))
      return withAll(context, placement.old, { type: 'double', waterlogged: 'false' });
    return context.states.with(state, 'type', isTopHalf(placement) ? 'top' : 'bottom');
  },
  givesWay: (context, { stack, replaces, face, cursor }, state) => {
    const type = context.states.get(state, 'type');
    if (type === 'double' || context.states.blockOf(state)?.item !== stack.name) return false;
    if (!replaces) return true;
    const upper = cursor.y > 0.5;
    return type === 'bottom' ? face === 'up' || (upper && face !== 'down') : face === 'down' || (!upper && face !== 'up');
  },
};

export const SLABS: RuleSet = { blocks: [SLAB] };
