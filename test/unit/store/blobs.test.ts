import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { NameTable } from '../../../src-main/io/store/blobs/nameTable.ts';
import type { Store } from '../../../src-main/io/store/index.ts';
import { toHex, type Hash } from '../../../src-shared/units/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { memoryDisk, type MemoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { seededRandom, type SeededRandom } from '../../fakes/seededRandom.ts';
import { TINY, hasCode, nameOf, openOn, sha256 } from './harness.ts';

/** Content that compresses to about half. */
function content(seed: number | string, bytes: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: bytes }, () => random.integer(16));
}

function blobs(count: number, bytes: number, from = 0): readonly { readonly name: Hash; readonly bytes: Uint8Array }[] {
  return Array.from({ length: count }, (_, i) => {
    const body = content(from + i, bytes);
    return { name: nameOf(body), bytes: body };
  });
}

async function assertHolds(store: Store, items: ReturnType<typeof blobs>): Promise<void> {
  for (const { name, bytes } of items) {
    assert.equal(store.blobs.has(name), true);
    assert.deepEqual(new Uint8Array((await store.blobs.get(name))!), bytes);
  }
}

const packs = (machine: MemoryDisk): readonly string[] => machine.paths.filter((path) => path.endsWith('.pack'));

test('R9: blobs of any size come back over many packs, before and after the next opening; a missing one is null', async () => {
  const machine = memoryDisk({ seed: 1 });
  const items = [0, 1, 15, 16, 17, 100, 5000, 40_000].flatMap((bytes) => blobs(6, bytes, bytes * 10));
  let store = await openOn(machine);
  for (const { name, bytes } of items.slice(0, 20)) await store.blobs.put(name, bytes);
  await store.blobs.putMany(items.slice(20));
  await assertHolds(store, items);
  assert.equal(await store.blobs.get(nameOf(Uint8Array.of(200))), null);
  assert.equal(store.blobs.has(nameOf(Uint8Array.of(200))), false);
  assert.ok(packs(machine).length > 5);
  const names = new Set(items.map(({ name }) => name)).size;
  assert.equal((await store.usage()).blobs, names);
  await store.blobs.sync();
  await store.close();
  store = await openOn(machine);
  await assertHolds(store, items);
  assert.equal((await store.usage()).blobs, names);
  await store.close();
});

test('R9: a name that is there is not written again, neither twice in one call nor by two callers at once', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const [one] = blobs(1, 2000);
  await Promise.all([store.blobs.put(one!.name, one!.bytes), store.blobs.putMany([one!, one!]), store.blobs.put(one!.name, one!.bytes)]);
  const { blobBytes } = await store.usage();
  assert.ok(blobBytes < 2000, String(blobBytes));
  await store.blobs.put(one!.name, one!.bytes);
  assert.equal((await store.usage()).blobBytes, blobBytes);
});

test('R9: a get that comes while the blob is being written waits for it', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const [one] = blobs(1, 2000);
  const putting = store.blobs.put(one!.name, one!.bytes);
  assert.deepEqual(new Uint8Array((await store.blobs.get(one!.name))!), one!.bytes);
  await putting;
});

test('R9: content that comes compressed is stored as it is; a wrong claim and an oversized blob are bugs of the caller', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const [one] = blobs(1, 3000);
  await store.blobs.putMany([{ name: one!.name, bytes: zstdCompressSync(one!.bytes), zstd: true }]);
  await assertHolds(store, [one!]);
  await assert.rejects(store.blobs.putMany([{ name: nameOf(Uint8Array.of(1)), bytes: one!.bytes, zstd: true }]), RangeError);
  await assert.rejects(store.blobs.put(nameOf(Uint8Array.of(1)), new Uint8Array(65 * 1024 * 1024)), RangeError);
});

test('R9: what was synced survives a power cut, what was not may be gone, and nothing comes back changed', async () => {
  const outcomes = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const machine = memoryDisk({ seed, faults: { tearing: 0.3 } });
    const store = await openOn(machine, { seed: String(seed) });
    const [kept, risked] = [blobs(12, 3000), blobs(12, 300, 100)];
    await store.blobs.putMany(kept);
    await store.blobs.sync();
    for (const { name, bytes } of risked) await store.blobs.put(name, bytes);
    machine.cutPower();
    const again = await openOn(machine);
    await assertHolds(again, kept);
    const left = risked.filter(({ name }) => again.blobs.has(name));
    await assertHolds(again, left);
    outcomes.add(left.length);
    // What an opening shows is durable.
    machine.cutPower();
    await assertHolds(await openOn(machine), [...kept, ...left]);
  }
  assert.ok(outcomes.size > 2, String([...outcomes]));
});

