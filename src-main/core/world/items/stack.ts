import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { ItemStack, Slot } from '../model/items.ts';
import type { GameTables, ItemInfo } from '../model/tables.ts';
import { isPrivateTag } from './privateTags.ts';
import { sameNbt } from './sameNbt.ts';

/** Vanilla's stack size for an item that the tables do not know. */
const STACK_SIZE_UNKNOWN = 64;

export function itemInfo(name: string, tables: GameTables): ItemInfo | null {
  let index = INFO.get(tables.items);
  if (index === undefined) INFO.set(tables.items, (index = new Map(tables.items.map((item) => [item.name, item]))));
  return index.get(name) ?? null;
}

const INFO = new WeakMap<GameTables['items'], ReadonlyMap<string, ItemInfo>>();

/** Whether two stacks may be merged: same item, same components. Counts, and where they came from, do not matter. */
export function sameItem(a: Slot, b: Slot): boolean {
  if (a === null || b === null) return a === b;
  return a.name === b.name && sameComponents(a.components, b.components);
}

/** Same item and same count. */
export function sameStack(a: Slot, b: Slot): boolean {
  return a === b || (sameItem(a, b) && a?.count === b?.count);
}

export function sameComponents(a: NbtCompound | null, b: NbtCompound | null): boolean {
  if (a === b) return true;
  return sameNbt(a ?? EMPTY, b ?? EMPTY);
}

const EMPTY: NbtCompound = { type: 'compound', value: new Map() };

/** The components that say what the item is, without what we remember of its source; null when there are none. */
export function publicComponents(components: NbtCompound | null): NbtCompound | null {
  if (components === null) return null;
  const value = new Map([...components.value].filter(([name]) => !isPrivateTag(name)));
  if (value.size === components.value.size) return value.size === 0 ? null : components;
  return value.size === 0 ? null : { type: 'compound', value };
}

/** How many fit in a slot: the component `max_stack_size`, else the tables'. */
export function maxStack(item: ItemStack, tables: GameTables): number {
  const own = numberOf(item, 'minecraft:max_stack_size');
  return own ?? itemInfo(item.name, tables)?.stackSize ?? STACK_SIZE_UNKNOWN;
}

/** Null for a count of 0 or less. */
export function withCount(item: ItemStack, count: number): Slot {
  if (count <= 0) return null;
  return count === item.count ? item : { ...item, count };
}

export function componentOf(item: ItemStack, name: string): Nbt | null {
  return item.components?.value.get(name) ?? null;
}

export function numberOf(item: ItemStack, component: string): number | null {
  return item.components === null ? null : nbt.getNumber(item.components, component);
}

/** A copy with one component set, or removed with null. */
export function withComponent(item: ItemStack, name: string, value: Nbt | null): ItemStack {
  const components = nbt.withTags(item.components ?? EMPTY, { [name]: value });
  return { ...item, components: components.value.size === 0 ? null : components };
}

/** 0 when the item is not enchanted so. `enchantment` with namespace. */
export function enchantmentLevel(item: Slot, enchantment: string): number {
  if (item === null) return 0;
  const enchantments = componentOf(item, 'minecraft:enchantments');
  if (enchantments?.type !== 'compound') return 0;
  return nbt.getNumber(nbt.getCompound(enchantments, 'levels') ?? EMPTY, enchantment) ?? 0;
}

/** Highest damage that the item bears; 0 when it never wears out. */
export function maxDamageOf(item: ItemStack, tables: GameTables): number {
  if (componentOf(item, 'minecraft:unbreakable') !== null) return 0;
  return numberOf(item, 'minecraft:max_damage') ?? itemInfo(item.name, tables)?.maxDamage ?? 0;
}

/** The stack after `amount` of wear; null when it broke. Unbreaking is the caller's matter, since it needs luck. */
export function damageItem(item: ItemStack, amount: number, tables: GameTables): Slot {
  const bears = maxDamageOf(item, tables);
  if (bears === 0 || amount <= 0) return item;
  const damage = (numberOf(item, 'minecraft:damage') ?? 0) + amount;
  return damage >= bears ? withCount(item, item.count - 1) : withComponent(item, 'minecraft:damage', nbt.int(damage));
}
