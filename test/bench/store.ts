/**
 * The store beside what else one could use, on the same disk in one run. Rounds of ours and the peers alternate, and medians are compared, because a shared
 * disk changes its mind. `PEERHOLD_BENCH_QUICK=1` recovers 256 MB instead of 1 GB.
 */
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync } from 'node:zlib';
import { ClassicLevel } from 'classic-level';
import { createHasher, realClock, realDisk, realRandom } from '../../src-main/io/platform/index.ts';
import { openStore, type Store } from '../../src-main/io/store/index.ts';
import type { Hash } from '../../src-shared/units/index.ts';
import { memoryLog } from '../fakes/memoryLog.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import type { BenchRow } from './row.ts';

const RECORD_BYTES = 256;
const ROUNDS = 5;
const ROUND_MILLIS = 600;
const QUICK = process.env['PEERHOLD_BENCH_QUICK'] === '1';

export async function benchStore(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'peerhold-bench-'));
  try {
    return [
      ...(await benchAppends(root)),
      ...(await benchRecovery(root, 1024)),
      ...(await benchRecovery(root, RECORD_BYTES)),
      ...(await benchBlobs(root)),
    ];
  } finally {
    await rm(root, { recursive: true });
  }
}

async function openIn(folder: string): Promise<Store> {
  const disk = realDisk(folder);
  await disk.makeFolder('');
  return openStore({ disk, folder, crypto: await createHasher(), random: realRandom(), clock: realClock(), log: memoryLog() });
}

/** Appends a second when `appenders` loops each wait for their own before the next. */
async function perSecond(appenders: number, append: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const start = performance.now();
  const loop = async (): Promise<void> => {
    while (performance.now() - start < ROUND_MILLIS) {
      await append();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: appenders }, loop));
  return count / ((performance.now() - start) / 1000);
}

