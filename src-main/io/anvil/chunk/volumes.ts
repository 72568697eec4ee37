import type { BlockStates, BlockVolume, StateId } from '../../../core/world/index.ts';
import { longsFor, unpack, type Packing } from './packing.ts';
import type { Span } from './scan.ts';

const BLOCKS = 4096;
/** Longs of 4-bit indices: no index crosses a long in either packing. */
const LONGS_OF_4_BITS = 256;
/** Each nibble's lowest bit. */
const ONES = 0x11111111;

interface Order {
  /** In use, without repeats, sorted by name. */
  readonly kept: readonly StateId[];
  /** New index of every old one. */
  readonly remap: Uint16Array;
}

/**
 * Makes block volumes out of a save's packed sections, in the form in which the canonical encoding needs no further work: palette
 * sorted by name, every entry in use, the narrowest width. One per thread: it keeps scratch memory.
 */
export class VolumeMaker {
  readonly #states: BlockStates;
  readonly #uniform = new Map<StateId, BlockVolume>();
  readonly #indices = new Uint16Array(BLOCKS);
  readonly #table = new Uint8Array(256);
  /** For every byte a bit mask of the two indices in it. */
  readonly #masks = Uint16Array.from({ length: 256 }, (_, byte) => (1 << (byte & 15)) | (1 << (byte >> 4)));

  constructor(states: BlockStates) {
    this.#states = states;
  }

  uniform(id: StateId): BlockVolume {
    let volume = this.#uniform.get(id);
    if (volume === undefined) {
      volume = { palette: [id], bits: 0, packed: null, solid: this.#states.isAir(id) ? 0 : BLOCKS };
      this.#uniform.set(id, volume);
    }
    return volume;
  }

  /** Null when the data is not that of a section with this palette. */
  fromSave(palette: readonly StateId[], bytes: Uint8Array, data: Span | null, packing: Packing): BlockVolume | null {
    if (palette.length <= 1 && (data === null || palette.length === 1)) return this.uniform(palette[0] ?? 0);
    if (data === null) return null;
    if (data.count === LONGS_OF_4_BITS && palette.length <= 16) return this.#fromNibbles(palette, bytes, data.start);
    const bits = bitsOf(palette.length, data.count, packing);
    if (bits === null) return null;
    unpack({ bytes, start: data.start }, { bits, packing, count: BLOCKS }, this.#indices);
    return this.#fromIndices(palette);
  }

  /** Most sections: the save's nibbles are ours once the bytes of each long are turned round. */
  #fromNibbles(palette: readonly StateId[], bytes: Uint8Array, start: number): BlockVolume | null {
    const packed = new Uint8Array(BLOCKS / 2);
    const from = new DataView(bytes.buffer, bytes.byteOffset + start, packed.length);
    const to = new DataView(packed.buffer);
    const masks = this.#masks;
    let used = 0;
    for (let at = 0; at < packed.length; at += 4) {
      // The half of the long with the lower bits comes second in the save.
      const word = from.getInt32(at ^ 4);
      to.setInt32(at, word, true);
      used |= masks[word & 255]! | masks[(word >>> 8) & 255]! | masks[(word >>> 16) & 255]! | masks[word >>> 24]!;
    }
    if (used >> palette.length !== 0) return null;
    const { kept, remap } = this.#orderFew(palette, used);
    if (kept.length === 1) return this.uniform(kept[0]!);
    const solid = BLOCKS - this.#countAir(palette, used, packed);
    if (kept.length > 4) {
      if (!isIdentity(remap)) this.#renumber(packed, remap);
      return { palette: kept, bits: 4, packed, solid };
    }
    const indices = this.#indices;
    for (let i = 0; i < packed.length; i++) {
      indices[2 * i] = packed[i]! & 15;
      indices[2 * i + 1] = packed[i]! >> 4;
    }
    return narrow(indices, kept, remap, solid);
  }

  /** Eight nibbles at a time: of each that differs from the wanted one its lowest bit is left, and multiplying adds them up. */
  #countAir(palette: readonly StateId[], used: number, packed: Uint8Array): number {
    let air = 0;
    for (let index = 0; index < palette.length; index++) {
      if (((used >> index) & 1) === 0 || !this.#states.isAir(palette[index]!)) continue;
      const wanted = index * ONES;
      const words = new Int32Array(packed.buffer);
      for (let i = 0; i < words.length; i++) {
        const other = words[i]! ^ wanted;
        const half = other | (other >>> 1);
        air += 8 - (Math.imul((half | (half >>> 2)) & ONES, ONES) >>> 28);
      }
    }
    return air;
  }

  /** Two nibbles at a time. */
  #renumber(packed: Uint8Array, remap: Uint16Array): void {
    const table = this.#table;
    for (let high = 0; high < remap.length; high++) {
      for (let low = 0; low < remap.length; low++) table[(high << 4) | low] = (remap[high]! << 4) | remap[low]!;
    }
    for (let i = 0; i < packed.length; i++) packed[i] = table[packed[i]!]!;
  }

