import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequire } from 'node:module';
import type { BlockInfo } from '../../../src-main/core/world/index.ts';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';

const require = createRequire(import.meta.url);
const tables = buildTables('1.21.1');
const blocks = new Map(tables.blocks.map((block) => [block.name, block]));
const items = new Set(tables.items.map((item) => item.name));

function block(name: string): BlockInfo {
  const found = blocks.get(`minecraft:${name}`);
  assert.ok(found, `no block ${name}`);
  return found;
}

function stateOf(info: BlockInfo, wanted: Record<string, string>): number {
  let offset = 0;
  for (const { name, values } of info.properties) offset = offset * values.length + Math.max(0, values.indexOf(wanted[name] ?? values[0]!));
  return offset;
}

function at(values: readonly number[], offset: number): number {
  return values.length === 1 ? values[0]! : values[offset]!;
}

test('T1: version, data version and state ids are those of the protocol', () => {
  assert.equal(tables.dataVersion, 3955);
  assert.equal(tables.stateCount, 26684);
  const registry = require('prismarine-registry')('1.21.1');
  const Block = require('prismarine-block')(registry);
  let compared = 0;
  for (const info of tables.blocks) {
    const count = info.properties.reduce((product, { values }) => product * values.length, 1);
    for (let offset = 0; offset < count; offset++) {
      const theirs = Block.fromStateId(info.firstState + offset, 0);
      assert.equal(`minecraft:${theirs.name}`, info.name);
      const properties = theirs.getProperties();
      let rest = offset;
      for (const { name, values } of info.properties.toReversed()) {
        assert.equal(values[rest % values.length], String(properties[name]), `${info.name} ${offset} ${name}`);
        rest = Math.floor(rest / values.length);
      }
      compared += 1;
    }
    for (const list of [info.emits, info.filters, info.shapes]) assert.ok(list.length === 1 || list.length === count, info.name);
  }
  assert.equal(compared, tables.stateCount);
});

test('T1: a version that we do not speak is refused with its code', () => {
  assert.throws(
    () => buildTables('1.21.4'),
    (error) => error instanceof AppError && error.code === 'world.too-new-to-play',
  );
});

test('T2: tags are those of the reference login', () => {
  const reference = require('flying-squid/src/lib/plugins/loginTags.json').tags;
  const data = require('minecraft-data')('1.21.1');
  for (const [registry, ours, byId] of [
    ['minecraft:block', tables.blockTags, data.blocks],
    ['minecraft:item', tables.itemTags, data.items],
  ] as const) {
    const theirs = reference.find((entry: { tagType: string }) => entry.tagType === registry).tags;
    assert.equal(ours.size, theirs.length);
    for (const { tagName, entries } of theirs) {
      assert.deepEqual([...ours.get(tagName)!].sort(), entries.map((id: number) => `minecraft:${byId[id].name}`).sort(), tagName);
    }
  }
});

test('T3: tool, tier and need of a tool', () => {
  const facts = (name: string): unknown[] => [block(name).tool, block(name).requiresTool, block(name).toolTier, block(name).hardness];
  assert.deepEqual(facts('stone'), ['pickaxe', true, 0, 1.5]);
  assert.deepEqual(facts('dirt'), ['shovel', false, 0, 0.5]);
  assert.deepEqual(facts('iron_ore'), ['pickaxe', true, 1, 3]);
  assert.deepEqual(facts('diamond_ore'), ['pickaxe', true, 2, 3]);
  assert.deepEqual(facts('obsidian'), ['pickaxe', true, 3, 50]);
  assert.deepEqual(facts('oak_log'), ['axe', false, 0, 2]);
  assert.deepEqual(facts('oak_leaves'), ['hoe', false, 0, 0.2]);
  assert.deepEqual(facts('bedrock'), [null, false, 0, -1]);
  assert.equal(block('oak_leaves').shearsSpeed, 15);
  assert.equal(block('white_wool').shearsSpeed, 5);
  assert.equal(block('cobweb').swordSpeed, 15);
});

