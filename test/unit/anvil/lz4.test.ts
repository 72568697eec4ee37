import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createXXHash32 } from 'hash-wasm';
import { decompressLz4Block, decompressLz4Stream, Lz4Error, Lz4TooLargeError } from '../../../src-main/io/anvil/region/lz4.ts';
import { xxhash32 } from '../../../src-main/io/anvil/region/xxhash32.ts';
import { compressLz4Stream } from './lz4Encoder.ts';

/** Repetitive, as chunks are, and noise. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(80)), { maxLength: 8 }).map((runs) => {
    return Uint8Array.from(runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => [...bytes]).flat()));
  }),
);

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test('xxhash32: as hash-wasm', async () => {
  const reference = await createXXHash32(0x9747b28c);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.equal(xxhash32(bytes, 0x9747b28c).toString(16).padStart(8, '0'), reference.init().update(bytes).digest('hex'));
    }),
  );
});

test('lz4: blocks by hand: literals, a match that overlaps itself, long lengths', () => {
  const decompress = (block: string, length: number): string => {
    const out = new Uint8Array(length);
    decompressLz4Block(hex(block), out);
    return Buffer.from(out).toString('latin1');
  };
  assert.equal(decompress('50 68656c6c6f', 5), 'hello');
  assert.equal(decompress('1f 61 0100 05 50 6263646566', 1 + 24 + 5), `${'a'.repeat(25)}bcdef`);
  assert.equal(decompress('f0 00 303132333435363738393a3b3c3d3e', 15), '0123456789:;<=>');
});

test('lz4: what was compressed comes out again, in blocks of any size', () => {
  fc.assert(
    fc.property(anyBytes, fc.integer({ min: 1, max: 300 }), (bytes, blockBytes) => {
      assert.deepEqual(decompressLz4Stream(compressLz4Stream(bytes, blockBytes), 1 << 20), bytes);
    }),
  );
});

test('lz4: damage is an error, never a wrong result, a hang or an allocation', () => {
  fc.assert(
    fc.property(anyBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, change) => {
      const stream = Uint8Array.from(compressLz4Stream(bytes));
      stream[at % stream.length]! ^= change;
      try {
        // The token's low half (a size class) is not looked at; nothing else may pass.
        assert.deepEqual(decompressLz4Stream(stream, 1 << 20), bytes);
      } catch (error) {
        assert.ok(error instanceof Lz4Error || error instanceof Lz4TooLargeError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test('lz4: lengths that lie are refused before memory is taken', () => {
  const head = (compressed: string, length: string): Uint8Array => hex(`4c5a34426c6f636b 26 ${compressed} ${length} 00000000 00`);
  assert.throws(() => decompressLz4Stream(head('01000000', 'ffffff7f'), 1 << 20), Lz4Error);
  assert.throws(() => decompressLz4Stream(head('ffffff7f', 'ffffff7f'), 1 << 20), Lz4Error);
  assert.throws(() => decompressLz4Stream(compressLz4Stream(new Uint8Array(5000)), 4999), Lz4TooLargeError);
});
