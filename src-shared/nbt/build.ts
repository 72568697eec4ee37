import type { Nbt, NbtCompound, NbtList, NbtType } from './model.ts';

/** Short constructors and readers for NBT values. Readers return null on a missing tag or another type; they never throw. */
export const byte = (value: number): Nbt => ({ type: 'byte', value });
export const short = (value: number): Nbt => ({ type: 'short', value });
export const int = (value: number): Nbt => ({ type: 'int', value });
export const long = (value: bigint): Nbt => ({ type: 'long', value });
export const float = (value: number): Nbt => ({ type: 'float', value });
export const double = (value: number): Nbt => ({ type: 'double', value });
export const text = (value: string): Nbt => ({ type: 'string', value });
export const intArray = (value: Int32Array): Nbt => ({ type: 'intArray', value });
export const longArray = (value: BigInt64Array): Nbt => ({ type: 'longArray', value });
export const list = (of: NbtType, value: readonly Nbt[]): NbtList => ({ type: 'list', of: value.length === 0 ? 'end' : of, value });
export const compound = (entries: Readonly<Record<string, Nbt>>): NbtCompound => ({
  type: 'compound',
  value: new Map(Object.entries(entries)),
});

export function getNumber(tag: NbtCompound, name: string): number | null {
  const found = tag.value.get(name);
  if (found === undefined) return null;
  if (found.type === 'long') return Number(found.value);
  return typeof found.value === 'number' ? found.value : null;
}

export function getText(tag: NbtCompound, name: string): string | null {
  const found = tag.value.get(name);
  return found?.type === 'string' ? found.value : null;
}

export function getCompound(tag: NbtCompound, name: string): NbtCompound | null {
  const found = tag.value.get(name);
  return found?.type === 'compound' ? found : null;
}

export function getList(tag: NbtCompound, name: string): readonly Nbt[] | null {
  const found = tag.value.get(name);
  return found?.type === 'list' ? found.value : null;
}

/** A copy of `tag` with `changes` set; null removes a tag. Order: kept, new names last. */
export function withTags(tag: NbtCompound, changes: Readonly<Record<string, Nbt | null>>): NbtCompound {
  const value = new Map(tag.value);
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) value.delete(name);
    else value.set(name, change);
  }
  return { type: 'compound', value };
}
