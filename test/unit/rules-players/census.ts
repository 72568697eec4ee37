import { nbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { containerItems, publicComponents, type ItemStack, type Shard, type Slot } from '../../../src-main/core/world/index.ts';
import { kit } from '../rules-blocks/stage.ts';

/** How many there are of each item, wherever it is: bags, cursors, windows, ender chests, containers (and boxes inside them), on the ground. */
export type Census = Map<string, number>;

const ALL_SLOTS = 64;

export function takeCensus(shard: Shard): Census {
  const census: Census = new Map();
  for (const player of shard.players()) {
    // Slot 0 shows what could be crafted; it holds nothing.
    for (const item of player.inventory.slice(1)) count(census, item);
    for (const item of player.enderItems) count(census, item);
    const own = player.window?.kind === 'crafting' ? player.window.slots.slice(1) : (player.window?.slots ?? []);
    for (const item of own) count(census, item);
    count(census, player.cursor);
  }
  for (const { body } of shard.entities()) if (body.type === 'item') count(census, body.stack);
  for (const key of shard.resident()) {
    const [x, z] = key.split(',').map(Number) as [number, number];
    const chunk = shard.chunk(x, z)!;
    for (const entity of chunk.blockEntities.values())
      for (const item of containerItems(entity, chunk.dataVersion, ALL_SLOTS, kit.tables.renamedItems)) count(census, item);
  }
  return census;
}

export function count(census: Census, item: Slot, times = 1): void {
  if (item === null) return;
  add(census, keyOf(item), item.count * times);
  for (const inside of insideOf(item)) count(census, inside, item.count * times);
}

export function add(census: Census, key: string, amount: number): void {
  const now = (census.get(key) ?? 0) + amount;
  if (now === 0) census.delete(key);
  else census.set(key, now);
}

/** Name and components, but not what a box holds: that is counted by itself. */
export function keyOf(item: ItemStack): string {
  const components = publicComponents(item.components);
  const own = components === null ? null : nbt.withTags(components, { 'minecraft:container': null });
  return own === null || own.value.size === 0 ? item.name : `${item.name} ${textOf(own)}`;
}

function insideOf(item: ItemStack): readonly ItemStack[] {
  const container = item.components?.value.get('minecraft:container');
  if (container?.type !== 'list') return [];
  return container.value.flatMap((entry) => {
    const inner = entry.type === 'compound' ? nbt.getCompound(entry, 'item') : null;
    return inner === null ? [] : [innerStack(inner)];
  });
}

function innerStack(inner: NbtCompound): ItemStack {
  return { name: nbt.getText(inner, 'id')!, count: nbt.getNumber(inner, 'count') ?? 1, components: nbt.getCompound(inner, 'components') };
}

function textOf(value: Nbt): string {
  if (value.type === 'compound')
    return `{${[...value.value]
      .filter(([name]) => !name.startsWith('peerhold:'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => `${name}:${textOf(entry)}`)
      .join(',')}}`;
  if (value.type === 'list') return `[${value.value.map(textOf).join(',')}]`;
  return String(value.value);
}

/** What differs, as text: empty when they are equal. */
export function difference(before: Census, after: Census): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const change = (after.get(key) ?? 0) - (before.get(key) ?? 0);
    if (change !== 0) found[key] = change;
  }
  return found;
}
