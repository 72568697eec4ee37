import type { BlockDrop } from '../../../core/world/index.ts';
import { full } from './full.ts';
import type { SourceBlock, SourceData, SourceDrop } from './source.ts';

type Condition = Partial<Omit<BlockDrop, 'item' | 'min' | 'max'>>;
type Count = number | readonly [min: number, max: number];

/**
 * What a block drops when it is broken by hand or tool. Most of it is authored from vanilla 1.21.1's loot tables
 * (https://minecraft.wiki/w/Drops and the blocks' own pages); what is left comes from minecraft-data's `blockLoot`, which is right
 * for plain "silk touch or else" blocks and for names, not for counts and chances. null = drops its own item.
 */
export function dropsOf(block: SourceBlock, data: SourceData): readonly BlockDrop[] | null {
  if (block.hardness < 0) return [];
  const authored = EXACT[block.name] ?? byPattern(block.name);
  if (authored !== null) return authored;
  const loot = data.blockLoot[block.name];
  return loot === undefined ? null : fromLoot(block.name, loot.drops);
}

const NO_SILK: Condition = { silkTouch: false };
const BARE: Condition = { silkTouch: false, shears: false };
const LOWER: Condition = { when: { property: 'half', value: 'lower' } };

function drop(item: string, count: Count = 1, condition: Condition = {}): BlockDrop {
  const [min, max] = typeof count === 'number' ? [count, count] : count;
  return { item: full(item), min, max, chance: 1, ...condition };
}

/** The block itself with silk touch, else `item`. */
function silkOr(block: string, item: string, count: Count = 1, condition: Condition = {}): readonly BlockDrop[] {
  return [drop(block, 1, { silkTouch: true }), drop(item, count, { ...NO_SILK, ...condition })];
}

function ore(block: string, item: string, count: Count = 1): readonly BlockDrop[] {
  return silkOr(block, item, count, { fortune: 'ore' });
}

/** One item per value of a counting property: 1, 2, 3 ... */
function perCount(item: string, property: string, values: number, condition: Condition = {}): readonly BlockDrop[] {
  return Array.from({ length: values }, (_, i) => drop(item, i + 1, { ...condition, when: { property, value: String(i + 1) } }));
}

/** Ripe: produce and 1 plus up to 3 of 3 tries at 4/7 (vanilla's binomial); the mean of the tries is kept as independent drops. */
function crop(produce: string, seed: string, ripe: string): readonly BlockDrop[] {
  const when = { property: 'age', value: ripe };
  return [drop(produce, 1, { when }), drop(seed), ...tries(seed, 3, when)];
}

/** A crop that is its own seed. */
function root(produce: string, ripe: string): readonly BlockDrop[] {
  return [drop(produce), ...tries(produce, 3, { property: 'age', value: ripe })];
}

function tries(item: string, count: number, when: NonNullable<BlockDrop['when']>): readonly BlockDrop[] {
  return Array.from({ length: count }, () => drop(item, 1, { when, chance: 4 / 7 }));
}

/** 3 tries at `chance` per stage, as for the stems of pumpkins and melons (stage / 15, three times). */
function stem(seed: string): readonly BlockDrop[] {
  return Array.from({ length: 8 }, (_, age) =>
    Array.from({ length: 3 }, () => drop(seed, 1, { when: { property: 'age', value: String(age) }, chance: (age + 1) / 15 })),
  ).flat();
}

function leaves(wood: string, sapling: string | null, chance: number, apple: boolean): readonly BlockDrop[] {
  return [
    drop(`${wood}_leaves`, 1, { silkTouch: true }),
    drop(`${wood}_leaves`, 1, { silkTouch: false, shears: true }),
    ...(sapling === null ? [] : [drop(sapling, 1, { ...BARE, chance })]),
    drop('stick', [1, 2], { ...BARE, chance: 0.02 }),
    ...(apple ? [drop('apple', 1, { ...BARE, chance: 0.005 })] : []),
  ];
}

/** Shears take the plant, anything else has 1 chance in 8 of wheat seeds. */
function grass(item: string, count: number, condition: Condition): readonly BlockDrop[] {
  return [drop(item, count, { ...condition, shears: true }), drop('wheat_seeds', 1, { ...condition, shears: false, chance: 0.125 })];
}

const SHEARS: Condition = { shears: true };

