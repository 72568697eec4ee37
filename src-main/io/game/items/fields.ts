import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';

/** A component that this codec can not carry over: the caller keeps it in another way. */
export class Unmappable extends Error {}

export function asCompound(tag: Nbt | undefined): NbtCompound {
  if (tag?.type !== 'compound') throw new Unmappable('not a compound');
  return tag;
}

export function asNumber(tag: Nbt | undefined): number {
  if (tag === undefined) throw new Unmappable('nothing');
  if (tag.type === 'long') return Number(tag.value);
  if (typeof tag.value !== 'number') throw new Unmappable('not a number');
  return tag.value;
}

export function asText(tag: Nbt | undefined): string {
  if (tag?.type !== 'string') throw new Unmappable('not a text');
  return tag.value;
}

export function asList(tag: Nbt | undefined): readonly Nbt[] {
  if (tag?.type === 'intArray') return [...tag.value].map(nbt.int);
  if (tag?.type !== 'list') throw new Unmappable('not a list');
  return tag.value;
}

export function flag(tag: NbtCompound, name: string, otherwise: boolean): boolean {
  const found = nbt.getNumber(tag, name);
  return found === null ? otherwise : found !== 0;
}

export function optional<T>(tag: NbtCompound, name: string, read: (tag: Nbt) => T): T | undefined {
  const found = tag.value.get(name);
  return found === undefined ? undefined : read(found);
}

/** A list of what `items` are; an empty one has no type. */
export function listOf(items: readonly Nbt[]): Nbt {
  return nbt.list(items[0]?.type ?? 'end', items);
}

export function booleanTag(value: boolean): Nbt {
  return nbt.byte(value ? 1 : 0);
}

/** Entries without the undefined ones, as a compound. */
export function compoundOf(entries: Readonly<Record<string, Nbt | undefined>>): NbtCompound {
  const value = new Map<string, Nbt>();
  for (const [name, tag] of Object.entries(entries)) if (tag !== undefined) value.set(name, tag);
  return { type: 'compound', value };
}

/** Colours of dyes, patterns and collars in the order of their ids. */
export const DYE_COLOURS = [
  'white',
  'orange',
  'magenta',
  'light_blue',
  'yellow',
  'lime',
  'pink',
  'gray',
  'light_gray',
  'cyan',
  'purple',
  'blue',
  'brown',
  'green',
  'red',
  'black',
] as const;

export function indexOf(names: readonly string[], name: string): number {
  const index = names.indexOf(name.replace(/^minecraft:/, ''));
  if (index < 0) throw new Unmappable(`no ${name}`);
  return index;
}

export function nameAt(names: readonly string[], index: number): string {
  const name = names[index];
  if (name === undefined) throw new Unmappable(`no index ${index}`);
  return name;
}

export function only<T>(value: T | undefined, map: (value: T) => Nbt): Nbt | undefined {
  return value === undefined ? undefined : map(value);
}