test('R1: a failed sync of blobs kills the store, and what the next opening shows is on the medium', async () => {
  for (let seed = 0; seed < 30; seed++) {
    const machine = memoryDisk({ seed });
    const store = await openOn(machine);
    const items = blobs(4, 2000);
    await store.blobs.putMany(items);
    machine.faults.syncFails = 1;
    await assert.rejects(store.blobs.sync(), hasCode('store.sync-failed'));
    await assert.rejects(store.append([{ group: 'g', kind: 'k', body: new Uint8Array(1) }]), hasCode('store.sync-failed'));
    machine.faults.syncFails = 0;
    machine.kill();
    const again = await openOn(machine);
    const shown = items.filter(({ name }) => again.blobs.has(name));
    await again.blobs.sync();
    machine.cutPower();
    await assertHolds(await openOn(machine), shown);
  }
});

test('R10, store.blob-damaged: every kind of damage costs the blob that it hit, is told, and is mended by putting it again', async () => {
  const found = { damaged: 0, missing: 0, whole: 0 };
  for (let seed = 0; seed < 120; seed++) {
    const random = seededRandom(seed);
    const machine = memoryDisk({ seed });
    const log = memoryLog();
    let store = await openOn(machine, { log });
    const items = blobs(20, 1500, seed * 100);
    await store.blobs.putMany(items);
    await store.blobs.sync();
    if (random.chance(0.5)) {
      await store.close();
      store = await openOn(machine, { log });
    }
    injure(machine, random);
    if (random.chance(0.5)) {
      machine.kill();
      store = await openOn(machine, { log });
    }
    for (const { name, bytes } of items) {
      let state: 'damaged' | 'missing' | 'whole' = 'whole';
      try {
        const got = await store.blobs.get(name);
        if (got === null) state = 'missing';
        else assert.deepEqual(new Uint8Array(got), bytes);
      } catch (error) {
        assert.ok(hasCode('store.blob-damaged')(error), String(error));
        state = 'damaged';
      }
      found[state] += 1;
      if (state === 'whole') continue;
      assert.equal(store.blobs.has(name), false);
      await store.blobs.put(name, bytes);
    }
    await assertHolds(store, items);
    await store.close();
    await assertHolds(await openOn(machine), items);
  }
  assert.ok(found.damaged > 20 && found.missing > 2 && found.whole > 1500, JSON.stringify(found));
});

/** In packs or in their indexes. */
function injure(machine: MemoryDisk, random: SeededRandom): void {
  const path = random.pick(machine.paths.filter((one) => one.startsWith('blobs/')));
  const bytes = machine.content(path)!.length;
  const at = random.integer(bytes);
  const action = random.integer(4);
  if (action === 0) machine.flipBit(path, at * 8 + random.integer(8));
  else if (action === 1) machine.zeroRange(path, at, Math.min(bytes - at, random.between(1, 3000)));
  else if (action === 2) machine.zeroRange(path, 0, Math.min(bytes, random.between(1, 600)));
  else for (let i = 0; i < 30; i++) machine.flipBit(path, random.integer(bytes) * 8);
}

test('R10, store.blob-damaged: a whole item of another name at the place is not the blob', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine);
  const random = seededRandom('plain');
  const [one, other] = ['one', 'other'].map(() => random.bytes(100));
  for (const bytes of [one!, other!]) await store.blobs.put(nameOf(bytes), bytes);
  // Header 64 bytes, then two items of 64 + 100 bytes, each padded to 176.
  const file = await machine.disk.open('blobs/00000001.pack', 'write');
  await file.write(64 + 176, await file.read(64, 176));
  await assert.rejects(store.blobs.get(nameOf(other!)), hasCode('store.blob-damaged'));
  assert.deepEqual(new Uint8Array((await store.blobs.get(nameOf(one!)))!), one);
});

