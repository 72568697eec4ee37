/** What the simulated disk does beyond the contract: the ways in which a real one lets a program down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../src-shared/errors/index.ts';
import { fakeClock } from '../fakes/fakeClock.ts';
import { memoryDisk, type MemoryDisk } from '../fakes/memoryDisk.ts';
import { SECTOR_BYTES } from '../fakes/sectors.ts';

/** A synced file of 8 sectors of ones, its creation synced too. */
async function withFile(machine: MemoryDisk) {
  const file = await machine.disk.open('f', 'create');
  await file.write(0, new Uint8Array(8 * SECTOR_BYTES).fill(1));
  await file.sync();
  await machine.disk.syncFolder('');
  return file;
}

/** The first byte of each sector. */
function firsts(content: Uint8Array | null): string {
  let out = '';
  for (let at = 0; at < (content?.length ?? 0); at += SECTOR_BYTES) out += content![at];
  return out;
}

test('power cut: synced sectors survive, unsynced ones in any subset, intermediate versions too', async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const machine = memoryDisk({ seed });
    const file = await withFile(machine);
    await file.write(0, new Uint8Array(2 * SECTOR_BYTES).fill(2));
    await file.write(0, new Uint8Array(SECTOR_BYTES).fill(3));
    assert.equal(firsts(machine.durableContent('f')), '11111111');
    machine.cutPower();
    seen.add(firsts(machine.content('f')));
    assert.equal(firsts(machine.durableContent('f')), firsts(machine.content('f')));
  }
  assert.deepEqual(
    [...seen].sort(),
    ['1', '2', '3'].flatMap((first) => ['1', '2'].map((second) => `${first}${second}111111`)),
  );
});

test('power cut: a sync that was running when more was written covers only what came before it', async () => {
  const clock = fakeClock();
  const machine = memoryDisk({ seed: 1, clock, faults: { syncMillis: [10, 10] } });
  const opening = withFile(machine);
  await clock.advance(30);
  const file = await opening;
  await file.write(0, new Uint8Array(SECTOR_BYTES).fill(2));
  let synced = false;
  void file.sync().then(() => (synced = true));
  await clock.advance(5);
  await file.write(0, new Uint8Array(SECTOR_BYTES).fill(3));
  assert.equal(synced, false);
  assert.equal(firsts(machine.durableContent('f')), '11111111');
  await clock.advance(5);
  assert.equal(synced, true);
  assert.equal(firsts(machine.durableContent('f')), '21111111');
  assert.equal(firsts(machine.content('f')), '31111111');
});

test('power cut: a call that is under way, and every later one of that life, never settles', async () => {
  const clock = fakeClock();
  const machine = memoryDisk({ seed: 1, clock });
  const file = await withFile(machine);
  const { disk } = machine;
  machine.faults.syncMillis = [10, 10];
  let answers = 0;
  const count = (): void => void (answers += 1);
  void file.sync().then(count, count);
  machine.cutPower();
  void file.read(0, 1).then(count, count);
  void disk.size('f').then(count, count);
  void disk.open('g', 'create').then(count, count);
  await clock.advance(100);
  assert.equal(answers, 0);
  assert.deepEqual(machine.paths, ['f']);
  assert.equal(await machine.disk.size('f'), 8 * SECTOR_BYTES);
});

test('kill: the process ends, what it wrote stays visible and is still unsynced', async () => {
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 30; seed++) {
    const machine = memoryDisk({ seed });
    const file = await withFile(machine);
    await file.write(0, new Uint8Array(SECTOR_BYTES).fill(2));
    machine.kill();
    assert.equal(firsts(machine.content('f')), '21111111');
    machine.cutPower();
    outcomes.add(firsts(machine.content('f')));
  }
  assert.deepEqual([...outcomes].sort(), ['11111111', '21111111']);
});

test('a failed sync is a lie on retry: the second reports success, and the writes are gone after a power cut', async () => {
  let lost = 0;
  for (let seed = 0; seed < 40; seed++) {
    const machine = memoryDisk({ seed });
    const file = await withFile(machine);
    await file.write(0, new Uint8Array(SECTOR_BYTES).fill(2));
    machine.faults.syncFails = 1;
    await assert.rejects(file.sync(), (error) => error instanceof AppError && error.code === 'store.sync-failed');
    machine.faults.syncFails = 0;
    await file.sync();
    assert.equal(firsts(machine.content('f')), '21111111');
    machine.cutPower();
    if (firsts(machine.content('f')) === '11111111') lost += 1;
  }
  assert.ok(lost > 5 && lost < 35, String(lost));
});

