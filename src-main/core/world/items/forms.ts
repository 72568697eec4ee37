import { ITEM_COUNT_MAX } from '../../../../src-shared/config/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { ItemStack } from '../model/items.ts';
import type { GameTables } from '../model/tables.ts';
import { sameNbt } from './sameNbt.ts';
import { NEW_COMPONENTS, OLD_REST, OLD_TAG, OLD_TAG_VERSION } from './privateTags.ts';
import { publicComponents } from './stack.ts';
import {
  COMPONENTS_SINCE,
  EFFECTS_HAVE_NAMES_SINCE,
  fullName,
  LORE_IS_JSON_SINCE,
  TAG_PAIRS,
  UUID_IS_INTS_SINCE,
  type NewComponents,
  type OldTag,
} from './tags/index.ts';

export type ItemRenames = GameTables['renamedItems'];

const EMPTY: NbtCompound = { type: 'compound', value: new Map() };
const OUTSIDE_THE_STACK = new Set(['id', 'Count', 'count', 'tag', 'components', 'Slot']);

/** An item's NBT as in a save of `dataVersion` (a `Slot` tag is ignored); null for air, a count of 0 or less, and what is no item. */
export function readItem(item: NbtCompound, dataVersion: number, renames: ItemRenames = []): ItemStack | null {
  const id = nbt.getText(item, 'id');
  const old = dataVersion < COMPONENTS_SINCE;
  const count = Math.min(ITEM_COUNT_MAX, Math.floor(old ? (nbt.getNumber(item, 'Count') ?? 0) : (nbt.getNumber(item, 'count') ?? 1)));
  if (id === null || count <= 0) return null;
  const name = renamed(fullName(id), dataVersion, renames);
  if (name === 'minecraft:air') return null;
  const tag = nbt.getCompound(item, 'tag');
  const components = !old ? nbt.getCompound(item, 'components') : tag === null ? null : componentsOf(tag, name, dataVersion, renames);
  const rest = [...item.value].filter(([key]) => !OUTSIDE_THE_STACK.has(key));
  if (rest.length === 0) return { name, count, components: components === null || components.value.size === 0 ? null : components };
  return { name, count, components: nbt.withTags(components ?? EMPTY, { [OLD_REST]: { type: 'compound', value: new Map(rest) } }) };
}

/**
 * The stack in the form of `dataVersion`. Reading it again gives an equal stack: what the old form can not say is kept beside it under
 * `peerhold:components`. What leaves the product goes through `withoutPrivateTags`.
 */
export function writeItem(stack: ItemStack, dataVersion: number, renames: ItemRenames = []): NbtCompound {
  const name = named(stack.name, dataVersion, renames);
  const rest = stack.components === null ? null : nbt.getCompound(stack.components, OLD_REST);
  const components = rest === null ? stack.components : nbt.withTags(stack.components!, { [OLD_REST]: null });
  const value = new Map<string, Nbt>(rest?.value);
  value.set('id', nbt.text(name));
  if (dataVersion >= COMPONENTS_SINCE) {
    value.set('count', nbt.int(stack.count));
    if (components !== null && components.value.size > 0) value.set('components', components);
  } else {
    value.set('Count', nbt.byte(stack.count));
    const tag = components === null ? null : oldTagOf(components, stack.name, dataVersion, renames);
    if (tag !== null) value.set('tag', tag);
  }
  return { type: 'compound', value };
}

function renamed(name: string, dataVersion: number, renames: ItemRenames): string {
  let now = name;
  for (const { before, from, to } of renames) if (dataVersion < before && now === from) now = to;
  return now;
}

function named(name: string, dataVersion: number, renames: ItemRenames): string {
  let then = name;
  for (const { before, from, to } of renames.toReversed()) if (dataVersion < before && then === to) then = from;
  return then;
}

/** The components of an old tag, with the tag itself remembered. */
function componentsOf(tag: NbtCompound, item: string, dataVersion: number, renames: ItemRenames): NbtCompound {
  const exact = nbt.getCompound(tag, NEW_COMPONENTS);
  if (exact !== null) return exact;
  const value = convert(tag, item, dataVersion, renames);
  value.set(OLD_TAG, tag);
  value.set(OLD_TAG_VERSION, nbt.int(dataVersion));
  return { type: 'compound', value };
}

