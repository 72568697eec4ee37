import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  biomeAt,
  biomeVolume,
  blockAt,
  blockVolume,
  readBlocks,
  uniformVolume,
  withBlock,
  type BlockVolume,
} from '../../../src-main/core/world/index.ts';
import { newKit } from './kit.ts';
import { dice } from './smallWorld.ts';

const { states } = newKit();

function contentOf(volume: BlockVolume): Uint16Array {
  const out = new Uint16Array(4096);
  readBlocks(volume, out);
  return out;
}

function solidIn(content: Uint16Array): number {
  return content.reduce((count, id) => (states.isAir(id) ? count : count + 1), 0);
}

test('world W3: edits give what a plain array gives, whatever the palette does, and leave the old volume alone', () => {
  const edit = fc.tuple(fc.nat(4095), fc.nat(400));
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 600, size: 'max' }), fc.integer({ min: 1, max: 400 }), (edits, kinds) => {
      const model = new Uint16Array(4096);
      let volume = uniformVolume(0, states);
      for (const [index, id] of edits) {
        const before = volume;
        const held = blockAt(before, index);
        volume = withBlock(volume, index, id % kinds, states);
        model[index] = id % kinds;
        assert.equal(blockAt(before, index), held);
      }
      assert.deepEqual(contentOf(volume), model);
      assert.equal(volume.solid, solidIn(model));
      assert.equal(new Set(volume.palette).size, volume.palette.length);
      for (const [index] of edits) assert.equal(blockAt(volume, index), model[index]);
    }),
    { numRuns: 40 },
  );
});

test('world W3: every width of index holds what was put in', () => {
  for (const kinds of [1, 2, 3, 4, 5, 16, 17, 256, 257, 4096]) {
    const palette = Array.from({ length: kinds }, (_, i) => i + 5);
    const indices = Uint16Array.from({ length: 4096 }, (_, i) => i % kinds);
    const volume = blockVolume(palette, indices, states);
    assert.deepEqual(
      contentOf(volume),
      indices.map((index) => index + 5),
    );
    assert.equal(volume.solid, solidIn(contentOf(volume)));
    assert.ok(2 ** volume.bits >= kinds && (volume.bits === 0 || 2 ** (volume.bits / 2) < kinds || volume.bits === 1));
  }
});

test('world W3: repeated and unused palette entries are dropped', () => {
  const indices = Uint8Array.from({ length: 4096 }, (_, i) => (i % 2 === 0 ? 1 : 3));
  const volume = blockVolume([9, 7, 8, 7], indices, states);
  assert.deepEqual(volume, { palette: [7], bits: 0, packed: null, solid: 4096 });
  assert.throws(() => blockVolume([1], indices, states), RangeError);
  assert.throws(() => blockVolume([1], new Uint8Array(5), states), RangeError);
});

test('world W3: entries that no block uses any more make room before the indices widen', () => {
  const roll = dice(4);
  let volume = uniformVolume(1, states);
  for (let round = 0; round < 300; round++) volume = withBlock(volume, roll(8), 2 + round, states);
  assert.ok(volume.palette.length <= 16 && volume.bits === 4, `${volume.palette.length} entries, ${volume.bits} bits`);
});

test('world W3: biomes keep their names and drop repeats', () => {
  const indices = Uint8Array.from({ length: 64 }, (_, i) => i % 3);
  const volume = biomeVolume(['a', 'b', 'a', 'c'], indices);
  assert.deepEqual(volume.palette, ['a', 'b']);
  assert.equal(biomeAt(volume, 1), 'b');
  assert.equal(biomeAt(volume, 2), 'a');
  assert.deepEqual(biomeVolume(['a'], new Uint8Array(64)), { palette: ['a'], indices: null });
});
