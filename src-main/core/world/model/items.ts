import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';

/**
 * Some items in one slot. `count` 1..99. `components` is the 1.20.5+ component map as in saves (keys "minecraft:damage", ...), null
 * when there are none. A stack that came from an older save keeps its whole old `tag` in `components` under "peerhold:tag", from which
 * the old form is written back.
 */
export interface ItemStack {
  readonly name: string;
  readonly count: number;
  readonly components: NbtCompound | null;
}

export type Slot = ItemStack | null;

/**
 * Player inventory in the order of Minecraft's window 0: 0 crafting result, 1-4 crafting, 5-8 armour (head, chest, legs, feet),
 * 9-35 main, 36-44 hotbar, 45 off hand.
 */
export const PLAYER_SLOTS = 46;
export const HOTBAR_FIRST_SLOT = 36;
export const OFFHAND_SLOT = 45;
