import type { BlockRule, RuleSet, ScheduledRule } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { schedule, setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { at } from './faces.ts';
import { named, nameOf } from './family.ts';
import { takeOne } from './hand.ts';
import { popItem } from './items.ts';

/** Chance that an item raises the level. Source: `ComposterBlock.bootStrap` of 1.21.1. */
const CHANCES: readonly (readonly [items: RegExp, chance: number])[] = [
  [
    /^((?!flowering_).*_leaves|.+_sapling|mangrove_propagule|.+_seeds|dried_kelp|short_grass|kelp|moss_carpet|pink_petals|seagrass|sweet_berries|glow_berries|hanging_roots|mangrove_roots|small_dripleaf|pitcher_pod)$/,
    0.3,
  ],
  [
    /^(dried_kelp_block|tall_grass|flowering_azalea_leaves|cactus|sugar_cane|vine|nether_sprouts|weeping_vines|twisting_vines|melon_slice|glow_lichen)$/,
    0.5,
  ],
  [
    /^(sea_pickle|lily_pad|pumpkin|carved_pumpkin|melon|apple|beetroot|carrot|cocoa_beans|potato|wheat|.+_mushroom|mushroom_stem|crimson_fungus|warped_fungus|nether_wart|crimson_roots|warped_roots|shroomlight|dandelion|poppy|blue_orchid|allium|azure_bluet|.+_tulip|oxeye_daisy|cornflower|lily_of_the_valley|wither_rose|fern|sunflower|lilac|rose_bush|peony|large_fern|spore_blossom|azalea|moss_block|big_dripleaf)$/,
    0.65,
  ],
  [
    /^(hay_block|.+_mushroom_block|nether_wart_block|warped_wart_block|flowering_azalea|bread|baked_potato|cookie|torchflower|pitcher_plant)$/,
    0.85,
  ],
  [/^(cake|pumpkin_pie)$/, 1],
];
const FULL = 7;
const READY = 8;
const READY_TICK = 'compost';
const READY_TICKS = 20;

const COMPOSTER: BlockRule = {
  name: 'composter',
  matches: named(/^composter$/),
  use: (context, player, { pos, hand }, state) => {
    const level = Number(context.states.get(state, 'level'));
    if (level === READY) {
      setBlock(context, pos, context.states.with(state, 'level', '0'));
      popItem(context, pos, stackOf('minecraft:bone_meal', 1), `compost:${at(pos)}`);
      return 'done';
    }
    const item = handItem(player, hand);
    const chance = item === null ? undefined : CHANCES.find(([items]) => items.test(item.name.slice('minecraft:'.length)))?.[1];
    if (chance === undefined || level === FULL) return 'pass';
    takeOne(context, player, hand);
    // The first item always counts.
    if (level > 0 && context.random(`compost:${at(pos)}`) >= chance) return 'done';
    setBlock(context, pos, context.states.with(state, 'level', String(level + 1)));
    if (level + 1 === FULL) schedule(context, pos, READY_TICK, READY_TICKS);
    return 'done';
  },
};

const RIPEN: ScheduledRule = {
  kind: READY_TICK,
  accountable: false,
  run: (context, pos, state) => {
    if (nameOf(context, state) === 'composter' && context.states.get(state, 'level') === String(FULL))
      setBlock(context, pos, context.states.with(state, 'level', String(READY)));
  },
};

export const COMPOSTING: RuleSet = { blocks: [COMPOSTER], scheduled: [RIPEN] };