test('R10: indexes that are missing or lie are made again from the packs', async () => {
  const machine = memoryDisk({ seed: 1 });
  let store = await openOn(machine);
  const items = blobs(60, 1500);
  await store.blobs.putMany(items);
  await store.close();
  const indexes = machine.paths.filter((path) => path.endsWith('.idx'));
  assert.equal(indexes.length, packs(machine).length);
  await machine.disk.remove(indexes[0]!);
  machine.flipBit(indexes[1]!, 5000);
  const orphan = await machine.disk.open('blobs/00000099.idx', 'create');
  await orphan.write(0, new Uint8Array(100));
  store = await openOn(machine);
  await assertHolds(store, items);
  assert.ok(!machine.paths.includes('blobs/00000099.idx'));
});

test('R11: a sweep removes what is not kept, frees its bytes, keeps the rest, and the removed do not come back', async () => {
  const machine = memoryDisk({ seed: 1 });
  let store = await openOn(machine);
  const items = blobs(120, 1500);
  await store.blobs.putMany(items);
  await store.blobs.sync();
  const before = (await store.usage()).blobBytes;
  const kept = items.filter((_, i) => i % 5 === 0);
  const names = new Set(kept.map(({ name }) => name));
  const freed = await store.blobs.sweep((name) => names.has(name));
  const after = await store.usage();
  assert.equal(freed, before - after.blobBytes);
  assert.ok(after.blobBytes < before / 3, `${before} to ${after.blobBytes}`);
  assert.equal(after.blobs, kept.length);
  for (let i = 0; i < 2; i++) {
    await assertHolds(store, kept);
    for (const { name } of items) assert.equal(store.blobs.has(name), names.has(name));
    await store.close();
    store = await openOn(machine);
  }
  // Nothing to do is nothing done.
  const idle = machine.counts.writes;
  assert.equal(await store.blobs.sweep(() => true), 0);
  assert.equal(machine.counts.writes, idle);
  assert.ok((await store.blobs.sweep(() => false)) > 0);
  assert.equal((await store.usage()).blobs, 0);
  await store.blobs.putMany(items);
  await assertHolds(store, items);
});

test('R11: puts and gets go on during a sweep; what is put while it runs stays, also what was there and unwanted', async () => {
  const machine = memoryDisk({ seed: 1, clock: fakeClock() });
  const store = await openOn(machine);
  const [old, fresh] = [blobs(100, 1500), blobs(60, 1500, 1000)];
  await store.blobs.putMany(old);
  const kept = old.filter((_, i) => i % 4 === 0);
  const rescued = old.filter((_, i) => i % 4 === 1).slice(0, 10);
  const names = new Set(kept.map(({ name }) => name));
  const sweeping = store.blobs.sweep((name) => names.has(name));
  await assert.rejects(
    store.blobs.sweep(() => true),
    RangeError,
  );
  const puts = [...fresh, ...rescued].map(({ name, bytes }) => store.blobs.put(name, bytes));
  for (let round = 0; round < 5; round++) await assertHolds(store, kept);
  await sweeping;
  await Promise.all(puts);
  await assertHolds(store, [...kept, ...fresh, ...rescued]);
  await store.close();
  await assertHolds(await openOn(machine), [...kept, ...fresh, ...rescued]);
});

test('R11: a name that is put again after the sweep began stays, although the sweep has not come to it', async () => {
  const machine = memoryDisk({ seed: 1 });
  const store = await openOn(machine, { limits: { ...TINY, packBytes: 1024 * 1024 } });
  const items = blobs(5000, 20);
  await store.blobs.putMany(items);
  const last = items.at(-1)!;
  const sweeping = store.blobs.sweep(() => false);
  assert.equal(store.blobs.has(last.name), true, 'not yet asked about');
  await store.blobs.put(last.name, last.bytes);
  await sweeping;
  assert.equal((await store.usage()).blobs, 1);
  await assertHolds(store, [last]);
});

