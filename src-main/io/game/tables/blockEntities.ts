import { full } from './full.ts';

/**
 * Block entity types in the order of vanilla's registry (the index is the protocol id), with the blocks that carry them.
 * Source: https://minecraft.wiki/w/Block_entity and `BlockEntityType` of 1.21.1.
 */
const BLOCK_ENTITIES: readonly (readonly [id: string, blocks: RegExp])[] = [
  ['furnace', /^furnace$/],
  ['chest', /^chest$/],
  ['trapped_chest', /^trapped_chest$/],
  ['ender_chest', /^ender_chest$/],
  ['jukebox', /^jukebox$/],
  ['dispenser', /^dispenser$/],
  ['dropper', /^dropper$/],
  ['sign', /^(?!.*_hanging_sign$).*_sign$/],
  ['hanging_sign', /_hanging_sign$/],
  ['mob_spawner', /^spawner$/],
  ['piston', /^moving_piston$/],
  ['brewing_stand', /^brewing_stand$/],
  ['enchanting_table', /^enchanting_table$/],
  ['end_portal', /^end_portal$/],
  ['beacon', /^beacon$/],
  ['skull', /_(skull|head)$/],
  ['daylight_detector', /^daylight_detector$/],
  ['hopper', /^hopper$/],
  ['comparator', /^comparator$/],
  ['banner', /_banner$/],
  ['structure_block', /^structure_block$/],
  ['end_gateway', /^end_gateway$/],
  ['command_block', /command_block$/],
  ['shulker_box', /shulker_box$/],
  ['bed', /_bed$/],
  ['conduit', /^conduit$/],
  ['barrel', /^barrel$/],
  ['smoker', /^smoker$/],
  ['blast_furnace', /^blast_furnace$/],
  ['lectern', /^lectern$/],
  ['bell', /^bell$/],
  ['jigsaw', /^jigsaw$/],
  ['campfire', /campfire$/],
  ['beehive', /^(beehive|bee_nest)$/],
  ['sculk_sensor', /^sculk_sensor$/],
  ['calibrated_sculk_sensor', /^calibrated_sculk_sensor$/],
  ['sculk_catalyst', /^sculk_catalyst$/],
  ['sculk_shrieker', /^sculk_shrieker$/],
  ['chiseled_bookshelf', /^chiseled_bookshelf$/],
  ['brushable_block', /^suspicious_(sand|gravel)$/],
  ['decorated_pot', /^decorated_pot$/],
  ['crafter', /^crafter$/],
  ['trial_spawner', /^trial_spawner$/],
  ['vault', /^vault$/],
];

/** "minecraft:chest" for the block's block entity, or null. `piston_head` has none although its name ends in head. */
export function blockEntityOf(block: string): string | null {
  if (block === 'piston_head') return null;
  const found = BLOCK_ENTITIES.find(([, blocks]) => blocks.test(block));
  return found === undefined ? null : full(found[0]);
}

/** Protocol ids by full name. */
export function blockEntityIds(): ReadonlyMap<string, number> {
  return new Map(BLOCK_ENTITIES.map(([name], id) => [full(name), id]));
}
