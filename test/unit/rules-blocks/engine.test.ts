import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  advance,
  advanceAccountable,
  encodeEffects,
  neededChunks,
  validate,
  type Action,
  type Command,
  type RuleSet,
} from '../../../src-main/core/world/index.ts';
import { assemble } from '../../../src-main/core/world/rules/registry.ts';
import type { Pose, Uuid } from '../../../src-shared/units/index.ts';
import { ANNA, BEN, COUNCIL, FLOOR, item, kit, pos, rules, Stage } from './stage.ts';

const POSE: Pose = { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 };

function useOn(x: number, z: number): Action {
  return { type: 'useOn', hand: 'main', pos: pos(x, FLOOR, z), face: 'up', cursor: { x: 0.5, y: 1, z: 0.5 }, inside: false, pose: POSE };
}

function builder(): Stage {
  const stage = new Stage();
  stage.join(ANNA, 'survival');
  stage.hold(ANNA, item('stone', 64));
  return stage;
}

test('T1 a command that comes again is skipped without a word and changes nothing', () => {
  const stage = builder();
  const command = stage.command(ANNA, useOn(8, 10));
  stage.tick([command, command]);
  const again = stage.tick([command]);
  assert.deepEqual(again.skipped, []);
  assert.equal(again.effects.filter(({ type }) => type === 'block' || type === 'executed').length, 0);
  assert.equal(stage.held()!.count, 63);
});

test("rule 1: play.out-of-order after a gap, for a session that nobody opened, and for somebody else's session", () => {
  const stage = builder();
  const gap: Command = { ...stage.command(ANNA, useOn(8, 10)), sequence: 9 };
  const stranger: Command = { session: BEN, sequence: 1, player: BEN, action: useOn(8, 10) };
  const borrowed: Command = { session: ANNA, sequence: 2, player: BEN, action: useOn(8, 10) };
  const { skipped, effects } = stage.tick([gap, stranger, borrowed]);
  assert.deepEqual(
    skipped.map(({ refusal }) => refusal.code),
    ['play.out-of-order', 'play.out-of-order', 'play.out-of-order'],
  );
  assert.ok(effects.every(({ type }) => type !== 'executed'));
});

test('T1 a join that arrives again after the player left does not bring them back', () => {
  const stage = new Stage();
  const join = stage.command(ANNA, { type: 'join', name: 'anna', profile: null });
  stage.tick([join]);
  stage.tick([stage.command(ANNA, { type: 'leave' })]);
  assert.equal(stage.player().online, false);
  stage.tick([join]);
  assert.equal(stage.player().online, false);
});

test('T1 the next session of a player ends the one before', () => {
  const stage = builder();
  const session = '11111111-1111-4111-8111-111111111111' as Uuid;
  stage.tick([{ session, sequence: 1, player: ANNA, action: { type: 'join', name: 'anna', profile: null } }]);
  assert.equal(stage.shard.sequenceOf(ANNA), null);
  assert.equal(stage.shard.sessionOf(ANNA), session);
});

test('T2 a refused command leaves only its place in the session', () => {
  const failing: RuleSet = {
    actions: [
      {
        action: 'holdSlot',
        execute: (context, player) => {
          context.emit({ type: 'playerFields', uuid: player.uuid, fields: { heldSlot: 5 } });
          return { ok: false, code: 'play.bad-argument', facts: {} };
        },
      },
    ],
  };
  const stage = builder();
  const command = stage.command(ANNA, { type: 'holdSlot', slot: 5 });
  const { effects } = advance(
    stage.shard,
    { council: COUNCIL, commands: [command], tick: stage.shard.tick + 1 },
    kit,
    assemble(1, [failing]),
  );
  assert.deepEqual(effects, [
    { type: 'executed', session: ANNA, player: ANNA, sequence: command.sequence, refusal: { code: 'play.bad-argument', facts: {} } },
  ]);
});

test('T3 advance leaves the shard as it was, and again when a rule breaks down', () => {
  const stage = builder();
  const before = { root: stage.shard.root(), tick: stage.shard.tick };
  const input = { council: COUNCIL, commands: [stage.command(ANNA, useOn(8, 10))], tick: stage.shard.tick + 1 };
  advance(stage.shard, input, kit, rules);
  assert.deepEqual({ root: stage.shard.root(), tick: stage.shard.tick }, before);
  const broken: RuleSet = {
    ticks: [
      {
        name: 'broken',
        accountable: true,
        tick: (context) => {
          context.emit({ type: 'block', pos: pos(1, FLOOR, 1), state: 0 });
          throw new Error('broken');
        },
      },
    ],
  };
  assert.throws(() => advance(stage.shard, input, kit, assemble(1, [broken])), /broken/);
  assert.deepEqual({ root: stage.shard.root(), tick: stage.shard.tick }, before);
});

