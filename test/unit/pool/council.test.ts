import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  advanceCouncil,
  councilRoot,
  dayTimeAt,
  decodeCouncil,
  decodeCouncilPayload,
  encodeCouncil,
  encodeCouncilPayload,
  foundCouncil,
  validateRequest,
  type Council,
  type CouncilCommand,
  type CouncilRequest,
} from '../../../src-main/core/pool/index.ts';
import { toUtf8, type Uuid } from '../../../src-shared/units/index.ts';

const ANNA = '00000000-0000-0000-0000-00000000000a' as Uuid;
const BEN = '00000000-0000-0000-0000-00000000000b' as Uuid;

function founded(gameRules: Record<string, string> = {}): Council {
  return foundCouncil({
    world: {
      name: 'w',
      version: '1.21.1',
      ruleset: 1,
      seed: '7',
      generator: { kind: 'plain', version: 1 },
      gameMode: 'survival',
      hardcore: false,
      imported: null,
      founded: 0,
    },
    shards: [{ group: 'overworld', dimension: 'minecraft:overworld' }],
    spawn: { pos: { x: 0, y: 64, z: 0 }, angle: 0 },
    difficulty: 'normal',
    gameRules,
    dayTime: 1000,
    weather: 'clear',
  });
}

function command(height: number, request: CouncilRequest, tick = 0): CouncilCommand {
  return { source: 'overworld', height, index: 0, tick, request };
}

const digest = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

test('rule 1: the same request again changes nothing', () => {
  const once = advanceCouncil(founded(), [command(5, { type: 'time', dayTime: 6000 }, 100)]);
  const twice = advanceCouncil(once, [
    command(5, { type: 'time', dayTime: 6000 }, 900),
    command(4, { type: 'difficulty', difficulty: 'hard' }),
  ]);
  assert.deepEqual(twice, once);
  assert.equal(dayTimeAt(once, 100), 6000);
  assert.equal(dayTimeAt(once, 150), 6050);
});

test('rule 2: a refused request counts as executed', () => {
  const claimed = advanceCouncil(founded(), [command(1, { type: 'claim', saved: 'level.dat', by: ANNA })]);
  const again = advanceCouncil(claimed, [command(2, { type: 'claim', saved: 'level.dat', by: BEN })]);
  assert.equal(again.claims['level.dat'], ANNA);
  assert.deepEqual(again.executed['overworld'], { height: 2, index: 0 });
});

test('rule 3: the daylight rule freezes the day where it stands and lets it go on from there', () => {
  const frozen = advanceCouncil(founded(), [command(1, { type: 'gameRule', rule: 'doDaylightCycle', value: 'false' }, 500)]);
  assert.equal(dayTimeAt(frozen, 500), 1500);
  assert.equal(dayTimeAt(frozen, 9000), 1500);
  const set = advanceCouncil(frozen, [command(2, { type: 'time', dayTime: 18_000 }, 9000)]);
  assert.equal(dayTimeAt(set, 9999), 18_000);
  const free = advanceCouncil(set, [command(3, { type: 'gameRule', rule: 'doDaylightCycle', value: 'true' }, 10_000)]);
  assert.equal(dayTimeAt(free, 10_010), 18_010);
  assert.equal(dayTimeAt(founded({ doDaylightCycle: 'false' }), 777), 1000);
});

test('rule 4: the root does not depend on the order in which facts arrived', () => {
  const grant = (player: Uuid, name: string): CouncilRequest => ({ type: 'operator', player, name, grant: true });
  const one = advanceCouncil(founded(), [command(1, grant(ANNA, 'Anna')), command(2, grant(BEN, 'Ben'))]);
  const other = advanceCouncil(founded(), [command(1, grant(BEN, 'Ben')), command(2, grant(ANNA, 'Anna'))]);
  assert.equal(councilRoot(one, digest), councilRoot(other, digest));
  assert.deepEqual(decodeCouncil(encodeCouncil(one)), one);
  const without = advanceCouncil(one, [command(3, { ...grant(BEN, 'Ben'), grant: false } as CouncilRequest)]);
  assert.deepEqual(without.operators, { [ANNA]: 'Anna' });
  assert.notEqual(councilRoot(without, digest), councilRoot(one, digest));
});

test('rule 5: world.player-already-claimed', () => {
  const claimed = advanceCouncil(founded(), [command(1, { type: 'claim', saved: 's', by: ANNA })]);
  assert.equal(validateRequest(claimed, { type: 'claim', saved: 's', by: BEN })?.code, 'world.player-already-claimed');
  assert.equal(validateRequest(claimed, { type: 'claim', saved: 's', by: ANNA }), null);
});

test('payload: only the canonical text decodes', () => {
  const payload = { wallMillis: 5, commands: [command(1, { type: 'worldSpawn', pos: { x: 1, y: 2, z: 3 }, angle: 90 })] };
  assert.deepEqual(decodeCouncilPayload(encodeCouncilPayload(payload)), { ok: true, value: payload });
  for (const text of ['', '{}', '{"commands":[],"wallMillis":5} ', '{"wallMillis":5,"commands":[]}', 'null', '[1']) {
    assert.equal(decodeCouncilPayload(toUtf8(text)).ok, false, text);
  }
});
