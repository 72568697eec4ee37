import { NAME_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { equalBytes } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter } from '../../../../src-shared/wire/index.ts';
import { allocate, bitsFor, orIndex, readIndices, SECTION_BIOMES, SECTION_BLOCKS, uniformBiomes } from '../chunk/volume.ts';
import type { WorldKit } from '../door.ts';
import type { BiomeVolume, BlockVolume, Section } from '../model/chunk.ts';

export const SECTION_TAG = 2;
/** More than a name with its properties takes, nearly always: what a writer begins with. */
const NAMES_BYTES = 64;

export function encodeSection(section: Section, kit: WorldKit): Uint8Array {
  const { packed, palette } = section.blocks;
  const writer = new ByteWriter(
    NAMES_BYTES * (palette.length + section.biomes.palette.length) + (packed?.byteLength ?? 0) + SECTION_BIOMES,
  );
  putSection(writer, section, kit);
  return writer.view();
}

/** Tag, blocks, biomes. A palette is the names in use, sorted by code unit; its indices take the narrowest width, 16 bits big-endian. */
export function putSection(writer: ByteWriter, section: Section, kit: WorldKit): void {
  writer.u8(SECTION_TAG);
  putBlocks(writer, section.blocks, kit);
  putBiomes(writer, section.biomes);
}

/** Reads the sections of one chunk. Indices stay views of the bytes, and biomes that are equal from one section to the next are one object. */
export class SectionReader {
  readonly #kit: WorldKit;
  readonly #indices = new Uint16Array(SECTION_BLOCKS);
  #biomes: BiomeVolume | null = null;

  constructor(kit: WorldKit) {
    this.#kit = kit;
  }

