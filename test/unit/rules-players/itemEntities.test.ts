import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import type { Entity, ItemStack } from '../../../src-main/core/world/index.ts';
import { reachesItem } from '../../../src-main/core/world/index.ts';
import { ANNA, BEN, FLOOR, item, pos, Stage } from '../rules-blocks/stage.ts';
import { text } from './desk.ts';

const GROUND = FLOOR + 1;

function stageWith(mode: 'survival' | 'spectator' = 'survival'): Stage {
  const stage = new Stage();
  stage.join(ANNA, mode, { x: 8.5, y: GROUND, z: 8.5, yaw: 0, pitch: 0 });
  return stage;
}

/** Lays an item into the world, ready to be picked up. */
function lay(
  stage: Stage,
  stack: ItemStack,
  at: { x: number; y: number; z: number },
  more: { despawnTick?: number; delay?: number } = {},
): number {
  const id = stage.shard.nextEntityId;
  const entity: Entity = {
    id,
    uuid: `00000000-0000-4000-8000-0000000e${String(id).padStart(4, '0')}` as Entity['uuid'],
    kind: 'minecraft:item',
    pose: { ...at, yaw: 0, pitch: 0 },
    velocity: { x: 0, y: 0, z: 0 },
    body: {
      type: 'item',
      stack,
      pickupTick: stage.shard.tick + (more.delay ?? 0),
      despawnTick: more.despawnTick ?? stage.shard.tick + 6000,
      thrower: null,
    },
  };
  stage.shard.apply([{ type: 'entity', entity }]);
  return id;
}

const FAR = { x: 20.5, y: GROUND, z: 8.5 };

describe('E1 falling and lying', () => {
  test('an item falls onto the ground, stays exactly on it, and then costs nothing', () => {
    const stage = stageWith();
    const id = lay(stage, item('stone'), { ...FAR, y: GROUND + 5 });
    stage.ticks(60);
    assert.equal(stage.shard.entity(id)!.pose.y, GROUND);
    for (let i = 0; i < 100; i++)
      assert.deepEqual(
        stage.tick().effects.filter(({ type }) => type === 'entity'),
        [],
      );
  });

  test('it takes as long as in vanilla: 10 blocks in 24 ticks', () => {
    const stage = stageWith();
    const id = lay(stage, item('stone'), { ...FAR, y: GROUND + 10 });
    // Vanilla's item: v -= 0.04; y += v; v *= 0.98, here without the world.
    let y = GROUND + 10;
    let v = 0;
    let ticks = 0;
    while (y > GROUND) {
      v -= 0.04;
      y += v;
      v *= 0.98;
      ticks += 1;
    }
    // One check in four ticks starts it.
    let waited = 0;
    while (stage.shard.entity(id)!.velocity.y === 0 && waited < 4) {
      stage.tick();
      waited += 1;
    }
    stage.ticks(ticks - 2);
    assert.ok(stage.shard.entity(id)!.pose.y > GROUND);
    stage.tick();
    assert.equal(stage.shard.entity(id)!.pose.y, GROUND);
    assert.equal(ticks, 24);
  });

  test('it starts to fall again when its block goes', () => {
    const stage = stageWith();
    const id = lay(stage, item('stone'), FAR);
    stage.ticks(8);
    stage.set(pos(20, FLOOR, 8), 'air');
    stage.ticks(20);
    assert.equal(stage.shard.entity(id)!.pose.y, FLOOR);
  });

  test('a wall stops it, a slab holds it at its height', () => {
    const stage = stageWith();
    stage.set(pos(20, GROUND, 8), 'stone_slab[type=bottom]');
    const id = lay(stage, item('stone'), { ...FAR, y: GROUND + 2 });
    stage.ticks(40);
    assert.equal(stage.shard.entity(id)!.pose.y, GROUND + 0.5);
    stage.set(pos(22, GROUND, 8), 'stone');
    const thrown = lay(stage, item('dirt'), { x: 21.3, y: GROUND, z: 8.5 });
    stage.shard.apply([{ type: 'entity', entity: { ...stage.shard.entity(thrown)!, velocity: { x: 0.5, y: 0.1, z: 0 } } }]);
    stage.ticks(40);
    assert.equal(stage.shard.entity(thrown)!.pose.x, 22 - 0.125);
  });

  test('it floats on water and then costs nothing', () => {
    const stage = stageWith();
    for (let y = GROUND; y < GROUND + 3; y++) stage.set(pos(20, y, 8), 'water');
    for (const [x, z] of [
      [19, 8],
      [21, 8],
      [20, 7],
      [20, 9],
    ] as const)
      for (let y = GROUND; y < GROUND + 3; y++) stage.set(pos(x, y, z), 'stone');
    const id = lay(stage, item('stone'), { ...FAR, y: GROUND + 0.2 });
    stage.ticks(200);
    const { y } = stage.shard.entity(id)!.pose;
    assert.ok(y > GROUND + 2 && y < GROUND + 3, String(y));
    for (let i = 0; i < 50; i++)
      assert.deepEqual(
        stage.tick().effects.filter(({ type }) => type === 'entity'),
        [],
      );
  });
});

