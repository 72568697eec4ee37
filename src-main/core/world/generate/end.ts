import type { WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import { ChunkBuilder } from './builder.ts';
import { clamp, fractal2, saltedSeed } from './noise.ts';

type Box = { readonly x: number; readonly z: number; readonly minY: number; readonly height: number };

const MAIN_RADIUS = 105;
const OUTER_RADIUS = 1000;
/** Where a portal lets one out (vanilla): 5 x 5 obsidian below 100 48 0, and air above. */
const PLATFORM = { x: 100, y: 48, z: 0, reach: 2, room: 3 } as const;

/** The main island around 0 0, nothing until 1,000 blocks, then many islands. */
export function generateEnd(seed: bigint, box: Box, kit: WorldKit): Chunk {
  const builder = new ChunkBuilder({ ...box, biome: 'minecraft:the_end' }, kit);
  const salt = saltedSeed(seed, 200);
  const stone = builder.id('end_stone');
  for (let cell = 0; cell < 16; cell++) {
    builder.setBiome(cell, `minecraft:${biomeAt(salt, box.x * 16 + (cell & 3) * 4 + 2, box.z * 16 + (cell >> 2) * 4 + 2)}`);
  }
  for (let z = 0; z < 16; z++) {
    for (let x = 0; x < 16; x++) {
      const land = landAt(salt, box.x * 16 + x, box.z * 16 + z);
      if (land === null) continue;
      for (let y = land.bottom; y <= land.top; y++) builder.set(x, y, z, stone);
    }
  }
  placePlatform(builder, box);
  return builder.build();
}

/** How much island there is: 0 at its edge, 1 in its middle; negative is void. */
function islandAt(salt: number, x: number, z: number): number {
  const away = Math.sqrt(x * x + z * z);
  const ragged = fractal2(salt, x / 48, z / 48, 3) * 0.3;
  if (away < OUTER_RADIUS) return 1 - away / MAIN_RADIUS + ragged;
  return (fractal2(salt + 1, x / 180, z / 180, 3) - 0.22) * 2.4 + ragged * 0.5;
}

function landAt(salt: number, x: number, z: number): { readonly bottom: number; readonly top: number } | null {
  const island = clamp(islandAt(salt, x, z), -1, 1);
  if (island <= 0) return null;
  const rolling = fractal2(salt + 2, x / 60, z / 60, 3);
  const top = Math.floor(55 + 8 * Math.sqrt(island) + rolling * 5);
  return { top, bottom: Math.max(4, Math.floor(top - 2 - island * 48 - fractal2(salt + 3, x / 22, z / 22, 2) * 5 * island)) };
}

function biomeAt(salt: number, x: number, z: number): string {
  if (x * x + z * z < OUTER_RADIUS * OUTER_RADIUS) return 'the_end';
  const island = islandAt(salt, x, z);
  if (island > 0.45) return 'end_highlands';
  if (island > 0.15) return 'end_midlands';
  return island > 0 ? 'end_barrens' : 'small_end_islands';
}

function placePlatform(builder: ChunkBuilder, box: Box): void {
  for (let z = PLATFORM.z - PLATFORM.reach; z <= PLATFORM.z + PLATFORM.reach; z++) {
    for (let x = PLATFORM.x - PLATFORM.reach; x <= PLATFORM.x + PLATFORM.reach; x++) {
      if (x >> 4 !== box.x || z >> 4 !== box.z) continue;
      builder.set(x & 15, PLATFORM.y, z & 15, builder.id('obsidian'));
      for (let dy = 1; dy <= PLATFORM.room; dy++) builder.set(x & 15, PLATFORM.y + dy, z & 15, builder.id('air'));
    }
  }
}
