import type { WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import { ChunkBuilder } from './builder.ts';

type Box = { readonly x: number; readonly z: number; readonly minY: number; readonly height: number };

/** Vanilla's classic flat: from the bottom up. */
const LAYERS = ['bedrock', 'dirt', 'dirt', 'grass_block[snowy=false]'];
/** Y of the stone under one's feet in an empty world: one chunk at 0 0. */
export const VOID_FLOOR_Y = 63;

export function generateFlat(box: Box, kit: WorldKit): Chunk {
  const builder = new ChunkBuilder({ ...box, biome: 'minecraft:plains' }, kit);
  LAYERS.forEach((name, layer) => fillLayer(builder, box.minY + layer, name));
  return builder.build();
}

export function flatTop(minY: number): number {
  return minY + LAYERS.length - 1;
}

export function generateVoid(box: Box, kit: WorldKit, { hasFloor }: { readonly hasFloor: boolean }): Chunk {
  const builder = new ChunkBuilder({ ...box, biome: 'minecraft:the_void' }, kit);
  if (hasFloor && box.x === 0 && box.z === 0) fillLayer(builder, VOID_FLOOR_Y, 'stone');
  return builder.build();
}

function fillLayer(builder: ChunkBuilder, y: number, name: string): void {
  for (let z = 0; z < 16; z++) for (let x = 0; x < 16; x++) builder.set(x, y, z, builder.id(name));
}