describe('E2 ends', () => {
  test('after 6000 ticks near somebody', () => {
    const stage = stageWith();
    const id = lay(stage, item('stone'), FAR, { despawnTick: stage.shard.tick + 20 });
    stage.ticks(19);
    assert.notEqual(stage.shard.entity(id), null);
    const { effects } = stage.tick();
    assert.ok(effects.some((effect) => effect.type === 'entityGone' && effect.reason === 'despawned'));
  });

  test('not where nobody is: there time stands still', () => {
    const stage = stageWith();
    const id = lay(stage, item('stone'), { x: 3000.5, y: GROUND, z: 8.5 }, { despawnTick: stage.shard.tick + 700 });
    stage.ticks(1300);
    const { body } = stage.shard.entity(id)!;
    assert.ok(body.type === 'item' && body.despawnTick > stage.shard.tick);
  });

  test('in the void and in lava, but netherite does not burn', () => {
    const stage = stageWith();
    const lost = lay(stage, item('stone'), { ...FAR, y: -130 });
    stage.set(pos(20, GROUND, 8), 'lava');
    const burnt = lay(stage, item('stone'), FAR);
    const kept = lay(stage, item('netherite_sword'), FAR);
    const { effects } = stage.tick();
    const gone = effects.flatMap((effect) => (effect.type === 'entityGone' ? [[effect.id, effect.reason]] : []));
    assert.deepEqual(gone, [
      [lost, 'killed'],
      [burnt, 'killed'],
    ]);
    assert.notEqual(stage.shard.entity(kept), null);
  });
});

describe('E3 equal stacks that lie together become one', () => {
  test('up to a full stack, the smaller into the larger', () => {
    const stage = stageWith();
    const a = lay(stage, item('stone', 10), FAR);
    const b = lay(stage, item('stone', 20), { ...FAR, x: 20.9 });
    lay(stage, item('stone', 60), { ...FAR, x: 20.2 });
    lay(stage, item('dirt', 1), FAR);
    stage.ticks(45);
    assert.equal(stage.shard.entity(a), null);
    const { body } = stage.shard.entity(b)!;
    assert.ok(body.type === 'item' && body.stack.count === 30);
    assert.deepEqual(stage.items(), { stone: 90, dirt: 1 });
  });

  test('not with other components', () => {
    const stage = stageWith();
    lay(stage, item('stone', 1, nbt.compound({ 'minecraft:custom_name': nbt.text('"a"') })), FAR);
    lay(stage, item('stone', 1), FAR);
    stage.ticks(45);
    assert.equal([...stage.shard.entities()].length, 2);
  });
});

