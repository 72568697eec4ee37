import type { BlockPos, DimensionName } from '../../../../src-shared/units/index.ts';
import type { WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import type { CouncilView } from '../model/state.ts';
import { Caves } from './caves.ts';
import { biomeOf, Climate, SEA_LEVEL } from './climate.ts';
import { generateEnd } from './end.ts';
import { flatTop, generateFlat, generateVoid, VOID_FLOOR_Y } from './flat.ts';
import { generateNether } from './nether.ts';
import { generateOverworld } from './overworld.ts';
import { besideTrees } from './trees.ts';

/** Raised with every change that makes another block anywhere; it is part of the world's council state. */
export const GENERATOR_VERSION = 1;

export interface GenerateRequest {
  readonly seed: bigint;
  readonly generator: CouncilView['generator'];
  readonly dimension: DimensionName;
  readonly x: number;
  readonly z: number;
}

const SPAWN_SEARCH_RINGS = 64;
const SPAWN_STEP = 16;

/**
 * The chunk that nobody has touched: a pure function of the request, without light. A dimension of a data pack, whose shape is not known
 * here, is empty.
 */
export function generateChunk({ seed, generator, dimension, x, z }: GenerateRequest, kit: WorldKit): Chunk {
  const known = kit.tables.dimensions.find(({ name }) => name === dimension);
  const box = { x, z, minY: known?.minY ?? 0, height: known?.height ?? 256 };
  if (generator.kind === 'void') return generateVoid(box, kit, { hasFloor: dimension === 'minecraft:overworld' });
  switch (dimension) {
    case 'minecraft:the_nether':
      return generateNether(seed, box, kit);
    case 'minecraft:the_end':
      return generateEnd(seed, box, kit);
    case 'minecraft:overworld':
      return generator.kind === 'flat' ? generateFlat(box, kit) : generateOverworld(seed, box, kit);
    default:
      return generateVoid(box, kit, { hasFloor: false });
  }
}

/** Feet of who comes first: dry, gentle land near 0 0 of the overworld. */
export function findSpawn({ seed, generator }: Pick<GenerateRequest, 'seed' | 'generator'>, kit: WorldKit): BlockPos {
  const minY = kit.tables.dimensions.find(({ name }) => name === 'minecraft:overworld')?.minY ?? 0;
  if (generator.kind === 'void') return { x: 8, y: VOID_FLOOR_Y + 1, z: 8 };
  if (generator.kind === 'flat') return { x: 8, y: flatTop(minY) + 1, z: 8 };
  const climate = new Climate(seed);
  const caves = new Caves(seed);
  for (let ring = 0; ring <= SPAWN_SEARCH_RINGS; ring++) {
    for (const [dx, dz] of ringOf(ring)) {
      const [x, z] = [besideTrees(dx * SPAWN_STEP + 8), dz * SPAWN_STEP + 8];
      const column = climate.column(x, z);
      const { height } = column;
      const isLand = height >= SEA_LEVEL && height < 100 && GENTLE.has(biomeOf(column));
      if (isLand && !caves.at({ x, y: height, z }, minY, height)) return { x, y: height + 1, z };
    }
  }
  return { x: 8, y: Math.max(SEA_LEVEL, climate.column(8, 8).height + 1), z: 8 };
}

const GENTLE: ReadonlySet<string> = new Set(['plains', 'forest', 'birch_forest', 'meadow', 'taiga', 'savanna', 'swamp', 'snowy_plains']);

/** The squares around the middle, each once, in a fixed order. */
function* ringOf(ring: number): Generator<readonly [dx: number, dz: number]> {
  for (let dz = -ring; dz <= ring; dz++) {
    const step = Math.abs(dz) === ring ? 1 : Math.max(1, 2 * ring);
    for (let dx = -ring; dx <= ring; dx += step) yield [dx, dz];
  }
}
