import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../../src-main/io/store/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { memoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { TINY, hasCode, openOn, readLogPlainly, record, recovered, segmentsOf, textOf } from './harness.ts';

/** Appends one after the other and returns their sequences. */
async function appendAll(store: Store, group: string, count: number, bytes = 100): Promise<number[]> {
  const sequences: number[] = [];
  for (let i = 0; i < count; i++) sequences.push(...(await store.append([record(group, `${group}${i}`, bytes)])));
  return sequences;
}

test('R4: what was appended comes back in order, with group, kind, body and sequence, over many segments', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const sizes = [0, 1, 15, 16, 17, 600, 5000, 11_000];
  const records = Array.from({ length: 120 }, (_, i) => ({
    group: `g${i % 3}`,
    kind: i % 2 === 0 ? 'vote' : 'entry',
    body: new Uint8Array(sizes[i % sizes.length]!).fill(i),
  }));
  const sequences: number[] = [];
  for (let i = 0; i < records.length; i += 5) sequences.push(...(await store.append(records.slice(i, i + 5))));
  assert.deepEqual(await store.append([]), []);
  await store.close();
  assert.ok(segmentsOf(machine).length > 6);
  const again = await openOn(machine);
  const found = await recovered(again);
  assert.deepEqual(
    found.map(({ group, kind, body }) => ({ group, kind, body })),
    records,
  );
  assert.deepEqual(
    found.map(({ sequence }) => sequence),
    sequences,
  );
  assert.ok(sequences.every((sequence, i) => i === 0 || sequence > sequences[i - 1]!));
  await again.close();
});

test('R5: all that waits is one write and one sync; what comes during a sync forms the next', async () => {
  const clock = fakeClock();
  const machine = memoryDisk({ seed: 1, clock });
  const store = await openOn(machine, { clock });
  machine.faults.syncMillis = [10, 10];
  await clock.advance(100);
  const { syncs, writes } = machine.counts;
  const order: string[] = [];
  const append = (name: string): void => void store.append([record('g', name)]).then(() => order.push(name));
  append('first');
  await clock.advance(5);
  for (let i = 0; i < 64; i++) append(`later${i}`);
  await clock.advance(5);
  assert.deepEqual(order, ['first']);
  await clock.advance(5);
  append('last');
  await clock.advance(5);
  assert.equal(order.length, 65);
  await clock.advance(10);
  assert.equal(order.length, 66);
  assert.equal(machine.counts.syncs - syncs, 3);
  assert.equal(machine.counts.writes - writes, 3);
  assert.deepEqual(order, ['first', ...Array.from({ length: 64 }, (_, i) => `later${i}`), 'last']);
});

test('R5: appenders that begin again when they are answered all join the next batch, also behind several awaits', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  await store.append([record('g', 'warm')]);
  const before = machine.counts.syncs;
  const one = async (i: number, j: number): Promise<void> => {
    await store.append([record('g', `${i}.${j}`)]);
  };
  const appender = async (i: number): Promise<void> => {
    for (let j = 0; j < 10; j++) await one(i, j);
  };
  await Promise.all(Array.from({ length: 32 }, (_, i) => appender(i)));
  // Each segment that was begun meanwhile costs two more.
  assert.ok(machine.counts.syncs - before <= 10 + 2 * segmentsOf(machine).length, String(machine.counts.syncs - before));
});

