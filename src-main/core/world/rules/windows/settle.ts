import type { Pose, Uuid } from '../../../../../src-shared/units/index.ts';
import type { ItemStack, Slot } from '../../model/items.ts';
import type { OpenWindow } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { throwItem } from '../entities/index.ts';
import { giveItem, setSlot } from '../players/inventory.ts';
import { hideLid } from './lids.ts';

const CRAFTING_SLOTS = [1, 2, 3, 4] as const;
const RESULT_SLOT = 0;

/** Closes a player's window: what lies in it or on the cursor goes back to the player; lids fall. */
export function closeWindow(context: RuleContext, uuid: Uuid, pose: Pose): void {
  const player = context.world.player(uuid)!;
  const { window } = player;
  if (window === null) {
    settleInventory(context, uuid, pose);
    return;
  }
  context.emit({ type: 'playerFields', uuid, fields: { window: null, cursor: null, drag: null } });
  if (player.cursor !== null) handBack(context, uuid, pose, player.cursor);
  for (const item of ownItems(window)) handBack(context, uuid, pose, item);
  hideLid(context, window);
}

/** What is in a window's own slots, without the one that only shows what could be crafted. */
export function ownItems(window: OpenWindow): readonly ItemStack[] {
  const own: readonly Slot[] = window.kind === 'crafting' ? window.slots.slice(1) : window.slots;
  return own.filter((item) => item !== null);
}

/** Everything a player holds outside the bag (cursor, crafting grid) goes back into it, or falls. */
export function settleInventory(context: RuleContext, uuid: Uuid, pose: Pose): void {
  const player = context.world.player(uuid)!;
  if (player.cursor !== null || player.drag !== null) context.emit({ type: 'playerFields', uuid, fields: { cursor: null, drag: null } });
  if (player.cursor !== null) handBack(context, uuid, pose, player.cursor);
  for (const slot of CRAFTING_SLOTS) {
    const item = player.inventory[slot] ?? null;
    if (item === null) continue;
    setSlot(context, uuid, slot, null);
    handBack(context, uuid, pose, item);
  }
  if ((player.inventory[RESULT_SLOT] ?? null) !== null) setSlot(context, uuid, RESULT_SLOT, null);
}

/** 1. The window. 2. The grid of the inventory. For everything that ends a player's handling of items: leaving, dying, another window. */
export function settleAll(context: RuleContext, uuid: Uuid, pose: Pose): void {
  if (context.world.player(uuid)!.window !== null) closeWindow(context, uuid, pose);
  settleInventory(context, uuid, pose);
}

function handBack(context: RuleContext, uuid: Uuid, pose: Pose, item: ItemStack): void {
  const rest = giveItem(context, uuid, item);
  if (rest !== null) throwItem(context, context.world.player(uuid)!, pose, rest);
}
