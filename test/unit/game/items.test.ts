import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Slot } from '../../../src-main/core/world/index.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { itemRegistries } from '../../../src-main/io/game/items/registries.ts';
import { SlotCodec } from '../../../src-main/io/game/items/slots.ts';
import { sourceOf } from '../../../src-main/io/game/tables/source.ts';
import { PacketCodec } from '../../../src-main/io/game/wire/codec.ts';
import { differenceNbt, nbt, type Nbt } from '../../../src-shared/nbt/index.ts';

const require = createRequire(import.meta.url);
const tables = buildTables('1.21.1');
const data = sourceOf('1.21.1');
const packets = new PacketCodec('1.21.1', data.protocol);
const slots = new SlotCodec(tables, itemRegistries(tables, data));
const client = require('minecraft-protocol').createSerializer({ state: 'play', isServer: false, version: '1.21.1' });

/** Out to a creative client and back in, as bytes both ways. */
function echo(slot: Slot, echoed = true): Slot {
  const bytes = packets.encode('play', 'set_slot', { windowId: 0, stateId: 1, slot: 36, item: slots.toWire(slot, echoed) });
  const outward = require('minecraft-protocol')
    .createDeserializer({ state: 'play', isServer: false, version: '1.21.1' })
    .parsePacketBuffer(bytes);
  assert.equal(outward.metadata.size, bytes.length);
  const inward = client.createPacketBuffer({ name: 'set_creative_slot', params: { slot: 36, item: outward.data.params.item } });
  const packet = packets.decode('play', inward);
  assert.ok(packet?.name === 'set_creative_slot');
  return slots.fromWire(packet.params.item);
}

function item(name: string, components: Record<string, Nbt>, count = 1): NonNullable<Slot> {
  return { name: `minecraft:${name}`, count, components: nbt.compound(components) };
}

function assertSame(actual: Slot, expected: Slot): void {
  assert.equal(actual?.name, expected?.name);
  assert.equal(actual?.count, expected?.count);
  const difference = differenceNbt(actual?.components ?? nbt.compound({}), expected?.components ?? nbt.compound({}));
  assert.equal(difference, null);
}

const text = (value: string): Nbt => nbt.text(JSON.stringify({ text: value }));
const stack = (id: string, count = 1): Nbt => nbt.compound({ id: nbt.text(`minecraft:${id}`), count: nbt.int(count) });

/** Components in the form in which 1.21.1 saves them. */
const COMPONENTS: Record<string, Nbt> = {
  damage: nbt.int(17),
  max_damage: nbt.int(300),
  max_stack_size: nbt.int(16),
  unbreakable: nbt.compound({}),
  custom_name: text('Excalibur'),
  item_name: text('A sword'),
  lore: nbt.list('string', [text('first'), text('second')]),
  rarity: nbt.text('epic'),
  enchantments: nbt.compound({ levels: nbt.compound({ 'minecraft:sharpness': nbt.int(5), 'minecraft:unbreaking': nbt.int(3) }) }),
  stored_enchantments: nbt.compound({
    levels: nbt.compound({ 'minecraft:mending': nbt.int(1) }),
    show_in_tooltip: nbt.byte(0),
  }),
  custom_model_data: nbt.int(7),
  hide_tooltip: nbt.compound({}),
  repair_cost: nbt.int(3),
  enchantment_glint_override: nbt.byte(1),
  dyed_color: nbt.compound({ rgb: nbt.int(0x12_34_56) }),
  map_color: nbt.int(255),
  map_id: nbt.int(4),
  charged_projectiles: nbt.list('compound', [stack('arrow')]),
  bundle_contents: nbt.list('compound', [stack('stone', 3), stack('dirt', 5)]),
  potion_contents: nbt.compound({
    potion: nbt.text('minecraft:strong_healing'),
    custom_color: nbt.int(99),
    custom_effects: nbt.list('compound', [
      nbt.compound({
        id: nbt.text('minecraft:speed'),
        amplifier: nbt.byte(2),
        duration: nbt.int(600),
        ambient: nbt.byte(1),
        show_icon: nbt.byte(1),
      }),
    ]),
  }),
  suspicious_stew_effects: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:blindness'), duration: nbt.int(220) })]),
  writable_book_content: nbt.compound({ pages: nbt.list('compound', [nbt.compound({ raw: nbt.text('page one') })]) }),
  written_book_content: nbt.compound({
    pages: nbt.list('compound', [nbt.compound({ raw: text('page') })]),
    title: nbt.compound({ raw: nbt.text('Title') }),
    author: nbt.text('Anna'),
    generation: nbt.int(1),
    resolved: nbt.byte(1),
  }),
  trim: nbt.compound({ material: nbt.text('minecraft:gold'), pattern: nbt.text('minecraft:coast') }),
  attribute_modifiers: nbt.compound({
    modifiers: nbt.list('compound', [
      nbt.compound({
        type: nbt.text('minecraft:generic.attack_damage'),
        slot: nbt.text('mainhand'),
        id: nbt.text('peerhold:strong'),
        amount: nbt.double(2.5),
        operation: nbt.text('add_value'),
      }),
    ]),
  }),
  block_entity_data: nbt.compound({ id: nbt.text('minecraft:mob_spawner'), Delay: nbt.short(20) }),
  entity_data: nbt.compound({ id: nbt.text('minecraft:painting'), variant: nbt.text('minecraft:kebab') }),
  custom_data: nbt.compound({ quest: nbt.long(123_456_789_012n), bytes: { type: 'byteArray', value: Int8Array.of(-1, 2) } }),
  instrument: nbt.text('minecraft:call_goat_horn'),
  ominous_bottle_amplifier: nbt.int(4),
  lodestone_tracker: nbt.compound({
    target: nbt.compound({ dimension: nbt.text('minecraft:overworld'), pos: nbt.intArray(Int32Array.of(-5, 64, 9)) }),
  }),
  firework_explosion: nbt.compound({ shape: nbt.text('star'), colors: nbt.intArray(Int32Array.of(1, 2)), has_trail: nbt.byte(1) }),
  fireworks: nbt.compound({
    explosions: nbt.list('compound', [nbt.compound({ shape: nbt.text('burst'), fade_colors: nbt.intArray(Int32Array.of(9)) })]),
    flight_duration: nbt.byte(2),
  }),
  profile: nbt.compound({
    name: nbt.text('Notch'),
    id: nbt.intArray(Int32Array.of(1, -2, 3, -4)),
    properties: nbt.list('compound', [nbt.compound({ name: nbt.text('textures'), value: nbt.text('abc'), signature: nbt.text('def') })]),
  }),
  note_block_sound: nbt.text('minecraft:entity.cow.hurt'),
  banner_patterns: nbt.list('compound', [nbt.compound({ pattern: nbt.text('minecraft:creeper'), color: nbt.text('lime') })]),
  base_color: nbt.text('purple'),
  pot_decorations: nbt.list(
    'string',
    ['brick', 'angler_pottery_sherd', 'brick', 'brick'].map((id) => nbt.text(`minecraft:${id}`)),
  ),
  container: nbt.list('compound', [
    nbt.compound({ slot: nbt.int(0), item: stack('diamond', 64) }),
    nbt.compound({ slot: nbt.int(26), item: stack('dirt', 2) }),
  ]),
  block_state: nbt.compound({ lit: nbt.text('true') }),
  bees: nbt.list('compound', [
    nbt.compound({
      entity_data: nbt.compound({ id: nbt.text('minecraft:bee') }),
      ticks_in_hive: nbt.int(5),
      min_ticks_in_hive: nbt.int(600),
    }),
  ]),
  lock: nbt.text('key'),
  jukebox_playable: nbt.compound({ song: nbt.text('minecraft:pigstep') }),
};