test('R6: trim forgets a group below a sequence, for ever, and deletes whole segments that no group needs', async () => {
  const machine = memoryDisk({ seed: 1 });
  const log = memoryLog();
  let store = await openOn(machine, { log });
  const a = await appendAll(store, 'a', 200, 300);
  const b = await appendAll(store, 'b', 200, 300);
  const before = (await store.usage()).logBytes;
  await store.trim('a', a[150]!);
  assert.equal(segmentsOf(machine)[0]![0] > 'log/00000001.seg', true, 'segments of a alone are gone');
  await store.trim('b', b[50]!);
  await store.trim('b', b[20]!);
  assert.ok((await store.usage()).logBytes < before);
  const expected = [...a.slice(150).map((_, i) => `a${150 + i}`), ...b.slice(50).map((_, i) => `b${50 + i}`)];
  for (let i = 0; i < 3; i++) {
    await store.close();
    store = await openOn(machine);
    assert.deepEqual((await recovered(store)).map(textOf), expected);
  }
  await store.trim('a', a[199]! + 1);
  await store.trim('b', Number.MAX_SAFE_INTEGER);
  assert.ok(segmentsOf(machine).length <= 2, 'only the active segment and its spare are left');
  await appendAll(store, 'b', 1);
  await store.close();
  store = await openOn(machine);
  assert.deepEqual((await recovered(store)).map(textOf), ['b0'], 'what is appended after a trim is kept');
});

test('R6: a trim that was acknowledged survives a power cut at once; files it left are removed at the next opening', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const machine = memoryDisk({ seed });
    const store = await openOn(machine);
    const a = await appendAll(store, 'a', 150, 400);
    const trimming = store.trim('a', a[120]!);
    if (seed % 2 === 0) await trimming;
    else for (let turn = 0; turn < seed * 3; turn++) await Promise.resolve();
    machine.cutPower();
    const again = await openOn(machine);
    const texts = (await recovered(again)).map(textOf);
    const all = a.map((_, i) => `a${i}`);
    assert.ok(texts.length === 30 || (seed % 2 === 1 && texts.length === 150), `seed ${seed}: ${texts.length}`);
    assert.deepEqual(texts, all.slice(-texts.length));
  }
});

test('R1, store.sync-failed: the first failed sync kills the store for every call, and says so once', async () => {
  const machine = memoryDisk({ seed: 3 });
  const log = memoryLog();
  const store = await openOn(machine, { log });
  const [kept] = await store.append([record('g', 'kept')]);
  assert.ok(kept! > 0);
  machine.faults.syncFails = 1;
  const died = assert.rejects(store.failed, hasCode('store.sync-failed'));
  const waiting = ['one', 'two'].map((text) => assert.rejects(store.append([record('g', text)]), hasCode('store.sync-failed')));
  await Promise.all([...waiting, died]);
  machine.faults.syncFails = 0;
  const failed = hasCode('store.sync-failed');
  await assert.rejects(store.append([record('g', 'three')]), failed);
  await assert.rejects(store.trim('g', 2), failed);
  await assert.rejects(store.blobs.put('00'.repeat(32) as never, new Uint8Array(3)), failed);
  await assert.rejects(store.blobs.sync(), failed);
  await assert.rejects(store.blobs.get('00'.repeat(32) as never), failed);
  assert.throws(() => store.catalogue.set('a', 'b'), failed);
  assert.throws(() => store.catalogue.get('a'), failed);
  await store.close();
  assert.equal(log.of('store.died').length, 1);
});

test('R1: after a failed sync, what the next opening recovers is on the medium, not only in the cache that lies', async () => {
  let cached = 0;
  for (let seed = 0; seed < 60; seed++) {
    const machine = memoryDisk({ seed });
    const store = await openOn(machine);
    await store.append([record('g', 'kept')]);
    machine.faults.syncFails = 1;
    await assert.rejects(Promise.all([store.append([record('g', 'one', 3000)]), store.append([record('g', 'two', 3000)])]));
    machine.faults.syncFails = 0;
    machine.kill();
    const second = await openOn(machine);
    const seen = (await recovered(second)).map(textOf);
    if (seen.length > 1) cached += 1;
    machine.cutPower();
    const third = await openOn(machine);
    assert.deepEqual((await recovered(third)).map(textOf), seen, `seed ${seed}`);
  }
  assert.ok(cached > 10, 'the case happens');
});

test('R1: a write that fails kills as well', async () => {
  const machine = memoryDisk({ seed: 3 });
  const store = await openOn(machine);
  machine.faults.writeFails = 1;
  await assert.rejects(store.append([record('g', 'one')]), hasCode('store.sync-failed'));
  machine.faults.writeFails = 0;
  await assert.rejects(store.append([record('g', 'two')]), hasCode('store.sync-failed'));
});

