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
type Box = readonly number[];

/** Blocks of the mixes below that close faces, and their boxes: as vanilla draws them, which for snow is more than what stops a foot. */
function shadingBoxes(state: number): readonly Box[] {
  const name = states.nameOf(state);
  if (/type=double|extended=false/.test(name)) return [];
  if (name.startsWith('minecraft:snow[')) return [[0, 0, 0, 16, 2 * Number(states.get(state, 'layers')), 16]];
  if (!/slab|stairs|farmland|piston/.test(name)) return [];
  const block = states.blockOf(state)!;
  return block.shapes[block.shapes.length === 1 ? 0 : state - block.firstState]!;
}

/** Steps to the six neighbours: axis (x 0, y 1, z 2) and direction. */
const STEPS = [0, 1, 2].flatMap((axis) => [-1, 1].map((way) => ({ axis, way })));

/** Whether what touches the common face from both sides covers all 16 x 16 points of it. */
function isShut(from: number, to: number, axis: number, way: number): boolean {
  const here = shadingBoxes(from).filter((box) => (way > 0 ? box[axis + 3] === 16 : box[axis] === 0));
  const there = shadingBoxes(to).filter((box) => (way > 0 ? box[axis] === 0 : box[axis + 3] === 16));
  const [u, v] = [0, 1, 2].filter((other) => other !== axis) as [number, number];
  const both = [...here, ...there];
  for (let at = 0; at < 256; at++) {
    const [a, b] = [(at & 15) + 0.5, (at >> 4) + 0.5];
    if (!both.some((box) => box[u]! < a && a < box[u + 3]! && box[v]! < b && b < box[v + 3]!)) return false;
  }
  return true;
}

/**
 * Light by the rules' own words and nothing else: every block of the 3 x 3 again and again until nothing changes. One section of air below
 * and above, no light from chunks that are not there.
 */
class SlowLight {
  readonly layers: number;
  readonly #states: Int32Array;
  readonly #shut = new Map<number, boolean>();

  constructor(chunks: Neighbourhood) {
    this.layers = (chunks[4]!.sections.length + 2) * 16;
    this.#states = Int32Array.from({ length: this.layers * SIDE * SIDE }, (_, cell) => {
      const [x, z, y] = [cell % SIDE, Math.floor(cell / SIDE) % SIDE, Math.floor(cell / SIDE / SIDE) - 16];
      const chunk = chunks[(z >> 4) * 3 + (x >> 4)]!;
      const section = y < 0 ? undefined : chunk?.sections[y >> 4];
      if (chunk === null) return NOWHERE;
      return section === undefined ? 0 : blockAt(section.blocks, ((y & 15) << 8) | ((z & 15) << 4) | (x & 15));
    });
  }

  sky(): Int8Array {
    const levels = new Int8Array(this.#states.length);
    const layer = SIDE * SIDE;
    for (let column = 0; column < layer; column++) {
      for (let cell = column + (this.layers - 1) * layer; cell >= 0; cell -= layer) {
        if (this.#filter(cell) !== 0 || (cell + layer < levels.length && this.#isShut(cell + layer, cell, 1, -1))) break;
        levels[cell] = 15;
      }
    }
    return this.#relax(levels);
  }

  block(): Int8Array {
    return this.#relax(Int8Array.from(this.#states, (state) => (state === NOWHERE ? 0 : states.emission(state))));
  }

  #filter(cell: number): number {
    const state = this.#states[cell]!;
    return state === NOWHERE ? 99 : states.filter(state);
  }

  #isShut(from: number, to: number, axis: number, way: number): boolean {
    const [a, b] = [this.#states[from]!, this.#states[to]!];
    if (a === NOWHERE || b === NOWHERE) return true;
    const key = (a * 65_536 + b) * 6 + 2 * axis + (way > 0 ? 1 : 0);
    let known = this.#shut.get(key);
    if (known === undefined) {
      known = isShut(a, b, axis, way);
      this.#shut.set(key, known);
    }
    return known;
  }

  #relax(levels: Int8Array): Int8Array {
    const strides = [1, SIDE * SIDE, SIDE];
    const sizes = [SIDE, this.layers, SIDE];
    for (let changed = true; changed;) {
      changed = false;
      for (let cell = 0; cell < levels.length; cell++) {
        const cost = Math.max(1, this.#filter(cell));
        if (levels[cell]! >= 15 - cost) continue;
        const at = [cell % SIDE, Math.floor(cell / SIDE / SIDE), Math.floor(cell / SIDE) % SIDE];
        for (const { axis, way } of STEPS) {
          const other = at[axis]! - way;
          if (other < 0 || other >= sizes[axis]!) continue;
          const from = cell - way * strides[axis]!;
          const level = levels[from]! - cost;
          if (level <= levels[cell]! || this.#isShut(from, cell, axis, way)) continue;
          levels[cell] = level;
          changed = true;
        }
      }
    }
    return levels;
  }
}

const NOWHERE = -1;

function assertEqualLight(light: readonly SectionLight[], chunks: Neighbourhood, hasSky: boolean): void {
  const slow = new SlowLight(chunks);
  const slowSky = slow.sky();
  const slowBlock = slow.block();
  light.forEach(({ sky, block }, section) => {
    for (let i = 0; i < 4096; i++) {
      const cell = (section * 16 + (i >> 8)) * SIDE * SIDE + (16 + ((i >> 4) & 15)) * SIDE + 16 + (i & 15);
      const where = `section ${section}, ${i & 15} ${i >> 8} ${(i >> 4) & 15}`;
      if (hasSky) assert.equal(levelAt(sky, i), slowSky[cell], `sky in ${where}`);
      assert.equal(levelAt(block, i), slowBlock[cell], `block in ${where}`);
    }
  });
}

const STAIRS = ['half=bottom,shape=straight', 'half=top,shape=straight', 'half=bottom,shape=inner_left', 'half=top,shape=outer_right'];

/** Every kind of filter, lamp and shape, with much air between, or much stone. */
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
  [
    ...Array.from({ length: 3 }, () => 'minecraft:air'),
    ...['bottom', 'top', 'double'].map((type) => `minecraft:oak_slab[type=${type},waterlogged=false]`),
    ...['north', 'east'].flatMap((facing) => STAIRS.map((form) => `minecraft:stone_stairs[facing=${facing},${form},waterlogged=false]`)),
    'minecraft:snow[layers=1]',
    'minecraft:snow[layers=4]',
    'minecraft:farmland[moisture=0]',
    'minecraft:piston[extended=true,facing=up]',
    'minecraft:glowstone',
  ],
];

