import type { BlockInfo } from '../model/tables.ts';

/**
 * Blocks that are no whole cube and yet close some of their faces to light. Source: vanilla, the blocks that override
 * `useShapeForLightOcclusion`.
 */
const SHADING =
  /_(slab|stairs)$|:(snow|farmland|dirt_path|piston|sticky_piston|piston_head|lectern|stonecutter|enchanting_table|end_portal_frame|daylight_detector|sculk_sensor|calibrated_sculk_sensor|sculk_shrieker)$/;

/** Down, up, north, south, west, east: opposite faces differ in the lowest bit. */
export type FaceIndex = 0 | 1 | 2 | 3 | 4 | 5;
const FACES: readonly FaceIndex[] = [0, 1, 2, 3, 4, 5];
const ALL = 0b1111;

type Box = readonly number[];

export function shadesByShape(name: string): boolean {
  return SHADING.test(name);
}

/**
 * Which quarters of its six faces a state closes to light: 4 bits a face, the down face in the lowest. Quarters are the finest that slabs and
 * stairs need. 0 for a block that does not shade by its shape.
 */
export function closedQuarters(block: BlockInfo, offset: number): number {
  if (!shadesByShape(block.name)) return 0;
  const boxes = block.name === 'minecraft:snow' ? snowBoxes(offset) : (block.shapes[block.shapes.length === 1 ? 0 : offset] ?? []);
  let closed = 0;
  for (const face of FACES) {
    const touching = boxes.filter((box) => (face % 2 === 0 ? box[axisOf(face)] === 0 : box[axisOf(face) + 3] === 16));
    for (let quarter = 0; quarter < 4; quarter++) if (isCovered(touching, face, quarter)) closed |= 1 << (4 * face + quarter);
  }
  return closed;
}

/** Whether light can not pass between two neighbours, the second on side `face` of the first: together they close the face. */
export function isClosed(from: number, to: number, face: FaceIndex): boolean {
  return (((from >> (4 * face)) | (to >> (4 * (face ^ 1)))) & ALL) === ALL;
}

/** One walks a layer lower than one sees: the collision shape is not the one that shades. */
function snowBoxes(offset: number): readonly Box[] {
  return [[0, 0, 0, 16, 2 * (offset + 1), 16]];
}

function axisOf(face: FaceIndex): 0 | 1 | 2 {
  return face < 2 ? 1 : face < 4 ? 2 : 0;
}

/** The two axes of a face's plane; equal for opposite faces. */
function planeOf(face: FaceIndex): readonly [0 | 1 | 2, 0 | 1 | 2] {
  return face < 2 ? [0, 2] : face < 4 ? [0, 1] : [2, 1];
}

function isCovered(boxes: readonly Box[], face: FaceIndex, quarter: number): boolean {
  const [first, second] = planeOf(face);
  const [u, v] = [(quarter & 1) * 8, (quarter >> 1) * 8];
  for (let at = 0; at < 64; at++) {
    const [x, y] = [u + (at & 7), v + (at >> 3)];
    const isHit = (box: Box): boolean => box[first]! <= x && box[first + 3]! > x && box[second]! <= y && box[second + 3]! > y;
    if (!boxes.some(isHit)) return false;
  }
  return true;
}
