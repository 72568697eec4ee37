import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { Face } from '../../model/commands.ts';

export type Side = 'north' | 'east' | 'south' | 'west';
export type Axis = 'x' | 'y' | 'z';

/** Clockwise from above. */
export const SIDES: readonly Side[] = ['north', 'east', 'south', 'west'];
/** The order in which neighbours hear of a change (vanilla's UPDATE_SHAPE_ORDER). */
export const FACES: readonly Face[] = ['west', 'east', 'north', 'south', 'down', 'up'];

const STEPS: Readonly<Record<Face, BlockPos>> = {
  down: { x: 0, y: -1, z: 0 },
  up: { x: 0, y: 1, z: 0 },
  north: { x: 0, y: 0, z: -1 },
  south: { x: 0, y: 0, z: 1 },
  west: { x: -1, y: 0, z: 0 },
  east: { x: 1, y: 0, z: 0 },
};

const OPPOSITES: Readonly<Record<Face, Face>> = {
  down: 'up',
  up: 'down',
  north: 'south',
  south: 'north',
  west: 'east',
  east: 'west',
};

export function towards(pos: BlockPos, face: Face, blocks = 1): BlockPos {
  const step = STEPS[face];
  return { x: pos.x + step.x * blocks, y: pos.y + step.y * blocks, z: pos.z + step.z * blocks };
}

export function opposite(face: Side): Side;
export function opposite(face: Face): Face;
export function opposite(face: Face): Face {
  return OPPOSITES[face];
}

export function clockwise(side: Side): Side {
  return SIDES[(SIDES.indexOf(side) + 1) & 3]!;
}

export function counterClockwise(side: Side): Side {
  return SIDES[(SIDES.indexOf(side) + 3) & 3]!;
}

export function isSide(face: string | null): face is Side {
  return face === 'north' || face === 'east' || face === 'south' || face === 'west';
}

export function axisOf(face: Face): Axis {
  if (face === 'up' || face === 'down') return 'y';
  return face === 'east' || face === 'west' ? 'x' : 'z';
}

/** The horizontal direction that somebody with this yaw looks in. */
export function sideOf(yaw: number): Side {
  return (['south', 'west', 'north', 'east'] as const)[Math.floor(yaw / 90 + 0.5) & 3]!;
}

/** Sixteenths of a turn from south, 0..15. */
export function rotationOf(yaw: number): string {
  return String(Math.floor((yaw * 16) / 360 + 0.5) & 15);
}

export function at(pos: BlockPos): string {
  return `${pos.x},${pos.y},${pos.z}`;
}

export function samePos(a: BlockPos, b: BlockPos): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z;
}
