import type { Uuid } from '../../../../../src-shared/units/index.ts';
import { maxStack, sameItem, withCount } from '../../items/index.ts';
import { HOTBAR_FIRST_SLOT, OFFHAND_SLOT, type ItemStack, type Slot } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { GameTables } from '../../model/tables.ts';

const MAIN_FIRST_SLOT = 9;
const HOTBAR_SLOTS = 9;

/** Hotbar, then the rest of the bag: the order in which Minecraft looks for room. */
const BAG_ORDER: readonly number[] = [
  ...Array.from({ length: HOTBAR_SLOTS }, (_, index) => HOTBAR_FIRST_SLOT + index),
  ...Array.from({ length: HOTBAR_FIRST_SLOT - MAIN_FIRST_SLOT }, (_, index) => MAIN_FIRST_SLOT + index),
];

/** Slot of the inventory that the main hand holds. */
export function heldIndex(player: Pick<Player, 'heldSlot'>): number {
  return HOTBAR_FIRST_SLOT + player.heldSlot;
}

export function slotOfHand(player: Pick<Player, 'heldSlot'>, hand: 'main' | 'off'): number {
  return hand === 'main' ? heldIndex(player) : OFFHAND_SLOT;
}

export function handItem(player: Player, hand: 'main' | 'off'): Slot {
  return player.inventory[slotOfHand(player, hand)] ?? null;
}

/**
 * Puts a stack into a bag as Minecraft does (`Inventory.add`): 1. onto equal stacks: the held one, the off hand, then hotbar and bag.
 * 2. Into the first empty slots. Mutates `inventory` (the 46 slots of window 0); returns what did not fit.
 */
export function addToInventory(inventory: Slot[], heldSlot: number, stack: ItemStack, tables: GameTables): Slot {
  const most = maxStack(stack, tables);
  let rest = stack.count;
  for (const index of [HOTBAR_FIRST_SLOT + heldSlot, OFFHAND_SLOT, ...BAG_ORDER]) {
    const there = inventory[index] ?? null;
    if (rest === 0) return null;
    if (there === null || there.count >= most || !sameItem(there, stack)) continue;
    const added = Math.min(rest, most - there.count);
    inventory[index] = { ...there, count: there.count + added };
    rest -= added;
  }
  for (const index of BAG_ORDER) {
    if (rest === 0) return null;
    if ((inventory[index] ?? null) !== null) continue;
    const added = Math.min(rest, most);
    inventory[index] = { ...stack, count: added };
    rest -= added;
  }
  return withCount(stack, rest);
}

/** Gives a stack to a player; returns what did not fit. */
export function giveItem(context: RuleContext, uuid: Uuid, stack: ItemStack): Slot {
  const player = context.world.player(uuid)!;
  const inventory = [...player.inventory];
  const rest = addToInventory(inventory, player.heldSlot, stack, context.tables);
  emitSlots(context, player, inventory);
  return rest;
}

/** Emits what differs between the player's inventory and `inventory`. */
export function emitSlots(context: RuleContext, player: Player, inventory: readonly Slot[]): void {
  for (const [slot, item] of inventory.entries()) if (item !== player.inventory[slot]) setSlot(context, player.uuid, slot, item);
}

export function setSlot(context: RuleContext, uuid: Uuid, slot: number, item: Slot): void {
  context.emit({ type: 'slot', uuid, slot, item });
}