test('R7, store.full: a full disk refuses appends before the log is full, loses nothing, and goes on when there is space', async () => {
  const machine = memoryDisk({ seed: 1, faults: { capacityBytes: 4 * TINY.segmentBytes } });
  const log = memoryLog();
  let store = await openOn(machine, { log });
  const stored: string[] = [];
  const isFull = hasCode('store.full');
  const fill = async (): Promise<void> => {
    for (let i = 0; ; i++) {
      const text = `${stored.length}.${i}`;
      try {
        await store.append([record('g', text, 900)]);
        stored.push(text);
      } catch (error) {
        assert.ok(isFull(error), String(error));
        return;
      }
    }
  };
  await fill();
  assert.ok(stored.length > 80, String(stored.length));
  assert.ok(log.of('store.space-low').length > 0, 'the owner is told');
  await assert.rejects(store.append([record('g', 'no', 900)]), isFull);
  machine.cutPower();
  store = await openOn(machine, { log });
  const found = await recovered(store);
  assert.deepEqual(found.map(textOf), stored);
  await assert.rejects(store.append([record('g', 'no', 900)]), isFull);
  // Forgetting works on a full disk, and makes room.
  await store.trim('g', found[60]!.sequence);
  await fill();
  assert.ok(stored.length > 130);
  await store.close();
  store = await openOn(machine);
  assert.deepEqual((await recovered(store)).map(textOf), stored.slice(60));
  // So does a larger disk.
  machine.faults.capacityBytes = 40 * TINY.segmentBytes;
  await appendAll(store, 'h', 100, 900);
});

test('R7: no space inside of a reserved file is a refusal, and nothing of it is found later, not even behind an equal record', async () => {
  const machine = memoryDisk({ seed: 1 });
  let refuse = false;
  // A copy-on-write file system: writes where zeros were reserved need space.
  const { disk } = machine;
  const store = await openOn({
    disk: {
      ...disk,
      open: async (path, mode) => {
        const file = await disk.open(path, mode);
        return {
          ...file,
          get size() {
            return file.size;
          },
          write: async (offset, bytes) => {
            await file.write(offset, bytes);
            if (refuse) await disk.open('full', 'create').then((other) => other.preallocate(2 ** 50));
          },
        };
      },
    },
  });
  await store.append([record('g', 'one')]);
  refuse = true;
  const isFull = hasCode('store.full');
  const batch = ['two', 'three', 'four'].map((text) => record('g', text, 700));
  await assert.rejects(store.append(batch), isFull);
  refuse = false;
  await store.append(batch.slice(0, 1));
  machine.kill();
  assert.deepEqual((await recovered(await openOn(machine))).map(textOf), ['one', 'two']);
});

test('R7, store.full: more than the queue may hold is refused at once', async () => {
  const clock = fakeClock();
  const machine = memoryDisk({ seed: 1, clock });
  const store = await openOn(machine, { clock });
  machine.faults.syncMillis = [10_000, 10_000];
  const appends = Array.from({ length: 200 }, (_, i) => store.append([record('g', `${i}`, 10_000)]));
  const outcomes = Promise.allSettled(appends);
  await clock.advance(10_000_000);
  const refused = (await outcomes).filter(({ status }) => status === 'rejected');
  assert.ok(refused.length > 50 && refused.length < 150, String(refused.length));
});

test('a record that could never fit is a bug of the caller, and harms nothing', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  await assert.rejects(async () => store.append([record('g', 'big', TINY.segmentBytes)]), RangeError);
  await assert.rejects(async () => store.append([{ group: 'x'.repeat(256), kind: 'k', body: new Uint8Array(0) }]), RangeError);
  await store.append([record('ü'.repeat(127), 'ok')]);
  await store.close();
  const again = await openOn(machine);
  assert.deepEqual(
    (await recovered(again)).map(({ group }) => group),
    ['ü'.repeat(127)],
  );
});

