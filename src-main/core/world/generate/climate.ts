import { clamp, fractal2, lerp, saltedSeed, smooth } from './noise.ts';

export const SEA_LEVEL = 63;

/** One column of the overworld. */
export interface Column {
  /** Topmost block of ground, before caves. */
  readonly height: number;
  /** Height that the continent alone would give: below the sea level the column is sea or its shore. */
  readonly base: number;
  readonly river: boolean;
  /** -1 frozen .. 1 hot; -1 dry .. 1 wet. */
  readonly temperature: number;
  readonly humidity: number;
}

/** Continent noise to height in blocks. */
const CONTINENT: readonly (readonly [noise: number, height: number])[] = [
  [-1, 28],
  [-0.45, 38],
  [-0.2, 52],
  [-0.1, 61],
  [-0.04, 65],
  [0.2, 69],
  [0.5, 80],
  [1, 105],
];

/** Shape and climate of the overworld as functions of the position. */
export class Climate {
  readonly #continent: number;
  readonly #hills: number;
  readonly #rough: number;
  readonly #ridges: number;
  readonly #detail: number;
  readonly #rivers: number;
  readonly #temperature: number;
  readonly #humidity: number;

  constructor(seed: bigint) {
    this.#continent = saltedSeed(seed, 1);
    this.#hills = saltedSeed(seed, 2);
    this.#rough = saltedSeed(seed, 3);
    this.#ridges = saltedSeed(seed, 4);
    this.#detail = saltedSeed(seed, 5);
    this.#rivers = saltedSeed(seed, 6);
    this.#temperature = saltedSeed(seed, 7);
    this.#humidity = saltedSeed(seed, 8);
  }

  column(x: number, z: number): Column {
    const base = spline(CONTINENT, clamp(fractal2(this.#continent, x / 1100, z / 1100, 5) * 1.7, -1, 1));
    const land = clamp((base - 60) / 8, 0, 1);
    const rough = smooth(clamp(fractal2(this.#rough, x / 700, z / 700, 2) * 1.4 + 0.45, 0, 1));
    const ridge = 1 - Math.abs(fractal2(this.#ridges, x / 380, z / 380, 4));
    const mountains = smooth(clamp((rough - 0.62) * 3, 0, 1)) * clamp((base - 65) / 10, 0, 1);
    const rolling =
      fractal2(this.#hills, x / 230, z / 230, 3) * (4 + 14 * rough) + fractal2(this.#detail, x / 45, z / 45, 2) * (1.5 + 2 * rough);
    const raised = base + land * rolling + mountains * ridge * ridge * ridge * 85;
    const river = this.#riverAt(x, z) * land * clamp((105 - raised) / 20, 0, 1);
    const height = Math.floor(lerp(raised, Math.min(raised, 57), river));
    const cold = Math.max(0, height - 95) * 0.007;
    return {
      height,
      base,
      river: river > 0.35 && height < SEA_LEVEL,
      temperature: clamp(fractal2(this.#temperature, x / 1500, z / 1500, 3) * 1.9 - cold, -1, 1),
      humidity: clamp(fractal2(this.#humidity, x / 1100, z / 1100, 3) * 1.9, -1, 1),
    };
  }

  /** 1 in the middle of a river, 0 beyond its banks. */
  #riverAt(x: number, z: number): number {
    const distance = Math.abs(fractal2(this.#rivers, x / 520, z / 520, 3));
    return smooth(clamp(1 - distance / 0.055, 0, 1));
  }
}

/** Biome of a column of 4 x 4, from its middle. */
export function biomeOf({ height, base, river, temperature, humidity }: Column): string {
  if (height < SEA_LEVEL - 1) return river ? (temperature < -0.5 ? 'frozen_river' : 'river') : oceanOf(height, temperature);
  if (height <= SEA_LEVEL + 1 && base < SEA_LEVEL + 2) return temperature < -0.5 ? 'snowy_beach' : 'beach';
  if (height > 150) return temperature < 0.1 ? 'frozen_peaks' : 'stony_peaks';
  if (height > 118) return temperature < -0.1 ? 'snowy_slopes' : 'windswept_hills';
  if (temperature < -0.5) return humidity > 0.1 ? 'snowy_taiga' : 'snowy_plains';
  if (temperature < -0.18) return humidity > -0.1 ? 'taiga' : 'plains';
  if (temperature < 0.35) return temperateOf(height, humidity);
  if (humidity < 0) return 'desert';
  return humidity < 0.3 ? 'savanna' : 'jungle';
}

function oceanOf(height: number, temperature: number): string {
  const deep = height < 45 ? 'deep_' : '';
  if (temperature < -0.5) return `${deep}frozen_ocean`;
  if (temperature < -0.18) return `${deep}cold_ocean`;
  if (temperature < 0.3) return `${deep}ocean`;
  return deep !== '' || temperature < 0.5 ? `${deep}lukewarm_ocean` : 'warm_ocean';
}

function temperateOf(height: number, humidity: number): string {
  if (humidity > 0.3 && height <= SEA_LEVEL + 3) return 'swamp';
  if (humidity < -0.1) return height > 95 ? 'meadow' : 'plains';
  if (humidity < 0.2) return 'forest';
  return humidity < 0.4 ? 'birch_forest' : 'dark_forest';
}

function spline(points: readonly (readonly [number, number])[], at: number): number {
  for (let i = 1; i < points.length; i++) {
    const [from, low] = points[i - 1]!;
    const [to, high] = points[i]!;
    if (at <= to) return lerp(low, high, (at - from) / (to - from));
  }
  return points.at(-1)![1];
}