test('T4: drops name real items, and the ones that hurt when wrong are right', () => {
  for (const info of tables.blocks) {
    for (const drop of info.drops ?? []) {
      assert.ok(items.has(drop.item), `${info.name} drops ${drop.item}`);
      assert.ok(drop.min <= drop.max && drop.chance > 0 && drop.chance <= 1, info.name);
      const when = drop.when;
      if (when)
        assert.ok(
          info.properties.some(({ name, values }) => name === when.property && values.includes(when.value)),
          info.name,
        );
    }
    if (info.drops === null) assert.ok(info.item !== null, `${info.name} drops its own item and has none`);
  }
  const bare = (name: string): string[] =>
    (block(name).drops ?? [{ item: block(name).item!, min: 1, max: 1, chance: 1 }])
      .filter((drop) => !('silkTouch' in drop && drop.silkTouch) && !('shears' in drop && drop.shears))
      .map(({ item, min, max, chance }) => `${item.slice(10)} ${min}-${max} ${chance}`);
  assert.deepEqual(bare('stone'), ['cobblestone 1-1 1']);
  assert.deepEqual(bare('grass_block'), ['dirt 1-1 1']);
  assert.deepEqual(bare('gravel'), ['flint 1-1 0.1', 'gravel 1-1 1']);
  assert.deepEqual(bare('clay'), ['clay_ball 4-4 1']);
  assert.deepEqual(bare('glass'), []);
  assert.deepEqual(bare('ice'), []);
  assert.deepEqual(bare('glowstone'), ['glowstone_dust 2-4 1']);
  assert.deepEqual(bare('redstone_ore'), ['redstone 4-5 1']);
  assert.deepEqual(bare('lapis_ore'), ['lapis_lazuli 4-9 1']);
  assert.deepEqual(bare('oak_leaves'), ['oak_sapling 1-1 0.05', 'stick 1-2 0.02', 'apple 1-1 0.005']);
  assert.deepEqual(bare('oak_planks'), ['oak_planks 1-1 1']);
  assert.deepEqual(bare('wall_torch'), ['torch 1-1 1']);
  assert.deepEqual(bare('oak_wall_sign'), ['oak_sign 1-1 1']);
  assert.deepEqual(bare('short_grass'), ['wheat_seeds 1-1 0.125']);
  assert.deepEqual(bare('bedrock'), []);
  assert.deepEqual(bare('chest'), ['chest 1-1 1']);
});

test('T5: light by state', () => {
  const emits = (name: string, wanted: Record<string, string> = {}): number => at(block(name).emits, stateOf(block(name), wanted));
  assert.equal(emits('torch'), 14);
  assert.equal(emits('furnace', { lit: 'true' }), 13);
  assert.equal(emits('furnace', { lit: 'false' }), 0);
  assert.equal(emits('redstone_lamp', { lit: 'true' }), 15);
  assert.equal(emits('sea_pickle', { pickles: '4', waterlogged: 'true' }), 15);
  assert.equal(emits('sea_pickle', { pickles: '4', waterlogged: 'false' }), 0);
  assert.equal(emits('white_candle', { candles: '3', lit: 'true' }), 9);
  assert.equal(emits('respawn_anchor', { charges: '1' }), 3);
  assert.equal(emits('respawn_anchor', { charges: '4' }), 15);
  assert.equal(emits('light', { level: '7' }), 7);
  assert.equal(emits('cave_vines', { berries: 'true' }), 14);
  assert.equal(emits('glow_lichen', { down: 'true' }), 7);
  for (const info of tables.blocks) for (const level of [...info.emits, ...info.filters]) assert.ok(level >= 0 && level <= 15, info.name);
});

test('T6: how much light a state takes away', () => {
  const filters = (name: string, wanted: Record<string, string> = {}): number => at(block(name).filters, stateOf(block(name), wanted));
  assert.equal(filters('stone'), 15);
  assert.equal(filters('air'), 0);
  assert.equal(filters('glass'), 0);
  assert.equal(filters('water'), 1);
  assert.equal(filters('oak_leaves'), 1);
  assert.equal(filters('oak_slab', { type: 'double', waterlogged: 'false' }), 15);
  assert.equal(filters('oak_slab', { type: 'top', waterlogged: 'false' }), 0);
  assert.equal(filters('oak_slab', { type: 'top', waterlogged: 'true' }), 1);
  assert.equal(filters('oak_stairs', { waterlogged: 'true' }), 1);
  assert.equal(filters('sea_pickle', { waterlogged: 'false' }), 0);
  assert.equal(filters('tinted_glass'), 15);
});

