import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTables } from '../../../src-main/io/game/index.ts';
import { dimensionOfFolder, folderOfDimension, rangeOfDimension } from '../../../src-main/io/anvil/save/dimensions.ts';
import { readLevel, withLevelChanges } from '../../../src-main/io/anvil/save/level.ts';
import { newLevel } from '../../../src-main/io/anvil/save/newLevel.ts';
import { differenceNbt, nbt } from '../../../src-shared/nbt/index.ts';

const tables = buildTables('1.21.1');

const OLD = nbt.compound({
  LevelName: nbt.text('old'),
  DataVersion: nbt.int(1631),
  RandomSeed: nbt.long(-5n),
  SpawnX: nbt.int(1),
  SpawnY: nbt.int(2),
  SpawnZ: nbt.int(-3),
  DayTime: nbt.long(77n),
  GameType: nbt.int(1),
  hardcore: nbt.byte(1),
  GameRules: nbt.compound({ keepInventory: nbt.text('false'), randomTickSpeed: nbt.text('3') }),
});

const NEWEST = nbt.compound({
  DataVersion: nbt.int(4671),
  WorldGenSettings: nbt.compound({ seed: nbt.long(2n ** 62n) }),
  spawn: nbt.compound({ pos: nbt.intArray(Int32Array.of(4, 5, 6)), yaw: nbt.float(90), dimension: nbt.text('minecraft:overworld') }),
  game_rules: nbt.compound({ 'minecraft:keep_inventory': nbt.byte(1), 'minecraft:random_tick_speed': nbt.int(3) }),
});

test('level: facts of 1.13 and of 1.21.11', () => {
  const old = readLevel(OLD);
  assert.deepEqual(
    [old.name, old.dataVersion, old.seed, old.spawn, old.dayTime, old.gameMode, old.hardcore],
    ['old', 1631, '-5', { pos: { x: 1, y: 2, z: -3 }, angle: 0 }, 77, 'creative', true],
  );
  assert.deepEqual(old.gameRules, { keepInventory: 'false', randomTickSpeed: '3' });
  const newest = readLevel(NEWEST);
  assert.deepEqual(
    [newest.seed, newest.spawn, newest.difficulty],
    [(2n ** 62n).toString(), { pos: { x: 4, y: 5, z: 6 }, angle: 90 }, 'normal'],
  );
  assert.deepEqual(newest.gameRules, { 'minecraft:keep_inventory': 'true', 'minecraft:random_tick_speed': '3' });
});

test('level: without a change the tags are the same object', () => {
  for (const data of [OLD, NEWEST]) assert.equal(withLevelChanges(data, readLevel(data), readLevel(data)), data);
});

test('level: what changed is written in the form that was there, and read back', () => {
  for (const data of [OLD, NEWEST]) {
    const was = readLevel(data);
    const [rule] = Object.keys(was.gameRules);
    const now = {
      ...was,
      dayTime: 5000,
      raining: true,
      difficulty: 'hard' as const,
      spawn: { pos: { x: 9, y: 9, z: 9 }, angle: 45 },
      gameRules: { ...was.gameRules, [rule!]: 'true' },
    };
    const changed = withLevelChanges(data, was, now);
    assert.deepEqual(readLevel(changed), now);
    assert.equal(changed.value.has('spawn'), data.value.has('spawn'));
    assert.equal(changed.value.has('game_rules'), data.value.has('game_rules'));
    assert.equal(
      differenceNbt(nbt.compound({ a: data.value.get('DataVersion')! }), nbt.compound({ a: changed.value.get('DataVersion')! })),
      null,
    );
  }
});

test('level: a new one says what the facts say', () => {
  const facts = { ...readLevel(OLD), version: '1.21.1', dataVersion: 3955, lastPlayed: 99 };
  assert.deepEqual(readLevel(nbt.getCompound(newLevel(facts, null), 'Data')!), facts);
});

test('dimensions: folders and names, both ways', () => {
  for (const [folder, name] of [
    ['', 'minecraft:overworld'],
    ['DIM-1', 'minecraft:the_nether'],
    ['DIM1', 'minecraft:the_end'],
    ['dimensions/pack/caves/deep', 'pack:caves/deep'],
  ] as const) {
    assert.equal(dimensionOfFolder(folder), name);
    assert.equal(folderOfDimension(name), folder);
  }
  assert.equal(dimensionOfFolder('dimensions/minecraft/overworld'), 'minecraft:overworld');
  assert.equal(dimensionOfFolder('DIM7'), null);
});

test('dimensions: how far they reach', () => {
  const none = nbt.compound({});
  const range = (name: string, dataVersion: number, data = none) => rangeOfDimension(name, dataVersion, data, tables);
  assert.deepEqual(range('minecraft:overworld', 2730), { minY: 0, height: 256, hasSkyLight: true });
  assert.deepEqual(range('minecraft:overworld', 3105), { minY: -64, height: 384, hasSkyLight: true });
  assert.deepEqual(range('minecraft:the_nether', 3105), { minY: 0, height: 256, hasSkyLight: false });
  const custom = (type: Parameters<typeof nbt.compound>[0]) =>
    nbt.compound({
      WorldGenSettings: nbt.compound({ dimensions: nbt.compound({ 'pack:tall': nbt.compound({ type: nbt.compound(type) }) }) }),
    });
  assert.deepEqual(range('pack:tall', 3105, custom({ min_y: nbt.int(-128), height: nbt.int(512), has_skylight: nbt.byte(0) })), {
    minY: -128,
    height: 512,
    hasSkyLight: false,
  });
  assert.deepEqual(range('pack:tall', 3105, custom({ min_y: nbt.int(-7), height: nbt.int(512) })), {
    minY: -64,
    height: 384,
    hasSkyLight: true,
  });
});
