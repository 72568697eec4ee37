import {
  readBlocks,
  type BiomeVolume,
  type BlockStates,
  type BlockVolume,
  type GameTables,
  type Section,
} from '../../../core/world/index.ts';
import type { PacketWriter } from '../wire/packetWriter.ts';
import { varintBytes } from '../wire/varint.ts';

const SECTION_BLOCKS = 4096;
const SECTION_BIOMES = 64;
/** Entries up to this width go with a palette of their own; wider ones are registry ids. */
const BLOCK_PALETTE_BITS_MAX = 8;
const BIOME_PALETTE_BITS_MAX = 3;

/** Ids of biomes by the name that a chunk has, in any form that an older version called them. */
export type BiomeIds = (name: string) => number;

/** Unknown biomes (of mods, of newer versions) are shown as plains. */
export function biomeIds(tables: GameTables): BiomeIds {
  const ids = new Map(tables.biomes.map(({ name, id }) => [name, id]));
  for (const { from, to } of tables.renamedBiomes.toReversed()) {
    const id = ids.get(to);
    if (id !== undefined && !ids.has(from)) ids.set(from, id);
  }
  const plains = ids.get('minecraft:plains') ?? 0;
  return (name) => ids.get(name) ?? plains;
}

/**
 * Sections in the form of the chunk packet: count of blocks, paletted states, paletted biomes. Our packed indices already lie as the
 * protocol wants them, but for the order of bytes in each long, so most sections are a copy and a swap.
 * Source: https://minecraft.wiki/w/Java_Edition_protocol/Chunk_format
 */
export class SectionEncoder {
  readonly #states: BlockStates;
  readonly #biomes: BiomeIds;
  readonly #directStateBits: number;
  readonly #directBiomeBits: number;
  readonly #blocks = new Uint16Array(SECTION_BLOCKS);

  constructor(tables: GameTables, states: BlockStates) {
    this.#states = states;
    this.#biomes = biomeIds(tables);
    this.#directStateBits = bitsFor(tables.stateCount);
    this.#directBiomeBits = bitsFor(tables.biomes.length);
  }

  write(to: PacketWriter, section: Section): void {
    to.i16(section.blocks.solid);
    this.#writeBlocks(to, section.blocks);
    this.#writeBiomes(to, section.biomes);
  }

  #writeBlocks(to: PacketWriter, volume: BlockVolume): void {
    const { palette, bits, packed } = volume;
    if (packed === null) {
      to.u8(0).varint(this.#states.shown(palette[0]!)).varint(0);
      return;
    }
    if (bits > BLOCK_PALETTE_BITS_MAX) {
      this.#writeDirectBlocks(to, volume);
      return;
    }
    const width = bits === 8 ? 8 : 4;
    to.u8(width).varint(palette.length);
    for (const id of palette) to.varint(this.#states.shown(id));
    const bytes = (SECTION_BLOCKS * width) / 8;
    to.varint(bytes / 8);
    const { bytes: target, at } = to.take(bytes);
    if (bits === 1 || bits === 2) widen(packed as Uint8Array, bits, target, at);
    else target.set(packed, at);
    target.subarray(at, at + bytes).swap64();
  }

  #writeDirectBlocks(to: PacketWriter, volume: BlockVolume): void {
    readBlocks(volume, this.#blocks);
    to.u8(this.#directStateBits);
    writeEntries(to, this.#directStateBits, SECTION_BLOCKS, (index) => this.#states.shown(this.#blocks[index]!));
  }

  #writeBiomes(to: PacketWriter, { palette, indices }: BiomeVolume): void {
    if (indices === null) {
      to.u8(0).varint(this.#biomes(palette[0]!)).varint(0);
      return;
    }
    const ids = palette.map(this.#biomes);
    const bits = Math.max(1, bitsFor(palette.length));
    if (bits > BIOME_PALETTE_BITS_MAX) {
      to.u8(this.#directBiomeBits);
      writeEntries(to, this.#directBiomeBits, SECTION_BIOMES, (index) => ids[indices[index]!]!);
      return;
    }
    to.u8(bits).varint(ids.length);
    for (const id of ids) to.varint(id);
    writeEntries(to, bits, SECTION_BIOMES, (index) => indices[index]!);
  }
}

/** Smallest width that tells `count` values apart. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}

/** Entries from the lowest bits of each long up; none crosses from one long into the next. */
export function writeEntries(to: PacketWriter, bits: number, count: number, valueAt: (index: number) => number): void {
  const each = Math.floor(64 / bits);
  const longs = Math.ceil(count / each);
  to.varint(longs);
  writeLongs(to, { bits, count, longs }, valueAt);
}

export function writeLongs(
  to: PacketWriter,
  shape: { readonly bits: number; readonly count: number; readonly longs: number },
  valueAt: (index: number) => number,
): void {
  const each = Math.floor(64 / shape.bits);
  let index = 0;
  for (let long = 0; long < shape.longs; long++) {
    let low = 0;
    let high = 0;
    for (let i = 0; i < each && index < shape.count; i++, index++) {
      const value = valueAt(index);
      const shift = i * shape.bits;
      if (shift < 32) low |= value << shift;
      if (shift >= 32) high |= value << (shift - 32);
      else if (shift + shape.bits > 32) high |= value >>> (32 - shift);
    }
    to.i32(high).i32(low);
  }
}

/** Indices of 1 or 2 bits as indices of 4 bits, still the first in the lowest bits. */
function widen(packed: Uint8Array, bits: 1 | 2, target: Uint8Array, start: number): void {
  let at = start;
  for (const byte of packed) {
    if (bits === 2) {
      target[at++] = (byte & 3) | ((byte & 12) << 2);
      target[at++] = ((byte >> 4) & 3) | ((byte >> 2) & 48);
    } else {
      for (let shift = 0; shift < 8; shift += 2) target[at++] = ((byte >> shift) & 1) | (((byte >> (shift + 1)) & 1) << 4);
    }
  }
}

/** Most bytes that a section takes, to reserve once. */
export function sectionBytesMax(section: Section): number {
  const { palette, bits } = section.blocks;
  return 256 + (SECTION_BLOCKS * Math.max(4, bits)) / 8 + palette.length * varintBytes(0xffff);
}
