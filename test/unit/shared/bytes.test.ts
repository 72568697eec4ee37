import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteReader, ByteWriter, WireError } from '../../../src-shared/wire/index.ts';

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter(1);
  write(writer);
  return writer.finish();
}

test('wire: every integer from 0 to 2^53-1 survives as a varint, every 52-bit one as a zigzag', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      assert.equal(new ByteReader(written((w) => w.varint(value))).varint(), value);
      const signed = Math.floor(value / 4) * (value % 2 === 0 ? 1 : -1);
      assert.equal(new ByteReader(written((w) => w.zigzag(signed))).zigzag() + 0, signed + 0);
    }),
  );
  assert.deepEqual(
    written((w) => w.varint(300)),
    Uint8Array.of(0xac, 2),
  );
  assert.equal(written((w) => w.varint(Number.MAX_SAFE_INTEGER)).length, 8);
});

test('wire: numbers, bytes and text survive', () => {
  fc.assert(
    fc.property(
      fc.double(),
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }),
      fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
      (f, b, t, u) => {
        const reader = new ByteReader(
          written((w) => {
            w.f64(f);
            w.bytes(b);
            w.text(t);
            w.u64(u);
            w.u16(b.length);
            w.u32(0xffff_fffe);
            w.i32(-2);
            w.bool(true);
          }),
        );
        assert.ok(Object.is(reader.f64(), f));
        assert.deepEqual(reader.bytes(1000), b);
        assert.equal(reader.text(10_000), t);
        assert.equal(reader.u64(), u);
        assert.equal(reader.u16(), b.length);
        assert.equal(reader.u32(), 0xffff_fffe);
        assert.equal(reader.i32(), -2);
        assert.equal(reader.bool(), true);
        reader.end();
      },
    ),
  );
});

test('wire: what is not canonical is refused', () => {
  const refused: readonly (readonly [string, readonly number[], (reader: ByteReader) => unknown])[] = [
    ['a longer varint', [0x80, 0x00], (r) => r.varint()],
    ['a varint above 2^53-1', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], (r) => r.varint()],
    ['a varint above its maximum', [0x05], (r) => r.varint(4)],
    ['a cut varint', [0x80], (r) => r.varint()],
    ['another NaN', [0x7f, 0xf8, 0, 0, 0, 0, 0, 1], (r) => r.f64()],
    ['a boolean of 2', [2], (r) => r.bool()],
    ['bytes that are not there', [0xff, 0xff, 0xff, 0x7f], (r) => r.bytes(1 << 30)],
    ['a count that cannot fit', [3, 0, 0], (r) => r.count(10)],
    ['text that is not UTF-8', [1, 0x80], (r) => r.text(10)],
    ['bytes too many', [0], (r) => r.end()],
  ];
  for (const [title, bytes, read] of refused) assert.throws(() => read(new ByteReader(Uint8Array.from(bytes))), WireError, title);
});

test('wire: a value out of range is a bug of the writer', () => {
  const bugs: readonly ((writer: ByteWriter) => void)[] = [
    (w) => w.u8(256),
    (w) => w.u16(-1),
    (w) => w.u32(1.5),
    (w) => w.u32(Number.NaN),
    (w) => w.i32(2 ** 31),
    (w) => w.u64(-1n),
    (w) => w.varint(-1),
    (w) => w.varint(2 ** 53),
  ];
  for (const write of bugs) assert.throws(() => written(write), RangeError);
});

test('wire: what was read from a Node buffer shares no memory with it', () => {
  const buffer = Buffer.from([3, 1, 2, 3]);
  const read = new ByteReader(buffer).bytes(8);
  buffer.fill(0);
  assert.deepEqual(read, Uint8Array.of(1, 2, 3));
});

test('wire: what is read from a Buffer is a copy', () => {
  const buffer = Buffer.from([2, 7, 8]);
  const read = new ByteReader(buffer).bytes(2);
  buffer.fill(0);
  assert.deepEqual(read, Uint8Array.of(7, 8));
});
