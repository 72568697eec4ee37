import type { GameTables } from '../../model/tables.ts';

/** Item tags and items that burn, with their ticks. Source: `AbstractFurnaceBlockEntity.getFuel` of 1.21.1; https://minecraft.wiki/w/Smelting#Fuel */
const FUELS: readonly (readonly [string, number])[] = [
  ['lava_bucket', 20_000],
  ['coal_block', 16_000],
  ['blaze_rod', 2400],
  ['coal', 1600],
  ['charcoal', 1600],
  ['#logs', 300],
  ['#bamboo_blocks', 300],
  ['#planks', 300],
  ['bamboo_mosaic', 300],
  ['#wooden_stairs', 300],
  ['bamboo_mosaic_stairs', 300],
  ['#wooden_slabs', 150],
  ['bamboo_mosaic_slab', 150],
  ['#wooden_trapdoors', 300],
  ['#wooden_pressure_plates', 300],
  ['#wooden_fences', 300],
  ['#fence_gates', 300],
  ['note_block', 300],
  ['bookshelf', 300],
  ['chiseled_bookshelf', 300],
  ['lectern', 300],
  ['jukebox', 300],
  ['chest', 300],
  ['trapped_chest', 300],
  ['crafting_table', 300],
  ['daylight_detector', 300],
  ['#banners', 300],
  ['bow', 300],
  ['fishing_rod', 300],
  ['ladder', 300],
  ['#signs', 200],
  ['#hanging_signs', 800],
  ['wooden_shovel', 200],
  ['wooden_sword', 200],
  ['wooden_hoe', 200],
  ['wooden_axe', 200],
  ['wooden_pickaxe', 200],
  ['#wooden_doors', 200],
  ['#boats', 1200],
  ['#wool', 100],
  ['#wooden_buttons', 100],
  ['stick', 100],
  ['#saplings', 100],
  ['bowl', 100],
  ['#wool_carpets', 67],
  ['dried_kelp_block', 4001],
  ['crossbow', 300],
  ['bamboo', 50],
  ['dead_bush', 100],
  ['scaffolding', 50],
  ['loom', 300],
  ['barrel', 300],
  ['cartography_table', 300],
  ['fletching_table', 300],
  ['smithing_table', 300],
  ['composter', 300],
  ['azalea', 100],
  ['flowering_azalea', 100],
  ['mangrove_roots', 300],
];

/** Wood of the nether does not burn. */
const FIREPROOF = '#non_flammable_wood';

export interface Smelting {
  readonly from: string;
  readonly to: string;
  readonly experience: number;
  /** Whether a blast furnace or a smoker does it too, in half the time. */
  readonly also: 'blast_furnace' | 'smoker' | null;
}

const ore = (from: string, to: string, experience: number): Smelting => ({ from, to, experience, also: 'blast_furnace' });
const meal = (from: string, to: string): Smelting => ({ from, to, experience: 0.35, also: 'smoker' });
const plain = (from: string, to: string, experience: number): Smelting => ({ from, to, experience, also: null });
const DYES = ['white', 'orange', 'magenta', 'light_blue', 'yellow', 'lime', 'pink', 'gray', 'light_gray', 'cyan', 'purple', 'blue'].concat([
  'brown',
  'green',
  'red',
  'black',
]);
const GEAR = ['pickaxe', 'shovel', 'axe', 'hoe', 'sword', 'helmet', 'chestplate', 'leggings', 'boots', 'horse_armor'];

