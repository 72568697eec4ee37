import type { ItemRule, RuleSet, UseOn } from '../../model/rule.ts';
import { placeBlock } from './place.ts';
import { lookedAt } from './ray.ts';
import { fluidOf, isFluidBlock } from './wet.ts';

/** Lily pads and frogspawn go onto the water that one looks at, not onto what lies below it. */
const ON_WATER: ItemRule = {
  name: 'on-water',
  matches: ({ name }) => name === 'minecraft:lily_pad' || name === 'minecraft:frogspawn',
  use: (context, player, { hand, pose }, stack) => {
    const hit = lookedAt(context, player, pose, (state) => isFluidBlock(context.states, state) && fluidOf(context.states, state)!.source);
    const block = context.states.blockNamed(stack.name);
    if (hit === null || block === null) return 'pass';
    const above = { ...hit.pos, y: hit.pos.y + 1 };
    const use: UseOn = { type: 'useOn', hand, pos: above, face: 'up', cursor: { x: 0.5, y: 0, z: 0.5 }, inside: false, pose };
    return context.within(above) && context.states.blockOf(context.world.block(above))?.replaceable === true
      ? placeBlock(context, player, use, stack, block)
      : 'pass';
  },
};

export const ON_WATER_ITEMS: RuleSet = { items: [ON_WATER] };