describe('E4 picking up', () => {
  test('matching stacks first (held, off hand, hotbar, bag), then free places of the hotbar', () => {
    const stage = stageWith();
    stage.shard.apply([
      { type: 'slot', uuid: ANNA, slot: 9, item: item('stone', 60) },
      { type: 'slot', uuid: ANNA, slot: 45, item: item('stone', 62) },
      { type: 'slot', uuid: ANNA, slot: 36, item: item('dirt', 1) },
    ]);
    lay(stage, item('stone', 10), { x: 8.5, y: GROUND, z: 8.5 });
    stage.tick();
    const at = (slot: number) => text(stage.player().inventory[slot]);
    assert.deepEqual([at(45), at(9), at(37)], ['stone x64', 'stone x64', 'stone x4']);
  });

  test('only as much as fits, and the rest lies on', () => {
    const stage = stageWith();
    for (let slot = 9; slot <= 44; slot++) stage.shard.apply([{ type: 'slot', uuid: ANNA, slot, item: item('dirt', 64) }]);
    stage.shard.apply([{ type: 'slot', uuid: ANNA, slot: 20, item: item('stone', 60) }]);
    lay(stage, item('stone', 10), { x: 8.5, y: GROUND, z: 8.5 });
    const { effects } = stage.tick();
    assert.deepEqual(stage.items(), { stone: 6 });
    assert.ok(effects.some((effect) => effect.type === 'show' && effect.event.kind === 'pickUp' && effect.event.count === 4));
  });

  test('within a block to the sides and half a block above and below', () => {
    const stage = stageWith();
    lay(stage, item('stone', 1), { x: 8.5 + 0.3 + 1 + 0.12, y: GROUND, z: 8.5 });
    lay(stage, item('dirt', 1), { x: 8.5 + 0.3 + 1 + 0.13, y: GROUND, z: 8.5 });
    stage.tick();
    assert.deepEqual(stage.items(), { dirt: 1 });
  });

  test('not before its time, not by the dead, not by spectators', () => {
    const stage = stageWith();
    lay(stage, item('stone', 1), { x: 8.5, y: GROUND, z: 8.5 }, { delay: 5 });
    stage.ticks(4);
    assert.deepEqual(stage.items(), { stone: 1 });
    stage.tick();
    assert.deepEqual(stage.items(), {});
    const dead = stageWith();
    dead.fields(ANNA, { health: 0 });
    const ghost = stageWith('spectator');
    for (const each of [dead, ghost]) {
      lay(each, item('stone', 1), { x: 8.5, y: GROUND, z: 8.5 });
      each.tick();
      assert.deepEqual(each.items(), { stone: 1 });
    }
  });

  test('what somebody throws waits 40 ticks', () => {
    const stage = stageWith();
    stage.hold(ANNA, item('stone', 3));
    stage.run(ANNA, { type: 'drop', all: true, pose: { ...stage.player().pose, pitch: 90 } });
    stage.ticks(39);
    assert.deepEqual(stage.items(), { stone: 3 });
    stage.tick();
    assert.deepEqual(stage.items(), {});
  });

  test('the driver can ask where a keyframe is worth it', () => {
    const stage = stageWith();
    lay(stage, item('stone', 1), { x: 12.5, y: GROUND, z: 8.5 }, { delay: 3 });
    const at = (x: number): boolean => reachesItem(stage.shard, { sneaking: false }, { x, y: GROUND, z: 8.5, yaw: 0, pitch: 0 });
    assert.deepEqual([at(12.5), at(8.5)], [false, false], 'not yet');
    stage.ticks(2);
    assert.deepEqual([at(12.5), at(11.2), at(8.5)], [true, true, false]);
  });
});

describe('E5 throwing', () => {
  test('Q throws one of the held stack, Ctrl-Q all, forward', () => {
    const stage = stageWith();
    stage.hold(ANNA, item('stone', 3));
    stage.run(ANNA, { type: 'drop', all: false, pose: { ...stage.player().pose, yaw: -90 } });
    assert.equal(text(stage.held()), 'stone x2');
    const [thrown] = [...stage.shard.entities()];
    assert.ok(thrown!.velocity.x > 0.2 && Math.abs(thrown!.velocity.z) < 0.05, 'yaw -90 looks east');
    stage.run(ANNA, { type: 'drop', all: true, pose: stage.player().pose });
    assert.equal(stage.held(), null);
    assert.equal(stage.items()['stone'], 3);
  });

  test('what the first takes the second does not get', () => {
    const stage = stageWith();
    stage.join(BEN, 'survival', { x: 8.5, y: GROUND, z: 8.5, yaw: 0, pitch: 0 });
    lay(stage, item('stone', 5), { x: 8.5, y: GROUND, z: 8.5 });
    stage.tick();
    const both = [ANNA, BEN].map((uuid) => stage.player(uuid).inventory.reduce((sum, slot) => sum + (slot?.count ?? 0), 0));
    assert.deepEqual(both, [5, 0]);
  });
});
