import type { RuleContext } from '../../model/rule.ts';
import type { Entity } from '../../model/entity.ts';
import { boxesOf } from '../blocks/shapes.ts';

export type Vector = Entity['velocity'];

/** Axis-aligned, in blocks of the world: from (x1, y1, z1) to (x2, y2, z2). */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly z1: number;
  readonly x2: number;
  readonly y2: number;
  readonly z2: number;
}

/** A box of `width` around (x, z), standing on y. */
export function boxOf({ x, y, z }: Vector, width: number, height: number): Box {
  const half = width / 2;
  return { x1: x - half, y1: y, z1: z - half, x2: x + half, y2: y + height, z2: z + half };
}

export function inflated(box: Box, by: Vector): Box {
  return { x1: box.x1 - by.x, y1: box.y1 - by.y, z1: box.z1 - by.z, x2: box.x2 + by.x, y2: box.y2 + by.y, z2: box.z2 + by.z };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x1 < b.x2 && a.x2 > b.x1 && a.y1 < b.y2 && a.y2 > b.y1 && a.z1 < b.z2 && a.z2 > b.z1;
}

/** Two boxes may touch this closely without one hindering the other (vanilla). */
const EDGE = 1e-7;

/**
 * How far `box` gets when it wants to move by `wish`: first down or up, then along the longer of the two others (vanilla's order).
 * Chunks that nothing asked for are walls.
 */
export function slide(context: RuleContext, box: Box, wish: Vector): Vector {
  const swept: Box = {
    x1: box.x1 + Math.min(0, wish.x),
    y1: box.y1 + Math.min(0, wish.y),
    z1: box.z1 + Math.min(0, wish.z),
    x2: box.x2 + Math.max(0, wish.x),
    y2: box.y2 + Math.max(0, wish.y),
    z2: box.z2 + Math.max(0, wish.z),
  };
  const solids = solidsIn(context, swept);
  if (solids.length === 0) return wish;
  const y = clip(solids, box, wish.y, 'y');
  let now = moved(box, { x: 0, y, z: 0 });
  let { x, z } = wish;
  const zFirst = Math.abs(z) > Math.abs(x);
  if (zFirst) {
    z = clip(solids, now, z, 'z');
    now = moved(now, { x: 0, y: 0, z });
  }
  x = clip(solids, now, x, 'x');
  now = moved(now, { x, y: 0, z: 0 });
  if (!zFirst) z = clip(solids, now, z, 'z');
  return { x, y, z };
}

export function moved(box: Box, by: Vector): Box {
  return { x1: box.x1 + by.x, y1: box.y1 + by.y, z1: box.z1 + by.z, x2: box.x2 + by.x, y2: box.y2 + by.y, z2: box.z2 + by.z };
}

/** Collision boxes of all blocks that touch `area`. */
export function solidsIn(context: RuleContext, area: Box): readonly Box[] {
  const found: Box[] = [];
  const { minY, height } = context.world;
  // Fences and walls reach half a block above their own.
  const low = Math.max(minY, Math.floor(area.y1 - 0.5 - EDGE));
  const high = Math.min(minY + height - 1, Math.floor(area.y2 + EDGE));
  for (let x = Math.floor(area.x1 - EDGE); x <= Math.floor(area.x2 + EDGE); x++) {
    for (let z = Math.floor(area.z1 - EDGE); z <= Math.floor(area.z2 + EDGE); z++) {
      if (!context.within({ x, z })) {
        found.push({ x1: x, y1: -Infinity, z1: z, x2: x + 1, y2: Infinity, z2: z + 1 });
        continue;
      }
      for (let y = low; y <= high; y++) addShape(context, found, x, y, z);
    }
  }
  return found;
}

function addShape(context: RuleContext, found: Box[], x: number, y: number, z: number): void {
  const state = context.world.block({ x, y, z });
  if (context.states.isAir(state)) return;
  for (const shape of boxesOf(context.states, state))
    found.push({
      x1: x + shape[0]! / 16,
      y1: y + shape[1]! / 16,
      z1: z + shape[2]! / 16,
      x2: x + shape[3]! / 16,
      y2: y + shape[4]! / 16,
      z2: z + shape[5]! / 16,
    });
}

type Axis = 'x' | 'y' | 'z';
const LOW = { x: 'x1', y: 'y1', z: 'z1' } as const;
const HIGH = { x: 'x2', y: 'y2', z: 'z2' } as const;
const OTHERS = { x: ['y', 'z'], y: ['x', 'z'], z: ['x', 'y'] } as const;

/** The part of `distance` along one axis that no solid stands in the way of. */
function clip(solids: readonly Box[], box: Box, distance: number, axis: Axis): number {
  if (Math.abs(distance) < EDGE) return 0;
  let free = distance;
  for (const solid of solids) {
    const beside = OTHERS[axis].some(
      (other) => solid[LOW[other]] >= box[HIGH[other]] - EDGE || solid[HIGH[other]] <= box[LOW[other]] + EDGE,
    );
    if (beside) continue;
    if (free > 0) {
      const gap = solid[LOW[axis]] - box[HIGH[axis]];
      if (gap >= -EDGE) free = Math.min(free, gap);
    } else {
      const gap = solid[HIGH[axis]] - box[LOW[axis]];
      if (gap <= EDGE) free = Math.max(free, gap);
    }
    if (Math.abs(free) < EDGE) return 0;
  }
  return free;
}
