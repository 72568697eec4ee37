import { Lattice, latticeAt } from './lattice.ts';
import { noise3, saltedSeed } from './noise.ts';

/** Tunnels where two noises are near zero at once, and halls where a third is high. Below this they hold lava (vanilla: -54). */
export const CAVE_LAVA_TOP = -55;

/** Ground left over them: at the sea's shore more, so that no sea pours into a cave. */
const COVER_SHORE = 9;
const SHORE = 67;

type At = (x: number, y: number, z: number) => number;

export class Caves {
  readonly #seed: bigint;

  constructor(seed: bigint) {
    this.#seed = seed;
  }

  /** Whether ground is hollow: for all blocks of one chunk, `x` and `z` 0..15. */
  inChunk(
    chunk: { readonly x: number; readonly z: number },
    minY: number,
    maxY: number,
  ): (x: number, y: number, z: number, height: number) => boolean {
    const box = { x: chunk.x << 4, z: chunk.z << 4, minY, maxY };
    const [a, b, c] = this.#sources().map((source) => new Lattice(box, source)) as [Lattice, Lattice, Lattice];
    return (x, y, z, height) => isUnder(y, height) && isHollow(a.at(x, y, z), b.at(x, y, z), c.at(x, y, z), y);
  }

  /** The same for one block anywhere. */
  at(pos: { readonly x: number; readonly y: number; readonly z: number }, minY: number, height: number): boolean {
    if (!isUnder(pos.y, height)) return false;
    const [a, b, c] = this.#sources().map((source) => latticeAt(pos, minY, source)) as [number, number, number];
    return isHollow(a, b, c, pos.y);
  }

  #sources(): readonly [At, At, At] {
    const [a, b, c] = [saltedSeed(this.#seed, 20), saltedSeed(this.#seed, 21), saltedSeed(this.#seed, 22)];
    return [
      (x, y, z) => noise3(a, x / 62, y / 38, z / 62),
      (x, y, z) => noise3(b, x / 62, y / 38, z / 62),
      (x, y, z) => noise3(c, x / 90, y / 44, z / 90),
    ];
  }
}

function isUnder(y: number, height: number): boolean {
  return y <= (height < SHORE ? height - COVER_SHORE : height);
}

function isHollow(a: number, b: number, c: number, y: number): boolean {
  if (a * a + b * b < 0.0055) return true;
  return y < 40 && c > 0.62;
}
