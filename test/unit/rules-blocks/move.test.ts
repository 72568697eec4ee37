import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkMove, startMoving, type MoveContext, type MoveState } from '../../../src-main/core/world/index.ts';
import type { Pose } from '../../../src-shared/units/index.ts';
import { ANNA, enchanted, FLOOR, item, kit, pos, Stage } from './stage.ts';
import { Walker, type Control } from './walker.ts';

const Y = FLOOR + 1;
const START: Pose = { x: 8.5, y: Y, z: 8.5, yaw: 0, pitch: 0 };

function survivor(mode: 'survival' | 'creative' | 'spectator' = 'survival'): Stage {
  const stage = new Stage();
  stage.join(ANNA, mode);
  return stage;
}

function contextOf(stage: Stage, more: Partial<MoveContext> = {}): MoveContext {
  return { world: stage.shard, states: kit.states, player: stage.player(), leniency: 1, ...more };
}

/** Follows a path of poses, one a tick; the first refusal's facts, or null. */
function follow(stage: Stage, path: Iterable<Pose>, more: Partial<MoveContext> = {}, from: Pose = START): string | null {
  const context = contextOf(stage, more);
  let state: MoveState = startMoving(from, 0);
  let tick = 0;
  for (const pose of path) {
    tick += 1;
    const done = checkMove(state, { pose, tick }, context);
    if (!done.ok) return `${done.refusal.code} ${String(done.refusal.facts['reason'])} at tick ${tick}: ${JSON.stringify(pose)}`;
    state = done.state;
  }
  return null;
}

function* walk(walker: Walker, ticks: number, steer?: (tick: number) => void): Iterable<Pose> {
  for (let tick = 0; tick < ticks; tick++) {
    steer?.(tick);
    yield walker.tick();
  }
}

function straight(step: Partial<Pose>, ticks: number, from: Pose = START): Pose[] {
  return Array.from({ length: ticks }, (_, i) => ({
    ...from,
    x: from.x + (step.x ?? 0) * (i + 1),
    y: from.y + (step.y ?? 0) * (i + 1),
    z: from.z + (step.z ?? 0) * (i + 1),
  }));
}

function run(stage: Stage, controls: readonly Control[], ticks: number, from: Pose = START): string | null {
  const walker = new Walker(stage, from);
  for (const control of controls) walker.control[control] = true;
  return follow(stage, walk(walker, ticks), {}, from);
}

test('M1 walking, sprinting and sprint-jumping pass', () => {
  for (const controls of [
    ['forward'],
    ['forward', 'sprint'],
    ['forward', 'sprint', 'jump'],
    ['back', 'left', 'jump'],
    ['sneak', 'right'],
  ] as Control[][])
    assert.equal(run(survivor(), controls, 100), null, controls.join('+'));
});

test('M1 speed II, jump boost IV and blue ice pass', () => {
  const stage = survivor();
  for (let z = 8; z < 70; z++) for (let x = 7; x < 10; x++) stage.set(pos(x, FLOOR, z), 'blue_ice');
  assert.equal(run(stage, ['forward', 'sprint', 'jump'], 60), null);
  const fast = survivor();
  fast.fields(ANNA, {
    statusEffects: [
      { name: 'minecraft:speed', amplifier: 1, untilTick: 1e9 },
      { name: 'minecraft:jump_boost', amplifier: 3, untilTick: 1e9 },
    ],
  });
  const walker = new Walker(fast, START);
  walker.effect(1, 1);
  walker.effect(8, 3);
  for (const control of ['forward', 'sprint', 'jump'] as const) walker.control[control] = true;
  assert.equal(follow(fast, walk(walker, 80)), null);
});

test('M1 falling from the top of the world at full speed passes, and bouncing on slime too', () => {
  const stage = survivor();
  const high = { ...START, y: 318 };
  assert.equal(run(stage, [], 200, high), null);
  for (let z = 5; z < 12; z++) for (let x = 5; x < 12; x++) stage.set(pos(x, FLOOR, z), 'slime_block');
  assert.equal(run(stage, [], 200, { ...START, y: Y + 20 }), null);
});

test('M1 swimming up, sinking, and climbing ladders and vines pass', () => {
  const stage = survivor();
  for (let y = Y; y < Y + 20; y++) for (let z = 7; z < 10; z++) for (let x = 7; x < 10; x++) stage.set(pos(x, y, z), 'water');
  assert.equal(run(stage, ['jump'], 200), null);
  assert.equal(run(stage, ['forward', 'jump'], 100), null);
  const tower = survivor();
  for (let y = Y; y < Y + 20; y++) {
    tower.set(pos(8, y, 10), 'stone');
    tower.set(pos(8, y, 9), 'ladder[facing=north]');
  }
  const from = { ...START, z: 9.4 };
  const walker = new Walker(tower, from);
  walker.turn(0);
  walker.control.forward = true;
  assert.equal(follow(tower, walk(walker, 200), {}, from), null);
});

