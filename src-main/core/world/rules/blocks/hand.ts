import { damageItem, enchantmentLevel, maxDamageOf, sameItem, withCount } from '../../items/index.ts';
import type { Hand } from '../../model/commands.ts';
import type { ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { throwItem } from '../entities/spawn.ts';
import { giveItem, handItem, setSlot, slotOfHand } from '../players/inventory.ts';

/** The player as the effects so far have left them. */
export function now(context: RuleContext, player: Player): Player {
  return context.world.player(player.uuid) ?? player;
}

/** Uses up one of the held item; nothing is used up in creative mode. */
export function takeOne(context: RuleContext, player: Player, hand: Hand): void {
  if (player.gameMode === 'creative') return;
  const stack = handItem(now(context, player), hand);
  if (stack !== null) setSlot(context, player.uuid, slotOfHand(player, hand), withCount(stack, stack.count - 1));
}

/** One of the held item becomes `other` (a bucket is filled); in creative mode one is given only if the player has none. */
export function turnOne(context: RuleContext, player: Player, hand: Hand, other: ItemStack): void {
  const before = now(context, player);
  if (player.gameMode === 'creative') {
    if (!before.inventory.some((slot) => sameItem(slot, other))) give(context, player, other);
    return;
  }
  const stack = handItem(before, hand);
  if (stack !== null && stack.count > 1) {
    takeOne(context, player, hand);
    give(context, player, other);
  } else setSlot(context, player.uuid, slotOfHand(player, hand), other);
}

/** Wears the held tool. Unbreaking spares each point with a chance of level / (level + 1). */
export function wear(context: RuleContext, player: Player, hand: Hand, points = 1): void {
  const stack = handItem(now(context, player), hand);
  if (stack === null || player.gameMode === 'creative' || maxDamageOf(stack, context.tables) === 0) return;
  const unbreaking = enchantmentLevel(stack, 'minecraft:unbreaking');
  let amount = 0;
  for (let i = 0; i < points; i++) {
    if (unbreaking === 0 || context.random(`wear:${player.uuid}:${hand}:${i}`) < 1 / (unbreaking + 1)) amount += 1;
  }
  if (amount > 0) setSlot(context, player.uuid, slotOfHand(player, hand), damageItem(stack, amount, context.tables));
}

/** Into the inventory; what finds no room is thrown in front of the player. */
export function give(context: RuleContext, player: Player, stack: ItemStack): void {
  const rest = giveItem(context, player.uuid, stack);
  if (rest !== null) throwItem(context, player, now(context, player).pose, rest);
}
