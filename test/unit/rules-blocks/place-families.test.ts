import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import type { Face } from '../../../src-main/core/world/index.ts';
import { builder, EAST, is, look, NORTH, put, SOUTH, WEST, Y } from './builder.ts';
import { ANNA, FLOOR, item, pos, Stage } from './stage.ts';

test('B7 a slab on a slab becomes double, from above and from the side', () => {
  const stage = builder();
  put(stage, 'oak_slab', 8, 10, SOUTH);
  assert.equal(put(stage, 'oak_slab', 8, 10, SOUTH, 'up', Y), null);
  is(stage, 8, 10, { type: 'double' });
  put(stage, 'oak_slab', 10, 10, SOUTH);
  stage.hold(ANNA, item('oak_slab'));
  assert.equal(stage.use(ANNA, pos(10, Y, 10), 'north', { cursor: { x: 0.5, y: 0.7, z: 0 }, pose: look(SOUTH) }), null);
  is(stage, 10, 10, { type: 'double' });
});

test('B7 another kind of slab does not join', () => {
  const stage = builder();
  put(stage, 'oak_slab', 8, 10, SOUTH);
  put(stage, 'birch_slab', 8, 10, SOUTH, 'up', Y);
  is(stage, 8, 10, { type: 'bottom' });
  assert.equal(stage.at(8, Y + 1, 10), 'birch_slab[type=bottom,waterlogged=false]');
});

test('B2 the upper half of a side makes the upper slab, stair and trapdoor', () => {
  const stage = builder();
  for (const [name, property] of [
    ['oak_slab', 'type'],
    ['oak_stairs', 'half'],
    ['oak_trapdoor', 'half'],
  ] as const) {
    for (const [y, value] of [
      [0.8, 'top'],
      [0.2, 'bottom'],
    ] as const) {
      stage.set(pos(8, Y, 11), 'stone');
      stage.set(pos(8, Y, 10), 'air');
      stage.hold(ANNA, item(name));
      assert.equal(stage.use(ANNA, pos(8, Y, 11), 'north', { cursor: { x: 0.5, y, z: 0 }, pose: look(SOUTH) }), null);
      is(stage, 8, 10, { [property]: value });
    }
  }
});

test('B2 stairs bend around corners, outer and inner, left and right, and straighten again', () => {
  const stage = builder();
  put(stage, 'oak_stairs', 8, 10, SOUTH);
  put(stage, 'oak_stairs', 8, 11, WEST);
  is(stage, 8, 10, { facing: 'south', shape: 'outer_right' });
  stage.set(pos(8, Y, 11), 'air');
  put(stage, 'oak_stairs', 8, 11, EAST);
  is(stage, 8, 10, { shape: 'outer_left' });
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 11), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { shape: 'straight' });
  put(stage, 'oak_stairs', 8, 9, WEST);
  is(stage, 8, 10, { shape: 'inner_right' });
  stage.set(pos(8, Y, 9), 'air');
  put(stage, 'oak_stairs', 8, 9, EAST);
  is(stage, 8, 10, { shape: 'inner_left' });
});

