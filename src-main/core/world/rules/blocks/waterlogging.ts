import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { withProperty } from './family.ts';
import { isWaterSource } from './wet.ts';

/** Comes last, so that it sees the state that all other rules agreed on: a block in a source of water keeps the water in it. */
const WATERLOGGED: BlockRule = {
  name: 'waterlogged',
  matches: withProperty('waterlogged'),
  place: (context, { old }, state) => {
    const double = context.states.get(state, 'type') === 'double';
    return context.states.with(state, 'waterlogged', String(!double && isWaterSource(context.states, old)));
  },
};

export const WATERLOGGING: RuleSet = { blocks: [WATERLOGGED] };