for (const [name, value] of Object.entries(COMPONENTS)) {
  test(`I1: ${name} survives the way to a client and back without help`, () => {
    const sent = item('stone', { [`minecraft:${name}`]: value });
    assertSame(echo(sent, false), sent);
  });
}

test('I1: all of them on one item', () => {
  const all = item('diamond_sword', Object.fromEntries(Object.entries(COMPONENTS).map(([name, value]) => [`minecraft:${name}`, value])));
  assertSame(echo(all, false), all);
});

test('I2: a removed component stays removed', () => {
  const sent = item('diamond_pickaxe', { '!minecraft:tool': nbt.compound({}), '!minecraft:lore': nbt.compound({}) });
  assertSame(echo(sent), sent);
});

test('I3: what the wire can not say travels with a creative client as custom data and comes back as it was', () => {
  const sent = item('stone', {
    'minecraft:custom_data': nbt.compound({ own: nbt.int(1) }),
    'minecraft:trim': nbt.compound({ material: nbt.compound({ asset_name: nbt.text('inline') }), pattern: nbt.text('mymod:unknown') }),
    'mymod:strange': nbt.list('compound', []),
    'minecraft:food': nbt.compound({ nutrition: nbt.int(3), saturation: nbt.float(1.5) }),
  });
  assertSame(echo(sent, true), sent);
  const bare = slots.toWire(sent, false);
  assert.ok('components' in bare && bare.components.every(({ type }) => type === 'custom_data'));
});

test("I3: what we remember of an item's source is nobody else's business", () => {
  const sent = item('stone', { 'minecraft:damage': nbt.int(1), 'peerhold:tag': nbt.compound({ ench: nbt.list('compound', []) }) });
  assertSame(echo(sent, true), item('stone', { 'minecraft:damage': nbt.int(1) }));
});

test('I4: empty slots, and items that this version lacks', () => {
  assert.equal(echo(null), null);
  assert.deepEqual(slots.toWire({ name: 'minecraft:bundle_of_the_future', count: 1, components: null }, true), { itemCount: 0 });
  const wire = { itemCount: 1, itemId: 99_999, addedComponentCount: 0, removedComponentCount: 0, components: [], removeComponents: [] };
  assert.throws(() => slots.fromWire(wire), RangeError);
});

test('I5: a potion has the bytes of a 1.21.1 client: potion, colour, effects and no name', () => {
  // window 0, state 1, slot 36; one item; potion_contents is component 31; potion 25 = strong_healing, no colour, no effects.
  const potion = item('potion', { 'minecraft:potion_contents': nbt.compound({ potion: nbt.text('minecraft:strong_healing') }) });
  const bytes = packets.encode('play', 'set_slot', { windowId: 0, stateId: 1, slot: 36, item: slots.toWire(potion, false) });
  const id = tables.items.find(({ name }) => name === 'minecraft:potion')!.id;
  assert.deepEqual([...bytes], [0x15, 0, 1, 0, 36, 1, (id & 127) | 128, id >> 7, 1, 0, 31, 1, 25, 0, 0]);
});