interface Contender {
  readonly name: string;
  readonly append: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** What anyone would write first: the same calls of the same API, into space that is there already. */
async function rawFile(root: string): Promise<Contender> {
  const handle = await open(join(root, 'raw'), 'w+');
  const size = 64 * 1024 * 1024;
  await handle.write(new Uint8Array(size), 0, size, 0);
  await handle.datasync();
  const bytes = new Uint8Array(RECORD_BYTES).fill(7);
  let at = 0;
  return {
    name: 'raw file',
    append: async () => {
      const position = at;
      at = (at + bytes.length) % (size - bytes.length);
      await handle.write(bytes, 0, bytes.length, position);
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}

function sqlite(root: string): Contender {
  const database = new DatabaseSync(join(root, 'peer.db'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE log (id INTEGER PRIMARY KEY, body BLOB)');
  const insert = database.prepare('INSERT INTO log (body) VALUES (?)');
  const bytes = new Uint8Array(RECORD_BYTES).fill(7);
  return { name: 'node:sqlite', append: () => Promise.resolve(insert.run(bytes)), close: () => Promise.resolve(database.close()) };
}

async function level(root: string): Promise<Contender> {
  const database = new ClassicLevel<string, Uint8Array>(join(root, 'level'), { valueEncoding: 'view' });
  await database.open();
  const bytes = new Uint8Array(RECORD_BYTES).fill(7);
  let next = 0;
  return {
    name: 'classic-level',
    append: () => database.put(String(next++).padStart(12, '0'), bytes, { sync: true }),
    close: () => database.close(),
  };
}

async function benchAppends(root: string): Promise<BenchRow[]> {
  const store = await openIn(join(root, 'appends'));
  const body = new Uint8Array(RECORD_BYTES).fill(7);
  const ours: Contender = {
    name: 'ours',
    append: () => store.append([{ group: 'council', kind: 'vote', body }]),
    close: () => store.close(),
  };
  const contenders = [ours, await rawFile(root), sqlite(root), await level(root)];
  const results = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const appenders of [1, 8, 64]) {
      for (const { name, append } of contenders) {
        const key = `${name} ${appenders}`;
        results.set(key, [...(results.get(key) ?? []), await perSecond(appenders, append)]);
      }
    }
  }
  for (const { close } of contenders) await close();
  const of = (name: string, appenders: number): number => median(results.get(`${name} ${appenders}`)!);
  const row = (name: string, left: number, peer: number): BenchRow => ({ name, ours: left, peer, ratio: left / peer, unit: 'appends/s' });
  return [
    row('durable 256 B, 1 appender, beside raw write + fdatasync', of('ours', 1), of('raw file', 1)),
    row('durable 256 B, 8 appenders, beside raw with 1', of('ours', 8), of('raw file', 1)),
    row('durable 256 B, 64 appenders, beside raw with 1', of('ours', 64), of('raw file', 1)),
    row('durable 256 B, 64 appenders, beside ours with 1', of('ours', 64), of('ours', 1)),
    ...[1, 8, 64].flatMap((appenders) =>
      ['raw file', 'node:sqlite', 'classic-level'].map((peer) =>
        row(`durable 256 B, ${appenders} appenders, beside ${peer} with ${appenders}`, of('ours', appenders), of(peer, appenders)),
      ),
    ),
  ];
}

/** From closed files to the last record in the caller's hands. Beside it: reading the same files and hashing them in large pieces, which no verified recovery can beat. */
async function benchRecovery(root: string, bytes: number): Promise<BenchRow[]> {
  const folder = join(root, `recovery-${bytes}`);
  const total = (QUICK ? 256 : 1024) * 1024 * 1024;
  const first = await openIn(folder);
  const records = Array.from({ length: Math.floor((4 * 1024 * 1024) / bytes) }, (_, i) => ({
    group: `g${i % 4}`,
    kind: 'entry',
    body: new Uint8Array(bytes).fill(i),
  }));
  for (let written = 0; written < total; written += records.length * bytes) await first.append(records);
  await first.close();
  const [ours, peer]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    peer.push(await megabytesHashed(join(folder, 'log')));
    const start = performance.now();
    const store = await openIn(folder);
    let seen = 0;
    for await (const { body } of store.recover()) seen += body.length;
    ours.push(seen / 1e6 / ((performance.now() - start) / 1000));
    if (seen < total) throw new Error(`recovered ${seen} of ${total} bytes`);
    await store.close();
  }
  await rm(folder, { recursive: true });
  const name = `recovery of ${Math.round(total / 1e6)} MB in records of ${bytes} B, beside reading and hashing it`;
  return [{ name, ours: median(ours), peer: median(peer), ratio: median(ours) / median(peer), unit: 'MB/s' }];
}

async function megabytesHashed(folder: string): Promise<number> {
  const crypto = await createHasher();
  const memory = new Uint8Array(4 * 1024 * 1024);
  const start = performance.now();
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const handle = await open(join(folder, name));
    for (let at = 0; ;) {
      const { bytesRead } = await handle.read(memory, 0, memory.length, at);
      if (bytesRead === 0) break;
      crypto.digest(memory.subarray(0, bytesRead));
      at += bytesRead;
    }
    bytes += (await handle.stat()).size;
    await handle.close();
  }
  return bytes / 1e6 / ((performance.now() - start) / 1000);
}

/** Blobs like chunks: 48 KiB of slowly changing numbers that zstd makes about a tenth of. Beside: one file a blob, written as carefully. */
async function benchBlobs(root: string): Promise<BenchRow[]> {
  const crypto = await createHasher();
  const random = seededRandom('blobs');
  const items = Array.from({ length: 2000 }, (_, i) => {
    const bytes = chunkLike(i, random.fork(String(i)));
    return { name: crypto.hash(bytes), bytes };
  });
  const megabytes = items.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const packed = items.map(({ name, bytes }) => ({ name, bytes: new Uint8Array(zstdCompressSync(bytes)), zstd: true }));
  const results = { ours: [] as number[], ready: [] as number[], read: [] as number[], files: [] as number[] };
  for (let round = 0; round < 3; round++) {
    const plain = await openIn(join(root, `plain-${round}`));
    results.ours.push(megabytes / (await seconds(() => putAll(plain, items))));
    results.read.push(megabytes / (await seconds(() => getAll(plain, items))));
    await plain.close();
    const ready = await openIn(join(root, `ready-${round}`));
    results.ready.push(megabytes / (await seconds(() => putAll(ready, packed))));
    await ready.close();
    results.files.push(megabytes / (await seconds(() => writeFiles(join(root, `files-${round}`), items))));
  }
  const peer = median(results.files);
  const row = (name: string, values: readonly number[], beside: number | null): BenchRow => {
    const ours = median(values);
    return { name, ours, peer: beside, ratio: beside === null ? null : ours / beside, unit: 'MB/s' };
  };
  return [
    row('putMany of chunks and sync, beside one synced file each', results.ours, peer),
    row('putMany of chunks compressed before, and sync', results.ready, peer),
    row('get of chunks, 64 at once', results.read, null),
  ];
}

function chunkLike(seed: number, random: ReturnType<typeof seededRandom>): Uint8Array {
  const bytes = new Uint8Array(48 * 1024);
  let value = seed & 15;
  for (let i = 0; i < bytes.length; i++) {
    if (random.chance(0.03)) value = random.integer(40);
    bytes[i] = value;
  }
  return bytes;
}

type Items = readonly { readonly name: Hash; readonly bytes: Uint8Array; readonly zstd?: boolean }[];

async function putAll(store: Store, items: Items): Promise<void> {
  for (let i = 0; i < items.length; i += 256) await store.blobs.putMany(items.slice(i, i + 256));
  await store.blobs.sync();
}

async function getAll(store: Store, items: Items): Promise<void> {
  for (let i = 0; i < items.length; i += 64) await Promise.all(items.slice(i, i + 64).map(({ name }) => store.blobs.get(name)));
}

async function writeFiles(folder: string, items: Items): Promise<void> {
  const disk = realDisk(folder);
  await disk.makeFolder('');
  for (const { name, bytes } of items) {
    const file = await disk.open(name, 'create');
    await file.write(0, zstdCompressSync(bytes));
    await file.sync();
    await file.close();
  }
  await disk.syncFolder('');
}

async function seconds(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
