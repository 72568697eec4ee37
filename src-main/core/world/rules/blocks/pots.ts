import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { named, nameOf } from './family.ts';
import { give, takeOne } from './hand.ts';

/** Plants whose potted form has another name. */
const POTTED: Readonly<Record<string, string>> = { azalea: 'potted_azalea_bush', flowering_azalea: 'potted_flowering_azalea_bush' };

const EMPTY_POT: BlockRule = {
  name: 'pot-plant',
  matches: named(/^flower_pot$/),
  use: (context, player, { pos, hand }) => {
    const item = handItem(player, hand);
    if (item === null) return 'pass';
    const plant = item.name.slice('minecraft:'.length);
    const potted = context.states.blockNamed(`minecraft:${POTTED[plant] ?? `potted_${plant}`}`);
    if (potted === null) return 'pass';
    setBlock(context, pos, potted.defaultState);
    takeOne(context, player, hand);
    return 'done';
  },
};

/** A click takes the plant out again, unless the hand holds another plant for a pot. */
const FULL_POT: BlockRule = {
  name: 'pot-take',
  matches: named(/^potted_.+$/),
  use: (context, player, { pos, hand }, state) => {
    const item = handItem(player, hand);
    const plants = item !== null && context.states.blockNamed(`minecraft:potted_${item.name.slice('minecraft:'.length)}`) !== null;
    if (hand !== 'main' || plants) return 'done';
    const plant = nameOf(context, state).slice('potted_'.length).replace('azalea_bush', 'azalea');
    setBlock(context, pos, context.states.idOf('minecraft:flower_pot'));
    give(context, player, stackOf(`minecraft:${plant}`, 1));
    return 'done';
  },
};

export const POTS: RuleSet = { blocks: [EMPTY_POT, FULL_POT] };
