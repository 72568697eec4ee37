import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  blockInChunk,
  chunkName,
  computeLight,
  createLightScratch,
  createShard,
  decodeChunk,
  encodeChunk,
  generateChunk,
  LIGHT_NEIGHBOURS,
  withBlock,
  type Chunk,
  type Effect,
  type Shard,
  type WorldKit,
} from '../../src-main/core/world/index.ts';
import { newKit } from '../unit/world-state/kit.ts';
import { readRegion } from '../unit/world-state/savedChunks.ts';
import type { BenchRow } from './row.ts';

const REGION = join(import.meta.dirname, '..', '..', '..', 'shared', 'worlds', 'survival-1.19', 'region');
const FILE = 'r.0.-12.mca';
const ROUNDS = 9;
const ROUND_MICROS = 60_000;
const LOOKUPS = 8192;
const LOOKED_AT = 24;
const EDITS = 8192;

interface Pos {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A column of prismarine-chunk, as far as it is measured. */
interface PeerColumn {
  getBlockStateId(pos: Pos): number;
  setBlockStateId(pos: Pos, id: number): void;
}

/** The same real chunks of vanilla 1.19 in our form and in prismarine-chunk's, both with their light. */
export async function benchChunk(): Promise<readonly BenchRow[]> {
  if (!existsSync(join(REGION, FILE))) throw new Error('needs survival-1.19 in ../shared/worlds beside the project');
  const kit = newKit();
  const saved = readRegion(join(REGION, FILE), kit);
  const encoded = saved.map((chunk) => encodeChunk(chunk, kit));
  const peers = await loadPeers(saved);
  return [...(await memoryRows(saved, encoded, kit)), ...accessRows(saved, peers, kit), ...rateRows(saved, encoded, kit)];
}

async function loadPeers(chunks: readonly Chunk[]): Promise<readonly PeerColumn[]> {
  const require = createRequire(import.meta.url);
  const { Anvil } = require('prismarine-provider-anvil') as { Anvil: (version: string) => new (folder: string) => PeerProvider };
  const provider = new (Anvil('1.19'))(REGION);
  const columns: PeerColumn[] = [];
  for (const { x, z } of chunks) columns.push((await provider.load(x, z))!);
  await provider.close();
  return columns;
}

interface PeerProvider {
  load(x: number, z: number): Promise<PeerColumn | null>;
  close(): Promise<void>;
}

/** Bytes that stay after everything else was collected, per chunk, while only the chunks are held. */
async function memoryRows(saved: readonly Chunk[], encoded: readonly Uint8Array[], kit: WorldKit): Promise<readonly BenchRow[]> {
  const ours = await bytesHeld(() => Promise.resolve(encoded.map((bytes) => decodeChunk(bytes, kit))));
  const peer = await bytesHeld(() => loadPeers(saved));
  return [row('memory of a loaded chunk with light', ours / saved.length / 1024, peer / saved.length / 1024, 'KiB', 'less')];
}

async function bytesHeld(load: () => Promise<unknown>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = async (): Promise<number> => {
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      collect();
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  // The first one also loads code and fills what is not per chunk.
  held.push(await load());
  held.length = 0;
  const before = await used();
  held.push(await load());
  const after = await used();
  held.length = 0;
  return after - before;
}

/** Keeps what is being weighed from being collected. */
const held: unknown[] = [];

function accessRows(chunks: readonly Chunk[], peers: readonly PeerColumn[], kit: WorldKit): readonly BenchRow[] {
  const positions = Array.from({ length: LOOKUPS }, (_, i): Pos => ({ x: (i * 7) & 15, y: ((i * 31) % 140) - 60, z: (i * 13) & 15 }));
  let sum = 0;
  const count = LOOKUPS * LOOKED_AT;
  const [ours, theirs] = duel(
    count,
    () => {
      for (const chunk of chunks.slice(0, LOOKED_AT)) for (const { x, y, z } of positions) sum += blockInChunk(chunk, x, y, z)!;
    },
    () => {
      for (const column of peers.slice(0, LOOKED_AT)) for (const pos of positions) sum += column.getBlockStateId(pos);
    },
  );
  const shard = residentShard(chunks, kit);
  const world = chunks
    .slice(0, LOOKED_AT)
    .flatMap((chunk) => positions.map(({ x, y, z }) => ({ x: chunk.x * 16 + x, y, z: chunk.z * 16 + z })));
  const inWorld = nanos(count, () => {
    for (const pos of world) sum += shard.block(pos);
  });
  if (sum === 0) throw new Error('nothing was read');
  return [
    row('block lookup in a chunk', ours, theirs, 'ns', 'less'),
    row('block lookup in a shard, by position in the world', inWorld, null, 'ns', 'less'),
    ...editRows(chunks, peers, kit),
  ];
}

/** The peer changes in place. Ours leaves the old chunk to whoever holds it and can undo. */
function editRows(chunks: readonly Chunk[], peers: readonly PeerColumn[], kit: WorldKit): readonly BenchRow[] {
  const states = ['minecraft:stone', 'minecraft:oak_planks', 'minecraft:dirt'].map((name) => kit.states.idOf(name));
  const edits = Array.from({ length: EDITS }, (_, i): Pos => ({ x: (i * 7) & 15, y: 60 + ((i >> 6) & 31), z: (i * 13) & 15 }));
  const shard = residentShard(chunks, kit);
  const effects = [0, 1, 2].map((round) =>
    edits.map(({ x, y, z }, i): Effect => {
      const { x: chunkX, z: chunkZ } = chunks[i >> 10]!;
      return { type: 'block', pos: { x: chunkX * 16 + x, y, z: chunkZ * 16 + z }, state: states[(i + round) % 3]! };
    }),
  );
  const [batch, theirs] = duel(
    EDITS,
    (round) => void shard.apply(effects[round % 3]!),
    (round) => edits.forEach((pos, i) => peers[i >> 10]!.setBlockStateId(pos, states[(i + round) % 3]!)),
  );
  const single = nanos(EDITS, (round) => {
    for (const effect of effects[round % 3]!) shard.apply([effect]);
  });
  const volume = chunks[0]!.sections[8]!.blocks;
  let held = volume;
  const copy = nanos(EDITS, (round) => {
    edits.forEach((_, i) => (held = withBlock(held, i & 4095, states[(i + round) % 3]!, kit.states)));
  });
  const root = nanos(1, (round) => {
    shard.apply(effects[round % 3]!.slice(0, 20));
    shard.root();
  });
  return [
    row('block edit, 8,192 in one apply, with undo', batch, theirs, 'ns', 'less'),
    row('block edit, each an apply of its own, with undo', single, theirs, 'ns', 'less'),
    row('block edit that copies its section', copy, theirs, 'ns', 'less'),
    row('20 edits and the new state root', root / 1000, null, 'us', 'less'),
  ];
}

function residentShard(chunks: readonly Chunk[], kit: WorldKit): Shard {
  const names = chunks.map((chunk) => ({ x: chunk.x, z: chunk.z, name: chunkName(chunk, kit) }));
  const shard = createShard({ dimension: 'minecraft:overworld', minY: -64, height: 384 }, kit, names);
  for (const chunk of chunks) shard.insert(chunk);
  return shard;
}

function rateRows(chunks: readonly Chunk[], encoded: readonly Uint8Array[], kit: WorldKit): readonly BenchRow[] {
  const some = chunks.slice(0, 60);
  const encode = nanos(some.length, () => some.forEach((chunk) => encodeChunk(chunk, kit)));
  const decode = nanos(some.length, () => encoded.slice(0, some.length).forEach((bytes) => decodeChunk(bytes, kit)));
  const name = nanos(some.length, () =>
    some.forEach((chunk) => chunkName({ ...chunk, sections: chunk.sections.map((section) => ({ ...section })) }, kit)),
  );
  const byPlace = new Map(chunks.map((chunk) => [`${chunk.x},${chunk.z}`, chunk]));
  const inner = chunks
    .map((chunk) => ({ chunk, around: LIGHT_NEIGHBOURS.map(({ dx, dz }) => byPlace.get(`${chunk.x + dx},${chunk.z + dz}`) ?? null) }))
    .filter(({ around }) => !around.includes(null));
  const scratch = createLightScratch();
  const light = nanos(inner.length, () =>
    inner.forEach(({ chunk, around }) => computeLight(chunk, around, { hasSkyLight: true }, kit, scratch)),
  );
  const rows = [
    row('encode a chunk with light', encode / 1e6, null, 'ms', 'less'),
    row('decode a chunk with light, checked and named', decode / 1e6, null, 'ms', 'less'),
    row('name a chunk from scratch', name / 1e6, null, 'ms', 'less'),
    row('light of a chunk from 3 x 3', light / 1e6, null, 'ms', 'less'),
  ];
  for (const dimension of ['minecraft:overworld', 'minecraft:the_nether', 'minecraft:the_end']) {
    const generate = nanos(25, (round) => {
      for (let i = 0; i < 25; i++)
        generateChunk({ seed: 7n, generator: { kind: 'plain', version: 1 }, dimension, x: round * 5 + (i % 5), z: Math.floor(i / 5) }, kit);
    });
    rows.push(row(`generate a chunk of ${dimension.slice(10)}`, generate / 1e6, null, 'ms', 'less'));
  }
  return rows;
}

/** As `nanos` for two, in turns, so that a busy machine is busy for both. */
function duel(count: number, ours: (round: number) => void, theirs: (round: number) => void): readonly [number, number] {
  const times: readonly [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) [ours, theirs].forEach((run, side) => times[side]!.push(once(count, run)));
  return [middle(times[0]), middle(times[1])];
}

/** Median over the rounds of CPU nanoseconds for one of `count`; the first rounds warm up and weigh nothing in a median. */
function nanos(count: number, run: (round: number) => void): number {
  return middle(Array.from({ length: ROUNDS }, () => once(count, run)));
}

/** Runs for some time that this thread really had, so that other work on the machine does not count. Its clock is coarse. */
function once(count: number, run: (round: number) => void): number {
  const start = cpuMicros();
  for (let round = 0; ; round++) {
    run(round);
    const micros = cpuMicros() - start;
    if (micros >= ROUND_MICROS) return (1000 * micros) / (count * (round + 1));
  }
}

function cpuMicros(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function middle(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

function row(name: string, ours: number, peer: number | null, unit: string, better: 'less' | 'more'): BenchRow {
  const ratio = peer === null ? null : better === 'less' ? peer / ours : ours / peer;
  return { name, ours, peer, ratio, unit };
}