  /** Throws WireError. */
  read(part: Uint8Array): Section {
    const reader = new ByteReader(part);
    if (reader.u8() !== SECTION_TAG) reader.fail('no section');
    const blocks = takeBlocks(reader, this.#kit, this.#indices);
    const biomes = takeBiomes(reader);
    reader.end();
    if (this.#biomes === null || !isSameBiomes(this.#biomes, biomes)) this.#biomes = biomes;
    const section = { blocks, biomes: this.#biomes };
    return blocks.solid === 0 && blocks.bits === 0 && biomes.indices === null ? sharedAir(section, this.#kit) : section;
  }
}

function isSameBiomes(a: BiomeVolume, b: BiomeVolume): boolean {
  if (a.palette.length !== b.palette.length || a.palette.some((name, slot) => name !== b.palette[slot])) return false;
  return a.indices === null || b.indices === null ? a.indices === b.indices : equalBytes(a.indices, b.indices);
}

/** Air above the land is most of a world: one object for all that is equal. Only known biomes, so that the memo stays small. */
function sharedAir(section: Section, kit: WorldKit): Section {
  const biome = section.biomes.palette[0]!;
  const key = `${section.blocks.palette[0]!} ${biome}`;
  const known = kit.airSections.get(key);
  if (known !== undefined) return known;
  if (kit.tables.biomes.some(({ name }) => name === biome)) kit.airSections.set(key, section);
  return section;
}

function putBlocks(writer: ByteWriter, volume: BlockVolume, kit: WorldKit): void {
  const own = volume.palette.map((id) => kit.states.nameOf(id));
  if (isInOrder(own) && isNarrow(volume)) {
    putNames(writer, own);
    putPacked(writer, volume.packed);
    return;
  }
  const indices = new Uint16Array(SECTION_BLOCKS);
  readIndices(volume, indices);
  const { names, remap } = sortPalette(own, indices);
  putNames(writer, names);
  const bits = bitsFor(names.length);
  const packed = allocate(bits);
  if (packed === null) return;
  for (let i = 0; i < SECTION_BLOCKS; i++) orIndex(packed, bits, i, remap[indices[i]!]!);
  putPacked(writer, packed);
}

function putPacked(writer: ByteWriter, packed: BlockVolume['packed']): void {
  if (packed instanceof Uint8Array) writer.raw(packed);
  else if (packed !== null) for (const index of packed) writer.u16(index);
}

function isInOrder(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (!(names[i - 1]! < names[i]!)) return false;
  return true;
}

/** Every palette entry is in use and the indices have the narrowest width: what most volumes of a save and all decoded ones are. */
function isNarrow({ palette, bits, packed }: BlockVolume): boolean {
  if (bits !== bitsFor(palette.length) || bits === 16) return false;
  if (packed === null) return true;
  const bytes = new Uint8Array(256);
  for (let i = 0; i < packed.length; i++) bytes[packed[i]!] = 1;
  const used = new Uint8Array(1 << bits);
  const mask = used.length - 1;
  for (let byte = 0; byte < bytes.length; byte++) {
    if (bytes[byte] === 1) for (let shift = 0; shift < 8; shift += bits) used[(byte >> shift) & mask] = 1;
  }
  for (let slot = 0; slot < palette.length; slot++) if (used[slot] === 0) return false;
  return true;
}

function takeBlocks(reader: ByteReader, kit: WorldKit, indices: Uint16Array): BlockVolume {
  const names = takeNames(reader, SECTION_BLOCKS);
  const palette = names.map((name) => kit.states.idOf(name));
  const bits = bitsFor(names.length);
  const packed = takePacked(reader, bits);
  readIndices({ palette, bits, packed, solid: 0 }, indices);
  const counts = countUses(indices, names.length, reader);
  let solid = 0;
  palette.forEach((id, slot) => {
    if (!kit.states.isAir(id)) solid += counts[slot]!;
  });
  return { palette, bits, packed, solid };
}

function takePacked(reader: ByteReader, bits: BlockVolume['bits']): BlockVolume['packed'] {
  if (bits === 0) return null;
  if (bits < 16) return reader.view((SECTION_BLOCKS * bits) / 8);
  const packed = new Uint16Array(SECTION_BLOCKS);
  for (let i = 0; i < SECTION_BLOCKS; i++) packed[i] = reader.u16();
  return packed;
}

function putBiomes(writer: ByteWriter, volume: BiomeVolume): void {
  if (volume.indices === null) return putNames(writer, volume.palette);
  const { names, remap } = sortPalette(volume.palette, volume.indices);
  putNames(writer, names);
  if (names.length > 1) for (const index of volume.indices) writer.u8(remap[index]!);
}

function takeBiomes(reader: ByteReader): BiomeVolume {
  const names = takeNames(reader, SECTION_BIOMES);
  if (names.length === 1) return uniformBiomes(names[0]!);
  const indices = reader.view(SECTION_BIOMES);
  countUses(indices, names.length, reader);
  return { palette: names, indices };
}

/** Names in use, sorted, and for each old palette index its new one. */
function sortPalette(
  palette: readonly string[],
  indices: ArrayLike<number>,
): { readonly names: readonly string[]; readonly remap: Uint16Array } {
  const used = new Uint8Array(palette.length);
  for (let i = 0; i < indices.length; i++) used[indices[i]!] = 1;
  const names = palette.filter((_, slot) => used[slot] === 1).sort();
  const remap = new Uint16Array(palette.length);
  palette.forEach((name, slot) => {
    if (used[slot] === 1) remap[slot] = names.indexOf(name);
  });
  return { names, remap };
}

function putNames(writer: ByteWriter, names: readonly string[]): void {
  writer.varint(names.length);
  for (const name of names) writer.text(name);
}

function takeNames(reader: ByteReader, max: number): readonly string[] {
  const count = reader.count(max);
  if (count === 0) reader.fail('an empty palette');
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const name = reader.text(NAME_BYTES_MAX);
    if (i > 0 && !(names[i - 1]! < name)) reader.fail('a palette out of order');
    names.push(name);
  }
  return names;
}

/** How often each palette entry is used; an index beyond the palette or an entry without use is not canonical. */
function countUses(indices: ArrayLike<number>, length: number, reader: ByteReader): Uint16Array {
  const counts = new Uint16Array(length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index >= length) reader.fail(`palette index ${index} of ${length}`);
    counts[index]! += 1;
  }
  if (counts.includes(0)) reader.fail('a palette entry without use');
  return counts;
}
