import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { OFFHAND_SLOT } from '../../../core/world/index.ts';

/** 20w13a: a UUID is four ints; before, two longs. */
export const UUID_IS_INTS_SINCE = 2514;
/** 20w21a: dimensions have names. */
export const DIMENSIONS_HAVE_NAMES_SINCE = 2554;
/** 23w32a: status effects have names, under `active_effects`. */
export const EFFECTS_HAVE_NAMES_SINCE = 3568;
/** 25w02a: armour and off hand stand in `equipment`. */
export const EQUIPMENT_SINCE = 4292;

/** Vanilla's slot numbers in saves of what is worn, and ours (window 0). */
const WORN: readonly (readonly [number, number])[] = [
  [103, 5],
  [102, 6],
  [101, 7],
  [100, 8],
  [-106, OFFHAND_SLOT],
];

/** Keys of `equipment` and our slots. */
export const EQUIPMENT: readonly (readonly [string, number])[] = [
  ['head', 5],
  ['chest', 6],
  ['legs', 7],
  ['feet', 8],
  ['offhand', OFFHAND_SLOT],
];

/** Our slot of an inventory slot in a save: hotbar 0-8, main 9-35, armour feet 100 to head 103, off hand -106. Null for none of them. */
export function slotOfSave(slot: number): number | null {
  if (slot >= 0 && slot <= 8) return 36 + slot;
  if (slot >= 9 && slot <= 35) return slot;
  return WORN.find(([save]) => save === slot)?.[1] ?? null;
}

/** The other way round; null for the crafting grid, which saves do not keep. */
export function slotInSave(slot: number): number | null {
  if (slot >= 36 && slot <= 44) return slot - 36;
  if (slot >= 9 && slot <= 35) return slot;
  return WORN.find(([, own]) => own === slot)?.[0] ?? null;
}

/** Numbers of status effects in saves before 1.20.2, from 1. Source: https://minecraft.wiki/w/Effect (before 1.20.2). */
const EFFECTS: readonly string[] =
  'speed slowness haste mining_fatigue strength instant_health instant_damage jump_boost nausea regeneration resistance fire_resistance water_breathing invisibility blindness night_vision hunger weakness poison wither health_boost absorption saturation glowing levitation luck unluck slow_falling conduit_power dolphins_grace bad_omen hero_of_the_village darkness'
    .split(' ')
    .map((name) => `minecraft:${name}`);

export function effectOfNumber(number: number): string | null {
  return EFFECTS[number - 1] ?? null;
}

export function numberOfEffect(name: string): number | null {
  const index = EFFECTS.indexOf(name);
  return index < 0 ? null : index + 1;
}

/** The player's compound in its file, or in level.dat; null when level.dat has none. */
export function playerIn(root: NbtCompound, inLevel: boolean): NbtCompound | null {
  if (!inLevel) return root;
  const data = nbt.getCompound(root, 'Data');
  return data === null ? null : nbt.getCompound(data, 'Player');
}

export function dataVersionOf(player: NbtCompound): number {
  return nbt.getNumber(player, 'DataVersion') ?? 0;
}
