interface Rename {
  readonly before: number;
  readonly from: string;
  readonly to: string;
}

const CORALS = [
  ['blue', 'tube'],
  ['pink', 'brain'],
  ['purple', 'bubble'],
  ['red', 'fire'],
  ['yellow', 'horn'],
] as const;

/**
 * Names that vanilla's own data fixers changed since the first 1.13 snapshots, with the data version in which they changed.
 * Source: the schema numbers and maps of `net.minecraft.util.datafix.DataFixers`, as told on https://minecraft.wiki/w/Data_version
 * and in the version pages (1.13 to 1.20.5).
 */
const BLOCKS_AND_ITEMS: readonly Rename[] = [
  ...at(1484, { sea_grass: 'seagrass' }),
  ...at(1487, { prismarine_bricks_slab: 'prismarine_brick_slab', prismarine_bricks_stairs: 'prismarine_brick_stairs' }),
  ...at(1490, { melon_block: 'melon' }),
  ...at(1510, { mob_spawner: 'spawner' }),
  ...at(1510, barks()),
  ...at(1802, { stone_slab: 'smooth_stone_slab', sign: 'oak_sign' }),
  ...at(2209, { bee_hive: 'beehive' }),
  ...at(2508, { warped_fungi: 'warped_fungus', crimson_fungi: 'crimson_fungus' }),
  ...at(2528, { soul_fire_torch: 'soul_torch', soul_fire_lantern: 'soul_lantern' }),
  ...at(2680, { grass_path: 'dirt_path' }),
  ...at(2717, { azalea_leaves_flowers: 'flowering_azalea_leaves' }),
  ...at(3692, { grass: 'short_grass' }),
];

const BLOCKS_ONLY: readonly Rename[] = [
  ...at(1484, { tall_sea_grass: 'tall_seagrass' }),
  ...at(1510, { portal: 'nether_portal' }),
  ...at(1475, { flowing_water: 'water', flowing_lava: 'lava' }),
  ...at(1480, corals()),
  ...at(1488, { kelp: 'kelp_plant' }),
  ...at(1488, { kelp_top: 'kelp' }),
  ...at(1515, Object.fromEntries(CORALS.map(([, coral]) => [`${coral}_coral_fan`, `${coral}_coral_wall_fan`]))),
  ...at(1802, { wall_sign: 'oak_wall_sign' }),
  ...at(2528, { soul_fire_wall_torch: 'soul_wall_torch' }),
  ...at(2679, {
    'cauldron[level=0]': 'cauldron',
    'cauldron[level=1]': 'water_cauldron[level=1]',
    'cauldron[level=2]': 'water_cauldron[level=2]',
    'cauldron[level=3]': 'water_cauldron[level=3]',
  }),
  ...at(2700, { cave_vines_head: 'cave_vines', cave_vines_body: 'cave_vines_plant' }),
];

const ITEMS_ONLY: readonly Rename[] = [
  ...at(1480, corals()),
  ...at(1510, {
    clownfish: 'tropical_fish',
    chorus_fruit_popped: 'popped_chorus_fruit',
    evocation_illager_spawn_egg: 'evoker_spawn_egg',
    vindication_illager_spawn_egg: 'vindicator_spawn_egg',
  }),
  ...at(1800, { cactus_green: 'green_dye', rose_red: 'red_dye', dandelion_yellow: 'yellow_dye' }),
  ...at(1928, { illager_beast_spawn_egg: 'ravager_spawn_egg' }),
  ...at(2509, { zombie_pigman_spawn_egg: 'zombified_piglin_spawn_egg' }),
  ...at(3438, sherds('pottery_shard_', '_pottery_shard', ['archer', 'prize', 'arms_up', 'skull'])),
  ...at(3448, {
    archer_pottery_shard: 'archer_pottery_sherd',
    prize_pottery_shard: 'prize_pottery_sherd',
    arms_up_pottery_shard: 'arms_up_pottery_sherd',
    skull_pottery_shard: 'skull_pottery_sherd',
  }),
  ...at(3800, { scute: 'turtle_scute' }),
];

