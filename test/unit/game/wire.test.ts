import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError, type ErrorCode } from '../../../src-shared/errors/index.ts';
import { frame, frameDeflated, FrameCutter, unpack } from '../../../src-main/io/game/wire/frames.ts';
import { SharedPacket } from '../../../src-main/io/game/wire/packet.ts';
import { PacketCodec } from '../../../src-main/io/game/wire/codec.ts';
import { readVarint, varintBytes, writeVarint } from '../../../src-main/io/game/wire/varint.ts';
import { sourceOf } from '../../../src-main/io/game/tables/source.ts';

const isCode = (code: ErrorCode) => (error: unknown) => error instanceof AppError && error.code === code;

test('W1: varints of all 32-bit numbers read back, in as many bytes as told', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
      const bytes = new Uint8Array(8);
      const end = writeVarint(bytes, 1, value);
      assert.equal(end - 1, varintBytes(value));
      assert.deepEqual(readVarint(bytes.subarray(0, end), 1), { value, end });
      assert.equal(readVarint(bytes.subarray(0, end - 1), 1), null);
    }),
  );
  assert.throws(() => readVarint(Uint8Array.of(255, 255, 255, 255, 255, 1), 0), RangeError);
});

test('W2: frames are cut the same however the bytes arrive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 50 })),
      (packets, cuts) => {
        const stream = Buffer.concat(packets.map((packet) => frame(packet, false)));
        const cutter = new FrameCutter(1000);
        const got: Buffer[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          got.push(...[...cutter.push(stream.subarray(at, at + cut))].map((bytes) => Buffer.from(bytes)));
          at += cut;
        }
        assert.deepEqual(
          got.map((bytes) => [...bytes]),
          packets.map((bytes) => [...bytes]),
        );
      },
    ),
  );
});

test('game.oversized-packet: a frame is refused when its length is announced', () => {
  const head = Buffer.alloc(8);
  const end = writeVarint(head, 0, 1001);
  assert.throws(() => [...new FrameCutter(1000).push(head.subarray(0, end))], isCode('game.oversized-packet'));
  const negative = Buffer.alloc(8);
  const negativeEnd = writeVarint(negative, 0, -1);
  assert.throws(() => [...new FrameCutter(1000).push(negative.subarray(0, negativeEnd))], isCode('game.oversized-packet'));
});

test('game.malformed-packet: an endless frame length', () => {
  assert.throws(() => [...new FrameCutter(1000).push(Buffer.alloc(6, 255))], isCode('game.malformed-packet'));
});

test('W3: packets survive compression, small ones go as they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (packet) => {
      const [cut] = [...new FrameCutter(4000).push(frame(packet, true))];
      assert.deepEqual([...unpack(cut!)], [...packet]);
    }),
  );
  assert.equal(frame(new Uint8Array(255), true).length, 255 + 1 + 2);
});

test('W3: a shared packet is framed once per kind of connection, deflated off the thread or on it', async () => {
  const shared = new SharedPacket(Buffer.alloc(5000, 'peerhold'));
  assert.equal(shared.isReady(false), true);
  assert.equal(shared.isReady(true), false);
  await shared.prepare();
  assert.equal(shared.isReady(true), true);
  const prepared = shared.frame(true);
  assert.equal(shared.frame(true), prepared);
  assert.equal(shared.frame(false), shared.frame(false));
  const [cut] = [...new FrameCutter(9000).push(prepared)];
  assert.deepEqual(unpack(cut!), shared.bytes);
});

test('game.oversized-packet: what would inflate to more than the limit is not inflated', () => {
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
  const announced = frameDeflated(64 * 1024 * 1024, bomb);
  const [cut] = [...new FrameCutter(2_097_151).push(announced)];
  assert.throws(() => unpack(cut!), isCode('game.oversized-packet'));
});

test('game.malformed-packet: data that inflates to more or less than announced, or not at all', () => {
  const deflated = deflateSync(Buffer.alloc(5000));
  for (const size of [4999, 5001]) {
    const [cut] = [...new FrameCutter(9000).push(frameDeflated(size, deflated))];
    assert.throws(() => unpack(cut!), isCode('game.malformed-packet'));
  }
  const [garbage] = [...new FrameCutter(9000).push(frameDeflated(5000, Buffer.from('no zlib at all')))];
  assert.throws(() => unpack(garbage!), isCode('game.malformed-packet'));
});

test('game.malformed-packet: no random bytes pass as a packet or throw anything else', () => {
  const codec = new PacketCodec('1.21.1', sourceOf('1.21.1').protocol);
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 0, maxLength: 200 }),
      fc.constantFrom('handshaking', 'login', 'configuration', 'play'),
      (bytes, state) => {
        try {
          codec.decode(state, Buffer.from(bytes));
        } catch (error) {
          assert.ok(isCode('game.malformed-packet')(error), String(error));
        }
      },
    ),
    { numRuns: 3000 },
  );
});