test('T7: block entities, shapes, replaceable and climbable', () => {
  assert.equal(block('chest').blockEntity, 'minecraft:chest');
  assert.equal(block('oak_wall_sign').blockEntity, 'minecraft:sign');
  assert.equal(block('oak_wall_hanging_sign').blockEntity, 'minecraft:hanging_sign');
  assert.equal(block('creeper_wall_head').blockEntity, 'minecraft:skull');
  assert.equal(block('piston_head').blockEntity, null);
  assert.equal(block('spawner').blockEntity, 'minecraft:mob_spawner');
  assert.deepEqual(block('stone').shapes, [[[0, 0, 0, 16, 16, 16]]]);
  assert.equal(block('oak_stairs').shapes.length, 80);
  assert.equal(block('snow').replaceable, true);
  assert.equal(block('stone').replaceable, false);
  assert.equal(block('ladder').climbable, true);
});

test('T8: every rename ends at a name of this version', () => {
  const resolve = (renames: typeof tables.renamedBlocks, from: string, dataVersion: number): string =>
    renames.reduce((name, rename) => (dataVersion < rename.before && name === rename.from ? rename.to : name), from);
  for (const { before, from } of tables.renamedBlocks) {
    const to = resolve(tables.renamedBlocks, from, before - 1);
    assert.ok(blocks.has(to.replace(/\[.*/, '')), `${from} became ${to}`);
  }
  for (const { before, from } of tables.renamedItems) {
    const to = resolve(tables.renamedItems, from, before - 1);
    assert.ok(items.has(to), `${from} became ${to}`);
  }
  const biomes = new Set(tables.biomes.map(({ name }) => name));
  for (const { before, from } of tables.renamedBiomes) assert.ok(biomes.has(resolve(tables.renamedBiomes, from, before - 1)), from);
  for (const { block: name, property, to } of tables.renamedValues) {
    const found = blocks.get(name)?.properties.find((entry) => entry.name === property);
    assert.ok(found?.values.includes(to), `${name} ${property} ${to}`);
  }
  assert.equal(resolve(tables.renamedBlocks, 'minecraft:grass', 3465), 'minecraft:short_grass');
  assert.equal(resolve(tables.renamedBlocks, 'minecraft:kelp', 1480), 'minecraft:kelp_plant');
  assert.equal(resolve(tables.renamedBlocks, 'minecraft:kelp_top', 1480), 'minecraft:kelp');
  assert.equal(resolve(tables.renamedBlocks, 'minecraft:stone_slab', 1631), 'minecraft:smooth_stone_slab');
});

test('T9: items carry stack size, durability, food and the block they place', () => {
  const item = (name: string) => tables.items.find((entry) => entry.name === `minecraft:${name}`)!;
  assert.deepEqual(item('diamond_pickaxe').tool, { kind: 'pickaxe', tier: 3, speed: 8 });
  assert.equal(item('diamond_pickaxe').maxDamage, 1561);
  assert.equal(item('diamond_pickaxe').stackSize, 1);
  assert.equal(item('ender_pearl').stackSize, 16);
  assert.equal(item('iron_sword').attackDamage, 6);
  assert.equal(item('apple').food?.points, 4);
  assert.equal(item('golden_apple').food?.always, true);
  assert.equal(item('redstone').block, 'minecraft:redstone_wire');
  assert.equal(item('oak_planks').block, 'minecraft:oak_planks');
  assert.equal(item('stick').block, null);
  assert.equal(item('air').block, null);
  assert.equal(item('iron_chestplate').armorSlot, 1);
});

test('T10: the three dimensions with their heights and registry entries', () => {
  assert.deepEqual(
    tables.dimensions.map(({ name, minY, height, hasSkyLight }) => [name, minY, height, hasSkyLight]),
    [
      ['minecraft:overworld', -64, 384, true],
      ['minecraft:the_nether', 0, 256, false],
      ['minecraft:the_end', 0, 256, false],
    ],
  );
  for (const dimension of tables.dimensions) assert.equal(dimension.element?.value.get('effects')?.value, dimension.name);
});