function convert(tag: NbtCompound, item: string, dataVersion: number, renames: ItemRenames): Map<string, Nbt> {
  const rest = new Map(tag.value);
  const hide = nbt.getNumber(tag, 'HideFlags') ?? 0;
  if (typeof rest.get('HideFlags')?.value === 'number') rest.delete('HideFlags');
  const from: OldTag = {
    item,
    dataVersion,
    hide,
    tag: rest,
    components: new Map(),
    nested: (inner) => {
      const stack = readItem(inner, dataVersion, renames);
      return stack === null ? null : writeItem(stack, COMPONENTS_SINCE);
    },
  };
  for (const pair of TAG_PAIRS) pair.read(from);
  if (rest.size > 0) from.components.set('minecraft:custom_data', { type: 'compound', value: rest });
  return from.components;
}

/**
 * 1. A stack that is what its remembered tag says gets that tag. 2. One that play changed gets the tag with only the difference
 * patched. 3. One born in play gets a tag built from its components. 4. If reading it back would lose something, the components go along.
 */
function oldTagOf(components: NbtCompound, item: string, dataVersion: number, renames: ItemRenames): NbtCompound | null {
  const now = publicComponents(components) ?? EMPTY;
  const remembered = nbt.getCompound(components, OLD_TAG);
  const writtenIn = nbt.getNumber(components, OLD_TAG_VERSION) ?? 0;
  let tag: NbtCompound;
  if (remembered !== null && sameEra(writtenIn, dataVersion)) {
    const before: NbtCompound = { type: 'compound', value: convert(remembered, item, writtenIn, renames) };
    if (sameNbt(before, now)) return remembered;
    tag = patched(remembered, build(before, item, dataVersion, renames), build(now, item, dataVersion, renames));
  } else tag = build(now, item, dataVersion, renames);
  const again: NbtCompound = { type: 'compound', value: convert(tag, item, dataVersion, renames) };
  if (!sameNbt(again, now)) return nbt.withTags(tag, { [NEW_COMPONENTS]: components });
  return tag.value.size === 0 && remembered === null ? null : tag;
}

function sameEra(a: number, b: number): boolean {
  const eras = [LORE_IS_JSON_SINCE, UUID_IS_INTS_SINCE, EFFECTS_HAVE_NAMES_SINCE, COMPONENTS_SINCE];
  return eras.every((since) => a >= since === b >= since);
}

function build(components: NbtCompound, item: string, dataVersion: number, renames: ItemRenames): NbtCompound {
  let hidden = 0;
  const from: NewComponents = {
    item,
    dataVersion,
    components: new Map(components.value),
    tag: new Map(),
    hide: (bits) => {
      hidden |= bits;
    },
    nested: (inner) => {
      const stack = readItem(inner, COMPONENTS_SINCE);
      return stack === null ? null : writeItem(stack, dataVersion, renames);
    },
  };
  for (const pair of TAG_PAIRS) pair.write(from);
  if (hidden !== 0) from.tag.set('HideFlags', nbt.int(hidden));
  const custom = from.components.get('minecraft:custom_data');
  const built: NbtCompound = { type: 'compound', value: from.tag };
  return custom?.type === 'compound' ? merged(built, custom) : built;
}

/** `a` with what only `b` has, inside shared compounds too. */
function merged(a: NbtCompound, b: NbtCompound): NbtCompound {
  const value = new Map(a.value);
  for (const [name, entry] of b.value) {
    const own = value.get(name);
    if (own === undefined) value.set(name, entry);
    else if (own.type === 'compound' && entry.type === 'compound') value.set(name, merged(own, entry));
  }
  return { type: 'compound', value };
}

/** `onto` with what changed from `before` to `now`. */
function patched(onto: NbtCompound, before: NbtCompound, now: NbtCompound): NbtCompound {
  const value = new Map(onto.value);
  for (const name of new Set([...before.value.keys(), ...now.value.keys()])) {
    const was = before.value.get(name);
    const is = now.value.get(name);
    const kept = value.get(name);
    if (was !== undefined && is !== undefined && sameNbt(was, is)) continue;
    if (is === undefined) value.delete(name);
    else if (was?.type === 'compound' && is.type === 'compound' && kept?.type === 'compound') value.set(name, patched(kept, was, is));
    else value.set(name, is);
  }
  return { type: 'compound', value };
}