test('close waits for what was appended, then every call is refused; an abandoned recovery disturbs nothing', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const appends = Array.from({ length: 20 }, (_, i) => store.append([record('g', `${i}`, 1000)]));
  await store.close();
  await store.close();
  assert.equal((await Promise.all(appends)).length, 20);
  await assert.rejects(store.append([record('g', 'late')]), hasCode('node.internal'));
  await assert.rejects(store.blobs.sync(), hasCode('node.internal'));
  const again = await openOn(machine);
  for await (const first of again.recover()) {
    assert.equal(textOf(first), '0');
    break;
  }
  await again.trim('g', 10);
  await again.append([record('g', 'more')]);
  await again.close();
});

test('R2: after close, and after every opening, all records are below a synced mark', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  await appendAll(store, 'g', 5);
  await store.close();
  const closed = readLogPlainly(segmentsOf(machine));
  assert.equal(closed.at(-1)!.synced, closed.at(-2)!.sequence);
  assert.equal(closed.at(-1)!.type, 2);
  const again = await openOn(machine);
  const opened = readLogPlainly(segmentsOf(machine));
  assert.equal(opened.length, closed.length + 1);
  assert.equal(opened.at(-1)!.synced, closed.at(-1)!.sequence);
  await again.close();
  assert.equal(readLogPlainly(segmentsOf(machine)).length, opened.length, 'closing again adds nothing');
});

test('R2: a whole record with the right sequence that belongs to another history does not follow', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  await appendAll(store, 'common', 3);
  machine.kill();
  const image = machine.image();
  const live = async (name: string): Promise<void> => {
    machine.restore(image);
    const other = await openOn(machine);
    await appendAll(other, name, 10, 500);
    machine.kill();
  };
  await live('other');
  const foreign = machine.content('log/00000001.seg')!;
  const from = readLogPlainly(segmentsOf(machine)).find(({ text }) => text === 'other6')!.from;
  await live('wanted');
  const file = await machine.disk.open('log/00000001.seg', 'write');
  await file.write(from, foreign.subarray(from));
  await assert.rejects(
    openOn(machine),
    (error) => hasCode('store.damaged')(error) && error instanceof AppError && error.facts['lastWhole'] === 11,
  );
});

test('R2, store.damaged: with consent the valid prefix goes on, the rest is kept beside, and the log is whole again', async () => {
  for (const damage of ['middle', 'beginning', 'headers'] as const) {
    const machine = memoryDisk({ seed: 1 });
    const store = await openOn(machine);
    await appendAll(store, 'g', 100, 600);
    await store.close();
    const whole = readLogPlainly(segmentsOf(machine));
    const victim = whole[damage === 'middle' ? 60 : 0]!;
    if (damage === 'middle') machine.zeroRange(victim.segment, victim.from, 40);
    else if (damage === 'beginning') await machine.disk.remove(victim.segment);
    else for (const [path] of segmentsOf(machine)) machine.zeroRange(path, 0, 8192);
    await assert.rejects(openOn(machine), hasCode('store.damaged'));
    const before = segmentsOf(machine);
    const log = memoryLog();
    const mended = await openOn(machine, { onDamage: 'keep-prefix', log, seed: 'other' });
    const kept = (await recovered(mended)).map(textOf);
    assert.equal(kept.length, damage === 'middle' ? whole.slice(0, 60).filter(({ type }) => type === 1).length : 0);
    const aside = log.of('store.log-set-aside').map(({ file }) => String(file));
    assert.ok(aside.length > 0);
    for (const path of aside) {
      const original = before.find(([name]) => path.startsWith(`log/damaged/${name.slice(4)}.`))!;
      assert.deepEqual(machine.content(path), original[1]);
    }
    const added = await appendAll(mended, 'new', 40, 600);
    assert.equal(added.length, 40);
    machine.cutPower();
    const again = await openOn(machine);
    assert.deepEqual((await recovered(again)).map(textOf), [...kept, ...added.map((_, i) => `new${i}`)]);
  }
});
