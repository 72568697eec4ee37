import { full } from './full.ts';
import type { SourceData } from './source.ts';

/**
 * Block -> item where the names differ. Source: https://minecraft.wiki/w/Java_Edition_data_values (items that place a block of
 * another name) and the wall forms, which share the standing form's item.
 */
const ITEM_OF_BLOCK: Readonly<Record<string, string>> = {
  redstone_wire: 'redstone',
  tripwire: 'string',
  wheat: 'wheat_seeds',
  carrots: 'carrot',
  potatoes: 'potato',
  beetroots: 'beetroot_seeds',
  pumpkin_stem: 'pumpkin_seeds',
  melon_stem: 'melon_seeds',
  torchflower_crop: 'torchflower_seeds',
  pitcher_crop: 'pitcher_pod',
  cocoa: 'cocoa_beans',
  sweet_berry_bush: 'sweet_berries',
  cave_vines: 'glow_berries',
};

/** Parts and later stages that no item places, and the item they stand for (what breaking or picking gives). */
const ITEM_OF_PART: Readonly<Record<string, string>> = {
  attached_pumpkin_stem: 'pumpkin_seeds',
  attached_melon_stem: 'melon_seeds',
  cave_vines_plant: 'glow_berries',
  kelp_plant: 'kelp',
  bamboo_sapling: 'bamboo',
  weeping_vines_plant: 'weeping_vines',
  twisting_vines_plant: 'twisting_vines',
  big_dripleaf_stem: 'big_dripleaf',
  tall_seagrass: 'seagrass',
  water_cauldron: 'cauldron',
  lava_cauldron: 'cauldron',
  powder_snow_cauldron: 'cauldron',
};

/** Full item name that a block is placed with, or that stands for it; null when there is none (fire, a piston's head). */
export function placingItemOf(block: string, data: SourceData): string | null {
  const item = ITEM_OF_BLOCK[block] ?? ITEM_OF_PART[block] ?? withoutWall(block);
  if (block === 'air' || data.itemsByName[item] === undefined) return null;
  return full(item);
}

/** Full block name that an item places; null for other items. A bucket of powder snow places like a block in vanilla too. */
export function placedBlockOf(item: string, data: SourceData): string | null {
  if (item === 'air') return null;
  if (item === 'powder_snow_bucket') return full('powder_snow');
  for (const [block, placing] of Object.entries(ITEM_OF_BLOCK)) if (placing === item) return full(block);
  return data.blocksByName[item] === undefined ? null : full(item);
}

/** oak_wall_sign -> oak_sign, wall_torch -> torch, creeper_wall_head -> creeper_head; "cobblestone_wall" stays. */
function withoutWall(block: string): string {
  return block.replace(/(^|_)wall_/, '$1');
}
