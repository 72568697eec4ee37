import type { WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import { ChunkBuilder } from './builder.ts';
import { CAVE_LAVA_TOP, Caves } from './caves.ts';
import { biomeOf, Climate, SEA_LEVEL, type Column } from './climate.ts';
import { placeDeposits } from './deposits.ts';
import { fraction, hash2, hash3, saltedSeed } from './noise.ts';
import { placePlants } from './plants.ts';
import { Trees } from './trees.ts';

type Box = { readonly x: number; readonly z: number; readonly minY: number; readonly height: number };

/** Layers at the bottom that may be bedrock. */
const BEDROCK_LAYERS = 5;
const DEEPSLATE_Y = 0;
const COVER_LAYERS = 4;
/** Columns along one side of the chunk with one more at each end. */
const SIDE = 18;

interface Ground {
  readonly columns: readonly Column[];
  readonly box: Box;
  readonly isHollow: (x: number, y: number, z: number, height: number) => boolean;
  readonly seed: number;
}

/** 1. Ground, sea and caves. 2. Ores. 3. What lies on top. 4. Trees. 5. Plants. */
export function generateOverworld(seed: bigint, box: Box, kit: WorldKit): Chunk {
  const builder = new ChunkBuilder({ ...box, biome: 'minecraft:plains' }, kit);
  const climate = new Climate(seed);
  const caves = new Caves(seed);
  const columns = columnsAround(climate, box);
  const biomes = Array.from({ length: 16 }, (_, cell) => biomeOf(columns[columnIndex((cell & 3) * 4 + 2, (cell >> 2) * 4 + 2)]!));
  biomes.forEach((biome, cell) => builder.setBiome(cell, `minecraft:${biome}`));
  const topY = Math.max(SEA_LEVEL, ...columns.map(({ height }) => height));
  const isHollow = caves.inChunk(box, box.minY, topY);
  const ground = { columns, box, isHollow, seed: saltedSeed(seed, 50) };
  for (let z = 0; z < 16; z++) for (let x = 0; x < 16; x++) fillColumn(builder, ground, x, z);
  placeDeposits(builder, box, seed, topY);
  for (let z = 0; z < 16; z++) {
    for (let x = 0; x < 16; x++) coverColumn(builder, columns[columnIndex(x, z)]!, biomes[((z >> 2) << 2) | (x >> 2)]!, x, z);
  }
  new Trees(seed, climate, caves).grow(builder, box);
  placePlants(
    builder,
    box,
    seed,
    columns.filter((_, index) => isInside(index)).map(({ height }) => height),
    biomes,
  );
  return builder.build();
}

/** The chunk's columns with one more on each side. */
function columnsAround(climate: Climate, { x, z }: Box): readonly Column[] {
  return Array.from({ length: SIDE * SIDE }, (_, index) =>
    climate.column(x * 16 + (index % SIDE) - 1, z * 16 + Math.floor(index / SIDE) - 1),
  );
}

function columnIndex(x: number, z: number): number {
  return (z + 1) * SIDE + x + 1;
}

function isInside(index: number): boolean {
  const [x, z] = [index % SIDE, Math.floor(index / SIDE)];
  return x > 0 && x < SIDE - 1 && z > 0 && z < SIDE - 1;
}

function fillColumn(builder: ChunkBuilder, ground: Ground, x: number, z: number): void {
  const { columns, box, isHollow, seed } = ground;
  const at = columnIndex(x, z);
  const { height } = columns[at]!;
  // A cave that opens beside lower ground must respect the cover there: else the sea behind it would stand in the air.
  const low = Math.min(height, columns[at - 1]!.height, columns[at + 1]!.height, columns[at - SIDE]!.height, columns[at + SIDE]!.height);
  const [stone, deepslate, bedrock] = [builder.id('stone'), builder.id('deepslate[axis=y]'), builder.id('bedrock')];
  const [water, lava] = [builder.id('water[level=0]'), builder.id('lava[level=0]')];
  const edge = hash2(seed, box.x * 16 + x, box.z * 16 + z) % 8;
  for (let y = builder.minY; y <= height; y++) {
    const up = y - builder.minY;
    const chance = (BEDROCK_LAYERS - up) / BEDROCK_LAYERS;
    if (up < BEDROCK_LAYERS && fraction(hash3(seed, box.x * 16 + x, y, box.z * 16 + z)) < chance) builder.set(x, y, z, bedrock);
    else if (up >= BEDROCK_LAYERS && isHollow(x, y, z, low)) {
      if (y <= CAVE_LAVA_TOP) builder.set(x, y, z, lava);
    } else builder.set(x, y, z, y < DEEPSLATE_Y - edge ? deepslate : stone);
  }
  for (let y = height + 1; y < SEA_LEVEL; y++) builder.set(x, y, z, water);
}

/** What lies on the stone, from the top down; the last one fills four layers. */
function coversOf(biome: string, { height, temperature }: Column): readonly string[] {
  if (biome.includes('river')) return ['gravel', 'dirt'];
  if (biome.startsWith('deep_')) return ['gravel', 'stone'];
  if (biome.endsWith('ocean') || biome.endsWith('beach')) return ['sand', 'sand', 'sandstone'];
  if (biome === 'desert') return ['sand', 'sand', 'sand', 'sandstone'];
  if (biome === 'stony_peaks') return ['stone'];
  if (biome === 'frozen_peaks' || biome === 'snowy_slopes') return ['snow_block', 'snow_block', 'stone'];
  if (height < SEA_LEVEL - 1) return ['dirt'];
  return [temperature < -0.5 ? 'grass_block[snowy=true]' : 'grass_block[snowy=false]', 'dirt'];
}

function coverColumn(builder: ChunkBuilder, column: Column, biome: string, x: number, z: number): void {
  const { height } = column;
  const covers = coversOf(biome, column);
  const isFrozen = column.temperature < -0.5;
  if (isFrozen && height < SEA_LEVEL - 1) builder.set(x, SEA_LEVEL - 1, z, builder.id('ice'));
  for (let depth = 0; depth < COVER_LAYERS; depth++) {
    // An opening of a cave has nothing to cover.
    if (builder.isAir(x, height - depth, z)) return;
    builder.set(x, height - depth, z, builder.id(covers[Math.min(depth, covers.length - 1)]!));
  }
  if (isFrozen && height >= SEA_LEVEL - 1) builder.set(x, height + 1, z, builder.id('snow[layers=1]'));
}
