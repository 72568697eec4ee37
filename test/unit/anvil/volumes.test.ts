import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blockVolume, readBlocks } from '../../../src-main/core/world/index.ts';
import { longsFor, pack, unpack, type Packing } from '../../../src-main/io/anvil/chunk/packing.ts';
import { VolumeMaker } from '../../../src-main/io/anvil/chunk/volumes.ts';
import { worldKit } from './kit.ts';

const { states } = await worldKit();
const anyPacking = fc.constantFrom<Packing>('tight', 'padded');

/** As NBT has them. */
function bytesOf(longs: BigInt64Array, offset: number): Uint8Array {
  const bytes = new Uint8Array(offset + 8 * longs.length);
  const view = new DataView(bytes.buffer);
  longs.forEach((long, i) => view.setBigInt64(offset + 8 * i, long));
  return bytes;
}

/** The plain way: big numbers. */
function slowPack(values: readonly number[], bits: number, packing: Packing): BigInt64Array {
  const longs = new Array<bigint>(longsFor(values.length, bits, packing)).fill(0n);
  const perLong = Math.floor(64 / bits);
  values.forEach((value, i) => {
    const bit = packing === 'tight' ? i * bits : Math.floor(i / perLong) * 64 + (i % perLong) * bits;
    const shifted = BigInt(value) << BigInt(bit % 64);
    longs[bit >> 6]! |= shifted & 0xffff_ffff_ffff_ffffn;
    if (shifted >> 64n !== 0n) longs[(bit >> 6) + 1]! |= shifted >> 64n;
  });
  return BigInt64Array.from(longs, (long) => BigInt.asIntN(64, long));
}

test('packing: as the plain way packs, in both layouts and every width, and back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15 }),
      anyPacking,
      fc.array(fc.nat(), { minLength: 1, maxLength: 200 }),
      fc.nat(9),
      (bits, packing, raw, offset) => {
        const values = raw.map((value) => value & ((1 << bits) - 1));
        const longs = pack(values, bits, packing);
        assert.deepEqual(longs, slowPack(values, bits, packing));
        const out = new Uint16Array(values.length);
        unpack({ bytes: bytesOf(longs, offset), start: offset }, { bits, packing, count: values.length }, out);
        assert.deepEqual([...out], values);
      },
    ),
  );
});

test('volumes: of any palette and packing the same blocks as the core makes, in canonical order', () => {
  const maker = new VolumeMaker(states);
  const seen = new Uint16Array(4096);
  const expected = new Uint16Array(4096);
  fc.assert(
    fc.property(fc.array(fc.nat(26_000), { minLength: 2, maxLength: 600 }), anyPacking, fc.nat(), (palette, packing, seed) => {
      const indices = Array.from({ length: 4096 }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 8) % palette.length);
      const bits = Math.max(4, 32 - Math.clz32(palette.length - 1));
      const longs = pack(indices, bits, packing);
      const volume = maker.fromSave(palette, bytesOf(longs, 3), { start: 3, count: longs.length }, packing);
      assert.ok(volume !== null);
      const core = blockVolume(palette, indices, states);
      readBlocks(volume, seen);
      readBlocks(core, expected);
      assert.deepEqual(seen, expected);
      assert.equal(volume.solid, core.solid);
      assert.equal(volume.bits, core.bits);
      const names = volume.palette.map((id) => states.nameOf(id));
      assert.deepEqual(names, [...names].sort());
      assert.equal(new Set(volume.palette).size, core.palette.length);
    }),
    { numRuns: 150 },
  );
});

test('volumes: one state is uniform, with data or without', () => {
  const maker = new VolumeMaker(states);
  const zeros = new Uint8Array(2048);
  assert.equal(maker.fromSave([7], zeros, null, 'padded'), maker.uniform(7));
  assert.equal(maker.fromSave([7], zeros, { start: 0, count: 256 }, 'tight'), maker.uniform(7));
  assert.equal(maker.fromSave([7, 8], zeros, { start: 0, count: 256 }, 'padded'), maker.uniform(7));
  assert.equal(maker.fromSave([7, 7], new Uint8Array(2048).fill(0x11), { start: 0, count: 256 }, 'padded'), maker.uniform(7));
});

test('volumes: data that is no section of this palette is refused', () => {
  const maker = new VolumeMaker(states);
  const bytes = new Uint8Array(4096).fill(0x33);
  assert.equal(maker.fromSave([1, 2, 3], bytes, { start: 0, count: 256 }, 'padded'), null);
  assert.equal(maker.fromSave([1, 2], bytes, null, 'padded'), null);
  assert.equal(maker.fromSave([1, 2], bytes, { start: 0, count: 17 }, 'padded'), null);
  assert.equal(
    maker.fromSave(
      Array.from({ length: 20 }, (_, i) => i),
      bytes.fill(0xff),
      { start: 0, count: 342 },
      'padded',
    ),
    null,
  );
});
