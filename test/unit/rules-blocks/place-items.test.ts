import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { builder, is, look, put, SOUTH, Y } from './builder.ts';
import { ANNA, BEN, FLOOR, item, pos, Stage } from './stage.ts';

test('B8 nobody is walled in: not oneself, not others, not mobs; what has no collision fits', () => {
  const stage = new Stage();
  stage.join(ANNA, 'survival');
  stage.join(BEN, 'survival', { x: 8.5, y: Y, z: 10.5, yaw: 0, pitch: 0 });
  stage.hold(ANNA, item('stone', 9));
  assert.equal(stage.use(ANNA, pos(8, FLOOR, 8), 'up'), 'play.cannot-place-here');
  assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), 'play.cannot-place-here');
  assert.equal(stage.held()!.count, 9);
  stage.hold(ANNA, item('torch'));
  assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), null);
  stage.hold(ANNA, item('cow_spawn_egg', 1));
  assert.equal(stage.use(ANNA, pos(10, FLOOR, 8), 'up'), null);
  stage.hold(ANNA, item('stone', 9));
  assert.equal(stage.use(ANNA, pos(10, FLOOR, 8), 'up'), 'play.cannot-place-here');
});

test('B5 a broken chest spills what was in it; a shulker box keeps it', () => {
  for (const dataVersion of [3955, 3337]) {
    const stage = new Stage({ dataVersion });
    stage.join(ANNA, 'survival', look(SOUTH));
    stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
    const stack = nbt.compound({ slot: nbt.int(3), item: nbt.compound({ id: nbt.text('minecraft:diamond'), count: nbt.int(5) }) });
    const full = nbt.compound({ 'minecraft:container': nbt.list('compound', [stack]) });
    for (const name of ['chest', 'shulker_box']) {
      stage.hold(ANNA, item(name, 1, full));
      assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up', { pose: look(SOUTH) }), null);
      assert.equal(nbt.getList(stage.blockEntity(pos(8, Y, 10))!, 'Items')?.length, 1, name);
      stage.clearItems();
      stage.hold(ANNA, item('netherite_pickaxe'));
      stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
      assert.equal(stage.blockEntity(pos(8, Y, 10)), null);
      assert.deepEqual(stage.items(), name === 'chest' ? { chest: 1, diamond: 5 } : { shulker_box: 1 });
    }
    const [box] = [...stage.shard.entities()];
    assert.ok(box?.body.type === 'item');
    stage.hold(ANNA, box.body.stack);
    stage.use(ANNA, pos(8, FLOOR, 11), 'up', { pose: look(SOUTH) });
    assert.equal(nbt.getList(stage.blockEntity(pos(8, Y, 11))!, 'Items')?.length, 1, `round trip in ${dataVersion}`);
  }
});

test('B5 banners keep their patterns, heads their owner, through placing and breaking, in old and new chunks', () => {
  for (const dataVersion of [3955, 3337]) {
    const stage = new Stage({ dataVersion });
    stage.join(ANNA, 'survival', look(SOUTH));
    stage.fields(ANNA, { statusEffects: [{ name: 'minecraft:haste', amplifier: 1e7, untilTick: 1e9 }] });
    const layer = nbt.compound({ pattern: nbt.text('minecraft:creeper'), color: nbt.text('red') });
    const painted = nbt.compound({ 'minecraft:banner_patterns': nbt.list('compound', [layer]) });
    stage.hold(ANNA, item('white_banner', 1, painted));
    stage.use(ANNA, pos(8, FLOOR, 10), 'up', { pose: look(SOUTH) });
    stage.run(ANNA, { type: 'startDig', pos: pos(8, Y, 10), face: 'up', pose: look(SOUTH) });
    const [banner] = [...stage.shard.entities()];
    assert.ok(banner?.body.type === 'item');
    const kept = banner.body.stack.components?.value.get('minecraft:banner_patterns');
    assert.deepEqual(kept, painted.value.get('minecraft:banner_patterns'), String(dataVersion));
  }
});

test('B10 buckets take up and pour out sources, into blocks that hold water first', () => {
  const stage = new Stage();
  const down = { x: 8.5, y: Y, z: 8.5, yaw: 0, pitch: 55 };
  stage.join(ANNA, 'survival', down);
  const use = () => stage.run(ANNA, { type: 'useItem', hand: 'main', pose: down });
  stage.hold(ANNA, item('water_bucket'));
  assert.equal(use(), null);
  assert.equal(stage.held()!.name, 'minecraft:bucket');
  const wet = [9, 10].find((z) => stage.at(8, Y, z) === 'water[level=0]')!;
  assert.notEqual(wet, undefined);
  assert.equal(use(), null);
  assert.equal(stage.at(8, Y, wet), 'air');
  assert.equal(stage.held()!.name, 'minecraft:water_bucket');
  stage.set(pos(8, Y, wet), 'oak_slab');
  use();
  is(stage, 8, wet, { waterlogged: 'true' });
  stage.hold(ANNA, item('bucket', 3));
  use();
  is(stage, 8, wet, { waterlogged: 'false' });
  assert.equal(stage.held()!.count, 2);
  assert.ok(stage.player().inventory.some((slot) => slot?.name === 'minecraft:water_bucket'));
});