test('B2 fences join fences of their kind, gates across, full faces; not leaves', () => {
  const stage = builder();
  put(stage, 'oak_fence', 8, 10, SOUTH);
  put(stage, 'birch_fence', 9, 10, SOUTH);
  is(stage, 8, 10, { east: 'true', west: 'false' });
  is(stage, 9, 10, { west: 'true' });
  put(stage, 'nether_brick_fence', 7, 10, SOUTH);
  is(stage, 8, 10, { west: 'false' });
  put(stage, 'oak_leaves', 8, 11, SOUTH);
  is(stage, 8, 10, { south: 'false' });
  put(stage, 'oak_fence_gate', 8, 9, WEST);
  is(stage, 8, 10, { north: 'true' });
  put(stage, 'stone', 10, 10, SOUTH);
  is(stage, 9, 10, { east: 'true' });
  stage.run(ANNA, { type: 'startDig', pos: pos(9, Y, 10), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { east: 'false' });
});

test('B2 panes and bars join each other, walls and full faces', () => {
  const stage = builder();
  put(stage, 'glass_pane', 8, 10, SOUTH);
  put(stage, 'iron_bars', 9, 10, SOUTH);
  put(stage, 'cobblestone_wall', 7, 10, SOUTH);
  is(stage, 8, 10, { east: 'true', west: 'true', south: 'false' });
  is(stage, 7, 10, { east: 'low' });
});

test('B2 a wall runs through without a post, rises under a block and gets its post back at the end', () => {
  const stage = builder();
  for (const x of [7, 8, 9]) put(stage, 'cobblestone_wall', x, 10, SOUTH);
  is(stage, 8, 10, { east: 'low', west: 'low', up: 'false' });
  is(stage, 7, 10, { east: 'low', west: 'none', up: 'true' });
  put(stage, 'stone', 8, 10, SOUTH, 'up', Y);
  is(stage, 8, 10, { east: 'tall', west: 'tall', up: 'false' });
  stage.set(pos(8, Y + 1, 10), 'air');
  put(stage, 'torch', 8, 10, SOUTH, 'up', Y);
  is(stage, 8, 10, { up: 'true', east: 'low' });
});

test('B2 a gate between walls sits lower', () => {
  const stage = builder();
  put(stage, 'cobblestone_wall', 7, 10, SOUTH);
  put(stage, 'oak_fence_gate', 8, 10, SOUTH);
  is(stage, 8, 10, { in_wall: 'true' });
});

test('B4 a door is two blocks, its hinge at the wall, a second one mirrored', () => {
  const stage = builder();
  stage.set(pos(7, Y, 10), 'stone');
  stage.set(pos(7, Y + 1, 10), 'stone');
  put(stage, 'oak_door', 8, 10, NORTH);
  is(stage, 8, 10, { facing: 'north', half: 'lower', hinge: 'left' });
  is(stage, 8, 10, { half: 'upper', hinge: 'left' }, Y + 1);
  put(stage, 'oak_door', 9, 10, NORTH);
  is(stage, 9, 10, { hinge: 'right' });
  put(stage, 'oak_door', 12, 10, SOUTH);
  is(stage, 12, 10, { hinge: 'left' });
});

test('B4 a door needs room for both halves', () => {
  const stage = builder();
  stage.set(pos(8, Y + 1, 10), 'stone');
  assert.equal(put(stage, 'oak_door', 8, 10, SOUTH), 'play.cannot-place-here');
  assert.equal(stage.at(8, Y, 10), 'air');
});

test('B4 breaking either half of door, bed and tall plant takes both and gives one', () => {
  for (const [name, ground] of [
    ['oak_door', 'stone'],
    ['white_bed', 'stone'],
    ['sunflower', 'grass_block'],
    ['pitcher_plant', 'grass_block'],
  ] as const) {
    for (const upper of [false, true]) {
      const stage = new Stage();
      stage.join(ANNA, 'survival', { ...look(SOUTH), y: Y });
      stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
      stage.set(pos(8, FLOOR, 10), ground);
      stage.hold(ANNA, item(name));
      assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), null);
      const other = name.endsWith('_bed') ? pos(8, Y, 11) : pos(8, Y + 1, 10);
      assert.notEqual(stage.at(other.x, other.y, other.z), 'air');
      assert.equal(stage.run(ANNA, { type: 'startDig', pos: upper ? other : pos(8, Y, 10), face: 'up', pose: stage.player().pose }), null);
      assert.equal(stage.at(8, Y, 10), 'air');
      assert.equal(stage.at(other.x, other.y, other.z), 'air');
      assert.deepEqual(stage.items(), { [name]: 1 }, `${name} ${upper}`);
    }
  }
});

test('B4 a bed lies away from the player and needs room for its head', () => {
  const stage = builder();
  put(stage, 'red_bed', 8, 10, SOUTH);
  is(stage, 8, 10, { facing: 'south', part: 'foot' });
  is(stage, 8, 11, { facing: 'south', part: 'head' });
  stage.set(pos(11, Y, 10), 'stone');
  assert.equal(put(stage, 'red_bed', 10, 10, EAST), 'play.cannot-place-here');
});