test('world W10: light equals the slow reference on random worlds, with and without sky, with chunks missing', () => {
  const scratch = createLightScratch();
  for (let seed = 1; seed <= 10; seed++) {
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

test('world W10: the last glimmer of lamps in the neighbours arrives from every side', () => {
  const roll = dice(77);
  const lamp = states.idOf('minecraft:glowstone');
  for (let round = 0; round < 3; round++) {
    const chunks = Array.from({ length: 9 }, (_, at): Chunk => {
      let blocks = uniformVolume(states.idOf('minecraft:air'), states);
      const lamps = at === 4 ? 0 : 2;
      for (let i = 0; i < lamps; i++) blocks = withBlock(blocks, roll(4096), lamp, states);
      return smallChunk((at % 3) - 1, Math.floor(at / 3) - 1, kit, [{ blocks, biomes: uniformBiomes('minecraft:plains') }]);
    });
    const light = computeLight(chunks[4]!, [...chunks.slice(0, 4), ...chunks.slice(5)], { hasSkyLight: false }, kit);
    assertEqualLight(light, chunks, false);
  }
});

test('world W10: light goes round corners from 15 blocks away in a neighbour, and from one below the world', () => {
  const stone = states.idOf('minecraft:stone');
  const solid = { blocks: uniformVolume(stone, states), biomes: uniformBiomes('minecraft:plains') };
  let tunnel = solid.blocks;
  for (let x = 0; x < 16; x++) tunnel = withBlock(tunnel, (8 << 8) | (8 << 4) | x, 0, states);
  const lamp = withBlock(tunnel, (8 << 8) | (8 << 4) | 2, states.idOf('minecraft:glowstone'), states);
  const chunk = (x: number, z: number): Chunk =>
    smallChunk(x, z, kit, [{ ...solid, blocks: z !== 0 ? solid.blocks : x === -1 ? lamp : tunnel }]);
  const chunks = Array.from({ length: 9 }, (_, at) => chunk((at % 3) - 1, Math.floor(at / 3) - 1));
  const light = computeLight(chunks[4]!, [...chunks.slice(0, 4), ...chunks.slice(5)], { hasSkyLight: true }, kit);
  assert.equal(levelAt(light[1]!.block, (8 << 8) | (8 << 4) | 0), 1);
  assert.equal(levelAt(light[1]!.block, (8 << 8) | (8 << 4) | 1), 0);
  assertEqualLight(light, chunks, true);
});

/**
 * Vanilla 1.19 does not carry the light of blocks that its generator placed (lava, glow lichen) across the border of chunks, until something near
 * changes: ours is brighter there.
 */
const BLOCK_EQUAL_MIN = 0.9995;

test('world W10: all sky light, and block light but where vanilla forgets some, equals what vanilla 1.19 stored', (context) => {
  const folder = worldsPath(context, 'survival-1.19/region');
  if (folder === null) return;
  const scratch = createLightScratch();
  const counts = { chunks: 0, sky: 0, skyEqual: 0, block: 0, blockEqual: 0, blockDarker: 0 };
  const files = readdirSync(folder).filter((name) => name.endsWith('.mca'));
  for (const file of files.sort().slice(0, 4)) {
    const found = new Map(readRegion(join(folder, file), kit).map((chunk) => [`${chunk.x},${chunk.z}`, chunk]));
    for (const chunk of found.values()) {
      const around = LIGHT_NEIGHBOURS.map(({ dx, dz }) => found.get(`${chunk.x + dx},${chunk.z + dz}`) ?? null);
      if (chunk.light === null || around.includes(null)) continue;
      counts.chunks += 1;
      computeLight(chunk, around, { hasSkyLight: true }, kit, scratch).forEach((ours, section) => {
        const theirs = chunk.light![section]!;
        for (let i = 0; i < 4096; i++) {
          // Vanilla leaves out sections that are all dark or all bright.
          if (theirs.sky !== null) {
            counts.sky += 1;
            if (levelAt(ours.sky, i) === levelAt(theirs.sky, i)) counts.skyEqual += 1;
          }
          if (theirs.block === null) continue;
          counts.block += 1;
          const difference = levelAt(ours.block, i) - levelAt(theirs.block, i);
          if (difference === 0) counts.blockEqual += 1;
          if (difference < 0) counts.blockDarker += 1;
        }
      });
    }
  }
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(4)} %`;
  context.diagnostic(
    `${counts.chunks} chunks: sky ${percent(counts.skyEqual, counts.sky)}, block ${percent(counts.blockEqual, counts.block)} equal`,
  );
  assert.ok(counts.chunks > 100);
  assert.equal(counts.skyEqual, counts.sky);
  assert.equal(counts.blockDarker, 0);
  assert.ok(counts.blockEqual / counts.block > BLOCK_EQUAL_MIN);
});
