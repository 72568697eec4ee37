import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { either, named, tagged, type Matches } from './family.ts';

/** Blocks that become more of themselves when another is placed into them. Source: `canBeReplaced` of each in 1.21.1. */
function counted(name: string, matches: Matches, property: string, most: number): BlockRule {
  return {
    name,
    matches,
    place: (context, { old }, state) => {
      if (context.states.blockOf(old) !== context.states.blockOf(state)) return state;
      const count = Number(context.states.get(old, property));
      return context.states.with(old, property, String(Math.min(most, count + 1)));
    },
    givesWay: (context, { stack, sneaking }, state) => {
      if (sneaking || context.states.blockOf(state)?.item !== stack.name) return false;
      return Number(context.states.get(state, property)) < most;
    },
  };
}

/** Snow gives way to more snow from above, and as a single layer to anything. */
const SNOW: BlockRule = {
  name: 'snow-layers',
  matches: named(/^snow$/),
  place: counted('snow', either(), 'layers', 8).place!,
  givesWay: (context, { stack, replaces, face }, state) => {
    const layers = Number(context.states.get(state, 'layers'));
    if (stack.name === 'minecraft:snow' && layers < 8) return !replaces || face === 'up';
    return layers === 1;
  },
};

export const COUNTED: RuleSet = {
  blocks: [
    counted('candles', tagged('candles'), 'candles', 4),
    counted('sea-pickles', named(/^sea_pickle$/), 'pickles', 4),
    counted('turtle-eggs', named(/^turtle_egg$/), 'eggs', 4),
    counted('petals', named(/^pink_petals$/), 'flower_amount', 4),
    SNOW,
  ],
};