test('B2 chests join beside each other, not when sneaking, and part again', () => {
  const stage = builder();
  put(stage, 'chest', 8, 10, SOUTH);
  put(stage, 'chest', 9, 10, SOUTH);
  is(stage, 8, 10, { facing: 'north', type: 'left' });
  is(stage, 9, 10, { facing: 'north', type: 'right' });
  stage.run(ANNA, { type: 'startDig', pos: pos(9, Y, 10), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { type: 'single' });
  stage.fields(ANNA, { sneaking: true });
  put(stage, 'chest', 9, 10, SOUTH);
  is(stage, 8, 10, { type: 'single' });
  is(stage, 9, 10, { type: 'single' });
});

test('B2 rails bend to a corner, climb a step and join what lies', () => {
  const stage = builder();
  put(stage, 'rail', 8, 10, SOUTH);
  put(stage, 'rail', 8, 11, SOUTH);
  put(stage, 'rail', 9, 10, EAST);
  is(stage, 8, 10, { shape: 'south_east' });
  is(stage, 9, 10, { shape: 'east_west' });
  stage.set(pos(10, Y, 10), 'stone');
  put(stage, 'rail', 10, 10, EAST, 'up', Y);
  is(stage, 9, 10, { shape: 'ascending_east' });
});

test('B3 rails on a slope fall when either ground goes', () => {
  for (const gone of [pos(10, Y, 10), pos(9, FLOOR, 10)]) {
    const stage = builder();
    stage.set(pos(10, Y, 10), 'stone');
    put(stage, 'rail', 10, 10, EAST, 'up', Y);
    put(stage, 'rail', 9, 10, EAST);
    is(stage, 9, 10, { shape: 'ascending_east' });
    stage.run(ANNA, { type: 'startDig', pos: gone, face: 'up', pose: look(SOUTH) });
    assert.equal(stage.at(9, Y, 10), 'air');
  }
});

test('B7 candles, pickles, eggs, petals and snow pile up to their most, then stand beside', () => {
  for (const [name, property, most, ground] of [
    ['candle', 'candles', 4, 'stone'],
    ['sea_pickle', 'pickles', 4, 'stone'],
    ['turtle_egg', 'eggs', 4, 'sand'],
    ['pink_petals', 'flower_amount', 4, 'grass_block'],
    ['snow', 'layers', 8, 'stone'],
  ] as const) {
    const stage = builder();
    stage.set(pos(8, FLOOR, 10), ground);
    put(stage, name, 8, 10, SOUTH);
    for (let count = 2; count <= most; count++) {
      assert.equal(put(stage, name, 8, 10, SOUTH, 'up', Y), null, name);
      is(stage, 8, 10, { [property]: String(count) });
    }
    put(stage, name, 8, 10, SOUTH, 'up', Y);
    is(stage, 8, 10, { [property]: String(most) });
  }
});

test('B6 a block in a source of water keeps the water, and leaves it behind', () => {
  const stage = new Stage();
  stage.join(ANNA, 'survival', look(SOUTH));
  stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
  stage.set(pos(8, Y, 10), 'water');
  put(stage, 'oak_slab', 8, 10, SOUTH);
  is(stage, 8, 10, { waterlogged: 'true' });
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
  assert.equal(stage.at(8, Y, 10), 'water[level=0]');
  put(stage, 'stone', 8, 10, SOUTH);
  assert.equal(stage.at(8, Y, 10), 'stone');
});

test('B3 what hangs on a block falls with it, once, with its drop', () => {
  const stage = builder();
  const holder = pos(8, Y + 1, 10);
  stage.set(holder, 'stone');
  const hung: readonly (readonly [string, Face])[] = [
    ['torch', 'up'],
    ['stone_button', 'north'],
    ['ladder', 'east'],
    ['oak_sign', 'west'],
    ['lantern', 'down'],
  ];
  for (const [name, face] of hung) {
    stage.hold(ANNA, item(name));
    assert.equal(stage.use(ANNA, holder, face, { pose: look(SOUTH) }), null, name);
  }
  stage.run(ANNA, { type: 'startDig', pos: holder, face: 'up', pose: look(SOUTH) });
  assert.deepEqual(stage.items(), { torch: 1, stone_button: 1, ladder: 1, oak_sign: 1, lantern: 1 });
});

test('B3 columns fall as a whole: sugar cane, bamboo, cactus, kelp, vines, scaffolds', () => {
  for (const [name, grounds] of [
    ['sugar_cane', ['grass_block', 'water']],
    ['cactus', ['sand', null]],
    ['bamboo', ['grass_block', null]],
    ['twisting_vines', ['stone', null]],
    ['scaffolding', ['stone', null]],
  ] as const) {
    const stage = builder();
    stage.set(pos(8, FLOOR, 10), grounds[0]);
    if (grounds[1] !== null) stage.set(pos(9, FLOOR, 10), grounds[1]);
    for (let y = Y; y < Y + 5; y++) stage.set(pos(8, y, 10), name);
    stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
    for (let y = Y; y < Y + 5; y++) assert.equal(stage.at(8, y, 10), 'air', `${name} at ${y}`);
  }
});

test('B3 chorus plants fall from the bottom up, and their flowers give nothing', () => {
  const stage = builder();
  stage.set(pos(8, FLOOR, 10), 'end_stone');
  for (let y = Y; y < Y + 4; y++) stage.set(pos(8, y, 10), 'chorus_plant');
  stage.set(pos(8, Y + 4, 10), 'chorus_flower');
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
  assert.equal(stage.at(8, Y + 4, 10), 'air');
  assert.equal(stage.items()['chorus_flower'], undefined);
});

test('B2 vines and lichen spread over the faces of one block; glow lichen keeps what still holds', () => {
  const stage = builder();
  stage.set(pos(7, Y, 10), 'stone');
  put(stage, 'glow_lichen', 8, 10, SOUTH);
  stage.hold(ANNA, item('glow_lichen'));
  stage.use(ANNA, pos(7, Y, 10), 'east', { pose: look(WEST) });
  is(stage, 8, 10, { down: 'true', west: 'true' });
  stage.run(ANNA, { type: 'startDig', pos: pos(7, Y, 10), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { down: 'true', west: 'false' });
  stage.run(ANNA, { type: 'startDig', pos: pos(8, FLOOR, 10), face: 'up', pose: look(SOUTH) });
  assert.equal(stage.at(8, Y, 10), 'air');
});

test('B2 redstone wire turns to its neighbours, up and down steps too', () => {
  const stage = builder();
  put(stage, 'redstone', 8, 10, SOUTH);
  put(stage, 'redstone', 9, 10, SOUTH);
  is(stage, 8, 10, { east: 'side', west: 'side', north: 'none', south: 'none' });
  stage.set(pos(8, Y, 11), 'stone');
  put(stage, 'redstone', 8, 11, SOUTH, 'up', Y);
  is(stage, 8, 10, { south: 'up', east: 'side' });
  is(stage, 8, 11, { north: 'side' }, Y + 1);
});

test('B2 dripstone grows thicker behind its tip', () => {
  const stage = builder();
  for (let y = FLOOR; y < FLOOR + 4; y++) put(stage, 'pointed_dripstone', 8, 10, SOUTH, 'up', y);
  for (const [index, thickness] of ['base', 'middle', 'frustum', 'tip'].entries()) is(stage, 8, 10, { thickness }, Y + index);
});

test('B2 grass turns white under snow and green again', () => {
  const stage = builder();
  stage.set(pos(8, FLOOR, 10), 'grass_block');
  put(stage, 'snow', 8, 10, SOUTH);
  is(stage, 8, 10, { snowy: 'true' }, FLOOR);
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { snowy: 'false' }, FLOOR);
});

test('B2 adventure and spectator place nothing; survival uses the item up, creative does not', () => {
  for (const [mode, refusal, left, block] of [
    ['survival', null, 1, 'stone'],
    ['creative', null, 2, 'stone'],
    ['adventure', 'play.no-permission', 2, 'air'],
    ['spectator', null, 2, 'air'],
  ] as const) {
    const stage = new Stage();
    stage.join(ANNA, mode);
    stage.hold(ANNA, item('stone', 2));
    assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), refusal, mode);
    assert.equal(stage.held()!.count, left, mode);
    assert.equal(stage.at(8, Y, 10), block, mode);
  }
});

