import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNKNOWN_STATES_MAX } from '../../../src-shared/config/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { formatStateName, parseStateName, resolveState } from '../../../src-main/core/world/index.ts';
import { newKit } from './kit.ts';

const { states, tables } = newKit();

test('world W1: every vanilla state has one name with sorted properties, and the name finds it', () => {
  for (let id = 0; id < tables.stateCount; id++) {
    const name = states.nameOf(id);
    assert.equal(states.idOf(name), id);
    const { block, properties } = parseStateName(name);
    assert.deepEqual([...properties.keys()], [...properties.keys()].sort());
    assert.equal(formatStateName(block, properties), name);
    assert.equal(states.blockOf(id)!.name, block);
    for (const [property, value] of properties) assert.equal(states.get(id, property), value);
  }
});

test('world W1: changing one property and changing it back is the same state', () => {
  const stairs = states.idOf('minecraft:oak_stairs[facing=north,half=bottom,shape=straight,waterlogged=false]');
  const turned = states.with(stairs, 'facing', 'east');
  assert.equal(states.nameOf(turned), 'minecraft:oak_stairs[facing=east,half=bottom,shape=straight,waterlogged=false]');
  assert.equal(states.with(turned, 'facing', 'north'), stairs);
  assert.equal(states.with(stairs, 'facing', 'up'), stairs);
  assert.equal(states.with(stairs, 'age', '1'), stairs);
});

test('world W2: a state that this version lacks keeps its name, has properties, and is shown as something solid', () => {
  const id = states.idOf('mod:lamp[color=red,lit=true]');
  assert.ok(id >= tables.stateCount);
  assert.equal(states.idOf('mod:lamp[color=red,lit=true]'), id);
  assert.equal(states.nameOf(id), 'mod:lamp[color=red,lit=true]');
  assert.equal(states.get(id, 'color'), 'red');
  assert.equal(states.get(id, 'size'), null);
  assert.equal(states.with(id, 'color', 'blue'), id);
  assert.equal(states.blockOf(id), null);
  assert.equal(states.blockOf(states.shown(id))!.name, 'minecraft:magenta_glazed_terracotta');
  assert.equal(states.isAir(id), false);
});

test('world W2: missing properties have their default, as vanilla reads saves; wrong ones make the state unknown', () => {
  const none = new Map<string, string>();
  assert.equal(states.nameOf(resolveState(states, 'minecraft:oak_log', none)), 'minecraft:oak_log[axis=y]');
  assert.equal(states.nameOf(resolveState(states, 'minecraft:oak_log', new Map([['axis', 'x']]))), 'minecraft:oak_log[axis=x]');
  const wrong = resolveState(states, 'minecraft:oak_log', new Map([['axis', 'q']]));
  assert.equal(states.nameOf(wrong), 'minecraft:oak_log[axis=q]');
  assert.ok(wrong >= tables.stateCount);
});

test('world W1: light, fluids and collision by state', () => {
  const of = (name: string): number => states.idOf(`minecraft:${name}`);
  assert.equal(states.emission(of('glowstone')), 15);
  assert.equal(states.emission(of('stone')), 0);
  assert.equal(states.filter(of('stone')), 15);
  assert.equal(states.filter(of('air')), 0);
  assert.equal(states.filter(of('water[level=0]')), 1);
  assert.ok(states.isFluid(of('water[level=0]')) && states.isFluid(of('seagrass')) && !states.isFluid(of('stone')));
  assert.ok(states.blocksMotion(of('stone')) && !states.blocksMotion(of('short_grass')));
  assert.ok(
    states.isAir(of('air')) &&
      states.isAir(of('cave_air')) &&
      states.isAir(of('void_air')) &&
      !states.isAir(of('light[level=0,waterlogged=false]')),
  );
});

test('world W10: slabs, stairs and snow close faces to light, whole cubes and glass do not need to', () => {
  const closed = (name: string): readonly string[] => {
    const faces = states.faces(states.idOf(`minecraft:${name}`));
    return ['down', 'up', 'north', 'south', 'west', 'east'].filter((_, face) => ((faces >> (4 * face)) & 15) === 15);
  };
  assert.deepEqual(closed('oak_slab[type=bottom,waterlogged=false]'), ['down']);
  assert.deepEqual(closed('oak_slab[type=top,waterlogged=true]'), ['up']);
  assert.deepEqual(closed('oak_stairs[facing=east,half=bottom,shape=straight,waterlogged=false]'), ['down', 'east']);
  assert.deepEqual(closed('snow[layers=1]'), ['down']);
  assert.deepEqual(closed('piston_head[facing=up,short=false,type=normal]'), ['up']);
  for (const name of ['stone', 'glass', 'air', 'white_carpet']) assert.deepEqual(closed(name), []);
  assert.equal(states.lightsAlike(states.idOf('minecraft:stone'), states.idOf('minecraft:dirt')), true);
  const slab = states.idOf('minecraft:oak_slab[type=top,waterlogged=false]');
  assert.equal(states.lightsAlike(slab, states.with(slab, 'type', 'bottom')), false);
});

test('store.blob-damaged: unknown states are limited', () => {
  const kit = newKit();
  for (let i = 0; i < UNKNOWN_STATES_MAX; i++) kit.states.idOf(`mod:block_${i}`);
  assert.throws(
    () => kit.states.idOf('mod:one_more'),
    (fault: unknown) => fault instanceof AppError && fault.code === 'store.blob-damaged',
  );
  assert.ok(kit.states.idOf('mod:block_7') < 65_536);
});