/** Source: `CavesAndCliffsRenames` and the biome fixers 2552, 2838 and 2843; https://minecraft.wiki/w/Java_Edition_1.18. */
const BIOMES: readonly Rename[] = [
  ...at(2552, { nether: 'nether_wastes' }),
  ...at(2838, {
    badlands_plateau: 'badlands',
    bamboo_jungle_hills: 'bamboo_jungle',
    birch_forest_hills: 'birch_forest',
    dark_forest_hills: 'dark_forest',
    desert_hills: 'desert',
    desert_lakes: 'desert',
    giant_spruce_taiga: 'old_growth_spruce_taiga',
    giant_spruce_taiga_hills: 'old_growth_spruce_taiga',
    giant_tree_taiga: 'old_growth_pine_taiga',
    giant_tree_taiga_hills: 'old_growth_pine_taiga',
    gravelly_mountains: 'windswept_gravelly_hills',
    jungle_edge: 'sparse_jungle',
    jungle_hills: 'jungle',
    lofty_peaks: 'jagged_peaks',
    modified_badlands_plateau: 'badlands',
    modified_gravelly_mountains: 'windswept_gravelly_hills',
    modified_jungle: 'jungle',
    modified_jungle_edge: 'sparse_jungle',
    modified_wooded_badlands_plateau: 'wooded_badlands',
    mountain_edge: 'windswept_hills',
    mountains: 'windswept_hills',
    mushroom_field_shore: 'mushroom_fields',
    shattered_savanna: 'windswept_savanna',
    shattered_savanna_plateau: 'windswept_savanna',
    snowcapped_peaks: 'frozen_peaks',
    snowy_mountains: 'snowy_plains',
    snowy_taiga_hills: 'snowy_taiga',
    snowy_taiga_mountains: 'snowy_taiga',
    snowy_tundra: 'snowy_plains',
    stone_shore: 'stony_shore',
    swamp_hills: 'swamp',
    taiga_hills: 'taiga',
    taiga_mountains: 'taiga',
    tall_birch_forest: 'old_growth_birch_forest',
    tall_birch_hills: 'old_growth_birch_forest',
    wooded_badlands_plateau: 'wooded_badlands',
    wooded_hills: 'forest',
    wooded_mountains: 'windswept_forest',
  }),
  ...at(2843, { deep_warm_ocean: 'warm_ocean' }),
];

export const RENAMED_BLOCKS = ascending([...BLOCKS_AND_ITEMS, ...BLOCKS_ONLY]);
export const RENAMED_ITEMS = ascending([...BLOCKS_AND_ITEMS, ...ITEMS_ONLY]);
export const RENAMED_BIOMES = ascending(BIOMES);

/** The walls that were there when their sides became three-valued. Source: `WallPropertyFix` (2503), https://minecraft.wiki/w/Wall. */
const WALLS_OF_1_15 =
  'andesite brick cobblestone diorite end_stone_brick granite mossy_cobblestone mossy_stone_brick nether_brick prismarine red_nether_brick red_sandstone sandstone stone_brick'.split(
    ' ',
  );

export const RENAMED_VALUES = WALLS_OF_1_15.flatMap((wall) =>
  ['north', 'south', 'west', 'east'].flatMap((property) =>
    [
      ['true', 'low'],
      ['false', 'none'],
    ].map(([from, to]) => ({ before: 2503, block: `minecraft:${wall}_wall`, property, from: from!, to: to! })),
  ),
);

function at(before: number, names: Readonly<Record<string, string>>): readonly Rename[] {
  return Object.entries(names).map(([from, to]) => ({ before, from: `minecraft:${from}`, to: `minecraft:${to}` }));
}

function ascending(renames: readonly Rename[]): readonly Rename[] {
  return renames.toSorted((a, b) => a.before - b.before);
}

function barks(): Readonly<Record<string, string>> {
  const woods = ['oak', 'spruce', 'birch', 'jungle', 'acacia', 'dark_oak'];
  return Object.fromEntries(woods.flatMap((wood) => [wood, `stripped_${wood}`]).map((wood) => [`${wood}_bark`, `${wood}_wood`]));
}

function corals(): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const [colour, coral] of CORALS) {
    names[`${colour}_coral`] = `${coral}_coral_block`;
    names[`${colour}_coral_plant`] = `${coral}_coral`;
    names[`${colour}_coral_fan`] = `${coral}_coral_fan`;
    names[`${colour}_dead_coral`] = `dead_${coral}_coral_block`;
  }
  return names;
}

function sherds(prefix: string, suffix: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, `${name}${suffix}`]));
}
