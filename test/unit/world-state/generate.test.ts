import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  blockInChunk,
  chunkName,
  decodeChunk,
  encodeChunk,
  findSpawn,
  generateChunk,
  GENERATOR_VERSION,
  heightmapOf,
  topBlockY,
  type Chunk,
  type GenerateRequest,
} from '../../../src-main/core/world/index.ts';
import { newKit } from './kit.ts';
import { dice } from './smallWorld.ts';

const kit = newKit();
const plain = { kind: 'plain', version: GENERATOR_VERSION } as const;
const DIMENSIONS = ['minecraft:overworld', 'minecraft:the_nether', 'minecraft:the_end'];

function request(x: number, z: number, dimension = 'minecraft:overworld', seed = 42n): GenerateRequest {
  return { seed, generator: plain, dimension, x, z };
}

function nameAt(chunk: Chunk, x: number, y: number, z: number): string {
  return kit.states.nameOf(blockInChunk(chunk, x, y, z)!).split('[')[0]!;
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const roll = dice(seed);
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = roll(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

test('world W14: 0 of 600 chunks differ over the order of requests and over machines', (context) => {
  const requests = DIMENSIONS.flatMap((dimension) =>
    Array.from({ length: 200 }, (_, i) => request((i % 14) - 7 + (i > 100 ? 1000 : 0), Math.floor(i / 14) - 7, dimension)),
  );
  const elsewhere = newKit();
  elsewhere.states.idOf('mod:other');
  const names = new Map(requests.map((one) => [one, chunkName(generateChunk(one, kit), kit)]));
  const differ = shuffled(requests, 3).filter((one) => chunkName(generateChunk(one, elsewhere), elsewhere) !== names.get(one));
  context.diagnostic(`${requests.length} chunks, ${differ.length} differ`);
  assert.deepEqual(differ, []);
});

test('world W14: another seed is another world', () => {
  const [a, b] = [1n, 1n << 40n].map((seed) => chunkName(generateChunk(request(3, 3, 'minecraft:overworld', seed), kit), kit));
  assert.notEqual(a, b);
});

test('world W14: a generated chunk survives its encoding, has the data version and no light', () => {
  for (const dimension of DIMENSIONS) {
    const chunk = generateChunk(request(5, -5, dimension), kit);
    assert.equal(chunkName(decodeChunk(encodeChunk(chunk, kit), kit), kit), chunkName(chunk, kit));
    assert.equal(chunk.dataVersion, kit.tables.dataVersion);
    assert.equal(chunk.light, null);
  }
});

test('world W14: trees go on across the borders of chunks', () => {
  const [from, to] = [-7, 7];
  const chunks = new Map<string, Chunk>();
  for (let z = from; z <= to; z++) for (let x = from; x <= to; x++) chunks.set(`${x},${z}`, generateChunk(request(x, z), kit));
  let [logs, lonely, across] = [0, 0, 0];
  const leafAt = (x: number, y: number, z: number): boolean => nameAt(chunks.get(`${x >> 4},${z >> 4}`)!, x, y, z).endsWith('_leaves');
  const isOpen = (x: number, y: number, z: number): boolean => nameAt(chunks.get(`${x >> 4},${z >> 4}`)!, x, y, z) === 'minecraft:air';
  for (let z = from * 16 + 2; z < to * 16 + 14; z++) {
    for (let x = from * 16 + 2; x < to * 16 + 14; x++) {
      const chunk = chunks.get(`${x >> 4},${z >> 4}`)!;
      const top = topBlockY(chunk, x, z, kit)!;
      for (let y = top; y > top - 6; y--) {
        if (!nameAt(chunk, x, y, z).endsWith('_log') || nameAt(chunk, x, y + 1, z).endsWith('_log')) continue;
        logs += 1;
        const sides = [leafAt(x - 1, y, z), leafAt(x + 1, y, z), leafAt(x, y, z - 1), leafAt(x, y, z + 1)];
        // Round crowns are two blocks wide below the top.
        const isRound = /(oak|birch|jungle)_log$/.test(nameAt(chunk, x, y, z)) && !nameAt(chunk, x, y, z).includes('dark');
        const wide = [-2, 2].flatMap((d) => [isOpen(x + d, y - 1, z), isOpen(x, y - 1, z + d)]);
        if (!sides.every(Boolean) || (isRound && wide.includes(true))) lonely += 1;
        if ((x & 15) === 0 || (x & 15) === 15 || (z & 15) === 0 || (z & 15) === 15) across += 1;
      }
    }
  }
  assert.ok(logs > 100 && across > 10, `${logs} trees, ${across} at a border`);
  assert.equal(lonely, 0, `${lonely} of ${logs} trees lack leaves on one side`);
});

test('world W14: the overworld has bedrock below, a sea at 62, ground and biomes that the version knows', () => {
  const known = new Set(kit.tables.biomes.map(({ name }) => name));
  let water = 0;
  for (let i = 0; i < 60; i++) {
    const chunk = generateChunk(request(i * 37, i * -53), kit);
    for (const section of chunk.sections) for (const name of section.biomes.palette) assert.ok(known.has(name), name);
    for (const section of chunk.sections)
      for (const id of section.blocks.palette) assert.ok(id < kit.tables.stateCount, kit.states.nameOf(id));
    assert.equal(nameAt(chunk, 7, -64, 7), 'minecraft:bedrock');
    const ocean = heightmapOf(chunk, 'OCEAN_FLOOR', kit);
    const surface = heightmapOf(chunk, 'MOTION_BLOCKING', kit);
    for (let column = 0; column < 256; column++) {
      if (ocean[column]! >= surface[column]!) continue;
      water += 1;
      assert.ok(surface[column]! <= 63, `water up to ${surface[column]}`);
    }
  }
  assert.ok(water > 100);
});

test('world W14: nether and end hold only blocks and biomes that the version knows, and have their own shape', () => {
  const known = new Set(kit.tables.biomes.map(({ name }) => name));
  for (const dimension of ['minecraft:the_nether', 'minecraft:the_end']) {
    for (let i = -20; i < 20; i++) {
      const chunk = generateChunk(request(i, i * 3, dimension), kit);
      for (const section of chunk.sections) {
        for (const id of section.blocks.palette) assert.ok(id < kit.tables.stateCount, kit.states.nameOf(id));
        for (const name of section.biomes.palette) assert.ok(known.has(name), name);
      }
      if (dimension === 'minecraft:the_end') continue;
      assert.equal(nameAt(chunk, 3, 0, 3), 'minecraft:bedrock');
      assert.equal(nameAt(chunk, 3, 127, 3), 'minecraft:bedrock');
      assert.equal(nameAt(chunk, 3, 128, 3), 'minecraft:air');
    }
  }
  const island = generateChunk(request(0, 0, 'minecraft:the_end'), kit);
  assert.equal(nameAt(island, 8, 50, 8), 'minecraft:end_stone');
  assert.equal(topBlockY(generateChunk(request(30, 30, 'minecraft:the_end'), kit), 8, 8, kit), null);
  assert.equal(nameAt(generateChunk(request(6, 0, 'minecraft:the_end'), kit), 100, 48, 0), 'minecraft:obsidian');
});

test('world W14: whoever comes first stands on dry ground with air around, for 200 seeds', () => {
  for (let seed = 0n; seed < 200n; seed++) {
    const pos = findSpawn({ seed, generator: plain }, kit);
    const chunk = generateChunk({ seed, generator: plain, dimension: 'minecraft:overworld', x: pos.x >> 4, z: pos.z >> 4 }, kit);
    const where = `seed ${seed} at ${pos.x} ${pos.y} ${pos.z}`;
    assert.ok(kit.states.blocksMotion(blockInChunk(chunk, pos.x, pos.y - 1, pos.z)!), `ground, ${where}`);
    for (const up of [0, 1]) {
      const name = nameAt(chunk, pos.x, pos.y + up, pos.z);
      const state = blockInChunk(chunk, pos.x, pos.y + up, pos.z)!;
      assert.ok(!kit.states.blocksMotion(state) || name.endsWith('_leaves') || name === 'minecraft:snow', `${name}, ${where}`);
      assert.ok(!kit.states.isFluid(state), `${name}, ${where}`);
    }
  }
});

test('world W14: a flat world has four layers, an empty one a floor at 0 0, a data pack`s dimension nothing', () => {
  const flat = generateChunk({ ...request(9, 9), generator: { kind: 'flat', version: 1 } }, kit);
  assert.deepEqual(
    [-64, -63, -62, -61, -60].map((y) => nameAt(flat, 4, y, 4)),
    ['minecraft:bedrock', 'minecraft:dirt', 'minecraft:dirt', 'minecraft:grass_block', 'minecraft:air'],
  );
  assert.deepEqual(findSpawn({ seed: 1n, generator: { kind: 'flat', version: 1 } }, kit), { x: 8, y: -60, z: 8 });
  const empty = { kind: 'void', version: 1 } as const;
  assert.equal(
    topBlockY(generateChunk({ ...request(0, 0), generator: empty }, kit), 8, 8, kit),
    findSpawn({ seed: 1n, generator: empty }, kit).y - 1,
  );
  assert.equal(topBlockY(generateChunk({ ...request(1, 0), generator: empty }, kit), 8, 8, kit), null);
  assert.equal(topBlockY(generateChunk(request(0, 0, 'pack:moon'), kit), 8, 8, kit), null);
});
