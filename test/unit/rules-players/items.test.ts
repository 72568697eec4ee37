import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { nbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import {
  containerItems,
  readItem,
  sameItem,
  sameNbt,
  sameStack,
  withComponent,
  withContainerItems,
  withoutPrivateTags,
  writeItem,
} from '../../../src-main/core/world/items/index.ts';
import type { ItemStack, Slot } from '../../../src-main/core/world/index.ts';
import { findSave, itemsIn, rootsOf } from './saves.ts';

const V1_19 = 3105;
const V1_20_4 = 3700;
const V1_21_1 = 3955;

const old = (id: string, tag: Record<string, Nbt> | null, count = 1): NbtCompound =>
  nbt.compound({ id: nbt.text(`minecraft:${id}`), Count: nbt.byte(count), ...(tag === null ? {} : { tag: nbt.compound(tag) }) });

const born = (name: string, components: Record<string, Nbt> | null, count = 1): ItemStack => ({
  name: `minecraft:${name}`,
  count,
  components: components === null ? null : nbt.compound(components),
});

const withoutSlot = (item: NbtCompound): NbtCompound => nbt.withTags(item, { Slot: null });

/** Every subject that changed its form, as it stands in 1.19: [item, old tag, what must be among the components]. */
const SUBJECTS: readonly (readonly [string, Record<string, Nbt>, Record<string, Nbt>])[] = [
  ['diamond_pickaxe', { Damage: nbt.int(7), RepairCost: nbt.int(3) }, { damage: nbt.int(7), repair_cost: nbt.int(3) }],
  ['diamond_pickaxe', { Damage: nbt.int(0) }, {}],
  ['stick', { CustomModelData: nbt.int(12) }, { custom_model_data: nbt.int(12) }],
  ['elytra', { Unbreakable: nbt.byte(1), HideFlags: nbt.int(4) }, { unbreakable: nbt.compound({ show_in_tooltip: nbt.byte(0) }) }],
  [
    'iron_sword',
    { Enchantments: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:sweeping'), lvl: nbt.short(2) })]) },
    { enchantments: nbt.compound({ levels: nbt.compound({ 'minecraft:sweeping_edge': nbt.int(2) }) }) },
  ],
  [
    'enchanted_book',
    { StoredEnchantments: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:mending'), lvl: nbt.short(1) })]) },
    { stored_enchantments: nbt.compound({ levels: nbt.compound({ 'minecraft:mending': nbt.int(1) }) }) },
  ],
  [
    'leather_boots',
    {
      display: nbt.compound({
        Name: nbt.text('{"text":"Boots"}'),
        Lore: nbt.list('string', [nbt.text('{"text":"old"}')]),
        color: nbt.int(255),
      }),
    },
    {
      custom_name: nbt.text('{"text":"Boots"}'),
      lore: nbt.list('string', [nbt.text('{"text":"old"}')]),
      dyed_color: nbt.compound({ rgb: nbt.int(255) }),
    },
  ],
  ['potion', { Potion: nbt.text('minecraft:swiftness') }, { potion_contents: nbt.compound({ potion: nbt.text('minecraft:swiftness') }) }],
  [
    'potion',
    {
      Potion: nbt.text('minecraft:water'),
      CustomPotionColor: nbt.int(9),
      CustomPotionEffects: nbt.list('compound', [nbt.compound({ Id: nbt.byte(1), Amplifier: nbt.byte(2), Duration: nbt.int(90) })]),
    },
    {
      potion_contents: nbt.compound({
        potion: nbt.text('minecraft:water'),
        custom_color: nbt.int(9),
        custom_effects: nbt.list('compound', [
          nbt.compound({ id: nbt.text('minecraft:speed'), amplifier: nbt.byte(2), duration: nbt.int(90) }),
        ]),
      }),
    },
  ],
  ['filled_map', { map: nbt.int(21) }, { map_id: nbt.int(21) }],
  ['player_head', { SkullOwner: nbt.text('jeb_') }, { profile: nbt.compound({ name: nbt.text('jeb_') }) }],
  [
    'player_head',
    {
      SkullOwner: nbt.compound({
        Id: nbt.intArray(Int32Array.of(1, -2, 3, -4)),
        Name: nbt.text('jeb_'),
        Properties: nbt.compound({ textures: nbt.list('compound', [nbt.compound({ Value: nbt.text('e30=') })]) }),
      }),
    },
    {
      profile: nbt.compound({
        name: nbt.text('jeb_'),
        id: nbt.intArray(Int32Array.of(1, -2, 3, -4)),
        properties: nbt.list('compound', [nbt.compound({ name: nbt.text('textures'), value: nbt.text('e30=') })]),
      }),
    },
  ],
  [
    'red_shulker_box',
    {
      BlockEntityTag: nbt.compound({
        id: nbt.text('minecraft:shulker_box'),
        Items: nbt.list('compound', [nbt.compound({ Slot: nbt.byte(4), id: nbt.text('minecraft:stone'), Count: nbt.byte(3) })]),
      }),
    },
    {
      container: nbt.list('compound', [
        nbt.compound({ slot: nbt.int(4), item: nbt.compound({ id: nbt.text('minecraft:stone'), count: nbt.int(3) }) }),
      ]),
    },
  ],
  [
    'white_banner',
    {
      BlockEntityTag: nbt.compound({
        id: nbt.text('minecraft:banner'),
        Patterns: nbt.list('compound', [nbt.compound({ Pattern: nbt.text('cre'), Color: nbt.int(15) })]),
      }),
    },
    {
      banner_patterns: nbt.list('compound', [nbt.compound({ pattern: nbt.text('minecraft:creeper'), color: nbt.text('black') })]),
    },
  ],
  ['light', { BlockStateTag: nbt.compound({ level: nbt.text('7') }) }, { block_state: nbt.compound({ level: nbt.text('7') }) }],
  [
    'written_book',
    {
      pages: nbt.list('string', [nbt.text('{"text":"a"}')]),
      title: nbt.text('T'),
      author: nbt.text('A'),
      generation: nbt.int(1),
      resolved: nbt.byte(1),
    },
    {
      written_book_content: nbt.compound({
        pages: nbt.list('compound', [nbt.compound({ raw: nbt.text('{"text":"a"}') })]),
        title: nbt.compound({ raw: nbt.text('T') }),
        author: nbt.text('A'),
        generation: nbt.int(1),
        resolved: nbt.byte(1),
      }),
    },
  ],
  [
    'writable_book',
    { pages: nbt.list('string', [nbt.text('one'), nbt.text('two')]) },
    {
      writable_book_content: nbt.compound({
        pages: nbt.list('compound', [nbt.compound({ raw: nbt.text('one') }), nbt.compound({ raw: nbt.text('two') })]),
      }),
    },
  ],
  [
    'firework_rocket',
    {
      Fireworks: nbt.compound({
        Flight: nbt.byte(2),
        Explosions: nbt.list('compound', [nbt.compound({ Type: nbt.byte(3), Colors: nbt.intArray(Int32Array.of(5)), Trail: nbt.byte(1) })]),
      }),
    },
    {
      fireworks: nbt.compound({
        flight_duration: nbt.byte(2),
        explosions: nbt.list('compound', [
          nbt.compound({ shape: nbt.text('creeper'), colors: nbt.intArray(Int32Array.of(5)), has_trail: nbt.byte(1) }),
        ]),
      }),
    },
  ],
  [
    'crossbow',
    {
      Charged: nbt.byte(1),
      ChargedProjectiles: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:arrow'), Count: nbt.byte(1) })]),
    },
    { charged_projectiles: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:arrow'), count: nbt.int(1) })]) },
  ],
  [
    'bundle',
    { Items: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:arrow'), Count: nbt.byte(9) })]) },
    { bundle_contents: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:arrow'), count: nbt.int(9) })]) },
  ],
  [
    'iron_chestplate',
    { Trim: nbt.compound({ material: nbt.text('minecraft:gold'), pattern: nbt.text('minecraft:wild') }) },
    { trim: nbt.compound({ material: nbt.text('minecraft:gold'), pattern: nbt.text('minecraft:wild') }) },
  ],
  ['goat_horn', { instrument: nbt.text('minecraft:sing_goat_horn') }, { instrument: nbt.text('minecraft:sing_goat_horn') }],
  [
    'axolotl_bucket',
    { Variant: nbt.int(2), Age: nbt.int(0) },
    { bucket_entity_data: nbt.compound({ Variant: nbt.int(2), Age: nbt.int(0) }) },
  ],
  [
    'compass',
    {
      LodestonePos: nbt.compound({ X: nbt.int(1), Y: nbt.int(-2), Z: nbt.int(3) }),
      LodestoneDimension: nbt.text('minecraft:the_nether'),
      LodestoneTracked: nbt.byte(1),
    },
    {
      lodestone_tracker: nbt.compound({
        target: nbt.compound({ pos: nbt.intArray(Int32Array.of(1, -2, 3)), dimension: nbt.text('minecraft:the_nether') }),
      }),
    },
  ],
  [
    'stick',
    {
      AttributeModifiers: nbt.list('compound', [
        nbt.compound({
          AttributeName: nbt.text('minecraft:generic.attack_damage'),
          Name: nbt.text('x'),
          Amount: nbt.double(4),
          Operation: nbt.int(1),
          UUID: nbt.intArray(Int32Array.of(1, 2, 3, 4)),
        }),
      ]),
    },
    {
      attribute_modifiers: nbt.compound({
        modifiers: nbt.list('compound', [
          nbt.compound({
            type: nbt.text('minecraft:generic.attack_damage'),
            id: nbt.text('minecraft:00000001-0000-0002-0000-000300000004'),
            amount: nbt.double(4),
            operation: nbt.text('add_multiplied_base'),
          }),
        ]),
      }),
    },
  ],
  [
    'stone',
    { CanPlaceOn: nbt.list('string', [nbt.text('#minecraft:logs[axis=y]')]) },
    {
      can_place_on: nbt.compound({
        predicates: nbt.list('compound', [
          nbt.compound({ blocks: nbt.text('#minecraft:logs'), state: nbt.compound({ axis: nbt.text('y') }) }),
        ]),
      }),
    },
  ],
  [
    'stick',
    { SomeMod: nbt.compound({ power: nbt.long(7n) }) },
    { custom_data: nbt.compound({ SomeMod: nbt.compound({ power: nbt.long(7n) }) }) },
  ],
];

const named = (entries: Record<string, Nbt>): Record<string, Nbt> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [`minecraft:${name}`, value]));

describe('items: the form before 1.20.5', () => {
  for (const [id, tag, expected] of SUBJECTS) {
    test(`I1 ${id} with ${Object.keys(tag).join(', ')} becomes components and goes back as it was`, () => {
      const source = old(id, tag);
      const stack = readItem(source, V1_19)!;
      assert.ok(sameItem(stack, born(id, named(expected))), JSON.stringify([...(stack.components?.value ?? [])]));
      assert.deepEqual(writeItem(stack, V1_19), source);
    });

    test(`I2 ${id} with ${Object.keys(tag).join(', ')}, born in play, is written so that it reads as the same`, () => {
      const stack = born(id, named(expected));
      for (const dataVersion of [1519, 2230, V1_19, V1_20_4]) {
        const written = writeItem(stack, dataVersion);
        assert.ok(sameStack(readItem(written, dataVersion), stack), `data version ${dataVersion}`);
      }
      assert.ok(!JSON.stringify(keysOf(writeItem(stack, V1_20_4))).includes('peerhold:'), 'the old form alone says it');
    });
  }

  test('I3 wear in play changes only Damage in the old tag', () => {
    const tag = { Mod: nbt.byte(1), Damage: nbt.int(7), HideFlags: nbt.int(1), RepairCost: nbt.int(0) };
    const stack = readItem(old('diamond_pickaxe', tag), V1_19)!;
    const worn = withComponent(stack, 'minecraft:damage', nbt.int(9));
    assert.deepEqual(writeItem(worn, V1_19), old('diamond_pickaxe', { ...tag, Damage: nbt.int(9) }));
    assert.ok(sameStack(readItem(writeItem(worn, V1_19), V1_19), worn));
  });

  test('I4 air, a count of 0 and a missing id are no item', () => {
    assert.equal(readItem(old('air', null), V1_19), null);
    assert.equal(readItem(old('stone', null, 0), V1_19), null);
    assert.equal(readItem(nbt.compound({ Count: nbt.byte(1) }), V1_19), null);
    assert.equal(readItem(nbt.compound({ id: nbt.text('stone') }), V1_21_1)?.name, 'minecraft:stone');
  });

  test('I4 a count beyond 99 is 99, and its save keeps it while nothing changes', () => {
    const chest = nbt.compound({ Items: nbt.list('compound', [nbt.withTags(old('stone', null, 127), { Slot: nbt.byte(0) })]) });
    const slots = containerItems(chest, V1_19, 27);
    assert.equal(slots[0]?.count, 99);
    assert.equal(withContainerItems(chest, V1_19, slots), chest);
  });

  test('I5 a stack from an old save and one born in play stack when they are the same thing', () => {
    assert.ok(sameItem(readItem(old('iron_sword', { Damage: nbt.int(0), RepairCost: nbt.int(0) }), V1_19), born('iron_sword', null)));
    assert.ok(!sameItem(readItem(old('iron_sword', { Damage: nbt.int(1) }), V1_19), born('iron_sword', null)));
  });

  test('I6 components that the old form can not say survive a stay in an old chunk, and leave no trace on export', () => {
    const stack = born('stick', { 'minecraft:fire_resistant': nbt.compound({}), 'minecraft:max_stack_size': nbt.int(7) });
    const written = writeItem(stack, V1_19);
    assert.ok(sameStack(readItem(written, V1_19), stack));
    assert.ok(!JSON.stringify(keysOf(withoutPrivateTags(written))).includes('peerhold:'));
  });

  test('I7 an item that was renamed since is read under its new name and written under the one of its version', () => {
    const renames = [{ before: 3837, from: 'minecraft:scute', to: 'minecraft:turtle_scute' }];
    const stack = readItem(old('scute', null, 4), V1_19, renames)!;
    assert.equal(stack.name, 'minecraft:turtle_scute');
    assert.deepEqual(writeItem(stack, V1_19, renames), old('scute', null, 4));
    assert.equal(nbt.getText(writeItem(stack, V1_21_1, renames), 'id'), 'minecraft:turtle_scute');
  });

  test('I8 lore before 1.14 is plain text, and JSON since', () => {
    const tag = { display: nbt.compound({ Lore: nbt.list('string', [nbt.text('say "hi"')]) }) };
    const stack = readItem(old('stick', tag), 1631)!;
    assert.deepEqual(stack.components!.value.get('minecraft:lore'), nbt.list('string', [nbt.text('{"text":"say \\"hi\\""}')]));
    assert.deepEqual(writeItem(stack, 1631), old('stick', tag));
    const newer = nbt.getCompound(nbt.getCompound(writeItem(stack, V1_19), 'tag')!, 'display')!;
    assert.deepEqual(newer.value.get('Lore'), nbt.list('string', [nbt.text('{"text":"say \\"hi\\""}')]));
  });
});

function keysOf(value: Nbt): unknown {
  if (value.type === 'list') return value.value.map(keysOf);
  return value.type === 'compound' ? [...value.value].map(([name, entry]) => [name, keysOf(entry)]) : null;
}

const leaf = fc.oneof(
  fc.integer({ min: -128, max: 127 }).map(nbt.byte),
  fc.integer().map(nbt.int),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(nbt.long),
  fc.string().map(nbt.text),
  fc.array(fc.integer(), { maxLength: 4 }).map((ints) => nbt.intArray(Int32Array.from(ints))),
);
const tags = [
  ...new Set(SUBJECTS.flatMap(([, tag, components]) => [...Object.keys(tag), ...Object.keys(named(components))])),
  'Charged',
  'HideFlags',
  'Mod',
];
const { anyValue } = fc.letrec<{ anyValue: Nbt }>((tie) => ({
  anyValue: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.dictionary(fc.constantFrom(...tags, 'Name', 'Items', 'id', 'Count', 'levels'), tie('anyValue'), { maxKeys: 3 }).map(nbt.compound),
    fc.array(fc.integer().map(nbt.int), { maxLength: 3 }).map((list) => nbt.list('int', list)),
    fc
      .array(fc.dictionary(fc.constantFrom('id', 'lvl', 'Count', 'slot', 'item'), leaf, { maxKeys: 3 }), { maxLength: 3 })
      .map((list) => nbt.list('compound', list.map(nbt.compound))),
  ),
}));
const anyTag = fc.dictionary(fc.constantFrom(...tags), anyValue, { maxKeys: 6 });
const anyItem = fc.constantFrom(...new Set(SUBJECTS.map(([id]) => id)));

describe('items: whatever a save holds', () => {
  test('I9 any old tag, sensible or not, is read and written back to the letter', () => {
    fc.assert(
      fc.property(anyItem, anyTag, fc.constantFrom(1519, 2230, V1_19, V1_20_4), (id, tag, dataVersion) => {
        const source = old(id, tag);
        assert.deepEqual(writeItem(readItem(source, dataVersion)!, dataVersion), source);
      }),
      { numRuns: 2000 },
    );
  });

  test('I2 any components survive every form', () => {
    fc.assert(
      fc.property(anyItem, anyTag, fc.constantFrom(1519, 2230, V1_19, V1_20_4, V1_21_1), (id, components, dataVersion) => {
        const stack = born(id, named(components));
        assert.ok(sameStack(readItem(writeItem(stack, dataVersion), dataVersion), stack));
      }),
      { numRuns: 2000 },
    );
  });

  test('I9 every item of a real 1.19 save is written back to the letter, and none needs custom data', (context) => {
    const save = findSave('survival-1.19');
    if (save === null) return context.skip('needs the real save ../shared/worlds/survival-1.19 beside the project');
    let count = 0;
    for (const root of rootsOf(save, 99)) {
      for (const item of itemsIn(root)) {
        const stack = readItem(item, V1_19);
        if (stack === null) {
          assert.equal(nbt.getText(item, 'id'), 'minecraft:air');
          continue;
        }
        count += 1;
        assert.deepEqual(writeItem(stack, V1_19), withoutSlot(item));
        assert.equal(stack.components?.value.has('minecraft:custom_data') ?? false, false, JSON.stringify(keysOf(item)));
        const reborn = { ...stack, components: stack.components === null ? null : withoutPrivateTags(stack.components) };
        assert.ok(sameStack(readItem(writeItem(reborn, V1_19), V1_19), stack), 'and from its components alone it is the same thing');
      }
    }
    context.diagnostic(`${count} items`);
    assert.ok(count > 2000);
  });
});

describe('items: containers', () => {
  const item = (slot: number, id: string, count: number): NbtCompound => nbt.withTags(old(id, null, count), { Slot: nbt.byte(slot) });
  const chest = (items: readonly Nbt[]): NbtCompound =>
    nbt.compound({ id: nbt.text('minecraft:chest'), Items: nbt.list('compound', items), Lock: nbt.text('key') });

  test('I12 slots are found by their number', () => {
    const slots = containerItems(chest([item(26, 'stone', 2), item(0, 'dirt', 64)]), V1_19, 27);
    assert.equal(slots[0]?.name, 'minecraft:dirt');
    assert.equal(slots[26]?.count, 2);
    assert.equal(slots.filter((slot) => slot !== null).length, 2);
  });

  test('I13 writing unchanged slots returns the same object; a change keeps every other tag to the letter', () => {
    const strange = nbt.withTags(item(3, 'stone', 2), { FromMod: nbt.byte(1) });
    const source = chest([strange, item(40, 'dirt', 1)]);
    const slots = containerItems(source, V1_19, 27);
    assert.equal(withContainerItems(source, V1_19, slots), source);
    slots[1] = born('dirt', null, 5);
    const changed = withContainerItems(source, V1_19, slots);
    assert.deepEqual(nbt.getList(changed, 'Items'), [
      nbt.compound({ Slot: nbt.byte(1), id: nbt.text('minecraft:dirt'), Count: nbt.byte(5) }),
      strange,
      item(40, 'dirt', 1),
    ]);
    assert.equal(nbt.getText(changed, 'Lock'), 'key');
  });

  test('I14 a chest whose loot is not rolled shows empty and keeps its table until something changes', () => {
    const source = nbt.compound({
      id: nbt.text('minecraft:chest'),
      LootTable: nbt.text('minecraft:chests/igloo'),
      LootTableSeed: nbt.long(5n),
    });
    const slots: Slot[] = containerItems(source, V1_19, 27);
    assert.deepEqual(slots, Array.from({ length: 27 }).fill(null));
    assert.equal(withContainerItems(source, V1_19, slots), source);
    slots[0] = born('dirt', null);
    const changed = withContainerItems(source, V1_19, slots);
    assert.equal(changed.value.has('LootTable'), false);
    assert.ok(sameNbt(nbt.list('compound', nbt.getList(changed, 'Items')!), nbt.list('compound', [item(0, 'dirt', 1)])));
  });
});
