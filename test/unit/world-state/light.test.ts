import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  blockAt,
  computeLight,
  createLightScratch,
  LIGHT_NEIGHBOURS,
  uniformBiomes,
  uniformVolume,
  withBlock,
  type Chunk,
  type SectionLight,
} from '../../../src-main/core/world/index.ts';
import { newKit } from './kit.ts';
import { readRegion, worldsPath } from './savedChunks.ts';
import { dice, randomSection, smallChunk } from './smallWorld.ts';

const kit = newKit();
const { states } = kit;
const SIDE = 48;

function levelAt(levels: Uint8Array | null, index: number): number {
  return levels === null ? -1 : (levels[index >> 1]! >> ((index & 1) * 4)) & 15;
}

type Neighbourhood = readonly (Chunk | null)[];

/**
 * Light by the rules' own words and nothing else: every block of the 3 x 3 again and again until nothing changes. One section of air below
 * and above, no light from chunks that are not there.
 */
function slowLight(
  chunks: Neighbourhood,
  hasSky: boolean,
): { readonly sky: Int8Array; readonly block: Int8Array; readonly layers: number } {
  const middle = chunks[4]!;
  const layers = (middle.sections.length + 2) * 16;
  const count = layers * SIDE * SIDE;
  const stateAt = (cell: number): number | null => {
    const [x, z, y] = [cell % SIDE, Math.floor(cell / SIDE) % SIDE, Math.floor(cell / SIDE / SIDE) - 16];
    const chunk = chunks[(z >> 4) * 3 + (x >> 4)]!;
    if (chunk === null) return null;
    const section = y < 0 ? undefined : chunk.sections[y >> 4];
    return section === undefined ? 0 : blockAt(section.blocks, ((y & 15) << 8) | ((z & 15) << 4) | (x & 15));
  };
  const filters = Int8Array.from({ length: count }, (_, cell) => {
    const state = stateAt(cell);
    return state === null ? 99 : states.filter(state);
  });
  const sky = new Int8Array(count);
  const block = Int8Array.from({ length: count }, (_, cell) => {
    const state = stateAt(cell);
    return state === null ? 0 : states.emission(state);
  });
  const shines = new Int8Array(count);
  const columns = hasSky ? SIDE * SIDE : 0;
  for (let column = 0; column < columns; column++) {
    for (let layer = layers - 1; layer >= 0; layer--) {
      const cell = layer * SIDE * SIDE + column;
      if (filters[cell] !== 0) break;
      shines[cell] = 15;
    }
  }
  sky.set(shines);
  for (const levels of [sky, block]) relax(levels, filters, layers);
  return { sky, block, layers };
}

function relax(levels: Int8Array, filters: Int8Array, layers: number): void {
  const layer = SIDE * SIDE;
  for (let changed = true; changed;) {
    changed = false;
    for (let cell = 0; cell < levels.length; cell++) {
      const x = cell % SIDE;
      const z = Math.floor(cell / SIDE) % SIDE;
      const y = Math.floor(cell / layer);
      const around = [
        x > 0 ? levels[cell - 1]! : 0,
        x < SIDE - 1 ? levels[cell + 1]! : 0,
        z > 0 ? levels[cell - SIDE]! : 0,
        z < SIDE - 1 ? levels[cell + SIDE]! : 0,
        y > 0 ? levels[cell - layer]! : 0,
        y < layers - 1 ? levels[cell + layer]! : 0,
      ];
      const level = Math.max(...around) - Math.max(1, filters[cell]!);
      if (level > levels[cell]!) {
        levels[cell] = level;
        changed = true;
      }
    }
  }
}

function assertEqualLight(light: readonly SectionLight[], chunks: Neighbourhood, hasSky: boolean): void {
  const slow = slowLight(chunks, hasSky);
  light.forEach(({ sky, block }, section) => {
    for (let i = 0; i < 4096; i++) {
      const cell = (section * 16 + (i >> 8)) * SIDE * SIDE + (16 + ((i >> 4) & 15)) * SIDE + 16 + (i & 15);
      const where = `section ${section}, ${i & 15} ${i >> 8} ${(i >> 4) & 15}`;
      if (hasSky) assert.equal(levelAt(sky, i), slow.sky[cell], `sky in ${where}`);
      assert.equal(levelAt(block, i), slow.block[cell], `block in ${where}`);
    }
  });
}