const EXACT: Readonly<Record<string, readonly BlockDrop[]>> = {
  // Earth and stone
  gravel: [
    drop('gravel', 1, { silkTouch: true }),
    drop('flint', 1, { ...NO_SILK, chance: 0.1 }),
    drop('gravel', 1, { ...NO_SILK, otherwise: true }),
  ],
  clay: silkOr('clay', 'clay_ball', 4),
  glowstone: silkOr('glowstone', 'glowstone_dust', [2, 4], { fortune: 'more', limit: 4 }),
  sea_lantern: silkOr('sea_lantern', 'prismarine_crystals', [2, 3], { fortune: 'more', limit: 5 }),
  melon: silkOr('melon', 'melon_slice', [3, 7], { fortune: 'more', limit: 9 }),
  snow: [
    ...perCount('snow', 'layers', 7, { silkTouch: true }),
    drop('snow_block', 1, { silkTouch: true, when: { property: 'layers', value: '8' } }),
    ...perCount('snowball', 'layers', 8, NO_SILK),
  ],
  amethyst_cluster: silkOr('amethyst_cluster', 'amethyst_shard', 4, { fortune: 'ore' }),
  gilded_blackstone: [
    drop('gilded_blackstone', 1, { silkTouch: true }),
    drop('gold_nugget', [2, 5], { ...NO_SILK, chance: 0.1 }),
    drop('gilded_blackstone', 1, { ...NO_SILK, otherwise: true }),
  ],
  ender_chest: silkOr('ender_chest', 'obsidian', 8),
  bookshelf: silkOr('bookshelf', 'book', 3),
  // Ores
  coal_ore: ore('coal_ore', 'coal'),
  deepslate_coal_ore: ore('deepslate_coal_ore', 'coal'),
  iron_ore: ore('iron_ore', 'raw_iron'),
  deepslate_iron_ore: ore('deepslate_iron_ore', 'raw_iron'),
  copper_ore: ore('copper_ore', 'raw_copper', [2, 5]),
  deepslate_copper_ore: ore('deepslate_copper_ore', 'raw_copper', [2, 5]),
  gold_ore: ore('gold_ore', 'raw_gold'),
  deepslate_gold_ore: ore('deepslate_gold_ore', 'raw_gold'),
  nether_gold_ore: ore('nether_gold_ore', 'gold_nugget', [2, 6]),
  diamond_ore: ore('diamond_ore', 'diamond'),
  deepslate_diamond_ore: ore('deepslate_diamond_ore', 'diamond'),
  emerald_ore: ore('emerald_ore', 'emerald'),
  deepslate_emerald_ore: ore('deepslate_emerald_ore', 'emerald'),
  lapis_ore: ore('lapis_ore', 'lapis_lazuli', [4, 9]),
  deepslate_lapis_ore: ore('deepslate_lapis_ore', 'lapis_lazuli', [4, 9]),
  nether_quartz_ore: ore('nether_quartz_ore', 'quartz'),
  redstone_ore: silkOr('redstone_ore', 'redstone', [4, 5], { fortune: 'more' }),
  deepslate_redstone_ore: silkOr('deepslate_redstone_ore', 'redstone', [4, 5], { fortune: 'more' }),
  // Plants
  oak_leaves: leaves('oak', 'oak_sapling', 0.05, true),
  dark_oak_leaves: leaves('dark_oak', 'dark_oak_sapling', 0.05, true),
  spruce_leaves: leaves('spruce', 'spruce_sapling', 0.05, false),
  birch_leaves: leaves('birch', 'birch_sapling', 0.05, false),
  jungle_leaves: leaves('jungle', 'jungle_sapling', 0.025, false),
  acacia_leaves: leaves('acacia', 'acacia_sapling', 0.05, false),
  cherry_leaves: leaves('cherry', 'cherry_sapling', 0.05, false),
  mangrove_leaves: leaves('mangrove', null, 0, false),
  azalea_leaves: leaves('azalea', 'azalea', 0.05, false),
  flowering_azalea_leaves: leaves('flowering_azalea', 'flowering_azalea', 0.05, false),
  short_grass: grass('short_grass', 1, {}),
  fern: grass('fern', 1, {}),
  tall_grass: grass('short_grass', 2, LOWER),
  large_fern: grass('fern', 2, LOWER),
  seagrass: [drop('seagrass', 1, SHEARS)],
  tall_seagrass: [drop('seagrass', 2, { ...SHEARS, ...LOWER })],
  vine: [drop('vine', 1, SHEARS)],
  glow_lichen: [drop('glow_lichen', 1, SHEARS)],
  nether_sprouts: [drop('nether_sprouts', 1, SHEARS)],
  hanging_roots: [drop('hanging_roots', 1, SHEARS)],
  small_dripleaf: [drop('small_dripleaf', 1, { ...SHEARS, ...LOWER })],
  dead_bush: [drop('dead_bush', 1, SHEARS), drop('stick', [0, 2], { shears: false })],
  cobweb: [drop('cobweb', 1, { silkTouch: true }), drop('cobweb', 1, { silkTouch: false, shears: true }), drop('string', 1, BARE)],
  mangrove_propagule: [drop('mangrove_propagule', 1, { when: { property: 'hanging', value: 'false' } })],
  wheat: crop('wheat', 'wheat_seeds', '7'),
  beetroots: crop('beetroot', 'beetroot_seeds', '3'),
  carrots: root('carrot', '7'),
  potatoes: [...root('potato', '7'), drop('poisonous_potato', 1, { when: { property: 'age', value: '7' }, chance: 0.02 })],
  nether_wart: [
    ...['0', '1', '2'].map((value) => drop('nether_wart', 1, { when: { property: 'age', value } })),
    drop('nether_wart', [2, 4], { when: { property: 'age', value: '3' }, fortune: 'more' }),
  ],
  cocoa: [
    ...['0', '1'].map((value) => drop('cocoa_beans', 1, { when: { property: 'age', value } })),
    drop('cocoa_beans', 3, { when: { property: 'age', value: '2' } }),
  ],
  sweet_berry_bush: [
    drop('sweet_berries', [1, 2], { when: { property: 'age', value: '2' }, fortune: 'more' }),
    drop('sweet_berries', [2, 3], { when: { property: 'age', value: '3' }, fortune: 'more' }),
  ],
  cave_vines: [drop('glow_berries', 1, { when: { property: 'berries', value: 'true' } })],
  cave_vines_plant: [drop('glow_berries', 1, { when: { property: 'berries', value: 'true' } })],
  torchflower_crop: [drop('torchflower_seeds')],
  pitcher_crop: [
    ...['0', '1', '2', '3'].map((value) => drop('pitcher_pod', 1, { when: { property: 'age', value } })),
    drop('pitcher_plant', 1, { when: { property: 'age', value: '4' } }),
  ],
  pumpkin_stem: stem('pumpkin_seeds'),
  melon_stem: stem('melon_seeds'),
  attached_pumpkin_stem: Array.from({ length: 3 }, () => drop('pumpkin_seeds', 1, { chance: 8 / 15 })),
  attached_melon_stem: Array.from({ length: 3 }, () => drop('melon_seeds', 1, { chance: 8 / 15 })),
  weeping_vines: vines('weeping_vines'),
  weeping_vines_plant: vines('weeping_vines'),
  twisting_vines: vines('twisting_vines'),
  twisting_vines_plant: vines('twisting_vines'),
  chorus_plant: [drop('chorus_fruit', [0, 1])],
  chorus_flower: [],
  bamboo_sapling: [drop('bamboo')],
  brown_mushroom_block: mushroom('brown'),
  red_mushroom_block: mushroom('red'),
  pink_petals: perCount('pink_petals', 'flower_amount', 4),
  sea_pickle: perCount('sea_pickle', 'pickles', 4),
  turtle_egg: perCount('turtle_egg', 'eggs', 4, { silkTouch: true }),
  // Blocks that are something else's part or content
  composter: [drop('composter'), drop('bone_meal', 1, { when: { property: 'level', value: '8' } })],
  piston_head: [],
  moving_piston: [],
  fire: [],
  soul_fire: [],
  water: [],
  lava: [],
  air: [],
  cave_air: [],
  void_air: [],
  bubble_column: [],
  structure_void: [],
  sculk_vein: [drop('sculk_vein', 1, { silkTouch: true })],
  trial_spawner: [],
  vault: [],
};

