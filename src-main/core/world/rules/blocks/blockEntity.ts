import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { localKey, type BlockPos } from '../../../../../src-shared/units/index.ts';
import { componentOf, containerItems, readItem, withContainerItems, writeItem } from '../../items/index.ts';
import { COMPONENTS_SINCE } from '../../items/tags/index.ts';
import type { ItemStack, Slot } from '../../model/items.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { WorldView } from '../../model/state.ts';

/** Slots that any container of vanilla has at most. */
const SLOTS = 54;
/** Block entities with a single item outside `Items`. */
const SINGLE_ITEM_TAGS = ['Book', 'RecordItem', 'item'] as const;

export function blockEntityAt(world: WorldView, pos: BlockPos): NbtCompound | null {
  return world.chunk(pos.x >> 4, pos.z >> 4)?.blockEntities.get(localKey(pos)) ?? null;
}

/** Data version in which block entities of the chunk at `pos` are written. */
export function dataVersionAt(context: RuleContext, pos: BlockPos): number {
  return context.world.chunk(pos.x >> 4, pos.z >> 4)?.dataVersion ?? context.tables.dataVersion;
}

/**
 * The tag of a block entity born from `stack`: what the item carried (contents, name, patterns, owner, bees), as vanilla's
 * `applyComponents`, in the form that its chunk is written in. The item's own `block_entity_data` comes first.
 */
export function bornBlockEntity(context: RuleContext, id: string, pos: BlockPos, stack: ItemStack | null): NbtCompound {
  const version = dataVersionAt(context, pos);
  const born = new Map<string, Nbt>(stack === null ? [] : version < COMPONENTS_SINCE ? oldCarried(stack, version) : carried(stack));
  born.set('id', nbt.text(id));
  born.set('x', nbt.int(pos.x));
  born.set('y', nbt.int(pos.y));
  born.set('z', nbt.int(pos.z));
  born.set('keepPacked', nbt.byte(0));
  const contents = stack === null || version < COMPONENTS_SINCE ? null : contentsOf(context, stack);
  const entity: NbtCompound = { type: 'compound', value: born };
  return contents === null ? entity : withContainerItems(entity, version, contents, context.tables.renamedItems);
}

/** Before components an item carried its block entity's tag as it stands, but for the name and a head's owner. */
function oldCarried(stack: ItemStack, version: number): ReadonlyMap<string, Nbt> {
  const tag = nbt.getCompound(writeItem(stack, version), 'tag');
  if (tag === null) return new Map();
  const own = new Map(nbt.getCompound(tag, 'BlockEntityTag')?.value ?? []);
  const display = nbt.getCompound(tag, 'display');
  const name = display?.value.get('Name');
  const owner = tag.value.get('SkullOwner');
  if (name !== undefined) own.set('CustomName', name);
  if (owner !== undefined) own.set('SkullOwner', owner);
  return own;
}

/** Component -> tag of the block entity, for those that are copied as they are. */
const CARRIED: readonly (readonly [component: string, tag: string])[] = [
  ['minecraft:custom_name', 'CustomName'],
  ['minecraft:banner_patterns', 'patterns'],
  ['minecraft:profile', 'profile'],
  ['minecraft:note_block_sound', 'note_block_sound'],
  ['minecraft:pot_decorations', 'sherds'],
  ['minecraft:bees', 'bees'],
  ['minecraft:lock', 'Lock'],
];

function carried(stack: ItemStack): ReadonlyMap<string, Nbt> {
  const data = componentOf(stack, 'minecraft:block_entity_data');
  const own = new Map<string, Nbt>(data?.type === 'compound' ? data.value : []);
  for (const [component, tag] of CARRIED) {
    const value = componentOf(stack, component);
    if (value !== null) own.set(tag, value);
  }
  return own;
}

/** The reverse of `bornBlockEntity`: the item `name` with what it keeps of the block entity. */
export function itemOfBlockEntity(context: RuleContext, pos: BlockPos, name: string): ItemStack {
  const entity = blockEntityAt(context.world, pos);
  const version = dataVersionAt(context, pos);
  if (entity === null) return { name, count: 1, components: null };
  return version < COMPONENTS_SINCE ? itemOfOld(context, entity, version, name) : itemOfNew(context, entity, version, name);
}

function itemOfNew(context: RuleContext, entity: NbtCompound, version: number, name: string): ItemStack {
  const found = new Map<string, Nbt>();
  for (const [component, tag] of CARRIED) {
    const value = entity.value.get(tag);
    if (value !== undefined) found.set(component, value);
  }
  const entries = containerItems(entity, version, SLOTS, context.tables.renamedItems).flatMap((slot, index) =>
    slot === null ? [] : [nbt.compound({ slot: nbt.int(index), item: writeItem(slot, context.tables.dataVersion) })],
  );
  if (entries.length > 0) found.set('minecraft:container', nbt.list('compound', entries));
  return { name, count: 1, components: found.size === 0 ? null : { type: 'compound', value: found } };
}

/** Tags that belong to the place, not to the thing. */
const PLACE_TAGS = { id: null, x: null, y: null, z: null, keepPacked: null };

function itemOfOld(context: RuleContext, entity: NbtCompound, version: number, name: string): ItemStack {
  const { CustomName: customName, SkullOwner: owner } = Object.fromEntries(entity.value);
  const rest = nbt.withTags(entity, { ...PLACE_TAGS, CustomName: null, SkullOwner: null });
  const tag: Record<string, Nbt> = {};
  if (rest.value.size > 0) tag['BlockEntityTag'] = rest;
  if (customName !== undefined) tag['display'] = nbt.compound({ Name: customName });
  if (owner !== undefined) tag['SkullOwner'] = owner;
  const item = nbt.compound({ id: nbt.text(name), Count: nbt.byte(1), tag: nbt.compound(tag) });
  return (
    (Object.keys(tag).length > 0 ? readItem(item, version, context.tables.renamedItems) : null) ?? { name, count: 1, components: null }
  );
}

function contentsOf(context: RuleContext, stack: ItemStack): readonly Slot[] | null {
  const container = componentOf(stack, 'minecraft:container');
  if (container?.type !== 'list') return null;
  const slots = Array.from<Slot>({ length: SLOTS }).fill(null);
  for (const entry of container.value) {
    if (entry.type !== 'compound') continue;
    const item = nbt.getCompound(entry, 'item');
    const slot = nbt.getNumber(entry, 'slot') ?? -1;
    if (item !== null && slot >= 0 && slot < SLOTS) slots[slot] = readItem(item, context.tables.dataVersion, context.tables.renamedItems);
  }
  return slots;
}

/** Everything inside a container, a lectern, a jukebox or a pot. Loot that nobody has rolled is not among it. */
export function itemsInside(context: RuleContext, pos: BlockPos): readonly ItemStack[] {
  const entity = blockEntityAt(context.world, pos);
  if (entity === null) return [];
  const version = dataVersionAt(context, pos);
  const renames = context.tables.renamedItems;
  const single = SINGLE_ITEM_TAGS.flatMap((tag) => {
    const item = nbt.getCompound(entity, tag);
    const stack = item === null ? null : readItem(item, version, renames);
    return stack === null ? [] : [stack];
  });
  return [...containerItems(entity, version, SLOTS, renames).filter((slot) => slot !== null), ...single];
}
