import type { WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import { ChunkBuilder } from './builder.ts';
import { Lattice } from './lattice.ts';
import { fraction, fractal2, hash2, hash3, noise3, saltedSeed } from './noise.ts';

type Box = { readonly x: number; readonly z: number; readonly minY: number; readonly height: number };

/** Vanilla's: bedrock from 0 and below 128, lava up to 31. */
const ROOF_Y = 127;
const LAVA_TOP = 31;
const BEDROCK_LAYERS = 5;

/** Biome, what covers its floors, what lies beneath. */
interface Land {
  readonly biome: string;
  readonly top: string;
  readonly under: string;
  readonly plants: readonly string[];
}

const LANDS: readonly Land[] = [
  { biome: 'soul_sand_valley', top: 'soul_sand', under: 'soul_soil', plants: [] },
  { biome: 'nether_wastes', top: 'netherrack', under: 'netherrack', plants: ['brown_mushroom', 'red_mushroom'] },
  { biome: 'crimson_forest', top: 'crimson_nylium', under: 'netherrack', plants: ['crimson_roots', 'crimson_roots', 'crimson_fungus'] },
  { biome: 'warped_forest', top: 'warped_nylium', under: 'netherrack', plants: ['warped_roots', 'nether_sprouts', 'warped_fungus'] },
  { biome: 'basalt_deltas', top: 'basalt[axis=y]', under: 'blackstone', plants: [] },
];

/** 1. Rock and lava. 2. Floors by biome, glowstone under ceilings, ores. */
export function generateNether(seed: bigint, box: Box, kit: WorldKit): Chunk {
  const builder = new ChunkBuilder({ ...box, biome: 'minecraft:nether_wastes' }, kit);
  const salt = saltedSeed(seed, 100);
  const roof = Math.min(ROOF_Y, box.minY + box.height - 1);
  const rock = new Lattice({ x: box.x * 16, z: box.z * 16, minY: box.minY, maxY: roof + 1 }, (x, y, z) => rockAt(salt, x, y, z, roof));
  const lands = Array.from({ length: 16 }, (_, cell) => landAt(salt, box.x * 16 + (cell & 3) * 4 + 2, box.z * 16 + (cell >> 2) * 4 + 2));
  lands.forEach(({ biome }, cell) => builder.setBiome(cell, `minecraft:${biome}`));
  for (let z = 0; z < 16; z++) {
    for (let x = 0; x < 16; x++) {
      fillColumn(builder, { box, rock, salt, roof }, x, z);
      dressColumn(builder, { box, land: lands[((z >> 2) << 2) | (x >> 2)]!, salt, roof }, x, z);
    }
  }
  return builder.build();
}

/** Above 0 is rock. Floor and ceiling close in, the middle is open. */
function rockAt(salt: number, x: number, y: number, z: number, roof: number): number {
  const open = noise3(salt, x / 70, y / 40, z / 70) + noise3(salt + 1, x / 26, y / 20, z / 26) * 0.35;
  const below = (24 - y) / 26;
  const above = (y - (roof - 22)) / 20;
  return open + 0.02 + Math.max(0, below) + Math.max(0, above);
}

function landAt(salt: number, x: number, z: number): Land {
  const at = fractal2(salt + 2, x / 260, z / 260, 2) * 2.2 + 0.5;
  return LANDS[Math.min(LANDS.length - 1, Math.max(0, Math.floor(at * LANDS.length)))]!;
}

function fillColumn(
  builder: ChunkBuilder,
  { box, rock, salt, roof }: { readonly box: Box; readonly rock: Lattice; readonly salt: number; readonly roof: number },
  x: number,
  z: number,
): void {
  const [netherrack, lava, bedrock] = [builder.id('netherrack'), builder.id('lava[level=0]'), builder.id('bedrock')];
  for (let y = box.minY; y <= roof; y++) {
    const edge = Math.min(y - box.minY, roof - y);
    const chance = (BEDROCK_LAYERS - edge) / BEDROCK_LAYERS;
    if (edge < BEDROCK_LAYERS && fraction(hash3(salt + 3, box.x * 16 + x, y, box.z * 16 + z)) < chance) builder.set(x, y, z, bedrock);
    else if (edge < BEDROCK_LAYERS || rock.at(x, y, z) > 0) builder.set(x, y, z, netherrack);
    else if (y <= LAVA_TOP) builder.set(x, y, z, lava);
  }
}

/** From the ceiling down: the top of every floor gets its biome's cover, some ceilings glow, some rock is ore. */
function dressColumn(
  builder: ChunkBuilder,
  { box, land, salt, roof }: { readonly box: Box; readonly land: Land; readonly salt: number; readonly roof: number },
  x: number,
  z: number,
): void {
  const netherrack = builder.id('netherrack');
  const [worldX, worldZ] = [box.x * 16 + x, box.z * 16 + z];
  const luck = hash2(salt + 4, worldX, worldZ);
  let depth = -1;
  for (let y = roof - BEDROCK_LAYERS; y > box.minY + BEDROCK_LAYERS; y--) {
    if (builder.get(x, y, z) !== netherrack) {
      depth = 0;
      continue;
    }
    const isFloor = depth >= 0 && depth < 4 && y >= LAVA_TOP;
    if (isFloor) builder.set(x, y, z, builder.id(depth === 0 ? land.top : land.under));
    else setOre(builder, { x, y, z }, hash3(salt + 5, worldX >> 1, y >> 1, worldZ >> 1));
    if (isFloor && depth === 0 && builder.isAir(x, y + 1, z) && land.plants.length > 0 && luck % 12 === 0)
      builder.set(x, y + 1, z, builder.id(land.plants[(luck >>> 8) % land.plants.length]!));
    if (depth !== 0 && builder.isAir(x, y - 1, z) && hash2(salt + 6, worldX >> 2, worldZ >> 2) % 40 === 0 && luck % 3 !== 0)
      builder.set(x, y - 1, z, builder.id('glowstone'));
    if (depth >= 0) depth += 1;
  }
}

function setOre(builder: ChunkBuilder, { x, y, z }: { readonly x: number; readonly y: number; readonly z: number }, hash: number): void {
  const luck = hash % 1000;
  if (luck < 14) builder.set(x, y, z, builder.id('nether_quartz_ore'));
  else if (luck < 19) builder.set(x, y, z, builder.id('nether_gold_ore'));
  else if (luck < 23 && y < 40) builder.set(x, y, z, builder.id('magma_block'));
  else if (luck === 999 && y < 26) builder.set(x, y, z, builder.id('ancient_debris'));
}