test('B2 play.cannot-place-here at the top of the world', () => {
  const stage = builder();
  const top = pos(8, 319, 8);
  stage.set(top, 'stone');
  const pose = { x: 8.5, y: 320, z: 10.5, yaw: 180, pitch: 40 };
  stage.fields(ANNA, { pose });
  stage.hold(ANNA, item('stone'));
  assert.equal(stage.use(ANNA, top, 'up', { pose }), 'play.cannot-place-here');
});

test('B2 a sign asks its player for the text; block entities are born, with the name of the item', () => {
  const stage = builder();
  stage.hold(ANNA, item('oak_sign'));
  const command = stage.command(ANNA, {
    type: 'useOn',
    hand: 'main',
    pos: pos(8, FLOOR, 10),
    face: 'up',
    cursor: { x: 0.5, y: 1, z: 0.5 },
    inside: false,
    pose: look(SOUTH),
  });
  const { effects } = stage.tick([command]);
  assert.ok(effects.some((effect) => effect.type === 'show' && effect.event.kind === 'openSign' && effect.event.uuid === ANNA));
  assert.equal(nbt.getText(stage.blockEntity(pos(8, Y, 10))!, 'id'), 'minecraft:sign');
  stage.hold(ANNA, item('chest', 1, nbt.compound({ 'minecraft:custom_name': nbt.text('"Loot"') })));
  stage.use(ANNA, pos(9, FLOOR, 10), 'up', { pose: look(SOUTH) });
  const chest = stage.blockEntity(pos(9, Y, 10))!;
  assert.equal(nbt.getText(chest, 'CustomName'), '"Loot"');
  assert.equal(nbt.getNumber(chest, 'y'), Y);
});

