import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entity, ItemStack, Player } from '../../../src-main/core/world/index.ts';
import { playersOfSave, uuidOf } from '../../../src-main/io/anvil/player/list.ts';
import { readPlayer } from '../../../src-main/io/anvil/player/read.ts';
import { writePlayer } from '../../../src-main/io/anvil/player/write.ts';
import { writeEntity } from '../../../src-main/io/anvil/player/writeEntity.ts';
import { writeNbtFile } from '../../../src-main/io/anvil/save/nbtFile.ts';
import { differenceNbt, nbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { Hash, Uuid } from '../../../src-shared/units/index.ts';
import { worldKit } from './kit.ts';

const kit = await worldKit();
const UUID = '01234567-89ab-cdef-0123-456789abcdef' as Uuid;
const BLOB = 'cd'.repeat(32) as Hash;
const INTS = nbt.intArray(Int32Array.of(0x01234567, 0x89abcdef | 0, 0x01234567, 0x89abcdef | 0));

function item(slot: number, name: string, dataVersion: number, more: Readonly<Record<string, Nbt>> = {}): NbtCompound {
  const count: Record<string, Nbt> = dataVersion >= 3837 ? { count: nbt.int(2) } : { Count: nbt.byte(2) };
  return nbt.compound({ Slot: nbt.byte(slot), id: nbt.text(name), ...count, ...more });
}

function saved(dataVersion: number, more: Readonly<Record<string, Nbt>> = {}): NbtCompound {
  const enchanted = nbt.compound({
    Enchantments: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:unbreaking'), lvl: nbt.short(3) })]),
    mystery: nbt.long(7n),
  });
  const sword = dataVersion >= 3837 ? {} : { tag: enchanted };
  const dimension: Record<string, Nbt> = { Dimension: dataVersion >= 2554 ? nbt.text('minecraft:the_nether') : nbt.int(-1) };
  return nbt.compound({
    ...(dataVersion >= 2514 ? { UUID: INTS } : { UUIDMost: nbt.long(0x0123456789abcdefn), UUIDLeast: nbt.long(0x0123456789abcdefn) }),
    DataVersion: nbt.int(dataVersion),
    ...dimension,
    Pos: nbt.list('double', [nbt.double(1.5), nbt.double(64), nbt.double(-2.25)]),
    Rotation: nbt.list('float', [nbt.float(90.5), nbt.float(-10)]),
    Motion: nbt.list('double', [nbt.double(0), nbt.double(-0.0784), nbt.double(0)]),
    Health: nbt.float(17.5),
    foodLevel: nbt.int(12),
    foodSaturationLevel: nbt.float(1.25),
    foodExhaustionLevel: nbt.float(0.5),
    foodTickTimer: nbt.int(3),
    Air: nbt.short(280),
    Fire: nbt.short(-20),
    XpLevel: nbt.int(7),
    XpP: nbt.float(0.25),
    XpTotal: nbt.int(99),
    SelectedItemSlot: nbt.int(4),
    playerGameType: nbt.int(0),
    abilities: nbt.compound({ flying: nbt.byte(0), mayfly: nbt.byte(0), extra: nbt.byte(5) }),
    Inventory: nbt.list('compound', [
      item(0, 'minecraft:diamond_sword', dataVersion, sword),
      item(9, 'minecraft:stone', dataVersion),
      item(35, 'mod:gear', dataVersion, { odd: nbt.int(1) }),
      item(103, 'minecraft:iron_helmet', dataVersion),
      item(-106, 'minecraft:shield', dataVersion),
    ]),
    EnderItems: nbt.list('compound', [item(26, 'minecraft:dirt', dataVersion)]),
    recipeBook: nbt.compound({ kept: nbt.byte(1) }),
    ...more,
  });
}

function read(root: NbtCompound, tick = 0): Player {
  return readPlayer(writeNbtFile(root), { uuid: UUID, name: 'Ben', inLevel: false, kit, blob: BLOB, tick }).player;
}

function write(root: NbtCompound, player: Player, more: Partial<Parameters<typeof writePlayer>[2]> = {}): NbtCompound {
  return writePlayer(writeNbtFile(root), player, { dimension: 'minecraft:the_nether', kit, tick: 0, inLevel: false, ...more });
}

test('player: facts and slots of a save', () => {
  const { player, dimension } = readPlayer(writeNbtFile(saved(3105)), { uuid: UUID, name: 'Ben', inLevel: false, kit, blob: BLOB });
  assert.equal(dimension, 'minecraft:the_nether');
  assert.deepEqual(player.pose, { x: 1.5, y: 64, z: -2.25, yaw: 90.5, pitch: -10 });
  assert.deepEqual(
    [player.health, player.food, player.saturation, player.air, player.fireTicks, player.heldSlot, player.origin],
    [17.5, 12, 1.25, 280, 0, 4, BLOB],
  );
  assert.deepEqual(player.experience, { level: 7, progress: 0.25, total: 99 });
  const names = player.inventory.flatMap((stack, slot) => (stack === null ? [] : [`${slot} ${stack.name}`]));
  assert.deepEqual(names, [
    '5 minecraft:iron_helmet',
    '9 minecraft:stone',
    '35 mod:gear',
    '36 minecraft:diamond_sword',
    '45 minecraft:shield',
  ]);
  assert.deepEqual([player.enderItems.length, player.enderItems[26]!.name], [27, 'minecraft:dirt']);
});

test('player: one who has not played comes out tag by tag, in every version', () => {
  for (const version of [1519, 1631, 2230, 2566, 2730, 3105, 3465, 3955, 4671]) {
    const root = saved(version);
    assert.equal(differenceNbt(write(root, read(root)), root), null, String(version));
  }
});

test('player: effects with and without names, and one without an end', () => {
  const effect = nbt.compound({ Id: nbt.int(9), Amplifier: nbt.byte(-2), Duration: nbt.int(100), Ambient: nbt.byte(1) });
  const old = saved(3105, { ActiveEffects: nbt.list('compound', [effect]) });
  assert.deepEqual(read(old, 50).statusEffects, [{ name: 'minecraft:nausea', amplifier: 254, untilTick: 150 }]);
  const now = saved(3955, {
    active_effects: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:luck'), duration: nbt.int(-1) })]),
  });
  const endless = read(now, 50);
  assert.equal(differenceNbt(write(now, endless, { tick: 90_000 }), write(now, read(now, 90_000), { tick: 90_000 })), null);
  const shorter = write(old, read(old, 50), { tick: 60 });
  assert.equal(differenceNbt(nbt.getList(shorter, 'ActiveEffects')![0]!, nbt.withTags(effect, { Duration: nbt.int(90) })), null);
  assert.equal(write(old, read(old, 50), { tick: 900 }).value.has('ActiveEffects'), false);
});

test('player: only what changed is written, in the version of the save', () => {
  const stack: ItemStack = { name: 'minecraft:bread', count: 3, components: null };
  for (const version of [1631, 3105, 3955, 4671]) {
    const root = saved(version);
    const player = read(root);
    const inventory = player.inventory
      .with(9, null)
      .with(10, stack)
      .with(8, { ...stack, name: 'minecraft:iron_boots', count: 1 });
    const now: Player = {
      ...player,
      health: 3,
      gameMode: 'creative',
      inventory,
      pose: { ...player.pose, y: 70 },
      spawn: { pos: { x: 1, y: 2, z: 3 }, angle: 10 },
    };
    const changed = write(root, now);
    const again = read(changed);
    assert.deepEqual({ ...again, spawn: { ...again.spawn, angle: 10 } }, now, String(version));
    for (const kept of ['recipeBook', 'EnderItems', 'XpP', 'UUID', 'UUIDMost'])
      assert.equal(changed.value.get(kept), changed.value.get(kept));
    const slots = nbt.getList(changed, 'Inventory')!.map((tag) => nbt.getNumber(tag as NbtCompound, 'Slot'));
    assert.deepEqual(slots, version >= 4292 ? [0, 10, 35, 103, -106] : [0, 10, 35, 100, 103, -106]);
    assert.equal(differenceNbt(nbt.getList(changed, 'Inventory')![2]!, item(35, 'mod:gear', version, { odd: nbt.int(1) })), null);
    assert.equal(nbt.getCompound(changed, 'equipment') !== null, version >= 4292);
    assert.equal(nbt.getNumber(nbt.getCompound(changed, 'abilities')!, 'extra'), 5);
    assert.equal(JSON.stringify([...changed.value.keys()]).includes('peerhold'), false);
  }
});

test('player: what the hand and the crafting grid hold goes where there is room', () => {
  const root = saved(3105);
  const stack: ItemStack = { name: 'minecraft:bread', count: 3, components: null };
  const player = read(root);
  const changed = write(root, { ...player, cursor: stack, inventory: player.inventory.with(1, stack) });
  const bread = nbt.getList(changed, 'Inventory')!.filter((tag) => nbt.getText(tag as NbtCompound, 'id') === 'minecraft:bread');
  assert.deepEqual(
    bread.map((tag) => nbt.getNumber(tag as NbtCompound, 'Slot')),
    [1, 2],
  );
});

test('player: one born here is written for 1.21.1 and reads back', () => {
  const born = read(saved(3955));
  const root = writePlayer(null, { ...born, origin: null }, { dimension: 'minecraft:overworld', kit, tick: 0, inLevel: false });
  assert.equal(nbt.getNumber(root, 'DataVersion'), 3955);
  assert.equal(uuidOf(root), UUID);
  assert.deepEqual(read(root), born);
});

test('player: the single-player one stands in level.dat', () => {
  const level = nbt.compound({ Data: nbt.compound({ Player: saved(3105) }) });
  const { player } = readPlayer(writeNbtFile(level), { uuid: UUID, name: 'Ben', inLevel: true, kit, blob: BLOB });
  assert.equal(player.health, 17.5);
  assert.equal(differenceNbt(write(level, player, { inLevel: true }), saved(3105)), null);
  assert.throws(() => readPlayer(writeNbtFile(nbt.compound({})), { uuid: UUID, name: 'Ben', inLevel: true, kit, blob: BLOB }), {
    code: 'world.player-not-found',
  });
});

test('player: claimed by another account it gets that UUID', () => {
  const root = saved(3105);
  const other = 'ffffffff-0000-4000-8000-000000000000' as Uuid;
  assert.equal(uuidOf(write(root, { ...read(root), uuid: other })), other);
  const old = saved(1631);
  assert.equal(uuidOf(write(old, { ...read(old), uuid: other })), other);
});

test('player: numbers that are none are not let in', () => {
  const player = read(
    saved(3105, { Pos: nbt.list('double', [nbt.double(Number.NaN), nbt.double(Infinity), nbt.double(3)]), Health: nbt.float(Number.NaN) }),
  );
  assert.deepEqual([player.pose.x, player.pose.y, player.pose.z, player.health], [0, 0, 3, 20]);
});

test('players of a save: bare and hyphenated names are one, other files none', () => {
  const file = (path: string) => ({ path, bytes: 1, modified: 0 });
  const files = [
    'playerdata/0123456789abcdef0123456789abcdef.dat',
    `playerdata/${UUID.toUpperCase()}.dat`,
    'playerdata/ben.dat',
    'stats/x.json',
  ].map(file);
  assert.deepEqual(playersOfSave({ files, data: nbt.compound({ Player: nbt.compound({}) }) }), [
    { uuid: UUID, source: `playerdata/${UUID.toUpperCase()}.dat` },
    { uuid: '00000000-0000-0000-0000-000000000000', source: 'level.dat' },
  ]);
});

test('entity: a mob that did not move is its own NBT, another only changes in what moved', () => {
  const tags = nbt.compound({
    id: nbt.text('minecraft:cow'),
    UUID: INTS,
    Pos: nbt.list('double', [1, 2, 3].map(nbt.double)),
    Motion: nbt.list('double', [0, 0, 0].map(nbt.double)),
    Rotation: nbt.list('float', [nbt.float(12.34), nbt.float(0)]),
    Health: nbt.float(9.7),
    Age: nbt.int(5),
  });
  const cow: Entity = {
    id: 1,
    uuid: UUID,
    kind: 'minecraft:cow',
    pose: { x: 1, y: 2, z: 3, yaw: Math.fround(12.34), pitch: 0 },
    velocity: { x: 0, y: 0, z: 0 },
    body: { type: 'mob', health: Math.fround(9.7), nbt: tags, dataVersion: 3105 },
  };
  const same = writeEntity(cow, { kit, tick: 0 });
  assert.equal(same.dataVersion, 3105);
  assert.equal(differenceNbt(same.toNbt(3105), tags), null);
  const moved = writeEntity({ ...cow, pose: { ...cow.pose, x: 8 } }, { kit, tick: 0 }).toNbt(3105);
  assert.equal(differenceNbt(moved, nbt.withTags(tags, { Pos: nbt.list('double', [8, 2, 3].map(nbt.double)) })), null);
});

test('entity: an item in the version that is asked for', () => {
  const dropped: Entity = {
    id: 2,
    uuid: UUID,
    kind: 'minecraft:item',
    pose: { x: 1, y: 2, z: 3, yaw: 0, pitch: 0 },
    velocity: { x: 0, y: 0, z: 0 },
    body: {
      type: 'item',
      stack: { name: 'minecraft:dirt', count: 5, components: null },
      pickupTick: 110,
      despawnTick: 6000,
      thrower: null,
    },
  };
  const entity = writeEntity(dropped, { kit, tick: 100 });
  assert.equal(entity.dataVersion, null);
  const old = entity.toNbt(1631);
  assert.deepEqual(
    [
      nbt.getNumber(nbt.getCompound(old, 'Item')!, 'Count'),
      nbt.getNumber(old, 'Age'),
      nbt.getNumber(old, 'PickupDelay'),
      old.value.has('UUIDMost'),
    ],
    [5, 100, 10, true],
  );
  const now = entity.toNbt(3955);
  assert.deepEqual([nbt.getNumber(nbt.getCompound(now, 'Item')!, 'count'), now.value.has('UUID')], [5, true]);
});
