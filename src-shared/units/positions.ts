/** Whole block coordinates. x and z within +-30,000,000; y within the dimension's height. */
export interface BlockPos {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface ChunkPos {
  readonly x: number;
  readonly z: number;
}

/** Feet of an entity in blocks (double), look in degrees (yaw 0 = south, 90 = west; pitch -90 = up). */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pitch: number;
}

/** `minecraft:overworld`, `minecraft:the_nether`, `minecraft:the_end`, or a data pack's own. */
export type DimensionName = string;

/** "x,z": the key of a chunk in maps. */
export type ChunkKey = string & { readonly __chunkKey: never };

export function chunkKey(x: number, z: number): ChunkKey {
  return `${x},${z}` as ChunkKey;
}

export function parseChunkKey(key: ChunkKey): ChunkPos {
  const comma = key.indexOf(',');
  return { x: Number(key.slice(0, comma)), z: Number(key.slice(comma + 1)) };
}

export function chunkOf(pos: { readonly x: number; readonly z: number }): ChunkPos {
  return { x: Math.floor(pos.x) >> 4, z: Math.floor(pos.z) >> 4 };
}

/** Key of a block inside its chunk: (y << 8) | (z & 15) << 4 | (x & 15), y as in the world (may be negative). */
export function localKey(pos: BlockPos): number {
  return (pos.y << 8) | ((pos.z & 15) << 4) | (pos.x & 15);
}

export function fromLocalKey(chunk: ChunkPos, key: number): BlockPos {
  return { x: (chunk.x << 4) | (key & 15), y: key >> 8, z: (chunk.z << 4) | ((key >> 4) & 15) };
}

/** Blocks from the middle of the world that Minecraft allows. */
export const WORLD_EDGE = 30_000_000;