/** What an oven makes of what. Source: https://minecraft.wiki/w/Smelting#Recipes, 1.21.1 */
const SMELTING: readonly Smelting[] = [
  ...['coal_ore', 'deepslate_coal_ore'].map((from) => ore(from, 'coal', 0.1)),
  ...['iron_ore', 'deepslate_iron_ore', 'raw_iron'].map((from) => ore(from, 'iron_ingot', 0.7)),
  ...['copper_ore', 'deepslate_copper_ore', 'raw_copper'].map((from) => ore(from, 'copper_ingot', 0.7)),
  ...['gold_ore', 'deepslate_gold_ore', 'nether_gold_ore', 'raw_gold'].map((from) => ore(from, 'gold_ingot', 1)),
  ...['diamond_ore', 'deepslate_diamond_ore'].map((from) => ore(from, 'diamond', 1)),
  ...['emerald_ore', 'deepslate_emerald_ore'].map((from) => ore(from, 'emerald', 1)),
  ...['lapis_ore', 'deepslate_lapis_ore'].map((from) => ore(from, 'lapis_lazuli', 0.2)),
  ...['redstone_ore', 'deepslate_redstone_ore'].map((from) => ore(from, 'redstone', 0.7)),
  ore('nether_quartz_ore', 'quartz', 0.2),
  ore('ancient_debris', 'netherite_scrap', 2),
  ...GEAR.map((kind) => ore(`iron_${kind}`, 'iron_nugget', 0.1)),
  ...GEAR.map((kind) => ore(`golden_${kind}`, 'gold_nugget', 0.1)),
  ...['helmet', 'chestplate', 'leggings', 'boots'].map((kind) => ore(`chainmail_${kind}`, 'iron_nugget', 0.1)),
  meal('beef', 'cooked_beef'),
  meal('porkchop', 'cooked_porkchop'),
  meal('mutton', 'cooked_mutton'),
  meal('chicken', 'cooked_chicken'),
  meal('rabbit', 'cooked_rabbit'),
  meal('cod', 'cooked_cod'),
  meal('salmon', 'cooked_salmon'),
  meal('potato', 'baked_potato'),
  { ...meal('kelp', 'dried_kelp'), experience: 0.1 },
  plain('sand', 'glass', 0.1),
  plain('red_sand', 'glass', 0.1),
  plain('cobblestone', 'stone', 0.1),
  plain('stone', 'smooth_stone', 0.1),
  plain('cobbled_deepslate', 'deepslate', 0.1),
  plain('sandstone', 'smooth_sandstone', 0.1),
  plain('red_sandstone', 'smooth_red_sandstone', 0.1),
  plain('quartz_block', 'smooth_quartz', 0.1),
  plain('basalt', 'smooth_basalt', 0.1),
  plain('stone_bricks', 'cracked_stone_bricks', 0.1),
  plain('nether_bricks', 'cracked_nether_bricks', 0.1),
  plain('deepslate_bricks', 'cracked_deepslate_bricks', 0.1),
  plain('deepslate_tiles', 'cracked_deepslate_tiles', 0.1),
  plain('polished_blackstone_bricks', 'cracked_polished_blackstone_bricks', 0.1),
  plain('clay_ball', 'brick', 0.3),
  plain('clay', 'terracotta', 0.35),
  plain('netherrack', 'nether_brick', 0.1),
  plain('cactus', 'green_dye', 1),
  plain('sea_pickle', 'lime_dye', 0.1),
  plain('chorus_fruit', 'popped_chorus_fruit', 0.1),
  plain('wet_sponge', 'sponge', 0.15),
  plain('#logs_that_burn', 'charcoal', 0.15),
  ...DYES.map((color) => plain(`${color}_terracotta`, `${color}_glazed_terracotta`, 0.1)),
];

const FUEL_TICKS = new WeakMap<GameTables, ReadonlyMap<string, number>>();
const RECIPES = new WeakMap<GameTables, ReadonlyMap<string, Smelting>>();

/** Ticks that one of this item burns; 0 when it does not. */
export function fuelTicks(item: string, tables: GameTables): number {
  let fuels = FUEL_TICKS.get(tables);
  if (fuels === undefined) FUEL_TICKS.set(tables, (fuels = expandFuels(tables)));
  return fuels.get(item) ?? 0;
}

export function isFuel(item: string, tables: GameTables): boolean {
  return fuelTicks(item, tables) > 0;
}

/** What `kind` of oven makes of an item, or null. Names are full. */
export function smeltingOf(item: string, kind: 'furnace' | 'blast_furnace' | 'smoker', tables: GameTables): Smelting | null {
  let recipes = RECIPES.get(tables);
  if (recipes === undefined) RECIPES.set(tables, (recipes = expandRecipes(tables)));
  const found = recipes.get(item);
  return found !== undefined && (kind === 'furnace' || found.also === kind) ? found : null;
}

export function isSmeltable(item: string, kind: 'furnace' | 'blast_furnace' | 'smoker', tables: GameTables): boolean {
  return smeltingOf(item, kind, tables) !== null;
}

function expandFuels(tables: GameTables): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [name, ticks] of FUELS) for (const item of named(name, tables)) found.set(item, ticks);
  for (const item of named(FIREPROOF, tables)) found.delete(item);
  return found;
}

function expandRecipes(tables: GameTables): ReadonlyMap<string, Smelting> {
  const found = new Map<string, Smelting>();
  for (const recipe of SMELTING) {
    for (const from of named(recipe.from, tables)) found.set(from, { ...recipe, from, to: `minecraft:${recipe.to}` });
  }
  return found;
}

/** Full names of an item, or of all items of a tag ("#logs"). */
function named(name: string, tables: GameTables): Iterable<string> {
  return name.startsWith('#') ? (tables.itemTags.get(`minecraft:${name.slice(1)}`) ?? []) : [`minecraft:${name}`];
}