test('B7 flowers and saplings do not stand on stone, crops only on farmland, lily pads only on water', () => {
  const stage = builder();
  assert.equal(put(stage, 'poppy', 8, 10, SOUTH), 'play.cannot-place-here');
  stage.set(pos(8, FLOOR, 10), 'dirt');
  assert.equal(put(stage, 'poppy', 8, 10, SOUTH), null);
  assert.equal(put(stage, 'wheat_seeds', 9, 10, SOUTH), 'play.cannot-place-here');
  const down = { x: 8.5, y: Y, z: 8.5, yaw: 0, pitch: 65 };
  for (const z of [9, 10]) stage.set(pos(8, FLOOR, z), 'water');
  stage.set(pos(8, Y, 10), 'air');
  stage.hold(ANNA, item('lily_pad'));
  stage.run(ANNA, { type: 'useItem', hand: 'main', pose: down });
  assert.ok([9, 10].some((z) => stage.at(8, Y, z) === 'lily_pad'));
});

test('B7 into grass a trapdoor turns as on the floor, whatever side of the grass was clicked', () => {
  const stage = builder();
  stage.set(pos(8, Y, 10), 'short_grass');
  stage.hold(ANNA, item('oak_trapdoor'));
  assert.equal(stage.use(ANNA, pos(8, Y, 10), 'east', { pose: look(SOUTH) }), null);
  is(stage, 8, 10, { facing: 'north' });
});

test('B7 grass does not give way to grass, and a torch gives way to nothing', () => {
  const stage = builder();
  stage.set(pos(8, FLOOR, 10), 'grass_block');
  stage.set(pos(8, Y, 10), 'short_grass');
  assert.equal(put(stage, 'short_grass', 8, 10, SOUTH, 'up', Y), 'play.cannot-place-here');
  stage.set(pos(8, Y, 10), 'torch');
  put(stage, 'stone', 8, 10, SOUTH, 'up', Y);
  assert.equal(stage.at(8, Y, 10), 'torch');
  assert.equal(stage.at(8, Y + 1, 10), 'stone');
});

test('B2 kelp stands in water only, on a column its lower part is the stem; bamboo begins as a shoot', () => {
  const stage = builder();
  for (let y = Y; y < Y + 4; y++) stage.set(pos(8, y, 10), 'water');
  put(stage, 'kelp', 8, 10, SOUTH);
  put(stage, 'kelp', 8, 10, SOUTH, 'up', Y);
  assert.equal(stage.at(8, Y, 10), 'kelp_plant');
  assert.match(stage.at(8, Y + 1, 10), /^kelp\[/);
  assert.equal(put(stage, 'kelp', 10, 10, SOUTH), 'play.cannot-place-here');
  stage.set(pos(11, FLOOR, 10), 'dirt');
  put(stage, 'bamboo', 11, 10, SOUTH);
  put(stage, 'bamboo', 11, 10, SOUTH, 'up', Y);
  assert.match(stage.at(11, Y, 10), /^bamboo\[/);
  assert.match(stage.at(11, Y + 1, 10), /^bamboo\[/);
});

test('B2 a hanging sign hangs straight below a full face and free below a fence', () => {
  const stage = builder();
  for (const [x, block, attached] of [
    [7, 'stone', 'false'],
    [9, 'oak_fence', 'true'],
  ] as const) {
    stage.set(pos(x, Y + 2, 10), block);
    stage.hold(ANNA, item('oak_hanging_sign'));
    assert.equal(stage.use(ANNA, pos(x, Y + 2, 10), 'down', { pose: look(SOUTH, -40) }), null);
    is(stage, x, 10, { attached }, Y + 1);
  }
});

test('B3 a bell between two walls keeps hanging on the one that is left', () => {
  const stage = builder();
  stage.set(pos(8, Y + 1, 9), 'stone');
  stage.set(pos(8, Y + 1, 11), 'stone');
  stage.hold(ANNA, item('bell'));
  assert.equal(stage.use(ANNA, pos(8, Y + 1, 11), 'north', { pose: { ...look(SOUTH), x: 9.5 } }), null);
  is(stage, 8, 10, { attachment: 'double_wall' }, Y + 1);
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y + 1, 11), face: 'up', pose: look(SOUTH) });
  is(stage, 8, 10, { attachment: 'single_wall', facing: 'north' }, Y + 1);
  stage.run(ANNA, { type: 'startDig', pos: pos(8, Y + 1, 9), face: 'up', pose: look(SOUTH) });
  assert.equal(stage.at(8, Y + 1, 10), 'air');
  assert.deepEqual(stage.items(), { bell: 1 });
});
