import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advanceAccountable } from '../../../src-main/core/world/index.ts';
import { ANNA, FLOOR, item, kit, pos, rules, Stage } from './stage.ts';

const Y = FLOOR + 1;

function plain(speed = 0, dimension = 'minecraft:overworld'): Stage {
  const stage = new Stage({ dimension });
  stage.council = { ...stage.council, gameRules: new Map([['randomTickSpeed', String(speed)]]) };
  stage.join(ANNA, 'survival', { x: 8.5, y: Y, z: 2.5, yaw: 0, pitch: 0 });
  return stage;
}

/** As a bucket does: the fluid wakes up. */
function pour(stage: Stage, x: number, z: number, fluid = 'water', y = Y): void {
  stage.shard.apply([
    { type: 'block', pos: pos(x, y, z), state: stage.id(fluid) },
    { type: 'schedule', pos: pos(x, y, z), kind: 'flow', tick: stage.shard.tick + 1 },
  ]);
}

function levels(stage: Stage, z: number, from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const at = stage.at(from + i, Y, z);
    return at.startsWith('water') || at.startsWith('lava') ? (stage.property(pos(from + i, Y, z), 'level') ?? '') : '.';
  }).join('');
}

test('A1 water spreads seven blocks on a plain, lava three, lava in the nether seven', () => {
  for (const [fluid, dimension, ticks, row] of [
    ['water', 'minecraft:overworld', 60, '.765432101234567.'],
    ['lava', 'minecraft:overworld', 200, '.....6420246....'],
    ['lava', 'minecraft:the_nether', 120, '.765432101234567.'],
  ] as const) {
    const stage = plain(0, dimension);
    pour(stage, 8, 10, fluid);
    stage.ticks(ticks);
    assert.equal(levels(stage, 10, 0, 16).slice(0, row.length), row, `${fluid} in ${dimension}`);
  }
});

test('A1 water takes five ticks a block and dries up when its source goes', () => {
  const stage = plain();
  pour(stage, 8, 10);
  stage.ticks(1);
  assert.equal(levels(stage, 10, 6, 10), '.101.');
  stage.ticks(4);
  assert.equal(levels(stage, 10, 6, 10), '.101.');
  stage.ticks(1);
  assert.equal(levels(stage, 10, 6, 10), '21012');
  stage.ticks(60);
  stage.hold(ANNA, item('stone'));
  stage.shard.apply([{ type: 'playerFields', uuid: ANNA, fields: { pose: { x: 8.5, y: Y + 1, z: 7.5, yaw: 0, pitch: 40 } } }]);
  assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), null);
  stage.ticks(120);
  assert.equal(levels(stage, 10, 0, 16), '.'.repeat(17));
});

test('A1 water runs to the nearest hole and falls', () => {
  const stage = plain();
  stage.set(pos(11, FLOOR, 10), 'air');
  pour(stage, 8, 10);
  stage.ticks(40);
  assert.equal(levels(stage, 10, 5, 12), '...0123.');
  assert.equal(stage.at(11, FLOOR, 10), 'water[level=8]');
});

test('A1 two sources make a third', () => {
  const stage = plain();
  for (const z of [9, 11]) for (const x of [7, 8, 9, 10, 11]) stage.set(pos(x, Y, z), 'stone');
  stage.set(pos(7, Y, 10), 'stone');
  stage.set(pos(11, Y, 10), 'stone');
  pour(stage, 8, 10);
  pour(stage, 10, 10);
  stage.ticks(20);
  assert.equal(levels(stage, 10, 8, 10), '000');
});

test('A1 lava beside water is cobblestone, its source obsidian, lava falling into water stone', () => {
  const stage = plain();
  stage.set(pos(8, Y, 10), 'lava');
  const pose = { x: 9.5, y: Y + 1, z: 8.5, yaw: 0, pitch: 56 };
  stage.fields(ANNA, { pose });
  stage.hold(ANNA, item('water_bucket'));
  assert.equal(stage.run(ANNA, { type: 'useItem', hand: 'main', pose }), null);
  assert.equal(stage.at(8, Y, 10), 'obsidian');
  const flow = plain();
  pour(flow, 4, 10, 'lava');
  flow.ticks(70);
  pour(flow, 8, 10);
  flow.ticks(80);
  assert.ok([5, 6, 7].some((x) => flow.at(x, Y, 10) === 'cobblestone'));
  const fall = plain();
  fall.set(pos(8, Y, 10), 'water');
  pour(fall, 8, 10, 'lava', Y + 3);
  fall.ticks(150);
  assert.equal(fall.at(8, Y + 1, 10), 'lava[level=8]');
  assert.equal(fall.at(8, Y, 10), 'stone');
});