const DOUBLE_PLANT = /^(sunflower|lilac|rose_bush|peony|pitcher_plant)$/;

/** Families of blocks: only the half that carries the loot in vanilla drops, and counted blocks drop their count. */
function byPattern(name: string): readonly BlockDrop[] | null {
  if (name.endsWith('_door') || DOUBLE_PLANT.test(name)) return [drop(name, 1, LOWER)];
  if (name.endsWith('_bed')) return [drop(name, 1, { when: { property: 'part', value: 'head' } })];
  if (name.endsWith('_slab')) return [drop(name), drop(name, 1, { when: { property: 'type', value: 'double' } })];
  if (/(^|_)candle$/.test(name)) return perCount(name, 'candles', 4);
  if (name.endsWith('_wall_fan')) return [drop(name.replace('_wall_fan', '_fan'), 1, { silkTouch: true })];
  if (name.startsWith('infested_')) return [drop(name.slice('infested_'.length), 1, { silkTouch: true })];
  return null;
}

function vines(item: string): readonly BlockDrop[] {
  return [drop(item, 1, { silkTouch: true }), drop(item, 1, { silkTouch: false, shears: true }), drop(item, 1, { ...BARE, chance: 0.33 })];
}

/** uniform(-6, 2), clamped at 0: 7 chances in 9 of none. */
function mushroom(colour: string): readonly BlockDrop[] {
  return silkOr(`${colour}_mushroom_block`, `${colour}_mushroom`, [1, 2], { chance: 2 / 9 });
}

function fromLoot(block: string, drops: readonly SourceDrop[]): readonly BlockDrop[] | null {
  const only = drops[0];
  if (drops.length === 1 && only?.item === block && only.silkTouch !== true && only.noSilkTouch !== true) return null;
  return drops.map(({ item, stackSizeRange, silkTouch, noSilkTouch }) => {
    const min = Math.max(1, stackSizeRange[0] ?? 1);
    const condition = silkTouch === true ? { silkTouch: true } : noSilkTouch === true ? NO_SILK : {};
    return drop(item, [min, Math.max(min, stackSizeRange[1] ?? 1)], condition);
  });
}
