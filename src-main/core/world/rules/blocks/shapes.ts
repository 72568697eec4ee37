import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockStates } from '../../model/states.ts';
import { FACES, opposite as oppositeOf } from './faces.ts';

/** [x1, y1, z1, x2, y2, z2] in sixteenths of a block. */
export type Box = readonly number[];
export type Boxes = readonly Box[];

/** How much of a face must be there: all of it, its middle 2 x 2, or its rim of 2. */
export type Support = 'full' | 'center' | 'rigid';

const CUBE: Boxes = [[0, 0, 0, 16, 16, 16]];
const NOTHING: Boxes = [];

/** What stops entities. An unknown block is a cube. */
export function boxesOf(states: BlockStates, id: StateId): Boxes {
  const block = states.blockOf(id);
  if (block === null) return CUBE;
  return (block.shapes.length === 1 ? block.shapes[0] : block.shapes[id - block.firstState]) ?? NOTHING;
}

/** Where other blocks can hold on, which differs from the collision for a few (vanilla's `getBlockSupportShape`). */
function supportOf(states: BlockStates, id: StateId): Boxes {
  const name = states.blockOf(id)?.name ?? '';
  if (name.endsWith('_leaves')) return NOTHING;
  if (name === 'minecraft:soul_sand' || name === 'minecraft:mud') return CUBE;
  if (name === 'minecraft:snow') return [[0, 0, 0, 16, Number(states.get(id, 'layers')) * 2, 16]];
  return boxesOf(states, id);
}

const FULL = 1;
const CENTER = 2;
const RIGID = 4;
const BITS: Readonly<Record<Support, number>> = { full: FULL, center: CENTER, rigid: RIGID };
const sturdy = new WeakMap<Boxes, Uint8Array>();

export function isFaceSturdy(states: BlockStates, id: StateId, face: Face, support: Support = 'full'): boolean {
  return covers(supportOf(states, id), face, support);
}

function covers(boxes: Boxes, face: Face, support: Support): boolean {
  let known = sturdy.get(boxes);
  if (known === undefined) sturdy.set(boxes, (known = Uint8Array.from(FACES, (each) => supportsOf(boxes, each))));
  return (known[FACES.indexOf(face)]! & BITS[support]) !== 0;
}

/** The sixteenths of a face that boxes cover, as bits of what they suffice for. */
function supportsOf(boxes: Boxes, face: Face): number {
  const touching = touchingRects(boxes, face);
  let bits = FULL | CENTER | RIGID;
  for (let a = 0; a < 16; a++) {
    for (let b = 0; b < 16; b++) {
      if (touching.some(([u1, v1, u2, v2]) => u1 <= a && u2 >= a + 1 && v1 <= b && v2 >= b + 1)) continue;
      bits &= ~FULL;
      if ((a === 7 || a === 8) && (b === 7 || b === 8)) bits &= ~CENTER;
      if (a < 2 || a > 13 || b < 2 || b > 13) bits &= ~RIGID;
    }
  }
  return bits;
}

/** Whether the touching faces of two neighbours leave no gap: nothing flows from `a` to `b`, which lies on its side `face`. */
export function isClosedBetween(states: BlockStates, a: StateId, b: StateId, face: Face): boolean {
  const first = boxesOf(states, a);
  const second = boxesOf(states, b);
  if (first.length === 0 && second.length === 0) return false;
  if (covers(first, face, 'full') || covers(second, oppositeOf(face), 'full')) return true;
  if (first.length === 0 || second.length === 0) return false;
  const sides = [...touchingRects(first, face), ...touchingRects(second, oppositeOf(face))];
  for (let u = 0; u < 16; u++) {
    for (let v = 0; v < 16; v++) {
      if (!sides.some(([u1, v1, u2, v2]) => u1 <= u && u2 >= u + 1 && v1 <= v && v2 >= v + 1)) return false;
    }
  }
  return true;
}

type Rect = readonly [number, number, number, number];

function touchingRects(boxes: Boxes, face: Face): readonly Rect[] {
  const axis = face === 'west' || face === 'east' ? 0 : face === 'down' || face === 'up' ? 1 : 2;
  const low = face === 'west' || face === 'down' || face === 'north';
  const [u, v] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
  return boxes.filter((box) => (low ? box[axis]! <= 0 : box[axis + 3]! >= 16)).map((box) => [box[u]!, box[v]!, box[u + 3]!, box[v + 3]!]);
}

/** Whether the collision boxes of `above` rest on the whole of the rectangle [x1, z1, x2, z2] (sixteenths) of the block below. */
export function coversBelow(states: BlockStates, above: StateId, [x1, z1, x2, z2]: readonly [number, number, number, number]): boolean {
  const resting = boxesOf(states, above).filter((box) => box[1]! <= 0);
  for (let x = x1; x < x2; x++) {
    for (let z = z1; z < z2; z++) {
      if (!resting.some((box) => box[0]! <= x && box[3]! >= x + 1 && box[2]! <= z && box[5]! >= z + 1)) return false;
    }
  }
  return true;
}

export function isFullCube(states: BlockStates, id: StateId): boolean {
  const boxes = boxesOf(states, id);
  return boxes.length === 1 && boxes[0]!.every((side, index) => side === (index < 3 ? 0 : 16));
}

/** A cube that no light passes (vanilla's `isSolidRender`). */
export function isOpaqueCube(states: BlockStates, id: StateId): boolean {
  return states.filter(id) === 15 && isFullCube(states, id);
}

const FORCED_SOLID =
  /_sign$|_pressure_plate$|_banner$|_shulker_box$|^minecraft:shulker_box$|chorus_flower$|^minecraft:(bamboo|cactus|snow_block)$/;

/** Vanilla's legacy `isSolid`, which standing signs, banners, wall signs and cakes ask for: large enough on average or a block high. */
export function isSolid(states: BlockStates, id: StateId): boolean {
  const boxes = boxesOf(states, id);
  const name = states.blockOf(id)?.name ?? '';
  if (FORCED_SOLID.test(name)) return true;
  if (boxes.length === 0) return false;
  const size = [0, 1, 2].map((axis) => Math.max(...boxes.map((box) => box[axis + 3]!)) - Math.min(...boxes.map((box) => box[axis]!)));
  return (size[0]! + size[1]! + size[2]!) / 3 >= 16 * 0.729_166_666_666_666_6 || size[1]! >= 16;
}