test('A2 water washes torches and crops away with their drops, in the accountable part', () => {
  const stage = plain();
  stage.set(pos(9, Y, 10), 'torch');
  stage.set(pos(10, Y, 10), 'redstone_wire');
  pour(stage, 8, 10);
  stage.ticks(40);
  assert.deepEqual(stage.items(), { torch: 1, redstone: 1 });
  assert.equal(stage.property(pos(9, Y, 10), 'level'), '1');
});

test('A1 water does not enter doors, signs and slabs, and passes no full face', () => {
  const stage = plain();
  stage.set(pos(9, Y, 10), 'oak_slab[type=top]');
  stage.set(pos(7, Y, 10), 'oak_sign');
  pour(stage, 8, 10);
  stage.ticks(60);
  assert.match(stage.at(9, Y, 10), /waterlogged=false/);
  assert.match(stage.at(7, Y, 10), /^oak_sign/);
});

test('A3 sand falls when its ground goes, lands, and stacks; on a torch it drops', () => {
  const stage = plain();
  for (let y = Y; y < Y + 3; y++) stage.set(pos(8, y, 5), 'stone');
  stage.set(pos(8, Y + 3, 5), 'sand');
  stage.set(pos(8, Y + 4, 5), 'sand');
  stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
  const dig = (y: number): void => void stage.run(ANNA, { type: 'startDig', pos: pos(8, y, 5), face: 'up', pose: stage.player().pose });
  for (let y = Y; y < Y + 3; y++) dig(y);
  assert.ok([...stage.shard.entities()].every(({ body }) => body.type !== 'falling'));
  stage.ticks(2);
  assert.ok([...stage.shard.entities()].some(({ body }) => body.type === 'falling'));
  stage.ticks(40);
  assert.equal(stage.at(8, Y, 5), 'sand');
  assert.equal(stage.at(8, Y + 1, 5), 'sand');
  assert.ok([...stage.shard.entities()].every(({ body }) => body.type !== 'falling'));
  const drop = plain();
  drop.set(pos(8, Y, 5), 'torch');
  drop.set(pos(8, Y + 3, 5), 'gravel');
  drop.shard.apply([{ type: 'schedule', pos: pos(8, Y + 3, 5), kind: 'fall', tick: 2 }]);
  drop.ticks(30);
  assert.deepEqual(drop.items(), { gravel: 1 });
  assert.equal(drop.at(8, Y, 5), 'torch');
});

test('A3 concrete powder hardens in water', () => {
  const stage = plain();
  stage.set(pos(8, Y, 5), 'water');
  stage.set(pos(8, Y + 4, 5), 'red_concrete_powder');
  stage.shard.apply([{ type: 'schedule', pos: pos(8, Y + 4, 5), kind: 'fall', tick: 2 }]);
  stage.ticks(30);
  assert.equal(stage.at(8, Y, 5), 'red_concrete');
});

test('A4 leaves without a log decay and drop in the accountable part; placed ones and those near a log stay', () => {
  const stage = plain(400);
  stage.set(pos(6, Y, 10), 'oak_leaves[persistent=false,distance=7]');
  stage.set(pos(8, Y, 10), 'oak_leaves[persistent=true,distance=7]');
  stage.set(pos(10, Y, 10), 'oak_log');
  stage.set(pos(11, Y, 10), 'oak_leaves[persistent=false,distance=1]');
  stage.ticks(60);
  assert.equal(stage.at(6, Y, 10), 'air');
  assert.match(stage.at(8, Y, 10), /^oak_leaves/);
  assert.match(stage.at(11, Y, 10), /^oak_leaves/);
});

test('A4 leaves count their way to the log again when it is felled', () => {
  const stage = plain();
  stage.set(pos(8, Y, 5), 'oak_log');
  for (let i = 1; i <= 3; i++) stage.set(pos(8 + i, Y, 5), `oak_leaves[persistent=false,distance=${i}]`);
  stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 5), face: 'up', pose: stage.player().pose });
  stage.ticks(20);
  for (let i = 1; i <= 3; i++) assert.equal(stage.property(pos(8 + i, Y, 5), 'distance'), '7');
});

