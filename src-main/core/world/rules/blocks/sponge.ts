import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, isInWorld, setBlock } from './change.ts';
import { at, FACES, towards } from './faces.ts';
import { named, nameOf } from './family.ts';
import { isFluidBlock, isWater } from './wet.ts';

/** How far and how much a sponge drinks (vanilla). */
const DRINK_BLOCKS = 6;
const DRINK_COUNT_MAX = 65;

/** Takes up the water around, breadth first; false if there was none. */
function drink(context: RuleContext, sponge: BlockPos): boolean {
  const seen = new Set([at(sponge)]);
  const queue: { readonly pos: BlockPos; readonly far: number }[] = [{ pos: sponge, far: 0 }];
  let drunk = 0;
  for (let i = 0; i < queue.length && drunk < DRINK_COUNT_MAX; i++) {
    const { pos, far } = queue[i]!;
    for (const face of FACES) {
      const next = towards(pos, face);
      if (seen.has(at(next)) || !isInWorld(context, next) || !isWater(context.states, blockOr(context, next))) continue;
      seen.add(at(next));
      if (!dry(context, next)) continue;
      drunk += 1;
      if (far < DRINK_BLOCKS) queue.push({ pos: next, far: far + 1 });
    }
  }
  return drunk > 0;
}

function dry(context: RuleContext, pos: BlockPos): boolean {
  const state = context.world.block(pos);
  if (context.states.get(state, 'waterlogged') === 'true') setBlock(context, pos, context.states.with(state, 'waterlogged', 'false'));
  else if (isFluidBlock(context.states, state) || /^(kelp|kelp_plant|seagrass|tall_seagrass)$/.test(nameOf(context, state)))
    setBlock(context, pos, context.states.idOf('minecraft:air'));
  else return false;
  return true;
}

const SPONGE: BlockRule = {
  name: 'sponge',
  matches: named(/^sponge$/),
  placed: (context, { pos }) => {
    if (drink(context, pos)) setBlock(context, pos, context.states.idOf('minecraft:wet_sponge'));
  },
};

export const SPONGES: RuleSet = { blocks: [SPONGE] };