test('B10 flint and steel lights candles and grass; a spawn egg hatches; bone meal grows', () => {
  const stage = builder();
  put(stage, 'candle', 8, 10, SOUTH);
  put(stage, 'flint_and_steel', 8, 10, SOUTH, 'up', Y);
  is(stage, 8, 10, { lit: 'true' });
  assert.equal(put(stage, 'flint_and_steel', 9, 10, SOUTH), null);
  assert.match(stage.at(9, Y, 10), /^fire/);
  stage.set(pos(10, FLOOR, 10), 'farmland');
  stage.set(pos(10, Y, 10), 'wheat');
  put(stage, 'bone_meal', 10, 10, SOUTH, 'up', Y);
  assert.ok(Number(stage.property(pos(10, Y, 10), 'age')) >= 2);
  put(stage, 'pig_spawn_egg', 7, 10, SOUTH);
  assert.ok([...stage.shard.entities()].some(({ kind, body }) => kind === 'minecraft:pig' && body.type === 'mob' && body.health === 10));
});

test('B10 a click on a scaffold builds its tower on, seven along at most', () => {
  const stage = builder();
  put(stage, 'scaffolding', 8, 10, SOUTH);
  for (let height = 1; height < 5; height++) assert.equal(put(stage, 'scaffolding', 8, 10, SOUTH, 'north', Y), null);
  assert.equal(stage.at(8, Y + 4, 10), 'scaffolding[bottom=false,distance=0,waterlogged=false]');
  for (let along = 1; along < 7; along++) {
    assert.equal(put(stage, 'scaffolding', 8, 10, SOUTH, 'up', Y + 4), null);
    is(stage, 8, 10 + along, { distance: String(along), bottom: 'true' }, Y + 4);
  }
  assert.equal(put(stage, 'scaffolding', 8, 10, SOUTH, 'up', Y + 4), 'play.cannot-place-here');
});

test('B10 powder snow comes out of its bucket like a block and goes back into it', () => {
  const stage = new Stage();
  const down = { ...look(SOUTH), y: Y, pitch: 55 };
  stage.join(ANNA, 'survival', down);
  stage.hold(ANNA, item('powder_snow_bucket'));
  assert.equal(stage.use(ANNA, pos(8, FLOOR, 10), 'up'), null);
  assert.equal(stage.at(8, Y, 10), 'powder_snow');
  assert.equal(stage.held()!.name, 'minecraft:bucket');
  assert.equal(stage.run(ANNA, { type: 'useItem', hand: 'main', pose: { ...down, pitch: 35 } }), null);
  assert.equal(stage.at(8, Y, 10), 'air');
  assert.equal(stage.held()!.name, 'minecraft:powder_snow_bucket');
});

test('B10 water boils away in the nether, and fish swim out of their bucket', () => {
  const pose = { ...look(SOUTH), y: Y, pitch: 55 };
  const nether = new Stage({ dimension: 'minecraft:the_nether' });
  nether.join(ANNA, 'survival', pose);
  nether.hold(ANNA, item('water_bucket'));
  nether.run(ANNA, { type: 'useItem', hand: 'main', pose });
  assert.equal(nether.held()!.name, 'minecraft:bucket');
  assert.ok([9, 10].every((z) => nether.at(8, Y, z) === 'air'));
  const stage = new Stage();
  stage.join(ANNA, 'survival', pose);
  stage.hold(ANNA, item('cod_bucket'));
  stage.run(ANNA, { type: 'useItem', hand: 'main', pose });
  assert.ok([...stage.shard.entities()].some(({ kind }) => kind === 'minecraft:cod'));
});

test('B10 bone meal doubles grass, ripens berries, adds petals and copies tall flowers', () => {
  const stage = builder();
  stage.set(pos(8, FLOOR, 10), 'grass_block');
  stage.set(pos(8, Y, 10), 'fern');
  put(stage, 'bone_meal', 8, 10, SOUTH, 'up', Y);
  assert.equal(stage.at(8, Y + 1, 10), 'large_fern[half=upper]');
  stage.set(pos(9, FLOOR, 10), 'grass_block');
  stage.set(pos(9, Y, 10), 'pink_petals[flower_amount=3]');
  put(stage, 'bone_meal', 9, 10, SOUTH, 'up', Y);
  is(stage, 9, 10, { flower_amount: '4' });
  put(stage, 'bone_meal', 9, 10, SOUTH, 'up', Y);
  assert.deepEqual(stage.items(), { pink_petals: 1 });
  stage.clearItems();
  stage.set(pos(10, FLOOR, 10), 'grass_block');
  put(stage, 'lilac', 10, 10, SOUTH);
  put(stage, 'bone_meal', 10, 10, SOUTH, 'up', Y);
  assert.deepEqual(stage.items(), { lilac: 1 });
  stage.set(pos(7, Y, 10), 'stone');
  stage.hold(ANNA, item('bone_meal', 5));
  stage.use(ANNA, pos(7, Y, 10), 'up', { pose: look(SOUTH) });
  assert.equal(stage.held()!.count, 5, 'nothing to grow, nothing used up');
});