test('T4 equal commands give equal effects and roots, whatever else is resident', () => {
  const clicks = fc.record({
    x: fc.integer({ min: 5, max: 11 }),
    z: fc.integer({ min: 5, max: 11 }),
    kind: fc.integer({ min: 0, max: 3 }),
  });
  const items = ['stone', 'torch', 'oak_stairs', 'sand', 'oak_fence', 'redstone', 'gravel', 'oak_door'];
  fc.assert(
    fc.property(fc.array(fc.tuple(clicks, fc.constantFrom(...items)), { maxLength: 25 }), (steps) => {
      const stages = [builder(), builder()];
      for (const stage of stages) {
        stage.council = { ...COUNCIL, gameRules: new Map([['randomTickSpeed', '50']]) };
        for (let x = 5; x < 12; x++) for (let z = 5; z < 12; z++) stage.set(pos(x, FLOOR - 1, z), 'grass_block');
      }
      for (let z = -4; z <= 4; z++)
        for (let x = -4; x <= 4; x++) if (Math.abs(x) > 2 || Math.abs(z) > 2) stages[1]!.shard.evict(`${x},${z}` as never);
      for (const [{ x, z, kind }, name] of steps) {
        const [a, b] = stages.map((stage) => {
          stage.hold(ANNA, item(name, 64));
          const dig: Action = { type: 'startDig', pos: pos(x, FLOOR + (kind % 2), z), face: 'up', pose: POSE };
          const action: Action = kind > 1 ? dig : useOn(x, z);
          return encodeEffects(stage.tick([stage.command(ANNA, action)]).effects, kit);
        });
        assert.deepEqual(a, b);
      }
      for (let i = 0; i < 12; i++) {
        const [a, b] = stages.map((stage) => encodeEffects(stage.tick().effects, kit));
        assert.deepEqual(a, b);
      }
      assert.equal(stages[0]!.shard.root(), stages[1]!.shard.root());
    }),
    { numRuns: 30 },
  );
});

test('T4 replaying the effects gives the root of whoever executed', () => {
  const stage = builder();
  const replica = builder();
  assert.equal(stage.shard.root(), replica.shard.root());
  for (const [x, z] of [
    [8, 10],
    [9, 10],
    [10, 10],
  ] as const) {
    const { effects } = stage.tick([stage.command(ANNA, useOn(x, z))]);
    replica.shard.apply(effects);
    replica.shard.setTick(stage.shard.tick);
    assert.equal(replica.shard.root(), stage.shard.root());
  }
});

test('T5 the accountable part is the first part, and an ambient rule that touches items breaks down', () => {
  const stage = builder();
  const input = { council: COUNCIL, commands: [stage.command(ANNA, useOn(8, 10))], tick: stage.shard.tick + 1 };
  const whole = advance(stage.shard, input, kit, rules);
  const part = advanceAccountable(stage.shard, input, kit, rules);
  assert.equal(part.effects.length, whole.accountable);
  assert.deepEqual(whole.effects.slice(0, whole.accountable), part.effects);
  const thief: RuleSet = {
    ticks: [{ name: 'thief', accountable: false, tick: (context) => context.emit({ type: 'slot', uuid: ANNA, slot: 9, item: null }) }],
  };
  assert.throws(() => advance(stage.shard, input, kit, assemble(1, [thief])), /ambient/);
});

test('T6 play.position-invalid for NaN, infinite and far positions, before any rule', () => {
  const stage = builder();
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 30_000_001]) {
    assert.equal(
      stage.run(ANNA, { type: 'move', pose: { ...POSE, x: bad }, onGround: true, flying: false, sneaking: false, sprinting: false }),
      'play.position-invalid',
    );
    assert.equal(stage.run(ANNA, { ...useOn(8, 10), pos: pos(bad, FLOOR, 10) } as Action), 'play.position-invalid');
    assert.equal(stage.run(ANNA, { ...useOn(8, 10), cursor: { x: bad, y: 0, z: 0 } } as Action), 'play.position-invalid');
  }
  assert.equal(stage.run(ANNA, { ...useOn(8, 10), pos: pos(8.5, FLOOR, 10) } as Action), 'play.position-invalid');
});

test('T6 play.out-of-reach, play.moved-too-fast, play.not-online, play.dead', () => {
  const stage = builder();
  assert.equal(stage.run(ANNA, useOn(8, 16)), 'play.out-of-reach');
  assert.equal(stage.run(ANNA, { ...useOn(8, 10), pose: { ...POSE, x: 200 } } as Action), 'play.moved-too-fast');
  stage.fields(ANNA, { health: 0 });
  assert.equal(stage.run(ANNA, useOn(8, 10)), 'play.dead');
  stage.fields(ANNA, { health: 20, online: false });
  assert.equal(stage.run(ANNA, useOn(8, 10)), 'play.not-online');
});

test('T6 validate says the same as executing would, without changing anything', () => {
  const stage = builder();
  const root = stage.shard.root();
  const far = stage.command(ANNA, useOn(8, 16));
  assert.equal(validate(stage.shard, COUNCIL, far, kit, rules)?.code, 'play.out-of-reach');
  assert.equal(validate(stage.shard, COUNCIL, stage.command(ANNA, useOn(8, 10)), kit, rules), null);
  assert.equal(stage.shard.root(), root);
});

test('T7 needed chunks surround players, named positions and due ticks, and never what a forged position names', () => {
  const stage = new Stage();
  const input = { council: COUNCIL, commands: [] as Command[], tick: 1 };
  assert.deepEqual(neededChunks(stage.shard, input, kit, rules), []);
  stage.join(ANNA, 'survival');
  const around = neededChunks(stage.shard, { ...input, tick: 2 }, kit, rules);
  assert.equal(around.length, 25);
  const forged = stage.command(ANNA, { ...useOn(8, 10), pos: pos(1_000_000, FLOOR, 0) } as Action);
  assert.equal(neededChunks(stage.shard, { ...input, commands: [forged], tick: 2 }, kit, rules).length, 25);
  stage.shard.apply([{ type: 'schedule', pos: pos(1000, FLOOR, 1000), kind: 'unsupported', tick: 2 }]);
  const due = neededChunks(stage.shard, { ...input, tick: 2 }, kit, rules);
  assert.ok(due.some(({ x, z }) => x === 62 && z === 62));
});