test('R11: a power cut at any moment of a sweep loses nothing that is kept', async () => {
  for (let seed = 0; seed < 80; seed++) {
    const random = seededRandom(seed);
    const machine = memoryDisk({ seed });
    const store = await openOn(machine, { seed: String(seed) });
    const items = blobs(60, 1500);
    await store.blobs.putMany(items);
    await store.blobs.sync();
    const names = new Set(items.filter(() => random.chance(0.3)).map(({ name }) => name));
    let swept = false;
    void store.blobs.sweep((name) => names.has(name)).then(() => (swept = true));
    for (let turn = random.integer(900); turn > 0; turn--) await Promise.resolve();
    machine.cutPower();
    const again = await openOn(machine);
    await assertHolds(
      again,
      items.filter(({ name }) => names.has(name)),
    );
    if (swept) assert.equal((await again.usage()).blobs, names.size, 'what a finished sweep removed stays removed');
    await again.blobs.sweep((name) => names.has(name));
    assert.equal((await again.usage()).blobs, names.size);
  }
});

test('R7, store.full: without space puts are refused, nothing is lost, and a sweep makes room', async () => {
  const machine = memoryDisk({ seed: 1, faults: { capacityBytes: 4 * TINY.segmentBytes } });
  const limits = { ...TINY, diskReserveBytes: TINY.packBytes };
  let store = await openOn(machine, { limits });
  const stored: { name: Hash; bytes: Uint8Array }[] = [];
  const isFull = hasCode('store.full');
  for (let i = 0; ; i++) {
    const [one] = blobs(1, 1500, i);
    try {
      await store.blobs.put(one!.name, one!.bytes);
      stored.push(one!);
    } catch (error) {
      assert.ok(isFull(error), String(error));
      break;
    }
  }
  assert.ok(stored.length > 20);
  await store.blobs.sync();
  await store.append([{ group: 'g', kind: 'k', body: new Uint8Array(10) }]);
  await store.close();
  store = await openOn(machine, { limits });
  await assertHolds(store, stored);
  const kept = stored.filter((_, i) => i % 3 === 0);
  const names = new Set(kept.map(({ name }) => name));
  assert.ok((await store.blobs.sweep((name) => names.has(name))) > 0);
  await assertHolds(store, kept);
  for (const { name, bytes } of stored.slice(0, 10)) await store.blobs.put(name, bytes);
  await assertHolds(store, stored.slice(0, 10));
});

test('R7: blobs leave the reserve of the disk to the log', async () => {
  const capacityBytes = 6 * TINY.segmentBytes;
  const machine = memoryDisk({ seed: 1, faults: { capacityBytes } });
  const store = await openOn(machine, { limits: { ...TINY, diskReserveBytes: 2 * TINY.segmentBytes } });
  const isFull = hasCode('store.full');
  await assert.rejects(async () => {
    for (let i = 0; ; i++) await store.blobs.put(blobs(1, 1500, i)[0]!.name, blobs(1, 1500, i)[0]!.bytes);
  }, isFull);
  assert.ok((await machine.disk.freeBytes()) >= 2 * TINY.segmentBytes - TINY.packBytes);
  for (let i = 0; i < 20; i++) await store.append([{ group: 'g', kind: 'k', body: new Uint8Array(1000) }]);
});

test('name table: a model of many operations agrees, also across compactions', async () => {
  const random = seededRandom('names');
  const table = new NameTable();
  const model = new Map<string, number>();
  const names = Array.from({ length: 20_000 }, (_, i) => sha256(Uint8Array.of(i & 255, i >> 8)));
  const indexOf = new Map(names.map((name, i) => [toHex(name), i]));
  for (let i = 0; i < 200_000; i++) {
    const index = random.integer(names.length);
    const name = names[index]!;
    const entry = table.find(name);
    const known = model.get(String(index));
    assert.equal(entry >= 0 ? table.placeOf(entry).offset : undefined, known);
    // In waves, so that now and then most entries are removed ones.
    if (random.chance(i % 40_000 < 20_000 ? 0.3 : 0.95) && entry >= 0) {
      table.remove(entry);
      model.delete(String(index));
    } else {
      const offset = random.integer(2 ** 31) * 16;
      table.set(name, { pack: random.between(1, 9), offset, bytes: 7 });
      model.set(String(index), offset);
    }
    if (i % 20_000 === 19_999) {
      await table.compact(() => {
        const gone = table.find(names[random.integer(names.length)]!);
        if (gone >= 0) model.delete(String(indexOf.get(toHex(table.nameOf(gone)))));
        if (gone >= 0) table.remove(gone);
        return Promise.resolve();
      });
      assert.equal(table.live, model.size);
    }
    assert.equal(table.live, model.size);
  }
});
