import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '../../../src-shared/errors/index.ts';
import { nbt } from '../../../src-shared/nbt/index.ts';
import type { Uuid } from '../../../src-shared/units/index.ts';
import { WireError } from '../../../src-shared/wire/index.ts';
import {
  decodeEffects,
  decodePayload,
  encodeEffects,
  encodePayload,
  type Effect,
  type Payload,
} from '../../../src-main/core/world/index.ts';
import { command, effect } from './arbitraries.ts';
import { newKit } from './kit.ts';

const kit = newKit();
const NAMES = ['minecraft:stone', 'minecraft:oak_log[axis=x]', 'mod:future_block[glow=true]'];

const payload: fc.Arbitrary<Payload> = fc
  .record(
    {
      tickFrom: fc.nat(),
      ticks: fc.nat(20),
      councilHeight: fc.nat(),
      wallMillis: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      commands: fc.array(command, { maxLength: 4 }),
      effects: fc.array(effect(kit, NAMES), { maxLength: 8 }),
    },
    { noNullPrototype: true },
  )
  .map(({ ticks, ...rest }) => ({ ...rest, tickTo: rest.tickFrom + ticks, accountable: Math.floor(rest.effects.length / 2) }));

test('world W13: what an entry says survives its encoding', () => {
  fc.assert(
    fc.property(payload, (value) => {
      assert.deepEqual(decodePayload(encodePayload(value, kit), kit), value);
    }),
    { numRuns: 300 },
  );
});

test('world W13: effects survive their encoding', () => {
  fc.assert(
    fc.property(fc.array(effect(kit, NAMES), { maxLength: 20 }), (effects) => {
      assert.deepEqual(decodeEffects(encodeEffects(effects, kit), kit), effects);
    }),
  );
});

test('world W13: damaged bytes are refused, or are the one encoding of what they say', () => {
  const damage = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('flip', 'cut', 'insert'));
  let refused = 0;
  let other = 0;
  fc.assert(
    fc.property(payload, fc.array(damage, { minLength: 1, maxLength: 3 }), (value, damages) => {
      const bytes = damages.reduce(
        (now, [at, by, how]) => {
          const index = now.length === 0 ? 0 : at % now.length;
          if (how === 'cut') return now.slice(0, index);
          if (how === 'insert') return Uint8Array.from([...now.slice(0, index), by, ...now.slice(index)]);
          return now.map((byte, i) => (i === index ? byte ^ by : byte));
        },
        encodePayload(value, kit),
      );
      let decoded: Payload;
      try {
        decoded = decodePayload(bytes, kit);
      } catch (fault) {
        assert.ok(fault instanceof WireError || (fault instanceof AppError && fault.code === 'store.format-newer'), String(fault));
        refused += 1;
        return;
      }
      other += 1;
      assert.deepEqual(encodePayload(decoded, kit), bytes);
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > other, `${refused} refused, ${other} meant something else`);
});

test('world W13: noise is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      try {
        decodeEffects(Uint8Array.from([1, ...noise]), kit);
      } catch (fault) {
        assert.ok(fault instanceof WireError, String(fault));
      }
    }),
    { numRuns: 3000 },
  );
});

test('world W2: a block that one machine knows by another id arrives by its name', () => {
  const [here, there] = [newKit(), newKit()];
  there.states.idOf('mod:something_else');
  const state = here.states.idOf('mod:future_block[glow=true]');
  const effects: readonly Effect[] = [{ type: 'block', pos: { x: 1, y: 2, z: 3 }, state }];
  const [arrived] = decodeEffects(encodeEffects(effects, here), there);
  assert.equal(arrived?.type, 'block');
  assert.notEqual(arrived.state, state);
  assert.equal(there.states.nameOf(arrived.state), 'mod:future_block[glow=true]');
});

test('world W13: 32,768 blocks of one /fill take less than 5 bytes each', () => {
  const state = kit.states.idOf('minecraft:stone');
  const effects = Array.from({ length: 32_768 }, (_, i): Effect => ({
    type: 'block',
    pos: { x: 1000 + (i & 31), y: 64 + (i >> 10), z: -5000 + ((i >> 5) & 31) },
    state,
  }));
  const bytes = encodeEffects(effects, kit);
  assert.ok(bytes.length < 5.1 * effects.length, `${bytes.length} bytes`);
  assert.deepEqual(decodeEffects(bytes, kit), effects);
});

test('world W13: a list longer than its bytes can hold is refused before it is allocated', () => {
  assert.throws(() => decodeEffects(Uint8Array.from([1, 0xbf, 0x84, 0x3d, 0]), kit), WireError);
});

test('store.format-newer: an entry of a later format says so', () => {
  assert.throws(
    () => decodeEffects(Uint8Array.from([2, 0]), kit),
    (fault: unknown) => fault instanceof AppError && fault.code === 'store.format-newer',
  );
});

/** The encoding of `effects` with some of its text replaced by other text of equal length. */
function forged(effects: readonly Effect[], from: string, to: string): Uint8Array {
  const text = Buffer.from(encodeEffects(effects, kit)).toString('latin1');
  assert.ok(text.includes(from));
  return Buffer.from(text.replace(from, to), 'latin1');
}

test('world W13: a name in full a second time is not canonical', () => {
  const effects = ['minecraft:stone', 'minecraft:water[level=0]', 'minecraft:sands']
    .map((name) => kit.states.idOf(name))
    .map((state): Effect => ({ type: 'block', pos: { x: 0, y: 0, z: 0 }, state }));
  assert.throws(() => decodeEffects(forged(effects, 'minecraft:sands', 'minecraft:stone'), kit), /a second time/);
});

test('world W13: two tags of one name are not canonical', () => {
  const tag = nbt.compound({ one: nbt.byte(1), two: nbt.byte(2) });
  const effects: readonly Effect[] = [{ type: 'blockEntity', pos: { x: 0, y: 0, z: 0 }, nbt: tag }];
  assert.throws(() => decodeEffects(forged(effects, 'two', 'one'), kit), WireError);
});

test('world W13: facts out of order are not canonical', () => {
  const refusal = { code: 'play.dead', facts: { one: 1, two: 2 } } as const;
  const session = '00345678-9abc-4def-8123-456789abcdef' as Uuid;
  const effects: readonly Effect[] = [{ type: 'executed', session, player: session, sequence: 1, refusal }];
  assert.throws(() => decodeEffects(forged(effects, 'one', 'zwo'), kit), /out of order/);
});
