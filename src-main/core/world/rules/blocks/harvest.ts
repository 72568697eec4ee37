import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { at, isSide, opposite, sideOf } from './faces.ts';
import { named } from './family.ts';
import { wear } from './hand.ts';
import { popItem } from './items.ts';

/** Ripe berries come off by hand; bone meal is for unripe ones. */
const BERRY_BUSH: BlockRule = {
  name: 'berry-bush',
  matches: named(/^sweet_berry_bush$/),
  use: (context, player, { pos, hand }, state) => {
    const age = Number(context.states.get(state, 'age'));
    if (age < 2 || (age < 3 && handItem(player, hand)?.name === 'minecraft:bone_meal')) return 'pass';
    const berries = 1 + Math.floor(context.random(`berries:${at(pos)}`) * 2) + (age === 3 ? 1 : 0);
    popItem(context, pos, stackOf('minecraft:sweet_berries', berries), `berries:${at(pos)}`);
    setBlock(context, pos, context.states.with(state, 'age', '1'));
    return 'done';
  },
};

const GLOW_BERRIES: BlockRule = {
  name: 'glow-berries',
  matches: named(/^cave_vines(_plant)?$/),
  use: (context, _player, { pos }, state) => {
    if (context.states.get(state, 'berries') !== 'true') return 'pass';
    popItem(context, pos, stackOf('minecraft:glow_berries', 1), `berries:${at(pos)}`);
    setBlock(context, pos, context.states.with(state, 'berries', 'false'));
    return 'done';
  },
};

/** Shears carve a face on the clicked side, and the seeds fall out. */
const PUMPKIN: BlockRule = {
  name: 'carve-pumpkin',
  matches: named(/^pumpkin$/),
  use: (context, player, { pos, hand, face, pose }) => {
    if (handItem(player, hand)?.name !== 'minecraft:shears') return 'pass';
    const facing = isSide(face) ? face : opposite(sideOf(pose.yaw));
    setBlock(context, pos, context.states.idOf(`minecraft:carved_pumpkin[facing=${facing}]`));
    popItem(context, pos, stackOf('minecraft:pumpkin_seeds', 4), `seeds:${at(pos)}`);
    wear(context, player, hand);
    return 'done';
  },
};

export const HARVEST: RuleSet = { blocks: [BERRY_BUSH, GLOW_BERRIES, PUMPKIN] };
