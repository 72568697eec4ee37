import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  chunkKey,
  fromHex,
  fromLocalKey,
  fromUtf8,
  localKey,
  parseChunkKey,
  parseUuid,
  toHex,
  toUtf8,
} from '../../../src-shared/units/index.ts';

test('hex: bytes survive the round trip, and bad digits are refused', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(fromHex(toHex(bytes)), bytes)));
  assert.throws(() => fromHex('abc'), RangeError);
  assert.throws(() => fromHex('zz'), RangeError);
});

test('utf8: equal to the platform for every valid string, and only the shortest form decodes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.deepEqual(toUtf8(text), new TextEncoder().encode(text));
      assert.equal(fromUtf8(toUtf8(text)), text.toWellFormed());
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      let expected: string | null;
      try {
        expected = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        expected = null;
      }
      assert.equal(fromUtf8(bytes), expected);
    }),
  );
});

test('positions: chunk keys and local keys survive the round trip, below zero too', () => {
  const coordinate = fc.integer({ min: -30_000_000, max: 30_000_000 });
  fc.assert(
    fc.property(coordinate, fc.integer({ min: -64, max: 319 }), coordinate, (x, y, z) => {
      assert.deepEqual(parseChunkKey(chunkKey(x >> 4, z >> 4)), { x: x >> 4, z: z >> 4 });
      assert.deepEqual(fromLocalKey({ x: x >> 4, z: z >> 4 }, localKey({ x, y, z })), { x, y, z });
    }),
  );
});

test('uuid: bare and hyphenated forms are one, anything else is null', () => {
  assert.equal(parseUuid('296AD8103ACC44A3A681FCAC6464519C'), '296ad810-3acc-44a3-a681-fcac6464519c');
  assert.equal(parseUuid('296ad810-3acc-44a3-a681-fcac6464519c'), '296ad810-3acc-44a3-a681-fcac6464519c');
  assert.equal(parseUuid('296ad8-103acc44a3-a681-fcac-6464519c'), null);
  assert.equal(parseUuid('hello'), null);
});