test('rename, creation and removal without a folder sync happen or not; with one they have happened', async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 100; seed++) {
    const machine = memoryDisk({ seed });
    await withFile(machine);
    await machine.disk.rename('f', 'g');
    await (await machine.disk.open('h', 'create')).close();
    machine.cutPower();
    seen.add(machine.paths.join());
  }
  assert.deepEqual([...seen].sort(), ['f', 'f,h', 'g', 'g,h']);
  const machine = memoryDisk({ seed: 1 });
  await withFile(machine);
  await machine.disk.rename('f', 'g');
  await machine.disk.syncFolder('');
  machine.cutPower();
  assert.deepEqual(machine.paths, ['g']);
});

test('a folder that was not synced into its parent takes its files with it', async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const machine = memoryDisk({ seed });
    await machine.disk.makeFolder('a');
    await (await machine.disk.open('a/x', 'create')).close();
    await machine.disk.syncFolder('a');
    machine.cutPower();
    seen.add(machine.paths.join());
  }
  assert.deepEqual([...seen].sort(), ['', 'a/x']);
});

test('no space: a write that would grow the disk beyond its capacity is refused, one inside reserved space is not', async () => {
  const machine = memoryDisk({ seed: 1, faults: { capacityBytes: 10_000 } });
  const file = await machine.disk.open('f', 'create');
  await file.preallocate(9000);
  assert.equal(await machine.disk.freeBytes(), 1000);
  await file.write(5000, new Uint8Array(4000));
  const noSpace = (error: unknown): boolean => error instanceof AppError && error.code === 'node.no-space';
  await assert.rejects(file.write(5000, new Uint8Array(6000)), noSpace);
  await assert.rejects(file.preallocate(11_000), noSpace);
  assert.equal(machine.counts.noSpace, 2);
  await machine.disk.remove('f');
  assert.equal(await machine.disk.freeBytes(), 10_000);
});

test('damage: bit flip, zeroed range, misdirected write, torn sector change exactly what they say and are noted', async () => {
  const machine = memoryDisk({ seed: 1 });
  const file = await withFile(machine);
  machine.flipBit('f', 8 * SECTOR_BYTES);
  machine.zeroRange('f', 2 * SECTOR_BYTES, SECTOR_BYTES);
  await file.write(3 * SECTOR_BYTES, new Uint8Array(SECTOR_BYTES).fill(7));
  await file.sync();
  machine.misdirect('f', { from: 3, to: 5 });
  assert.equal(firsts(machine.content('f')), '10001711');
  assert.equal(firsts(machine.durableContent('f')), '10001711');
  assert.equal(machine.damaged.length, 4);

  machine.faults.writeMisdirected = 1;
  await file.write(0, new Uint8Array(SECTOR_BYTES).fill(9));
  assert.equal(machine.counts.misdirectedWrites, 1);
  assert.equal(firsts(machine.content('f')).split('9').length, 2);

  const mixed = new Set<string>();
  for (let seed = 0; seed < 50; seed++) {
    const other = memoryDisk({ seed, faults: { tearing: 1 } });
    const torn = await withFile(other);
    await torn.write(0, new Uint8Array(SECTOR_BYTES).fill(2));
    other.cutPower();
    const sector = other.content('f')!.subarray(0, SECTOR_BYTES);
    mixed.add(sector.every((byte) => byte === sector[0]) ? 'whole' : 'torn');
  }
  assert.deepEqual([...mixed].sort(), ['torn', 'whole']);
});

test('a backup that is restored rolls everything back, also twice; a wiped disk is empty', async () => {
  const machine = memoryDisk({ seed: 1 });
  const file = await withFile(machine);
  const image = machine.image();
  await file.write(0, new Uint8Array(SECTOR_BYTES).fill(4));
  await file.sync();
  for (let i = 0; i < 2; i++) {
    machine.restore(image);
    assert.equal(firsts(machine.content('f')), '11111111');
    const again = await machine.disk.open('f', 'write');
    await again.write(0, new Uint8Array(SECTOR_BYTES).fill(5));
    await again.sync();
  }
  machine.wipe();
  assert.deepEqual(machine.paths, []);
});

test('the same seed gives the same disk, fault by fault', async () => {
  const play = async (): Promise<string> => {
    const machine = memoryDisk({ seed: 'same', faults: { tearing: 0.3, writeFails: 0.1, syncFails: 0.1 } });
    const file = await machine.disk.open('f', 'create');
    await machine.disk.syncFolder('').catch(() => undefined);
    for (let i = 0; i < 100; i++) {
      await file.write(i * 100, new Uint8Array(300).fill(i)).catch(() => undefined);
      if (i % 7 === 0) await file.sync().catch(() => undefined);
    }
    machine.cutPower();
    return `${JSON.stringify(machine.counts)} ${machine.content('f')?.join() ?? ''}`;
  };
  assert.equal(await play(), await play());
});
