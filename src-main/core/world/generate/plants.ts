import type { ChunkBuilder } from './builder.ts';
import { SEA_LEVEL } from './climate.ts';
import { fraction, hash2, saltedSeed } from './noise.ts';

interface Meadow {
  /** Chance of grass, then of a flower, per column. */
  readonly grass: number;
  readonly flower: number;
  readonly flowers: readonly string[];
}

const COMMON = ['dandelion', 'poppy', 'oxeye_daisy', 'cornflower', 'azure_bluet'];

const MEADOWS: Readonly<Record<string, Meadow>> = {
  plains: { grass: 0.28, flower: 0.025, flowers: COMMON },
  meadow: { grass: 0.35, flower: 0.09, flowers: [...COMMON, 'allium'] },
  forest: { grass: 0.1, flower: 0.015, flowers: ['dandelion', 'poppy', 'lily_of_the_valley'] },
  birch_forest: { grass: 0.1, flower: 0.02, flowers: ['dandelion', 'poppy', 'lily_of_the_valley'] },
  dark_forest: { grass: 0.08, flower: 0.04, flowers: ['brown_mushroom', 'red_mushroom'] },
  swamp: { grass: 0.2, flower: 0.02, flowers: ['blue_orchid'] },
  taiga: { grass: 0.02, flower: 0.2, flowers: ['fern'] },
  savanna: { grass: 0.5, flower: 0.005, flowers: ['dandelion'] },
  jungle: { grass: 0.35, flower: 0.1, flowers: ['fern'] },
  windswept_hills: { grass: 0.08, flower: 0, flowers: [] },
};

/** `heights` of the 256 columns by z, then x; `biomes` of the 16 cells. */
export function placePlants(
  builder: ChunkBuilder,
  chunk: { readonly x: number; readonly z: number },
  seed: bigint,
  heights: readonly number[],
  biomes: readonly string[],
): void {
  const salt = saltedSeed(seed, 60);
  for (let z = 0; z < 16; z++) {
    for (let x = 0; x < 16; x++) {
      const hash = hash2(salt, chunk.x * 16 + x, chunk.z * 16 + z);
      placePlant(builder, { x, y: heights[z * 16 + x]! + 1, z }, biomes[((z >> 2) << 2) | (x >> 2)]!, hash);
    }
  }
}

function placePlant(
  builder: ChunkBuilder,
  at: { readonly x: number; readonly y: number; readonly z: number },
  biome: string,
  hash: number,
): void {
  const { x, y, z } = at;
  const luck = fraction(hash);
  const ground = builder.get(x, y - 1, z);
  if (biome === 'desert') {
    if (ground === builder.id('sand') && builder.isAir(x, y, z)) placeInDesert(builder, at, luck, hash);
  } else if (biome.endsWith('ocean')) {
    const isShallow = y < SEA_LEVEL - 1 && y > SEA_LEVEL - 25 && !biome.includes('frozen');
    if (isShallow && luck < 0.2 && builder.get(x, y, z) === builder.id('water[level=0]')) builder.set(x, y, z, builder.id('seagrass'));
  } else if (biome === 'swamp' && y < SEA_LEVEL) {
    if (luck < 0.06 && builder.isAir(x, SEA_LEVEL, z)) builder.set(x, SEA_LEVEL, z, builder.id('lily_pad'));
  } else if (ground === builder.id('grass_block[snowy=false]') && builder.isAir(x, y, z)) {
    const meadow = MEADOWS[biome];
    if (meadow === undefined) return;
    if (luck < meadow.grass) builder.set(x, y, z, builder.id('short_grass'));
    else if (luck < meadow.grass + meadow.flower) builder.set(x, y, z, builder.id(meadow.flowers[hash % meadow.flowers.length]!));
  }
}

/** A cactus wants air on all four sides: only where the chunk can see them. */
function placeInDesert(
  builder: ChunkBuilder,
  { x, y, z }: { readonly x: number; readonly y: number; readonly z: number },
  luck: number,
  hash: number,
): void {
  if (luck < 0.008) builder.set(x, y, z, builder.id('dead_bush'));
  else if (luck < 0.016 && x > 0 && x < 15 && z > 0 && z < 15) {
    const tall = 1 + (hash & 1) + ((hash >>> 1) & 1);
    for (let dy = 0; dy < tall; dy++) {
      const free = [
        builder.isAir(x - 1, y + dy, z),
        builder.isAir(x + 1, y + dy, z),
        builder.isAir(x, y + dy, z - 1),
        builder.isAir(x, y + dy, z + 1),
      ];
      if (!free.every(Boolean)) return;
      builder.set(x, y + dy, z, builder.id('cactus[age=0]'));
    }
  }
}