test('M1 any keys on any course of blocks pass', () => {
  const names = [
    'stone',
    'oak_slab',
    'oak_stairs',
    'water',
    'ladder[facing=north]',
    'oak_fence',
    'ice',
    'soul_sand',
    'cobweb',
    'honey_block',
    'white_carpet',
    'snow[layers=4]',
    'glass_pane',
    'scaffolding',
  ];
  const block = fc.record({
    x: fc.integer({ min: 4, max: 12 }),
    y: fc.integer({ min: 0, max: 2 }),
    z: fc.integer({ min: 9, max: 24 }),
    name: fc.constantFrom(...names),
  });
  const keys = fc.record({
    forward: fc.boolean(),
    back: fc.boolean(),
    left: fc.boolean(),
    right: fc.boolean(),
    jump: fc.boolean(),
    sprint: fc.boolean(),
    sneak: fc.boolean(),
    turn: fc.integer({ min: 0, max: 359 }),
  });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 60 }), fc.array(keys, { minLength: 1, maxLength: 12 }), (course, presses) => {
      const stage = survivor();
      for (const { x, y, z, name } of course) stage.set(pos(x, Y + y, z), name);
      const walker = new Walker(stage, START);
      const steer = (tick: number): void => {
        const { turn, ...held } = presses[Math.floor(tick / 12) % presses.length]!;
        Object.assign(walker.control, held);
        walker.turn(turn);
      };
      assert.equal(follow(stage, walk(walker, presses.length * 12, steer)), null);
    }),
    { numRuns: 150 },
  );
});

test('M1 creative flight, gliding, riptide and spectators pass', () => {
  assert.equal(follow(survivor('creative'), straight({ x: 1.1, y: 0.6 }, 50)), null);
  const glider = survivor();
  glider.shard.apply([{ type: 'slot', uuid: ANNA, slot: 6, item: item('elytra') }]);
  const high = { ...START, y: 250 };
  assert.equal(follow(glider, straight({ z: 1.7, y: -0.5 }, 15, high), {}, high), null);
  const diver = survivor();
  diver.hold(ANNA, enchanted('trident', { riptide: 3 }));
  assert.equal(follow(diver, straight({ z: 2.5, y: 1.5 }, 10)), null);
  assert.equal(follow(survivor('spectator'), straight({ x: 3, y: -2 }, 20)), null);
});

test('M2 play.moved-too-fast for running too fast, once the advantage is used up', () => {
  assert.match(follow(survivor(), straight({ x: 1.5 }, 60))!, /^play.moved-too-fast speed/);
  assert.match(follow(survivor(), straight({ x: 25 }, 1))!, /^play.moved-too-fast speed at tick 1/);
  assert.equal(follow(survivor(), straight({ x: 8 }, 1)), null, 'a knock is not a cheat');
});

test('M2 play.moved-too-fast for flying up and for hovering without leave', () => {
  assert.match(follow(survivor(), straight({ y: 0.4 }, 40))!, /^play.moved-too-fast rise/);
  const high = { ...START, y: Y + 30 };
  assert.match(follow(survivor(), straight({ x: 0.2 }, 120, high), {}, high)!, /^play.moved-too-fast hover/);
});

test('M3 play.moved-too-fast for walking into and through a wall, slowly or in one step', () => {
  const stage = survivor();
  for (let y = Y; y < Y + 3; y++) for (let x = -10; x < 30; x++) stage.set(pos(x, y, 10), 'stone');
  assert.match(follow(stage, straight({ z: 0.2 }, 20))!, /^play.moved-too-fast solid/);
  assert.match(follow(stage, [{ ...START, z: 12.5 }])!, /^play.moved-too-fast solid/);
  assert.equal(follow(stage, straight({ z: 0.2 }, 6)), null, 'up to the wall is fine');
  const waiting = (at: { x: number; z: number }): boolean => at.x === 8 && at.z === 10;
  assert.equal(follow(stage, straight({ z: 0.2 }, 20), { isChanging: waiting }), null, 'a block that the player is breaking just now');
});

test('M3 who was inside a block already may leave it', () => {
  const stage = survivor();
  stage.set(pos(8, Y, 8), 'sand');
  assert.equal(follow(stage, straight({ z: 0.2 }, 10)), null);
});

test('M4 play.position-invalid, and the rung rises with every refusal and sinks again', () => {
  const context = contextOf(survivor());
  let state = startMoving(START, 0);
  const wrong = checkMove(state, { pose: { ...START, x: Number.NaN }, tick: 1 }, context);
  assert.ok(!wrong.ok && wrong.refusal.code === 'play.position-invalid');
  state = wrong.state;
  for (const rung of [4, 6, 8]) {
    const refused = checkMove(state, { pose: { ...START, x: START.x + 40 }, tick: 2 }, context);
    assert.ok(!refused.ok);
    assert.equal(refused.refusal.facts['rung'], rung);
    assert.deepEqual(refused.state.pose, START);
    state = refused.state;
  }
  const fine = checkMove(state, { pose: START, tick: 3 }, context);
  assert.ok(fine.ok && fine.state.rung === 7);
});
