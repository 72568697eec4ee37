import type { BiomeVolume } from '../../../core/world/index.ts';
import { biomeOfNumber } from './biomeNumbers.ts';
import { longsFor, unpack } from './packing.ts';
import type { Renames } from './renames.ts';
import type { ScannedSection, Span } from './scan.ts';

const CELLS = 64;
/** 4 x 4 cells: what one layer of a chunk's biomes holds. */
const CELLS_PER_LAYER = 16;
/** What vanilla fills in where a save says nothing. */
const DEFAULT = 'minecraft:plains';
/** A tall world of 1.17 (an experimental data pack) begins 4 sections lower. */
const LAYERS_OF_TALL = 96;
const TALL_FIRST_SECTION = -4;

/** One per thread: keeps what repeats. */
export class BiomeMaker {
  readonly #uniform = new Map<string, BiomeVolume>();
  readonly #indices = new Uint16Array(CELLS);
  readonly #numbers = new Map<Renames, Map<number, string>>();

  uniform(name: string): BiomeVolume {
    let volume = this.#uniform.get(name);
    if (volume === undefined) {
      volume = { palette: [name], indices: null };
      // Names come from files: only so many are worth remembering.
      if (this.#uniform.size < 1000) this.#uniform.set(name, volume);
    }
    return volume;
  }

  get missing(): BiomeVolume {
    return this.uniform(DEFAULT);
  }

  /** Of a section since 1.18; null when palette and data do not belong together. */
  fromSection(section: ScannedSection, bytes: Uint8Array, renames: Renames): BiomeVolume | null {
    const { biomePalette, biomeData } = section;
    if (biomePalette.length === 0) return this.missing;
    const names = biomePalette.map((name) => renames.toNewBiome(name));
    if (names.length === 1) return this.uniform(names[0]!);
    if (biomeData === null) return null;
    const bits = bitsOf(names.length, biomeData.count);
    if (bits === null) return null;
    unpack({ bytes, start: biomeData.start }, { bits, packing: 'padded', count: CELLS }, this.#indices);
    if (this.#indices.some((index) => index >= names.length)) return null;
    return this.#volume(names, this.#indices);
  }

  /** The section `y` of a chunk before 1.18, whose biomes are numbers: 16 x 16 columns, or cells from bottom to top. */
  fromNumbers(biomes: Span, bytes: Uint8Array, y: number, renames: Renames): BiomeVolume {
    const names: string[] = [];
    const flat = biomes.count === 256;
    const layers = Math.floor(biomes.count / CELLS_PER_LAYER);
    if (!flat && layers === 0) return this.missing;
    const firstLayer = 4 * (y - (layers === LAYERS_OF_TALL ? TALL_FIRST_SECTION : 0));
    for (let cell = 0; cell < CELLS; cell++) {
      const x = cell & 3;
      const z = (cell >> 2) & 3;
      const layer = Math.max(0, Math.min(layers - 1, firstLayer + (cell >> 4)));
      // Of 4 x 4 columns vanilla's upgrade takes the one at (2, 2).
      const index = flat ? (4 * z + 2) * 16 + 4 * x + 2 : layer * CELLS_PER_LAYER + (cell & 15);
      const number = int32(bytes, biomes.start + 4 * index);
      const name = this.#nameOf(number, renames);
      const known = names.indexOf(name);
      this.#indices[cell] = known < 0 ? names.push(name) - 1 : known;
    }
    return names.length === 1 ? this.uniform(names[0]!) : this.#volume(names, this.#indices);
  }

  /** Sorted, without repeats or entries that are not in use. */
  #volume(names: readonly string[], indices: Uint16Array): BiomeVolume {
    const used = new Set<string>();
    for (let i = 0; i < CELLS; i++) used.add(names[indices[i]!]!);
    const palette = [...used].sort();
    if (palette.length === 1) return this.uniform(palette[0]!);
    const remap = names.map((name) => palette.indexOf(name));
    const out = new Uint8Array(CELLS);
    for (let i = 0; i < CELLS; i++) out[i] = remap[indices[i]!]!;
    return { palette, indices: out };
  }

  #nameOf(number: number, renames: Renames): string {
    let names = this.#numbers.get(renames);
    if (names === undefined) {
      names = new Map();
      this.#numbers.set(renames, names);
    }
    let name = names.get(number);
    if (name === undefined) {
      const old = biomeOfNumber(number);
      if (old === null) return DEFAULT;
      name = renames.toNewBiome(old);
      names.set(number, name);
    }
    return name;
  }
}

function bitsOf(palette: number, longs: number): number | null {
  for (let bits = Math.max(1, 32 - Math.clz32(palette - 1)); bits <= 16; bits++) if (longsFor(CELLS, bits, 'padded') === longs) return bits;
  return null;
}

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
