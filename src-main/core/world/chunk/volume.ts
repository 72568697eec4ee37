import type { BiomeVolume, BlockVolume, StateId } from '../model/chunk.ts';
import type { BlockStates } from '../model/states.ts';

export const SECTION_BLOCKS = 4096;
export const SECTION_BIOMES = 64;

type Bits = BlockVolume['bits'];
type Packed = Uint8Array | Uint16Array;

/** Index of a block in its section; coordinates may be those of the world. */
export function blockIndex(x: number, y: number, z: number): number {
  return ((y & 15) << 8) | ((z & 15) << 4) | (x & 15);
}

/**
 * `indices`: 4,096 indices into `palette`. Repeated and unused palette entries are dropped. Throws RangeError when an index has no
 * palette entry.
 */
export function blockVolume(palette: readonly StateId[], indices: ArrayLike<number>, states: BlockStates): BlockVolume {
  if (indices.length !== SECTION_BLOCKS) throw new RangeError(`${indices.length} blocks in a section`);
  const counts = new Uint16Array(palette.length);
  for (let i = 0; i < SECTION_BLOCKS; i++) {
    const index = indices[i]!;
    if (!(index < palette.length)) throw new RangeError(`palette index ${index} of ${palette.length}`);
    counts[index]! += 1;
  }
  const kept: StateId[] = [];
  const remap = new Uint16Array(palette.length);
  let solid = 0;
  for (let i = 0; i < palette.length; i++) {
    if (counts[i] === 0) continue;
    const id = palette[i]!;
    const known = kept.indexOf(id);
    remap[i] = known < 0 ? kept.push(id) - 1 : known;
    if (!states.isAir(id)) solid += counts[i]!;
  }
  const bits = bitsFor(kept.length);
  const packed = allocate(bits);
  if (packed !== null) for (let i = 0; i < SECTION_BLOCKS; i++) orIndex(packed, bits, i, remap[indices[i]!]!);
  return { palette: kept, bits, packed, solid };
}

export function uniformVolume(id: StateId, states: BlockStates): BlockVolume {
  return { palette: [id], bits: 0, packed: null, solid: states.isAir(id) ? 0 : SECTION_BLOCKS };
}

export function blockAt(volume: BlockVolume, index: number): StateId {
  return volume.palette[paletteIndexAt(volume, index)]!;
}

/** The same volume with one block changed; the volume itself when it was that block already. */
export function withBlock(volume: BlockVolume, index: number, id: StateId, states: BlockStates): BlockVolume {
  if (blockAt(volume, index) === id) return volume;
  const draft = draftOf(volume);
  setInDraft(draft, index, id, states);
  return draft;
}

/** State ids of all 4,096 blocks in order. `out` has at least that length. */
export function readBlocks(volume: BlockVolume, out: Uint16Array): void {
  readIndices(volume, out);
  const { palette } = volume;
  for (let i = 0; i < SECTION_BLOCKS; i++) out[i] = palette[out[i]!]!;
}

/** Palette indices of all 4,096 blocks in order. */
export function readIndices({ bits, packed }: BlockVolume, out: Uint8Array | Uint16Array): void {
  if (packed === null) out.fill(0, 0, SECTION_BLOCKS);
  else if (bits >= 8) out.set(packed);
  else {
    const each = 8 / bits;
    const mask = (1 << bits) - 1;
    let at = 0;
    for (let i = 0; at < SECTION_BLOCKS; i++) {
      let rest = packed[i]!;
      for (let k = 0; k < each; k++) {
        out[at++] = rest & mask;
        rest >>= bits;
      }
    }
  }
}

/** A volume that its owner changes in place before anybody else sees it. */
export interface VolumeDraft {
  palette: StateId[];
  bits: Bits;
  packed: Packed | null;
  solid: number;
}

export function draftOf(volume: BlockVolume): VolumeDraft {
  return { palette: volume.palette.slice(), bits: volume.bits, packed: volume.packed?.slice() ?? null, solid: volume.solid };
}

