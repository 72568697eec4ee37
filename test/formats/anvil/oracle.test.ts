import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import prismarine from 'prismarine-nbt';
import { biomeAt, blockAt, type Chunk } from '../../../src-main/core/world/index.ts';
import { ChunkDecoder } from '../../../src-main/io/anvil/chunk/decode.ts';
import { RegionReader } from '../../../src-main/io/anvil/region/regionReader.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { worldKit } from '../../unit/anvil/kit.ts';
import { needsWorlds, realWorld } from './saves.ts';

const require = createRequire(import.meta.url);
const kit = await worldKit();
const decoder = new ChunkDecoder(kit);

interface OracleChunk {
  getBlockStateId(pos: { readonly x: number; readonly y: number; readonly z: number }): number;
  getBiome(pos: { readonly x: number; readonly y: number; readonly z: number }): number;
}

/** prismarine-chunk and prismarine-nbt on minecraft-data of the save's own version: no code of ours. */
function oracle(version: string): (root: any) => OracleChunk {
  const { nbtChunkToPrismarineChunk } = require('prismarine-provider-anvil/src/chunk')(version);
  return (root) => nbtChunkToPrismarineChunk(root) as OracleChunk;
}

/** Canonical name of a state id in minecraft-data of a version. */
function namesOf(version: string): (id: number) => string {
  const data = require('minecraft-data')(version);
  return (id) => {
    const block = data.blocksByStateId[id];
    let rest = id - block.minStateId;
    const pairs: string[] = [];
    for (const { name, type, values, num_values: count } of [...block.states].reverse()) {
      const list: readonly string[] = type === 'bool' ? ['true', 'false'] : (values ?? Array.from({ length: count }, (_, i) => String(i)));
      pairs.push(`${name}=${list[rest % list.length]}`);
      rest = Math.floor(rest / list.length);
    }
    return `minecraft:${block.name}${pairs.length === 0 ? '' : `[${pairs.sort().join(',')}]`}`;
  };
}

interface Sample {
  readonly chunk: Chunk;
  readonly oracle: OracleChunk;
  readonly x: number;
  readonly z: number;
}

/** Full chunks of a folder of regions, read by us and by the others. */
function* samples(
  folder: string,
  version: string,
  shape: { readonly minSection: number; readonly sectionCount: number; readonly hasSkyLight: boolean },
  each: number,
): Generator<Sample> {
  const read = oracle(version);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.mca'))) {
    const [, x, z] = name.split('.').map(Number) as [number, number, number];
    const reader = new RegionReader(folder, { x, z });
    const file = readFileSync(join(folder, name));
    let met = 0;
    for (let index = 0; index < 1024; index++) {
      const found = reader.read(index);
      if (found === null || !found.ok) continue;
      const pos = { x: x * 32 + (index % 32), z: z * 32 + Math.floor(index / 32) };
      const decoded = decoder.decode(found.value, { ...pos, shape, origin: 'ab'.repeat(32) as Hash, entities: null, poi: null });
      if (!('kind' in decoded) || decoded.kind !== 'chunk' || met++ % each !== 0) continue;
      const at = file.readUIntBE(4 * index, 3) * 4096;
      const root = prismarine.parseUncompressed(inflateSync(file.subarray(at + 5, at + 4 + file.readUInt32BE(at))), 'big');
      yield { chunk: decoded.chunk, oracle: read(root), ...pos };
    }
    reader.close();
  }
}

/** The same block, and every property that the source's version knows has the same value. */
function agrees(ours: string, theirs: string): boolean {
  const parts = (name: string): readonly string[] => name.replace(']', '').split(/[[,]/);
  return parts(ours)[0] === parts(theirs)[0] && parts(theirs).every((part) => parts(ours).includes(part));
}

function compareBlocks(
  folder: string,
  version: string,
  shape: Parameters<typeof samples>[2],
  each: number,
  translate: (name: string) => string = (name) => name,
): number {
  const nameOf = namesOf(version);
  let compared = 0;
  for (const { chunk, oracle: other, x, z } of samples(folder, version, shape, each)) {
    for (let i = 0; i < 400; i++) {
      const at = (Math.imul(i * 977 + x * 31 + z, 2654435761) >>> 8) % (shape.sectionCount * 4096);
      const [section, block] = [Math.floor(at / 4096), at % 4096];
      const pos = { x: block & 15, y: (shape.minSection + section) * 16 + (block >> 8), z: (block >> 4) & 15 };
      const ours = kit.states.nameOf(blockAt(chunk.sections[section]!.blocks, block));
      const theirs = translate(nameOf(other.getBlockStateId(pos)));
      assert.ok(agrees(ours, theirs), `${version} ${x},${z} at ${JSON.stringify(pos)}: ${ours} is not ${theirs}`);
      compared += 1;
    }
  }
  return compared;
}

test('decode: blocks of the 1.19 save are those that prismarine-chunk finds', needsWorlds, (context) => {
  const translate = (name: string): string => name.replace(/^minecraft:grass$/, 'minecraft:short_grass');
  const overworld = compareBlocks(
    join(realWorld('survival-1.19'), 'region'),
    '1.19',
    { minSection: -4, sectionCount: 24, hasSkyLight: true },
    24,
    translate,
  );
  context.diagnostic(`${overworld} blocks compared`);
  assert.ok(overworld > 20_000);
});

test('decode: blocks of 1.21.1, 1.20.6, 1.18.2 and 1.16 are those that prismarine-chunk finds', needsWorlds, () => {
  const folder = (version: string): string => join(realWorld('regions-by-version'), version);
  const tall = { minSection: -4, sectionCount: 24, hasSkyLight: true };
  const old = { minSection: 0, sectionCount: 16, hasSkyLight: true };
  const grass = (name: string): string =>
    name.replace(/^minecraft:grass$/, 'minecraft:short_grass').replace(/^minecraft:cauldron\[level=0\]$/, 'minecraft:cauldron');
  assert.ok(compareBlocks(folder('1.21.1'), '1.21.1', tall, 1) > 4000);
  assert.ok(compareBlocks(folder('1.20.6'), '1.20.6', tall, 1) > 4000);
  assert.ok(compareBlocks(folder('1.18.2'), '1.18.2', tall, 1, grass) > 4000);
  assert.ok(compareBlocks(folder('1.16'), '1.16', old, 10, grass) > 4000);
});

test('decode: biomes of 1.21.1 are those that prismarine-chunk finds', needsWorlds, () => {
  const shape = { minSection: -4, sectionCount: 24, hasSkyLight: true };
  const { biomes } = require('minecraft-data')('1.21.1') as { readonly biomes: Readonly<Record<number, { readonly name: string }>> };
  let compared = 0;
  for (const { chunk, oracle: other } of samples(join(realWorld('regions-by-version'), '1.21.1'), '1.21.1', shape, 1)) {
    for (let section = 0; section < 24; section++) {
      for (let cell = 0; cell < 64; cell++) {
        const pos = { x: 4 * (cell & 3), y: -64 + section * 16 + 4 * (cell >> 4), z: 4 * ((cell >> 2) & 3) };
        assert.equal(biomeAt(chunk.sections[section]!.biomes, cell), `minecraft:${biomes[other.getBiome(pos)]!.name}`);
        compared += 1;
      }
    }
  }
  assert.ok(compared > 20_000);
});
