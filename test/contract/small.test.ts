/** Contracts of the small ports: Clock, Random, Crypto, Log. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCrypto, jsonLog, realClock, realRandom } from '../../src-main/io/platform/index.ts';
import type { Clock, Crypto, Log, Random } from '../../src-main/ports/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { toHex } from '../../src-shared/units/index.ts';
import { fakeClock } from '../fakes/fakeClock.ts';
import { fakeCrypto } from '../fakes/fakeCrypto.ts';
import { memoryLog } from '../fakes/memoryLog.ts';
import { seededRandom } from '../fakes/seededRandom.ts';

const CLOCKS: readonly { readonly name: string; readonly make: () => { clock: Clock; pass: (millis: number) => Promise<void> } }[] = [
  {
    name: 'real',
    make: () => {
      const clock = realClock();
      return { clock, pass: (millis) => new Promise((resolve) => void clock.after(millis, resolve)) };
    },
  },
  {
    name: 'fake',
    make: () => {
      const clock = fakeClock();
      return { clock, pass: (millis) => clock.advance(millis) };
    },
  },
];

for (const { name, make } of CLOCKS) {
  describe(`Clock, ${name} body`, () => {
    test('actions run once, not before their time, in the order of their times', async () => {
      const { clock, pass } = make();
      const start = clock.now();
      const ran: [what: string, at: number][] = [];
      const note = (what: string) => (): void => void ran.push([what, clock.now() - start]);
      clock.after(20, note('late'));
      clock.after(5, note('early'));
      clock.after(-1, note('now'));
      assert.equal(ran.length, 0, 'never at once: the caller finishes first');
      await pass(25);
      assert.deepEqual(
        ran.map(([what]) => what),
        ['now', 'early', 'late'],
      );
      assert.ok(ran[1]![1] >= 4.9 && ran[2]![1] >= 19.9, JSON.stringify(ran));
    });

    test('a cancelled action never runs, cancelling twice is nothing', async () => {
      const { clock, pass } = make();
      let ran = 0;
      const cancel = clock.after(5, () => (ran += 1));
      cancel();
      cancel();
      await pass(10);
      assert.equal(ran, 0);
    });

    test('now never goes back, wall is milliseconds since 1970', async () => {
      const { clock, pass } = make();
      const before = { now: clock.now(), wall: clock.wall() };
      await pass(3);
      assert.ok(clock.now() > before.now);
      assert.ok(clock.wall() > Date.UTC(2020, 0, 1) && clock.wall() >= before.wall);
    });
  });
}

const RANDOMS: readonly (readonly [string, () => Random])[] = [
  ['real', realRandom],
  ['seeded', () => seededRandom(7)],
];

for (const [name, make] of RANDOMS) {
  test(`Random, ${name} body: the asked number of bytes, never twice the same, every bit used`, () => {
    const random = make();
    assert.equal(random.bytes(0).length, 0);
    assert.notEqual(toHex(random.bytes(16)), toHex(random.bytes(16)));
    const ones = new Array<number>(8).fill(0);
    for (const byte of random.bytes(4000)) for (let bit = 0; bit < 8; bit++) ones[bit]! += (byte >> bit) & 1;
    for (const count of ones) assert.ok(count > 1700 && count < 2300, String(ones));
  });
}

const CRYPTOS: readonly (readonly [string, (seed: Uint8Array) => Promise<Crypto>])[] = [
  ['real', createCrypto],
  ['fake', (seed) => Promise.resolve(fakeCrypto(seed))],
];

for (const [name, make] of CRYPTOS) {
  describe(`Crypto, ${name} body`, () => {
    test('digest and hash name the same 32 bytes, equal for equal input only', async () => {
      const crypto = await make(new Uint8Array(32).fill(1));
      const seen = new Set<string>();
      for (let length = 0; length < 300; length++) {
        const input = new Uint8Array(length).fill(5);
        assert.equal(crypto.digest(input).length, 32);
        assert.equal(toHex(crypto.digest(input)), crypto.hash(input));
        seen.add(crypto.hash(input));
      }
      assert.equal(seen.size, 300);
    });

    test('a result is the caller’s own: later calls do not change it', async () => {
      const crypto = await make(new Uint8Array(32).fill(1));
      const first = crypto.digest(Uint8Array.of(1));
      const copy = Uint8Array.from(first);
      crypto.digest(Uint8Array.of(2));
      assert.deepEqual(first, copy);
    });

    test('a signature verifies for its key and message alone, and every flipped bit of it is refused', async () => {
      const [a, b] = await Promise.all([make(new Uint8Array(32).fill(1)), make(new Uint8Array(32).fill(2))]);
      const message = Uint8Array.of(1, 2, 3);
      const signature = a.sign(message);
      assert.equal(signature.length, 64);
      assert.equal(b.verify(a.publicKey, message, signature), true);
      assert.equal(b.verify(b.publicKey, message, signature), false);
      assert.equal(b.verify(a.publicKey, Uint8Array.of(1, 2), signature), false);
      assert.deepEqual(a.sign(message), signature, 'deterministic');
      for (let bit = 0; bit < 512; bit++) {
        const bad = Uint8Array.from(signature);
        bad[bit >> 3]! ^= 1 << (bit & 7);
        assert.equal(b.verify(a.publicKey, message, bad), false, `bit ${bit}`);
      }
    });

    test('what is malformed is false, not an error', async () => {
      const crypto = await make(new Uint8Array(32).fill(1));
      const good = crypto.sign(Uint8Array.of(1));
      for (const length of [0, 31, 33]) assert.equal(crypto.verify(new Uint8Array(length), Uint8Array.of(1), good), false);
      for (const length of [0, 63, 65]) assert.equal(crypto.verify(crypto.publicKey, Uint8Array.of(1), new Uint8Array(length)), false);
      assert.equal(crypto.verify(new Uint8Array(32).fill(255), Uint8Array.of(1), good), false);
    });
  });
}

interface Line {
  readonly level: string;
  readonly event: string;
  readonly [fact: string]: unknown;
}

const LOGS: readonly (readonly [string, () => { log: Log; lines: () => readonly Line[] }])[] = [
  [
    'json',
    () => {
      const written: string[] = [];
      return { log: jsonLog((line) => written.push(line)), lines: () => written.map((line) => JSON.parse(line) as Line) };
    },
  ],
  [
    'memory',
    () => {
      const log = memoryLog();
      return { log, lines: () => log.lines };
    },
  ],
];

for (const [name, make] of LOGS) {
  test(`Log, ${name} body: events and warnings keep their order, level and facts`, () => {
    const { log, lines } = make();
    log.event('one', { bytes: 3, list: ['a'] });
    log.warn('two');
    const [one, two] = lines();
    assert.deepEqual([one!.level, one!.event, one!['bytes'], one!['list']], ['info', 'one', 3, ['a']]);
    assert.deepEqual([two!.level, two!.event], ['warn', 'two']);
  });

  test(`Log, ${name} body: no fact can make it throw`, () => {
    const { log, lines } = make();
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    log.event('cycle', cycle);
    log.event('odd', {
      big: 1n,
      none: undefined,
      call: () => 1,
      bytes: Uint8Array.of(1, 255),
      error: new AppError('store.full', { free: 1 }),
    });
    assert.deepEqual(
      lines().map((line) => line.event),
      ['cycle', 'odd'],
    );
  });
}

test('Log, json body: bytes are hexadecimal, faults keep code, facts and cause, each line is one line', () => {
  const written: string[] = [];
  const log = jsonLog((line) => written.push(line), { wall: () => 0 });
  const cause = new Error('line\nbreak');
  log.warn('fault', { bytes: Uint8Array.of(1, 255), error: new AppError('store.full', { free: 1 }, { cause }) });
  assert.equal(written.length, 1);
  assert.ok(!written[0]!.includes('\n'));
  const line = JSON.parse(written[0]!) as Record<string, any>;
  assert.equal(line['at'], '1970-01-01T00:00:00.000Z');
  assert.equal(line['bytes'], '01ff');
  assert.equal(line['error'].code, 'store.full');
  assert.equal(line['error'].cause.message, 'line\nbreak');
});
