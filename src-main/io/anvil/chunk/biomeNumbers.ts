/**
 * Biomes as numbers, as chunks kept them until 1.17: first number and names in order. The names are those of 1.17, newer biomes of its
 * experimental snapshots included. Source: https://minecraft.wiki/w/Biome/ID (before 1.18).
 */
const RUNS: readonly (readonly [number, string])[] = [
  [
    0,
    'ocean plains desert mountains forest taiga swamp river nether_wastes the_end frozen_ocean frozen_river snowy_tundra snowy_mountains mushroom_fields mushroom_field_shore beach desert_hills wooded_hills taiga_hills mountain_edge jungle jungle_hills jungle_edge deep_ocean stone_shore snowy_beach birch_forest birch_forest_hills dark_forest snowy_taiga snowy_taiga_hills giant_tree_taiga giant_tree_taiga_hills wooded_mountains savanna savanna_plateau badlands wooded_badlands_plateau badlands_plateau small_end_islands end_midlands end_highlands end_barrens warm_ocean lukewarm_ocean cold_ocean deep_warm_ocean deep_lukewarm_ocean deep_cold_ocean deep_frozen_ocean',
  ],
  [127, 'the_void'],
  [129, 'sunflower_plains desert_lakes gravelly_mountains flower_forest taiga_mountains swamp_hills'],
  [140, 'ice_spikes'],
  [149, 'modified_jungle'],
  [151, 'modified_jungle_edge'],
  [155, 'tall_birch_forest tall_birch_hills dark_forest_hills snowy_taiga_mountains'],
  [
    160,
    'giant_spruce_taiga giant_spruce_taiga_hills modified_gravelly_mountains shattered_savanna shattered_savanna_plateau eroded_badlands modified_wooded_badlands_plateau modified_badlands_plateau bamboo_jungle bamboo_jungle_hills soul_sand_valley crimson_forest warped_forest basalt_deltas dripstone_caves lush_caves',
  ],
];

/** Full name of 1.17 by number; null for a number that nothing had. */
export function biomeOfNumber(number: number): string | null {
  for (const [first, names] of RUNS) {
    const name = number >= first ? names.split(' ')[number - first] : undefined;
    if (name !== undefined) return `minecraft:${name}`;
  }
  return null;
}
