import { lerp } from './noise.ts';

/** Distance of the points at which a lattice asks its source, in blocks. */
export const LATTICE_STEP = 4;

/**
 * Values in a box of space, asked at every fourth block of the world and interpolated between: the same at a position for whoever asks, and
 * much cheaper than asking for every block. The box is 16 x 16 blocks from a chunk's corner and from `minY` to `maxY`.
 */
export class Lattice {
  readonly #values: Float64Array;
  readonly #layers: number;
  readonly #minY: number;

  /** `minY` a multiple of 4. `source` gets block coordinates. */
  constructor(
    box: { readonly x: number; readonly z: number; readonly minY: number; readonly maxY: number },
    source: (x: number, y: number, z: number) => number,
  ) {
    this.#minY = box.minY;
    this.#layers = Math.ceil((box.maxY - box.minY) / LATTICE_STEP) + 1;
    this.#values = new Float64Array(25 * this.#layers);
    for (let layer = 0; layer < this.#layers; layer++) {
      for (let z = 0; z < 5; z++) {
        for (let x = 0; x < 5; x++)
          this.#values[layer * 25 + z * 5 + x] = source(
            box.x + x * LATTICE_STEP,
            box.minY + layer * LATTICE_STEP,
            box.z + z * LATTICE_STEP,
          );
      }
    }
  }

  /** `x` and `z` 0..15 from the corner, `y` in the world. */
  at(x: number, y: number, z: number): number {
    const layer = (y - this.#minY) >> 2;
    const at = layer * 25 + (z >> 2) * 5 + (x >> 2);
    return interpolate(this.#values, at, x & 3, (y - this.#minY) & 3, z & 3);
  }
}

/** What a `Lattice` over any box that holds the position says there. */
export function latticeAt(
  pos: { readonly x: number; readonly y: number; readonly z: number },
  minY: number,
  source: (x: number, y: number, z: number) => number,
): number {
  const x = pos.x & ~15;
  const z = pos.z & ~15;
  const y = minY + ((pos.y - minY) & ~3);
  const values = new Float64Array(50);
  const [cellX, cellZ] = [(pos.x & 15) >> 2, (pos.z & 15) >> 2];
  for (let corner = 0; corner < 8; corner++) {
    const [dx, dz, dy] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    values[dy * 25 + (cellZ + dz) * 5 + cellX + dx] = source(
      x + (cellX + dx) * LATTICE_STEP,
      y + dy * LATTICE_STEP,
      z + (cellZ + dz) * LATTICE_STEP,
    );
  }
  return interpolate(values, cellZ * 5 + cellX, pos.x & 3, (pos.y - minY) & 3, pos.z & 3);
}

function interpolate(values: Float64Array, at: number, x: number, y: number, z: number): number {
  const u = x / LATTICE_STEP;
  const w = z / LATTICE_STEP;
  const low = lerp(lerp(values[at]!, values[at + 1]!, u), lerp(values[at + 5]!, values[at + 6]!, u), w);
  const high = lerp(lerp(values[at + 25]!, values[at + 26]!, u), lerp(values[at + 30]!, values[at + 31]!, u), w);
  return lerp(low, high, y / LATTICE_STEP);
}
