import { refuse } from '../../../../../src-shared/errors/index.ts';
import { itemInfo, maxStack, publicComponents } from '../../items/index.ts';
import { OFFHAND_SLOT, type ItemStack } from '../../model/items.ts';
import type { ActionRule } from '../../model/rule.ts';
import type { GameTables } from '../../model/tables.ts';
import { throwItem } from '../entities/spawn.ts';
import { setSlot } from './inventory.ts';

const OUTSIDE = -1;

/** The creative inventory puts any item anywhere: slot -1 is the world. */
export const creativeSlot: ActionRule<'creativeSlot'> = {
  action: 'creativeSlot',
  execute: (context, player, { slot, item, pose }) => {
    if (player.gameMode !== 'creative') return refuse('play.no-permission');
    if (item !== null && !isPossible(item, context.tables)) return refuse('play.bad-argument', { item: item.name });
    const clean = item === null ? null : { ...item, components: publicComponents(item.components) };
    if (slot === OUTSIDE && clean !== null) throwItem(context, player, pose, clean);
    else if (Number.isInteger(slot) && slot >= 1 && slot <= OFFHAND_SLOT) setSlot(context, player.uuid, slot, clean);
    else if (slot !== OUTSIDE) return refuse('play.bad-argument', { slot });
    return null;
  },
};

function isPossible(item: ItemStack, tables: GameTables): boolean {
  const known = itemInfo(item.name, tables) !== null && item.name !== 'minecraft:air';
  return known && Number.isInteger(item.count) && item.count >= 1 && item.count <= maxStack(item, tables);
}