/** Returns what was there. */
export function setInDraft(draft: VolumeDraft, index: number, id: StateId, states: BlockStates): StateId {
  const before = blockAt(draft, index);
  if (before === id) return before;
  let slot = draft.palette.indexOf(id);
  if (slot < 0) slot = addToPalette(draft, id);
  if (draft.packed !== null) setIndex(draft.packed, draft.bits, index, slot);
  if (states.isAir(before)) draft.solid += 1;
  if (states.isAir(id)) draft.solid -= 1;
  return before;
}

/** When the palette is full for its width, unused entries go first; only then it widens. */
function addToPalette(draft: VolumeDraft, id: StateId): number {
  if (draft.palette.length === 1 << draft.bits) {
    const indices = new Uint16Array(SECTION_BLOCKS);
    readIndices(draft, indices);
    const used = new Uint8Array(draft.palette.length);
    for (const index of indices) used[index] = 1;
    const remap = new Uint16Array(draft.palette.length);
    const kept: StateId[] = [];
    draft.palette.forEach((state, i) => {
      if (used[i] === 1) remap[i] = kept.push(state) - 1;
    });
    const bits = bitsFor(kept.length + 1);
    const packed = allocate(bits)!;
    for (let i = 0; i < SECTION_BLOCKS; i++) orIndex(packed, bits, i, remap[indices[i]!]!);
    draft.palette = kept;
    draft.bits = bits;
    draft.packed = packed;
  }
  return draft.palette.push(id) - 1;
}

/** Palette index of one block. */
export function paletteIndexAt({ bits, packed }: BlockVolume, index: number): number {
  switch (bits) {
    case 0:
      return 0;
    case 1:
      return (packed![index >> 3]! >> (index & 7)) & 1;
    case 2:
      return (packed![index >> 2]! >> ((index & 3) << 1)) & 3;
    case 4:
      return (packed![index >> 1]! >> ((index & 1) << 2)) & 15;
    case 8:
    case 16:
      return packed![index]!;
  }
}

export function bitsFor(paletteLength: number): Bits {
  if (paletteLength <= 1) return 0;
  if (paletteLength <= 2) return 1;
  if (paletteLength <= 4) return 2;
  if (paletteLength <= 16) return 4;
  return paletteLength <= 256 ? 8 : 16;
}

export function allocate(bits: Bits): Packed | null {
  if (bits === 0) return null;
  return bits === 16 ? new Uint16Array(SECTION_BLOCKS) : new Uint8Array((SECTION_BLOCKS * bits) / 8);
}

/** Sets an index in memory that still holds zero there. */
export function orIndex(packed: Packed, bits: Bits, index: number, value: number): void {
  if (bits >= 8) packed[index] = value;
  else {
    const step = stepOf(bits);
    packed[index >> step]! |= value << ((index & ((1 << step) - 1)) * bits);
  }
}

function setIndex(packed: Packed, bits: Bits, index: number, value: number): void {
  if (bits >= 8) packed[index] = value;
  else {
    const step = stepOf(bits);
    const at = index >> step;
    const shift = (index & ((1 << step) - 1)) * bits;
    packed[at] = (packed[at]! & ~(((1 << bits) - 1) << shift)) | (value << shift);
  }
}

/** Binary logarithm of how many indices are in a byte. */
function stepOf(bits: Bits): number {
  return bits === 4 ? 1 : bits === 2 ? 2 : 3;
}

/** `indices`: 64 indices into `palette`, order (y << 4 | z << 2 | x). Repeated and unused entries are dropped. */
export function biomeVolume(palette: readonly string[], indices: ArrayLike<number>): BiomeVolume {
  if (indices.length !== SECTION_BIOMES) throw new RangeError(`${indices.length} biomes in a section`);
  const kept: string[] = [];
  const out = new Uint8Array(SECTION_BIOMES);
  for (let i = 0; i < SECTION_BIOMES; i++) {
    const name = palette[indices[i]!];
    if (name === undefined) throw new RangeError(`biome index ${indices[i]} of ${palette.length}`);
    const known = kept.indexOf(name);
    out[i] = known < 0 ? kept.push(name) - 1 : known;
  }
  return { palette: kept, indices: kept.length === 1 ? null : out };
}

export function uniformBiomes(name: string): BiomeVolume {
  return { palette: [name], indices: null };
}

/** `index` 0..63. */
export function biomeAt(volume: BiomeVolume, index: number): string {
  return volume.palette[volume.indices === null ? 0 : volume.indices[index]!]!;
}
