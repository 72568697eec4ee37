import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { PATTERN_CODES } from './patterns.ts';
import { compoundOf, fullName, take, takeCompounds, takeNumber, type NewComponents, type OldTag, type TagPair } from './pair.ts';

/** Colours by their old number. */
export const COLORS = [
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

const CONTAINERS =
  /^minecraft:(shulker_box|(trapped_)?chest|furnace|dispenser|dropper|brewing_stand|hopper|barrel|smoker|blast_furnace|campfire|chiseled_bookshelf|crafter)$/;

/** Block entity id of the block that an item places, as far as its data moved into components of their own. */
function blockEntityOf(item: string): string {
  if (item.endsWith('_shulker_box')) return 'minecraft:shulker_box';
  if (item.endsWith('_banner') || item === 'minecraft:shield') return 'minecraft:banner';
  if (/_(head|skull)$/.test(item)) return 'minecraft:skull';
  if (item === 'minecraft:bee_nest') return 'minecraft:beehive';
  if (item === 'minecraft:spawner') return 'minecraft:mob_spawner';
  if (item.endsWith('_hanging_sign')) return 'minecraft:hanging_sign';
  if (item.endsWith('_sign')) return 'minecraft:sign';
  if (item === 'minecraft:soul_campfire') return 'minecraft:campfire';
  return item;
}

interface Block {
  readonly kind: string;
  readonly tag: Map<string, Nbt>;
}

/** `BlockEntityTag`: what a placed block will hold. */
export const blockEntity: TagPair = {
  read: (from) => {
    const value = take(from.tag, 'BlockEntityTag', 'compound');
    if (value === null) return;
    const named = nbt.getText(value, 'id');
    const block: Block = { kind: named === null ? blockEntityOf(from.item) : fullName(named), tag: new Map(value.value) };
    readLock(block, from);
    readLoot(block, from);
    readContents(block, from);
    readBanner(block, from);
    readSmall(block, from);
    block.tag.delete('id');
    if (block.tag.size === 0) return;
    block.tag.set('id', nbt.text(block.kind));
    from.components.set('minecraft:block_entity_data', { type: 'compound', value: block.tag });
  },
  write: (from) => {
    const data = take(from.components, 'minecraft:block_entity_data', 'compound');
    const block: Block = { kind: blockEntityOf(from.item), tag: new Map(data?.value) };
    writeContents(block, from);
    writeBanner(block, from);
    writeSmall(block, from);
    if (block.tag.size === 0) return;
    if (!block.tag.has('id')) block.tag.set('id', nbt.text(block.kind));
    from.tag.set('BlockEntityTag', { type: 'compound', value: block.tag });
  },
};

function readLock({ tag }: Block, { components }: OldTag): void {
  const lock = take(tag, 'Lock', 'string');
  if (lock !== null && lock.value !== '') components.set('minecraft:lock', lock);
}

function readLoot({ tag }: Block, { components }: OldTag): void {
  const table = take(tag, 'LootTable', 'string');
  if (table === null) return;
  const seed = take(tag, 'LootTableSeed', 'long');
  const seeded = seed !== null && seed.value !== 0n;
  components.set('minecraft:container_loot', compoundOf({ loot_table: table, seed: seeded ? seed : null }));
}

function readContents({ kind, tag }: Block, { components, nested }: OldTag): void {
  const contents: Nbt[] = [];
  if (kind === 'minecraft:decorated_pot') {
    const item = take(tag, 'item', 'compound');
    const inside = item === null ? null : nested(item);
    if (inside !== null) contents.push(nbt.compound({ slot: nbt.int(0), item: inside }));
    const sherds = take(tag, 'sherds', 'list');
    if (sherds !== null) components.set('minecraft:pot_decorations', sherds);
  } else if (CONTAINERS.test(kind)) {
    for (const item of takeCompounds(tag, 'Items') ?? []) {
      const inside = nested(nbt.withTags(item, { Slot: null }));
      if (inside !== null) contents.push(nbt.compound({ slot: nbt.int((nbt.getNumber(item, 'Slot') ?? 0) & 255), item: inside }));
    }
  }
  if (contents.length > 0) components.set('minecraft:container', nbt.list('compound', contents));
}

function readBanner({ kind, tag }: Block, { components }: OldTag): void {
  if (kind !== 'minecraft:banner') return;
  const base = takeNumber(tag, 'Base');
  if (base !== null) components.set('minecraft:base_color', nbt.text(COLORS[base & 15]!));
  const patterns = takeCompounds(tag, 'Patterns') ?? [];
  const layers = patterns.map((layer) => {
    const code = nbt.getText(layer, 'Pattern') ?? 'b';
    const pattern = PATTERN_CODES.find(([old]) => old === code)?.[1] ?? code;
    return nbt.compound({ pattern: nbt.text(fullName(pattern)), color: nbt.text(COLORS[(nbt.getNumber(layer, 'Color') ?? 0) & 15]!) });
  });
  if (layers.length > 0) components.set('minecraft:banner_patterns', nbt.list('compound', layers));
}

function readSmall({ kind, tag }: Block, { components }: OldTag): void {
  if (kind === 'minecraft:skull') {
    const sound = take(tag, 'note_block_sound', 'string');
    if (sound !== null) components.set('minecraft:note_block_sound', sound);
  }
  if (kind === 'minecraft:beehive') {
    const bees = takeCompounds(tag, 'Bees');
    if (bees !== null && bees.length > 0) components.set('minecraft:bees', nbt.list('compound', bees.map(newBee)));
  }
}

function newBee(bee: NbtCompound): Nbt {
  return compoundOf({
    entity_data: nbt.getCompound(bee, 'EntityData') ?? nbt.compound({}),
    ticks_in_hive: nbt.int(nbt.getNumber(bee, 'TicksInHive') ?? 0),
    min_ticks_in_hive: nbt.int(nbt.getNumber(bee, 'MinOccupationTicks') ?? 0),
  });
}

function oldBee(bee: NbtCompound): Nbt {
  return compoundOf({
    EntityData: nbt.getCompound(bee, 'entity_data') ?? nbt.compound({}),
    TicksInHive: nbt.int(nbt.getNumber(bee, 'ticks_in_hive') ?? 0),
    MinOccupationTicks: nbt.int(nbt.getNumber(bee, 'min_ticks_in_hive') ?? 0),
  });
}

function writeContents({ kind, tag }: Block, { components, nested }: NewComponents): void {
  const lock = take(components, 'minecraft:lock', 'string');
  if (lock !== null) tag.set('Lock', lock);
  const loot = take(components, 'minecraft:container_loot', 'compound');
  if (loot !== null) {
    const seed = loot.value.get('seed');
    tag.set('LootTable', nbt.text(nbt.getText(loot, 'loot_table') ?? ''));
    if (seed !== undefined) tag.set('LootTableSeed', seed);
  }
  if (kind !== 'minecraft:decorated_pot' && !CONTAINERS.test(kind)) return;
  const sherds = take(components, 'minecraft:pot_decorations', 'list');
  if (sherds !== null) tag.set('sherds', sherds);
  const contents = takeCompounds(components, 'minecraft:container');
  if (contents === null) return;
  const items: Nbt[] = [];
  for (const entry of contents) {
    const item = nbt.getCompound(entry, 'item');
    const inside = item === null ? null : nested(item);
    if (inside === null) continue;
    if (kind === 'minecraft:decorated_pot') tag.set('item', inside);
    else items.push(compoundOf({ Slot: nbt.byte(toByte(nbt.getNumber(entry, 'slot') ?? 0)), ...Object.fromEntries(inside.value) }));
  }
  if (kind !== 'minecraft:decorated_pot') tag.set('Items', nbt.list('compound', items));
}

function writeBanner({ kind, tag }: Block, { components }: NewComponents): void {
  if (kind !== 'minecraft:banner') return;
  const base = take(components, 'minecraft:base_color', 'string');
  if (base !== null)
    tag.set(
      'Base',
      nbt.int(
        Math.max(
          0,
          COLORS.findIndex((color) => color === base.value),
        ),
      ),
    );
  const layers = takeCompounds(components, 'minecraft:banner_patterns');
  if (layers === null) return;
  const patterns = layers.map((layer) => {
    const name = (nbt.getText(layer, 'pattern') ?? '').replace(/^minecraft:/, '');
    const color = COLORS.findIndex((entry) => entry === nbt.getText(layer, 'color'));
    return nbt.compound({
      Pattern: nbt.text(PATTERN_CODES.find(([, pattern]) => pattern === name)?.[0] ?? name),
      Color: nbt.int(Math.max(0, color)),
    });
  });
  tag.set('Patterns', nbt.list('compound', patterns));
}

function writeSmall({ kind, tag }: Block, { components }: NewComponents): void {
  if (kind === 'minecraft:skull') {
    const sound = take(components, 'minecraft:note_block_sound', 'string');
    if (sound !== null) tag.set('note_block_sound', sound);
  }
  if (kind === 'minecraft:beehive') {
    const bees = takeCompounds(components, 'minecraft:bees');
    if (bees !== null) tag.set('Bees', nbt.list('compound', bees.map(oldBee)));
  }
}

function toByte(slot: number): number {
  return slot > 127 ? slot - 256 : slot;
}
