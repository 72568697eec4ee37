import { componentOf, enchantmentLevel, itemInfo } from '../../items/index.ts';
import { nbt } from '../../../../../src-shared/nbt/index.ts';
import type { Slot } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { ItemRule, RuleContext } from '../../model/rule.ts';
import { setSlot, slotOfHand } from './inventory.ts';

export const ARMOR_FIRST_SLOT = 5;
const ARMOR_SLOTS = [5, 6, 7, 8] as const;

/** Points of defence by material and slot (head, chest, legs, feet), and toughness. Source: `ArmorMaterials` of 1.21.1 */
const MATERIALS: Readonly<Record<string, { readonly defence: readonly number[]; readonly toughness: number }>> = {
  leather: { defence: [1, 3, 2, 1], toughness: 0 },
  chainmail: { defence: [2, 5, 4, 1], toughness: 0 },
  iron: { defence: [2, 6, 5, 2], toughness: 0 },
  golden: { defence: [2, 5, 3, 1], toughness: 0 },
  diamond: { defence: [3, 8, 6, 3], toughness: 2 },
  netherite: { defence: [3, 8, 6, 3], toughness: 3 },
  turtle: { defence: [2, 6, 5, 2], toughness: 0 },
};
const ARMOR = /^minecraft:(leather|chainmail|iron|golden|diamond|netherite|turtle)_(helmet|chestplate|leggings|boots)$/;

/** What a player's clothes make of a blow (vanilla: `CombatRules.getDamageAfterAbsorb`). */
export function afterArmor(player: Player, amount: number): number {
  let defence = 0;
  let toughness = 0;
  for (const [index, slot] of ARMOR_SLOTS.entries()) {
    const material = MATERIALS[ARMOR.exec(player.inventory[slot]?.name ?? '')?.[1] ?? ''];
    defence += material?.defence[index] ?? 0;
    toughness += material?.toughness ?? 0;
  }
  const kept = Math.min(20, Math.max(defence / 5, defence - amount / (2 + toughness / 4)));
  return amount * (1 - kept / 25);
}

/** Protection points of the enchantments against one kind of harm, 20 at most (vanilla: EPF). */
export function protectionPoints(player: Player, special: { readonly enchantment: string; readonly points: number } | null): number {
  let points = 0;
  for (const slot of ARMOR_SLOTS) {
    const item: Slot = player.inventory[slot] ?? null;
    points += enchantmentLevel(item, 'minecraft:protection');
    if (special !== null) points += special.points * enchantmentLevel(item, special.enchantment);
  }
  return Math.min(20, points);
}

const WEARABLE = /_(helmet|chestplate|leggings|boots)$|^minecraft:elytra$/;

/** A right click puts armour on, in exchange for what is worn (vanilla: `Equipable.swapWithEquipmentSlot`). */
export const wearing: ItemRule = {
  name: 'wearing',
  matches: (item) => item.armorSlot !== null && WEARABLE.test(item.name),
  use: (context, player, { hand }, stack) => {
    const slot = ARMOR_FIRST_SLOT + itemInfo(stack.name, context.tables)!.armorSlot!;
    const worn = player.inventory[slot] ?? null;
    if (isBound(worn) && player.gameMode !== 'creative') return 'pass';
    setSlot(context, player.uuid, slot, stack);
    setSlot(context, player.uuid, slotOfHand(player, hand), worn);
    showEquip(context, player, stack.name);
    return 'done';
  },
};

/** Curse of Binding. */
function isBound(item: Slot): boolean {
  if (item === null) return false;
  const enchantments = componentOf(item, 'minecraft:enchantments');
  return enchantments?.type === 'compound' && (nbt.getCompound(enchantments, 'levels')?.value.has('minecraft:binding_curse') ?? false);
}

function showEquip(context: RuleContext, player: Player, item: string): void {
  const material = ARMOR.exec(item)?.[1];
  const sound = item === 'minecraft:elytra' ? 'elytra' : ({ golden: 'gold', chainmail: 'chain' }[material ?? ''] ?? material ?? 'generic');
  const { x, y, z } = player.pose;
  context.emit({
    type: 'show',
    event: { kind: 'sound', sound: `minecraft:item.armor.equip_${sound}`, pos: { x, y, z }, volume: 1, pitch: 1 },
  });
}
