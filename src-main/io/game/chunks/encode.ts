import type { BlockStates, Chunk, GameTables, SectionLight } from '../../../core/world/index.ts';
import { PacketWriter } from '../wire/packetWriter.ts';
import { BlockEntityViews } from './blockEntities.ts';
import { HeightmapScanner, writeHeightmaps } from './heightmaps.ts';
import { sectionBytesMax, SectionEncoder } from './sections.ts';

/** Builds whole chunk packets (1.20.2 to 1.21.4) without the general codec, which takes milliseconds for one. */
export class ChunkEncoder {
  readonly #packetId: number;
  readonly #sections: SectionEncoder;
  readonly #heightmaps: HeightmapScanner;
  readonly #blockEntities: BlockEntityViews;
  /** Scratch for the sections, whose length stands before them. */
  readonly #scratch = new PacketWriter(256 * 1024);

  constructor(tables: GameTables, states: BlockStates, packetId: number) {
    this.#packetId = packetId;
    this.#sections = new SectionEncoder(tables, states);
    this.#heightmaps = new HeightmapScanner(tables, states);
    this.#blockEntities = new BlockEntityViews(tables.dataVersion);
  }

  /** The packet with its id, unframed. `light` as in `Chunk`, one entry below and above the sections. */
  encode(chunk: Chunk, light: readonly SectionLight[]): Buffer {
    this.#scratch.reset();
    for (const section of chunk.sections) {
      this.#scratch.reserve(sectionBytesMax(section));
      this.#sections.write(this.#scratch, section);
    }
    const to = new PacketWriter(this.#scratch.length + light.length * 4200 + 2048);
    to.varint(this.#packetId).i32(chunk.x).i32(chunk.z);
    writeHeightmaps(to, this.#heightmaps.scan(chunk), chunk.sections.length * 16);
    this.#scratch.appendTo(to);
    this.#blockEntities.write(to, chunk);
    writeLight(to, light);
    return to.finishInPlace();
  }
}

/** A layer of light is sent, sent as "all dark" (one bit), or left out where it is not known. */
function writeLight(to: PacketWriter, light: readonly SectionLight[]): void {
  const sky = sortLayers(light.map((section) => section.sky));
  const block = sortLayers(light.map((section) => section.block));
  writeMask(to, sky.lit);
  writeMask(to, block.lit);
  writeMask(to, sky.dark);
  writeMask(to, block.dark);
  for (const { sent } of [sky, block]) {
    to.varint(sent.length);
    for (const layer of sent) to.varint(layer.length).raw(layer);
  }
}

interface Layers {
  readonly sent: readonly Uint8Array[];
  /** Indices of sections. */
  readonly lit: readonly number[];
  readonly dark: readonly number[];
}

function sortLayers(layers: readonly (Uint8Array | null)[]): Layers {
  const sent: Uint8Array[] = [];
  const lit: number[] = [];
  const dark: number[] = [];
  for (const [index, layer] of layers.entries()) {
    if (layer === null) continue;
    if (isDark(layer)) dark.push(index);
    else {
      lit.push(index);
      sent.push(layer);
    }
  }
  return { sent, lit, dark };
}

/** A bit set as vanilla writes it: words of 64 bits, the lowest first. */
function writeMask(to: PacketWriter, indices: readonly number[]): void {
  let mask = 0n;
  for (const index of indices) mask |= 1n << BigInt(index);
  const words = [];
  for (let rest = mask; rest !== 0n; rest >>= 64n) words.push(BigInt.asIntN(64, rest));
  to.varint(words.length);
  for (const word of words) to.i64(word);
}

const DARK = new Uint8Array(2048);

function isDark(layer: Uint8Array): boolean {
  return Buffer.compare(layer, DARK) === 0;
}
