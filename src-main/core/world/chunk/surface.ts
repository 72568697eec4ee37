import type { WorldKit } from '../door.ts';
import type { Chunk, StateId } from '../model/chunk.ts';
import type { BlockStates } from '../model/states.ts';
import { blockAt, readIndices, SECTION_BLOCKS } from './volume.ts';

/** As in vanilla's chunks and packets. */
export type HeightmapKind = 'WORLD_SURFACE' | 'MOTION_BLOCKING' | 'MOTION_BLOCKING_NO_LEAVES' | 'OCEAN_FLOOR';

/** The state at a column of the chunk (x and z may be those of the world); null outside its sections. */
export function blockInChunk(chunk: Chunk, x: number, y: number, z: number): StateId | null {
  const section = chunk.sections[(y >> 4) - chunk.minSection];
  return section === undefined ? null : blockAt(section.blocks, ((y & 15) << 8) | ((z & 15) << 4) | (x & 15));
}

/** Y of the highest block that is not air; null for an empty column. `x` and `z` may be those of the world. */
export function topBlockY(chunk: Chunk, x: number, z: number, kit: WorldKit): number | null {
  const column = ((z & 15) << 4) | (x & 15);
  for (let at = chunk.sections.length - 1; at >= 0; at--) {
    const { blocks } = chunk.sections[at]!;
    if (blocks.solid === 0) continue;
    for (let y = 15; y >= 0; y--) {
      if (!kit.states.isAir(blockAt(blocks, (y << 8) | column))) return ((at + chunk.minSection) << 4) | y;
    }
  }
  return null;
}

/** For each column (z << 4 | x) the y above its highest matching block; the lowest y of the chunk where nothing matches. */
export function heightmapOf(chunk: Chunk, kind: HeightmapKind, kit: WorldKit): Int16Array {
  const heights = new Int16Array(256).fill(chunk.minSection << 4);
  const done = new Uint8Array(256);
  const indices = new Uint16Array(SECTION_BLOCKS);
  let left = 256;
  for (let at = chunk.sections.length - 1; at >= 0 && left > 0; at--) {
    const { blocks } = chunk.sections[at]!;
    if (blocks.solid === 0) continue;
    const matches = blocks.palette.map((id) => isMatch(id, kind, kit.states));
    if (!matches.includes(true)) continue;
    readIndices(blocks, indices);
    for (let i = SECTION_BLOCKS - 1; i >= 0 && left > 0; i--) {
      const column = i & 255;
      if (done[column] === 1 || !matches[indices[i]!]!) continue;
      heights[column] = (((at + chunk.minSection) << 4) | (i >> 8)) + 1;
      done[column] = 1;
      left -= 1;
    }
  }
  return heights;
}

/** Source: vanilla `Heightmap.Types`. */
function isMatch(id: StateId, kind: HeightmapKind, states: BlockStates): boolean {
  switch (kind) {
    case 'WORLD_SURFACE':
      return !states.isAir(id);
    case 'OCEAN_FLOOR':
      return states.blocksMotion(id);
    case 'MOTION_BLOCKING':
      return states.blocksMotion(id) || states.isFluid(id);
    case 'MOTION_BLOCKING_NO_LEAVES':
      return (states.blocksMotion(id) || states.isFluid(id)) && !isLeaves(id, states);
  }
}

function isLeaves(id: StateId, states: BlockStates): boolean {
  return states.blockOf(id)?.name.endsWith('_leaves') ?? false;
}
