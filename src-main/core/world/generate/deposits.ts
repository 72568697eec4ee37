import type { ChunkBuilder } from './builder.ts';
import { fraction, hash3, saltedSeed } from './noise.ts';

/** Clumps stay inside a cell of 8 x 8 x 8, so that no chunk needs to know its neighbours. */
const CELL = 8;

interface Deposit {
  readonly stone: string;
  readonly deepslate: string;
  readonly minY: number;
  readonly maxY: number;
  /** Chance per cell, and radius in blocks. */
  readonly chance: number;
  readonly radius: number;
}

const ore = (name: string, minY: number, maxY: number, chance: number, radius: number): Deposit => ({
  stone: name,
  deepslate: `deepslate_${name}`,
  minY,
  maxY,
  chance,
  radius,
});
const patch = (stone: string, deepslate: string, minY: number, maxY: number, chance: number): Deposit => ({
  stone,
  deepslate,
  minY,
  maxY,
  chance,
  radius: 3.4,
});

/** A later one wins where two meet. Redstone names its state, the others have none. */
const DEPOSITS: readonly Deposit[] = [
  patch('dirt', 'tuff', 0, 160, 0.05),
  patch('gravel', 'tuff', -64, 120, 0.05),
  patch('granite', 'tuff', -64, 80, 0.06),
  patch('diorite', 'tuff', -64, 80, 0.06),
  patch('andesite', 'tuff', -64, 80, 0.06),
  ore('coal_ore', 0, 190, 0.09, 1.7),
  ore('iron_ore', -64, 72, 0.07, 1.5),
  ore('copper_ore', -16, 112, 0.06, 1.6),
  ore('gold_ore', -64, 32, 0.03, 1.3),
  ore('redstone_ore[lit=false]', -64, 15, 0.06, 1.4),
  ore('lapis_ore', -64, 64, 0.02, 1.3),
  ore('diamond_ore', -64, 16, 0.03, 1.2),
  ore('emerald_ore', 80, 250, 0.03, 0.8),
];

/** Replaces stone and deepslate of the finished ground. Y of the top of the highest ground bounds the work. */
export function placeDeposits(builder: ChunkBuilder, chunk: { readonly x: number; readonly z: number }, seed: bigint, topY: number): void {
  const stone = builder.id('stone');
  const deepslate = builder.id('deepslate[axis=y]');
  DEPOSITS.forEach((deposit, index) => {
    const salt = saltedSeed(seed, 40 + index);
    const ids = { [stone]: builder.id(deposit.stone), [deepslate]: builder.id(deposit.deepslate) };
    const last = Math.floor(Math.min(deposit.maxY, topY) / CELL);
    for (let cellY = Math.ceil(deposit.minY / CELL); cellY <= last; cellY++) {
      for (let corner = 0; corner < 4; corner++) {
        const [x, z] = [(corner & 1) * CELL, (corner >> 1) * CELL];
        const hash = hash3(salt, (chunk.x * 16 + x) / CELL, cellY, (chunk.z * 16 + z) / CELL);
        if (fraction(hash) < deposit.chance) clump(builder, { x, y: cellY * CELL, z }, deposit.radius, hash, ids);
      }
    }
  });
}

/** An ellipsoid whose middle and flatness come from the hash. */
function clump(
  builder: ChunkBuilder,
  corner: { readonly x: number; readonly y: number; readonly z: number },
  radius: number,
  hash: number,
  ids: Readonly<Record<number, number>>,
): void {
  const room = Math.max(0, CELL - 2 * radius);
  const middle = (bits: number): number => radius + (bits / 15) * room;
  const [mx, my, mz] = [middle(hash & 15), middle((hash >>> 4) & 15), middle((hash >>> 8) & 15)];
  const [sx, sz] = [0.7 + ((hash >>> 12) & 7) / 16, 0.7 + ((hash >>> 15) & 7) / 16];
  for (let y = 0; y < CELL; y++) {
    for (let z = 0; z < CELL; z++) {
      for (let x = 0; x < CELL; x++) {
        const [dx, dy, dz] = [(x + 0.5 - mx) / sx, y + 0.5 - my, (z + 0.5 - mz) / sz];
        if (dx * dx + dy * dy + dz * dz > radius * radius) continue;
        const id = ids[builder.get(corner.x + x, corner.y + y, corner.z + z)];
        if (id !== undefined) builder.set(corner.x + x, corner.y + y, corner.z + z, id);
      }
    }
  }
}
