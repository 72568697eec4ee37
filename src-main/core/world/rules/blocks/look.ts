import type { Face } from '../../model/commands.ts';
import { opposite } from './faces.ts';

const QUARTER = Math.PI / 2;

/** Sine of an angle in degrees from + - * / only, so that it is equal on every machine; error below 1e-10. */
export function sine(degrees: number): number {
  const turn = degrees - 360 * Math.floor(degrees / 360);
  const quarter = Math.floor(turn / 90);
  const part = ((turn - quarter * 90) / 90) * QUARTER;
  const rising = quarter === 0 || quarter === 2 ? part : QUARTER - part;
  return quarter < 2 ? series(rising) : -series(rising);
}

export function cosine(degrees: number): number {
  return sine(degrees + 90);
}

/** Taylor series of the sine on 0..pi/2. */
function series(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 2; n <= 16; n += 2) {
    term = (-term * square) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

/** Unit vector of a look. */
export function lookOf(yaw: number, pitch: number): { readonly x: number; readonly y: number; readonly z: number } {
  const level = cosine(pitch);
  return { x: -sine(yaw) * level, y: -sine(pitch), z: cosine(yaw) * level };
}

/** The six directions, the one that is looked in most first (vanilla's `Direction.orderedByNearest`). */
export function nearestLooks(yaw: number, pitch: number): readonly Face[] {
  const look = lookOf(yaw, pitch);
  const east = look.x > 0 ? 'east' : 'west';
  const up = look.y > 0 ? 'up' : 'down';
  const south = look.z > 0 ? 'south' : 'north';
  const [x, y, z] = [Math.abs(look.x), Math.abs(look.y), Math.abs(look.z)];
  const first = order(east, up, south, x, y, z);
  return [...first, ...first.toReversed().map((face) => opposite(face))];
}

function order(east: Face, up: Face, south: Face, x: number, y: number, z: number): readonly Face[] {
  if (x > z) {
    if (y > x) return [up, east, south];
    return z > y ? [east, south, up] : [east, up, south];
  }
  if (y > z) return [up, south, east];
  return x > y ? [south, east, up] : [south, up, east];
}