/** Every kind of filter and lamp, with much air between, or much stone. */
const MIXES: readonly (readonly string[])[] = [
  [
    ...Array.from({ length: 8 }, () => 'minecraft:air'),
    'minecraft:stone',
    'minecraft:glass',
    'minecraft:water[level=0]',
    'minecraft:torch',
  ],
  [
    ...Array.from({ length: 30 }, () => 'minecraft:air'),
    'minecraft:glowstone',
    'minecraft:oak_leaves[distance=1,persistent=true,waterlogged=false]',
  ],
  [...Array.from({ length: 5 }, () => 'minecraft:stone'), 'minecraft:air', 'minecraft:lava[level=0]', 'mod:unknown'],
  [...Array.from({ length: 12 }, () => 'minecraft:stone'), 'minecraft:air', 'minecraft:air', 'minecraft:ice'],
];

test('world W10: light equals the slow reference on random worlds, with and without sky, with chunks missing', () => {
  const scratch = createLightScratch();
  for (let seed = 1; seed <= 8; seed++) {
    const roll = dice(seed);
    const chunks = Array.from({ length: 9 }, (_, at): Chunk | null => {
      if (at !== 4 && roll(5) === 0) return null;
      const sections = Array.from({ length: 1 + roll(3) }, () => randomSection(roll, MIXES[roll(MIXES.length)]!, kit));
      return smallChunk((at % 3) - 1, Math.floor(at / 3) - 1, kit, sections);
    });
    const hasSkyLight = seed % 4 !== 0;
    const light = computeLight(chunks[4]!, [...chunks.slice(0, 4), ...chunks.slice(5)], { hasSkyLight }, kit, scratch);
    assertEqualLight(light, chunks, hasSkyLight);
    if (!hasSkyLight) assert.ok(light.every(({ sky }) => sky === null));
  }
});

test('world W10: light goes round corners from 15 blocks away in a neighbour, and from one below the world', () => {
  const stone = states.idOf('minecraft:stone');
  const solid = { blocks: uniformVolume(stone, states), biomes: uniformBiomes('minecraft:plains') };
  let tunnel = solid.blocks;
  for (let x = 0; x < 16; x++) tunnel = withBlock(tunnel, (8 << 8) | (8 << 4) | x, 0, states);
  const lamp = withBlock(tunnel, (8 << 8) | (8 << 4) | 3, states.idOf('minecraft:glowstone'), states);
  const chunk = (x: number, z: number): Chunk =>
    smallChunk(x, z, kit, [{ ...solid, blocks: z !== 0 ? solid.blocks : x === -1 ? lamp : tunnel }]);
  const chunks = Array.from({ length: 9 }, (_, at) => chunk((at % 3) - 1, Math.floor(at / 3) - 1));
  const light = computeLight(chunks[4]!, [...chunks.slice(0, 4), ...chunks.slice(5)], { hasSkyLight: true }, kit);
  assert.equal(levelAt(light[1]!.block, (8 << 8) | (8 << 4) | 0), 2);
  assert.equal(levelAt(light[1]!.block, (8 << 8) | (8 << 4) | 1), 1);
  assert.equal(levelAt(light[1]!.block, (8 << 8) | (8 << 4) | 2), 0);
  assertEqualLight(light, chunks, true);
});

/** Vanilla does not light some blocks that its own generator placed (magma of the nether, glow lichen) until something near changes. */
const EQUAL_MIN = 0.999;

test('world W10: light equals what vanilla 1.19 stored', (context) => {
  const folder = worldsPath(context, 'survival-1.19/region');
  if (folder === null) return;
  const scratch = createLightScratch();
  let [cells, equal, chunks] = [0, 0, 0];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.mca'))
    .sort()
    .slice(0, 4)) {
    const found = new Map(readRegion(join(folder, file), kit).map((chunk) => [`${chunk.x},${chunk.z}`, chunk]));
    for (const chunk of found.values()) {
      const around = LIGHT_NEIGHBOURS.map(({ dx, dz }) => found.get(`${chunk.x + dx},${chunk.z + dz}`) ?? null);
      if (chunk.light === null || around.includes(null)) continue;
      chunks += 1;
      computeLight(chunk, around, { hasSkyLight: true }, kit, scratch).forEach(({ sky, block }, section) => {
        for (const [ours, theirs] of [
          [sky, chunk.light![section]!.sky],
          [block, chunk.light![section]!.block],
        ] as const) {
          // Vanilla leaves out sections that are all dark or all bright.
          if (theirs === null) continue;
          for (let i = 0; i < 4096; i++) if (levelAt(ours, i) === levelAt(theirs, i)) equal += 1;
          cells += 4096;
        }
      });
    }
  }
  context.diagnostic(`${chunks} chunks, ${cells} stored levels, ${((100 * equal) / cells).toFixed(4)} % equal`);
  assert.ok(chunks > 100 && equal / cells > EQUAL_MIN);
});
