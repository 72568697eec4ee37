import type { Nbt, NbtCompound } from '../../../../../src-shared/nbt/index.ts';

/**
 * One subject of an item's data in both forms. `read` takes what it understands out of the old tag and puts components; `write` takes
 * components and puts old tags. What no pair takes becomes `minecraft:custom_data` on reading.
 * Source of the forms: https://minecraft.wiki/w/Data_component_format and https://minecraft.wiki/w/Item_format/Before_1.20.5
 */
export interface TagPair {
  readonly read: (from: OldTag) => void;
  readonly write: (from: NewComponents) => void;
}

/** An old tag while it is being taken apart. */
export interface OldTag {
  /** Full name of the item. */
  readonly item: string;
  readonly dataVersion: number;
  /** Bits of HideFlags. */
  readonly hide: number;
  /** What has not been taken yet. */
  readonly tag: Map<string, Nbt>;
  readonly components: Map<string, Nbt>;
  /** A stack inside this one, from the old to the new form; null when it is empty. */
  readonly nested: (item: NbtCompound) => NbtCompound | null;
}

/** Components while they are being taken apart. */
export interface NewComponents {
  readonly item: string;
  readonly dataVersion: number;
  /** What has not been taken yet. */
  readonly components: Map<string, Nbt>;
  readonly tag: Map<string, Nbt>;
  /** Sets bits of HideFlags. */
  readonly hide: (bits: number) => void;
  /** A stack inside this one, from the new to the old form; null when it is empty. */
  readonly nested: (item: NbtCompound) => NbtCompound | null;
}

/** Old forms change at these data versions within themselves. */
export const LORE_IS_JSON_SINCE = 1803;
export const UUID_IS_INTS_SINCE = 2514;
export const EFFECTS_HAVE_NAMES_SINCE = 3568;
/** The first data version with components (24w09a). */
export const COMPONENTS_SINCE = 3819;

export const HIDE = {
  enchantments: 1,
  modifiers: 2,
  unbreakable: 4,
  canDestroy: 8,
  canPlaceOn: 16,
  additional: 32,
  dye: 64,
  trim: 128,
} as const;

/** Takes a value of one type out of a map; leaves a value of another type where it is. */
export function take<T extends Nbt['type']>(from: Map<string, Nbt>, name: string, type: T): Extract<Nbt, { type: T }> | null {
  const value = from.get(name);
  if (value?.type !== type) return null;
  from.delete(name);
  return value as Extract<Nbt, { type: T }>;
}

export function takeNumber(from: Map<string, Nbt>, name: string): number | null {
  const value = from.get(name);
  if (value === undefined || typeof value.value !== 'number') return null;
  from.delete(name);
  return value.value;
}

/** All entries of a list if every one is a compound; null (and nothing taken) otherwise. */
export function takeCompounds(from: Map<string, Nbt>, name: string): readonly NbtCompound[] | null {
  const value = from.get(name);
  if (value?.type !== 'list' || !value.value.every((entry) => entry.type === 'compound')) return null;
  from.delete(name);
  return value.value;
}

export function fullName(name: string): string {
  return name.includes(':') ? name : `minecraft:${name}`;
}

/** A compound of what is not null. */
export function compoundOf(entries: Readonly<Record<string, Nbt | null | undefined>>): NbtCompound {
  const value = new Map<string, Nbt>();
  for (const [name, entry] of Object.entries(entries)) if (entry !== null && entry !== undefined) value.set(name, entry);
  return { type: 'compound', value };
}