test('A5 grass spreads over dirt in the light, dies under a block; crops ripen; cane grows; ice melts by a lamp', () => {
  const stage = plain(400);
  for (let z = 9; z < 13; z++) for (let x = 5; x < 12; x++) stage.set(pos(x, FLOOR, z), 'dirt');
  stage.set(pos(8, FLOOR, 10), 'grass_block');
  stage.set(pos(2, FLOOR, 10), 'grass_block');
  stage.set(pos(2, Y, 10), 'stone');
  stage.set(pos(3, FLOOR, 4), 'farmland[moisture=7]');
  stage.set(pos(4, FLOOR, 4), 'water');
  stage.set(pos(3, Y, 4), 'wheat');
  stage.set(pos(5, FLOOR, 4), 'sand');
  stage.set(pos(5, Y, 4), 'sugar_cane');
  stage.set(pos(13, Y, 4), 'ice');
  stage.set(pos(13, Y + 1, 4), 'glowstone');
  stage.ticks(1500);
  assert.match(stage.at(9, FLOOR, 10), /^grass_block/);
  assert.equal(stage.at(2, FLOOR, 10), 'dirt');
  assert.equal(stage.at(3, Y, 4), 'wheat[age=7]');
  assert.match(stage.at(5, Y + 2, 4), /^sugar_cane/);
  assert.equal(stage.at(5, Y + 3, 4), 'air');
  assert.match(stage.at(13, Y, 4), /^water/);
});

test('A5 crops in the dark do not grow, farmland without water dries to dirt', () => {
  const stage = plain(400);
  for (let z = 2; z < 9; z++) for (let x = 2; x < 9; x++) stage.set(pos(x, Y + 2, z), 'stone');
  for (let y = Y; y < Y + 2; y++)
    for (let i = 2; i < 9; i++)
      for (const [x, z] of [
        [i, 2],
        [i, 8],
        [2, i],
        [8, i],
      ] as const)
        stage.set(pos(x, y, z), 'stone');
  stage.set(pos(5, FLOOR, 5), 'farmland[moisture=7]');
  stage.set(pos(5, Y, 5), 'wheat');
  stage.set(pos(12, FLOOR, 5), 'farmland[moisture=3]');
  stage.ticks(200);
  assert.equal(stage.at(5, Y, 5), 'wheat[age=0]');
  assert.equal(stage.at(12, FLOOR, 5), 'dirt');
});

test('A5 fire without fuel goes out', () => {
  const stage = plain();
  stage.hold(ANNA, item('flint_and_steel'));
  stage.use(ANNA, pos(8, FLOOR, 4), 'up');
  assert.match(stage.at(8, Y, 4), /^fire/);
  stage.ticks(600);
  assert.equal(stage.at(8, Y, 4), 'air');
});

test('A5 coral dies out of water and lives in it; sponges drink', () => {
  const stage = plain();
  stage.hold(ANNA, item('tube_coral_block'));
  stage.use(ANNA, pos(8, FLOOR, 4), 'up');
  stage.ticks(110);
  assert.equal(stage.at(8, Y, 4), 'dead_tube_coral_block');
  for (let x = 9; x < 12; x++) stage.set(pos(x, Y, 5), 'water');
  stage.hold(ANNA, item('sponge'));
  stage.use(ANNA, pos(8, FLOOR, 5), 'up');
  assert.equal(stage.at(8, Y, 5), 'wet_sponge');
  assert.equal(levels(stage, 5, 9, 11), '...');
});

test('T5 what ambient rules do is no part of the accountable effects', () => {
  const stage = plain(50);
  for (let z = 4; z < 12; z++) for (let x = 4; x < 12; x++) stage.set(pos(x, FLOOR, z), 'grass_block');
  pour(stage, 8, 10);
  const input = { council: stage.council, commands: [], tick: stage.shard.tick + 1 };
  const { effects } = advanceAccountable(stage.shard, input, kit, rules);
  assert.ok(effects.every(({ type }) => type !== 'block'));
  assert.ok(stage.tick().effects.some(({ type }) => type === 'block'));
});
