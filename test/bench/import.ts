import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runImport } from '../../src-main/io/anvil/index.ts';
import { RegionReader } from '../../src-main/io/anvil/region/regionReader.ts';
import { RegionWriter } from '../../src-main/io/anvil/region/regionWriter.ts';
import { compressChunk } from '../../src-main/io/anvil/region/compression.ts';
import { buildTables } from '../../src-main/io/game/index.ts';
import { nbt, NbtNames, NbtSkim, writeNbt } from '../../src-shared/nbt/index.ts';
import { scanChunk } from '../../src-main/io/anvil/chunk/scan.ts';
import type { BenchRow } from './row.ts';

const ROUNDS = 3;
/** The save's full chunks this often, side by side: an import should be long against the start of its threads. */
const COPIES = 8;
const WARM_UP_CHUNKS = 2000;
/** Regions between two copies. */
const APART = 1000;
const SAVE = join(import.meta.dirname, '../../../shared/worlds/survival-1.19');

/**
 * Import of full chunks (read, decoded, canonical, named, compressed, handed to a sink; on 2 threads), against
 * prismarine-provider-anvil reading the same region files. Medians of rounds that take turns, so that both meet the same machine. Ours includes
 * the start of the threads.
 */
export async function benchImport(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'peerhold-bench-import-'));
  try {
    const chunks = await fullChunksOnly(join(SAVE, 'region'), join(folder, 'save'));
    // The peer writes into what it reads.
    cpSync(join(folder, 'save/region'), join(folder, 'peer'), { recursive: true });
    const [ours, peer]: [Measured[], Measured[]] = [[], []];
    // The peer runs on this thread and is warm from its second round on; our threads begin anew in each.
    await readByPeer(join(folder, 'peer'), chunks.slice(0, WARM_UP_CHUNKS));
    for (let round = 0; round < ROUNDS; round++) {
      peer.push(await measured(chunks.length, () => readByPeer(join(folder, 'peer'), chunks)));
      ours.push(await measured(chunks.length, () => importByUs(join(folder, 'save'), chunks.length)));
    }
    const rate = (all: readonly Measured[]): number => median(all.map(({ perSecond }) => perSecond));
    const work = (all: readonly Measured[]): number => median(all.map(({ cpuMillis }) => cpuMillis));
    return [
      { name: 'import of full chunks', ours: rate(ours), peer: rate(peer), ratio: rate(ours) / rate(peer), unit: 'chunks/s' },
      { name: 'processor time of one, all threads', ours: work(ours), peer: work(peer), ratio: work(peer) / work(ours), unit: 'ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly perSecond: number;
  /** Of all threads of this process, for one chunk: what a busy machine does not change much. */
  readonly cpuMillis: number;
}

async function measured(chunks: number, work: () => Promise<void>): Promise<Measured> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (chunks * 1000) / (performance.now() - start), cpuMillis: (user + system) / 1000 / chunks };
}

/** A save of nothing but the full chunks of `from`, at their places and at those of the copies. */
async function fullChunksOnly(from: string, save: string): Promise<readonly { readonly x: number; readonly z: number }[]> {
  const to = join(save, 'region');
  mkdirSync(to, { recursive: true });
  const data = nbt.compound({ DataVersion: nbt.int(3105), LevelName: nbt.text('bench') });
  writeFileSync(join(save, 'level.dat'), gzipSync(writeNbt(nbt.compound({ Data: data }))));
  const names = new NbtNames();
  const kept: { x: number; z: number }[] = [];
  for (const name of readdirSync(from).filter((file) => file.endsWith('.mca'))) {
    const [, x, z] = name.split('.').map(Number) as [number, number, number];
    const reader = new RegionReader(from, { x, z });
    for (let copy = 0; copy < COPIES; copy++) {
      const region = { x: x + copy * APART, z };
      const writer = await RegionWriter.create(to, region, 0);
      for (let index = 0; index < 1024; index++) {
        const found = reader.read(index);
        if (found === null || !found.ok || scanChunk(found.value, names).status !== 'full') continue;
        const place = { x: region.x * 32 + (index % 32), z: z * 32 + Math.floor(index / 32) };
        await writer.write(index, compressChunk(movedTo(found.value, place.x, names)));
        kept.push(place);
      }
      await writer.finish();
    }
    reader.close();
  }
  return kept;
}

/** The chunk with another x. */
function movedTo(chunk: Uint8Array, x: number, names: NbtNames): Uint8Array {
  const moved = Uint8Array.from(chunk);
  const skim = new NbtSkim(moved, names);
  skim.root();
  for (let name = skim.next(); name !== null; name = skim.next()) {
    skim.skip();
    if (name === 'xPos') new DataView(moved.buffer).setInt32(skim.start, x);
  }
  return moved;
}

async function importByUs(save: string, chunks: number): Promise<void> {
  const tables = buildTables('1.21.1');
  let bytes = 0;
  const sink = {
    putMany: async (items: readonly { readonly bytes: Uint8Array }[]) => {
      for (const item of items) bytes += item.bytes.length;
    },
    sync: async () => undefined,
    get: async () => null,
  };
  const clock = { now: () => performance.now(), wall: () => 0, after: () => () => undefined };
  const { report } = await runImport(
    save,
    sink,
    { get: () => null, set: () => undefined },
    { tables, clock, skipDamaged: false, threads: 2 },
  );
  if (report.chunks !== chunks || bytes === 0) throw new Error(`imported ${report.chunks} of ${chunks} chunks`);
}

async function readByPeer(folder: string, chunks: readonly { readonly x: number; readonly z: number }[]): Promise<void> {
  const { Anvil } = createRequire(import.meta.url)('prismarine-provider-anvil');
  const anvil = new (Anvil('1.19'))(folder);
  for (const { x, z } of chunks) if ((await anvil.load(x, z)) === null) throw new Error(`the peer lost ${x}, ${z}`);
  await anvil.close();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
