import type { BlockStates, BlockVolume, StateId } from '../../../core/world/index.ts';
import { longsFor, unpack, type Packing } from './packing.ts';
import type { Span } from './scan.ts';

const BLOCKS = 4096;
/** Longs of 4-bit indices: no index crosses a long in either packing. */
const LONGS_OF_4_BITS = 256;

/**
 * Makes block volumes out of a save's packed sections, in the form in which the canonical encoding needs no further work: palette
 * sorted by name, every entry in use, the narrowest width. One per thread: it keeps scratch memory.
 */
export class VolumeMaker {
  readonly #states: BlockStates;
  readonly #uniform = new Map<StateId, BlockVolume>();
  readonly #indices = new Uint16Array(BLOCKS);
  readonly #histogram = new Uint32Array(256);

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
    const histogram = this.#histogram.fill(0);
    for (let at = 0; at < packed.length; at += 8) {
      for (let k = 0; k < 8; k++) {
        const byte = bytes[start + at + 7 - k]!;
        packed[at + k] = byte;
        histogram[byte]! += 1;
      }
    }
    const counts = new Uint16Array(16);
    for (let byte = 0; byte < 256; byte++) {
      counts[byte & 15]! += histogram[byte]!;
      counts[byte >> 4]! += histogram[byte]!;
    }
    const order = this.#order(palette, counts);
    if (order === null) return null;
    const { kept, remap } = order;
    if (kept.length === 1) return this.uniform(kept[0]!);
    const solid = this.#solid(palette, counts);
    if (kept.length > 4) {
      if (!isIdentity(remap)) {
        const table = new Uint8Array(256);
        for (let byte = 0; byte < 256; byte++) table[byte] = (remap[byte & 15] ?? 0) | ((remap[byte >> 4] ?? 0) << 4);
        for (let i = 0; i < packed.length; i++) packed[i] = table[packed[i]!]!;
      }
      return { palette: kept, bits: 4, packed, solid };
    }
    const indices = this.#indices;
    for (let i = 0; i < packed.length; i++) {
      indices[2 * i] = packed[i]! & 15;
      indices[2 * i + 1] = packed[i]! >> 4;
    }
    return narrow(indices, kept, remap, solid);
  }

  #fromIndices(palette: readonly StateId[]): BlockVolume | null {
    const indices = this.#indices;
    const counts = new Uint16Array(palette.length);
    for (let i = 0; i < BLOCKS; i++) {
      const index = indices[i]!;
      if (index >= counts.length) return null;
      counts[index]! += 1;
    }
    const order = this.#order(palette, counts);
    if (order === null) return null;
    const { kept, remap } = order;
    if (kept.length === 1) return this.uniform(kept[0]!);
    return narrow(indices, kept, remap, this.#solid(palette, counts));
  }

  /** The states in use, without repeats, sorted by name, and the new index of every old one; null when an index has no entry. */
  #order(palette: readonly StateId[], counts: Uint16Array): { readonly kept: readonly StateId[]; readonly remap: Uint16Array } | null {
    const named: { readonly name: string; readonly id: StateId }[] = [];
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] === 0) continue;
      const id = palette[i];
      if (id === undefined) return null;
      if (!named.some((entry) => entry.id === id)) named.push({ name: this.#states.nameOf(id), id });
    }
    named.sort((a, b) => (a.name < b.name ? -1 : 1));
    const kept = named.map(({ id }) => id);
    const remap = new Uint16Array(palette.length);
    for (let i = 0; i < palette.length; i++) remap[i] = Math.max(0, kept.indexOf(palette[i]!));
    return { kept, remap };
  }

  #solid(palette: readonly StateId[], counts: Uint16Array): number {
    let solid = 0;
    for (let i = 0; i < palette.length; i++) if (counts[i]! > 0 && !this.#states.isAir(palette[i]!)) solid += counts[i]!;
    return solid;
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