  #fromIndices(palette: readonly StateId[]): BlockVolume | null {
    const indices = this.#indices;
    const used = new Uint8Array(palette.length);
    for (let i = 0; i < BLOCKS; i++) {
      if (indices[i]! >= used.length) return null;
      used[indices[i]!] = 1;
    }
    const { kept, remap } = this.#order(palette, (index) => used[index] === 1);
    if (kept.length === 1) return this.uniform(kept[0]!);
    const isAir = Uint8Array.from(palette, (id) => (this.#states.isAir(id) ? 1 : 0));
    let solid = BLOCKS;
    if (isAir.includes(1)) for (let i = 0; i < BLOCKS; i++) solid -= isAir[indices[i]!]!;
    return narrow(indices, kept, remap, solid);
  }

  #order(palette: readonly StateId[], isUsed: (index: number) => boolean): Order {
    const kept = [...new Set(palette.filter((_, index) => isUsed(index)))];
    const names = new Map(kept.map((id) => [id, this.#states.nameOf(id)]));
    kept.sort((a, b) => (names.get(a)! < names.get(b)! ? -1 : 1));
    const slots = new Map(kept.map((id, slot) => [id, slot]));
    return { kept, remap: Uint16Array.from(palette, (id) => slots.get(id) ?? 0) };
  }

  /** The same for up to 16 states, where looking through them all is faster than any map. */
  #orderFew(palette: readonly StateId[], used: number): Order {
    const names: string[] = [];
    const kept: StateId[] = [];
    for (let index = 0; index < palette.length; index++) {
      const id = palette[index]!;
      if (((used >> index) & 1) === 0 || kept.includes(id)) continue;
      const name = this.#states.nameOf(id);
      let at = names.length;
      for (; at > 0 && names[at - 1]! > name; at--) {
        names[at] = names[at - 1]!;
        kept[at] = kept[at - 1]!;
      }
      names[at] = name;
      kept[at] = id;
    }
    const remap = new Uint16Array(palette.length);
    for (let index = 0; index < palette.length; index++) remap[index] = Math.max(0, kept.indexOf(palette[index]!));
    return { kept, remap };
  }
}

/** Width of the indices: what the palette needs if the data is as long as that, else what the data's length says (other programs). */
function bitsOf(palette: number, longs: number, packing: Packing): number | null {
  const least = Math.max(4, 32 - Math.clz32(palette - 1));
  for (let bits = least; bits <= 16; bits++) if (longsFor(BLOCKS, bits, packing) === longs) return bits;
  return null;
}

function isIdentity(remap: Uint16Array): boolean {
  for (let i = 0; i < remap.length; i++) if (remap[i] !== i) return false;
  return true;
}

function narrow(indices: Uint16Array, palette: readonly StateId[], remap: Uint16Array, solid: number): BlockVolume {
  if (palette.length > 256) {
    const packed = new Uint16Array(BLOCKS);
    for (let i = 0; i < BLOCKS; i++) packed[i] = remap[indices[i]!]!;
    return { palette, bits: 16, packed, solid };
  }
  const bits = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8;
  const packed = new Uint8Array((BLOCKS * bits) / 8);
  for (let at = 0, i = 0; at < packed.length; at++) {
    let byte = 0;
    for (let shift = 0; shift < 8; shift += bits) byte |= remap[indices[i++]!]! << shift;
    packed[at] = byte;
  }
  return { palette, bits, packed, solid };
}
