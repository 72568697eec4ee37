import type { ChunkBuilder } from './builder.ts';
import type { Caves } from './caves.ts';
import { biomeOf, SEA_LEVEL, type Climate } from './climate.ts';
import { fraction, hash2, saltedSeed } from './noise.ts';

/** Trees stand in a grid of cells, one at most in each: the cell decides, whichever chunk asks. */
const CELL = 5;
/** Blocks that a tree reaches from its trunk. */
const REACH = 2;

type Kind = 'oak' | 'birch' | 'spruce' | 'jungle' | 'acacia' | 'dark_oak';

/** The next x, eastwards, at which no trunk ever stands: the last column of each cell is free. */
export function besideTrees(x: number): number {
  const inCell = ((x % CELL) + CELL) % CELL;
  return x + CELL - 1 - inCell;
}

interface Tree {
  readonly kind: Kind;
  readonly x: number;
  readonly z: number;
  /** Y of the ground, and blocks of trunk above it. */
  readonly ground: number;
  readonly trunk: number;
}

/** Chance of a tree in a cell, and of which kinds, by biome. */
const WOODS: Readonly<Record<string, { readonly chance: number; readonly kinds: readonly Kind[] }>> = {
  plains: { chance: 0.02, kinds: ['oak'] },
  meadow: { chance: 0.01, kinds: ['oak', 'birch'] },
  forest: { chance: 0.72, kinds: ['oak', 'oak', 'oak', 'birch'] },
  birch_forest: { chance: 0.7, kinds: ['birch'] },
  dark_forest: { chance: 0.95, kinds: ['dark_oak', 'dark_oak', 'oak'] },
  swamp: { chance: 0.3, kinds: ['oak'] },
  taiga: { chance: 0.66, kinds: ['spruce'] },
  snowy_taiga: { chance: 0.6, kinds: ['spruce'] },
  snowy_plains: { chance: 0.01, kinds: ['spruce'] },
  windswept_hills: { chance: 0.05, kinds: ['spruce', 'oak'] },
  savanna: { chance: 0.12, kinds: ['acacia'] },
  jungle: { chance: 0.9, kinds: ['jungle', 'jungle', 'oak'] },
};

const TRUNKS: Readonly<Record<Kind, readonly [least: number, more: number]>> = {
  oak: [4, 3],
  birch: [5, 3],
  spruce: [6, 4],
  jungle: [6, 6],
  acacia: [5, 3],
  dark_oak: [5, 3],
};

/** Leaves by layer from the trunk's top downwards: rows of `[height above the top, radius, corners]`. */
const CROWNS: Readonly<Record<Kind, (trunk: number) => readonly (readonly [dy: number, radius: number, corners: boolean])[]>> = {
  oak: () => ROUND,
  birch: () => ROUND,
  jungle: () => ROUND,
  dark_oak: () => [
    [1, 1, false],
    [0, 2, false],
    [-1, 2, true],
  ],
  acacia: () => [
    [1, 1, true],
    [0, 2, true],
  ],
  spruce: (trunk) => [
    [1, 0, false],
    [0, 1, false],
    ...Array.from({ length: trunk - 3 }, (_, i) => [-1 - i, i % 2 === 0 ? 1 : 2, false] as const),
  ],
};

const ROUND = [
  [1, 1, false],
  [0, 1, true],
  [-1, 2, false],
  [-2, 2, true],
] as const;

export class Trees {
  readonly #seed: number;
  readonly #climate: Climate;
  readonly #caves: Caves;

  constructor(seed: bigint, climate: Climate, caves: Caves) {
    this.#seed = saltedSeed(seed, 30);
    this.#climate = climate;
    this.#caves = caves;
  }

  /** Puts every tree that reaches into the chunk. 1. All trunks. 2. Leaves into what is still air, so that the order does not matter. */
  grow(builder: ChunkBuilder, chunk: { readonly x: number; readonly z: number }): void {
    const trees = this.#near(chunk, builder.minY);
    for (const tree of trees) growTrunk(builder, chunk, tree);
    for (const tree of trees) growCrown(builder, chunk, tree);
  }

  #near(chunk: { readonly x: number; readonly z: number }, minY: number): readonly Tree[] {
    const trees: Tree[] = [];
    const first = (at: number): number => Math.floor((at * 16 - REACH) / CELL);
    const last = (at: number): number => Math.floor((at * 16 + 15 + REACH) / CELL);
    for (let cellZ = first(chunk.z); cellZ <= last(chunk.z); cellZ++) {
      for (let cellX = first(chunk.x); cellX <= last(chunk.x); cellX++) {
        const tree = this.#inCell(cellX, cellZ, minY);
        if (tree !== null) trees.push(tree);
      }
    }
    return trees;
  }

  #inCell(cellX: number, cellZ: number, minY: number): Tree | null {
    const hash = hash2(this.#seed, cellX, cellZ);
    const x = cellX * CELL + (hash % (CELL - 1));
    const z = cellZ * CELL + ((hash >>> 8) % (CELL - 1));
    const biome = biomeOf(this.#climate.column((x & ~3) + 2, (z & ~3) + 2));
    const woods = WOODS[biome];
    const luck = hash2(this.#seed + 1, cellX, cellZ);
    if (woods === undefined || fraction(luck) >= woods.chance) return null;
    const ground = this.#climate.column(x, z).height;
    if (ground < SEA_LEVEL || this.#caves.at({ x, y: ground, z }, minY, ground)) return null;
    const kind = woods.kinds[(hash >>> 16) % woods.kinds.length]!;
    const [least, more] = TRUNKS[kind];
    return { kind, x, z, ground, trunk: least + ((hash >>> 20) % more) };
  }
}

function growTrunk(builder: ChunkBuilder, chunk: { readonly x: number; readonly z: number }, tree: Tree): void {
  const [x, z] = [tree.x - chunk.x * 16, tree.z - chunk.z * 16];
  if (x < 0 || x > 15 || z < 0 || z > 15) return;
  builder.set(x, tree.ground, z, builder.id('dirt'));
  for (let y = 1; y <= tree.trunk; y++) builder.set(x, tree.ground + y, z, builder.id(`${tree.kind}_log[axis=y]`));
}

function growCrown(builder: ChunkBuilder, chunk: { readonly x: number; readonly z: number }, tree: Tree): void {
  const top = tree.ground + tree.trunk;
  for (const [dy, radius, corners] of CROWNS[tree.kind](tree.trunk)) {
    for (let dz = -radius; dz <= radius; dz++) {
      for (let dx = -radius; dx <= radius; dx++) {
        if (!corners && radius > 0 && Math.abs(dx) === radius && Math.abs(dz) === radius) continue;
        const [x, y, z] = [tree.x + dx - chunk.x * 16, top + dy, tree.z + dz - chunk.z * 16];
        if (x < 0 || x > 15 || z < 0 || z > 15 || !builder.isAir(x, y, z)) continue;
        const distance = Math.max(1, Math.abs(dx) + Math.abs(dz) + Math.max(0, dy));
        builder.set(x, y, z, builder.id(`${tree.kind}_leaves[distance=${distance},persistent=false,waterlogged=false]`));
      }
    }
  }
}
