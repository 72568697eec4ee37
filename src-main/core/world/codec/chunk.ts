import { BLOCK_ENTITIES_PER_CHUNK_MAX, SECTIONS_PER_CHUNK_MAX, TICKS_PER_CHUNK_MAX } from '../../../../src-shared/config/index.ts';
import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter, WireError } from '../../../../src-shared/wire/index.ts';
import type { WorldKit } from '../door.ts';
import type { Chunk, Section } from '../model/chunk.ts';
import { decodeLight, encodeLight, putLight } from './light.ts';
import { putNbt, takeNbt } from './nbt.ts';
import { decodeParts, encodeParts, nameOfParts, orDamaged, putPartsHead } from './parts.ts';
import { encodeSection, putSection, SectionReader } from './section.ts';

const META_TAG = 1;
const BLOCK_ENTITY_TAG = 3;
const TICKS_TAG = 4;

/** What most chunks have, once. */
const NO_BLOCK_ENTITIES: ReadonlyMap<number, NbtCompound> = new Map();
const NO_TICKS: Chunk['ticks'] = { block: [], fluid: [] };

/** Canonical bytes: equal chunks have equal bytes on every machine, whatever ids their process gave to unknown blocks. */
export function encodeChunk(chunk: Chunk, kit: WorldKit): Uint8Array {
  const parts = [
    encodeMeta(chunk),
    ...chunk.sections.map((section) => encodeSection(section, kit)),
    ...sortedBlockEntities(chunk).map(([key, nbt]) => encodeBlockEntity(key, nbt)),
    encodeTicks(chunk.ticks),
  ];
  return encodeParts('chunk', { parts, tail: encodeLight(chunk.light) });
}

/**
 * `encodeChunk` and `chunkName` in one, for a thread that does it to a world: every part is encoded once, what chunks share (air) is
 * encoded and hashed once, and the memory is that of the chunk before.
 */
export class ChunkEncoder {
  readonly #kit: WorldKit;
  readonly #part = new ByteWriter(64 * 1024);
  readonly #blob = new ByteWriter(128 * 1024);
  readonly #shared = new WeakMap<Section, { readonly part: Uint8Array; readonly hash: Uint8Array }>();

  constructor(kit: WorldKit) {
    this.#kit = kit;
  }

  /** `bytes` are good until the next call. */
  encode(chunk: Chunk): { readonly name: Hash; readonly bytes: Uint8Array } {
    const blockEntities = sortedBlockEntities(chunk);
    const hashes: Uint8Array[] = [];
    const add = (put: (writer: ByteWriter) => void): void => {
      this.#part.clear();
      put(this.#part);
      const part = this.#part.view();
      hashes.push(this.#kit.digest(part));
      this.#blob.bytes(part);
    };
    this.#blob.clear();
    putPartsHead(this.#blob, 'chunk', 2 + chunk.sections.length + blockEntities.length);
    add((writer) => putMeta(writer, chunk));
    for (const section of chunk.sections) {
      if (section.blocks.packed !== null || section.biomes.indices !== null) add((writer) => putSection(writer, section, this.#kit));
      else {
        const { part, hash } = this.#sharedPart(section);
        hashes.push(hash);
        this.#blob.bytes(part);
      }
    }
    for (const [key, nbt] of blockEntities) add((writer) => putBlockEntity(writer, key, nbt));
    add((writer) => putTicks(writer, chunk.ticks));
    putLight(this.#blob, chunk.light);
    return { name: toHex(nameOfParts('chunk', hashes, this.#kit.digest)) as Hash, bytes: this.#blob.view() };
  }

  #sharedPart(section: Section): { readonly part: Uint8Array; readonly hash: Uint8Array } {
    let shared = this.#shared.get(section);
    if (shared === undefined) {
      const part = encodeSection(section, this.#kit);
      shared = { part, hash: this.#kit.digest(part) };
      this.#shared.set(section, shared);
    }
    return shared;
  }
}

/**
 * Throws AppError `store.blob-damaged` on everything that `encodeChunk` would not have written. The chunk keeps one copy of the bytes, of
 * which its blocks and light are views: a quarter less memory than arrays of their own.
 */
export function decodeChunk(bytes: Uint8Array, kit: WorldKit): Chunk {
  return orDamaged(() => {
    const { kind, parts, tail } = decodeParts(new Uint8Array(bytes));
    if (kind !== 'chunk' || parts.length < 2) throw new WireError(`a ${kind} instead of a chunk`, 1);
    const { sectionCount, blockEntityCount, ...facts } = decodeMeta(parts[0]!);
    if (parts.length !== 2 + sectionCount + blockEntityCount) throw new WireError('another number of parts', 2);
    const reader = new SectionReader(kit);
    const chunk: Chunk = {
      ...facts,
      sections: parts.slice(1, 1 + sectionCount).map((part) => reader.read(part)),
      blockEntities: decodeBlockEntities(parts.slice(1 + sectionCount, -1)),
      ticks: decodeTicks(parts.at(-1)!),
      light: decodeLight(tail, sectionCount),
    };
    // The name only: most chunks are never edited, and their parts' digests would take more room than they save time.
    const hashes = parts.map((part) => kit.digest(part));
    kit.hashes.set(chunk, nameOfParts('chunk', hashes, kit.digest));
    return chunk;
  });
}

/** Merkle root over the parts, light excluded. Hashes only what was not hashed before. */
export function chunkName(chunk: Chunk, kit: WorldKit): Hash {
  let name = kit.hashes.get(chunk);
  if (name === undefined) {
    const hashes = [
      kit.digest(encodeMeta(chunk)),
      ...chunk.sections.map((section) => hashOf(section, kit, () => encodeSection(section, kit))),
      ...sortedBlockEntities(chunk).map(([key, nbt]) => kit.digest(encodeBlockEntity(key, nbt))),
      hashOf(chunk.ticks, kit, () => encodeTicks(chunk.ticks)),
    ];
    name = nameOfParts('chunk', hashes, kit.digest);
    kit.hashes.set(chunk, name);
  }
  return toHex(name) as Hash;
}

function hashOf(part: object, kit: WorldKit, encode: () => Uint8Array): Uint8Array {
  const known = kit.hashes.get(part);
  if (known !== undefined) return known;
  const hash = kit.digest(encode());
  kit.hashes.set(part, hash);
  return hash;
}

type Meta = Pick<Chunk, 'x' | 'z' | 'minSection' | 'dataVersion' | 'origin' | 'entities' | 'poi'> & {
  readonly sectionCount: number;
  readonly blockEntityCount: number;
};

function encodeMeta(chunk: Chunk): Uint8Array {
  const writer = new ByteWriter(128);
  putMeta(writer, chunk);
  return writer.view();
}

function putMeta(writer: ByteWriter, chunk: Chunk): void {
  writer.u8(META_TAG);
  writer.i32(chunk.x);
  writer.i32(chunk.z);
  writer.zigzag(chunk.minSection);
  writer.varint(chunk.sections.length);
  writer.varint(chunk.blockEntities.size);
  writer.varint(chunk.dataVersion);
  for (const hash of [chunk.origin, chunk.entities, chunk.poi]) {
    writer.bool(hash !== null);
    if (hash !== null) writer.hash(hash);
  }
}

export function decodeMeta(bytes: Uint8Array): Meta {
  const reader = new ByteReader(bytes);
  if (reader.u8() !== META_TAG) reader.fail('no chunk facts');
  const optionalHash = (): Hash | null => (reader.bool() ? reader.hash() : null);
  const meta: Meta = {
    x: reader.i32(),
    z: reader.i32(),
    minSection: reader.zigzag(),
    sectionCount: reader.varint(SECTIONS_PER_CHUNK_MAX),
    blockEntityCount: reader.varint(BLOCK_ENTITIES_PER_CHUNK_MAX),
    dataVersion: reader.varint(),
    origin: optionalHash(),
    entities: optionalHash(),
    poi: optionalHash(),
  };
  reader.end();
  return meta;
}

function sortedBlockEntities(chunk: Chunk): readonly (readonly [number, NbtCompound])[] {
  return [...chunk.blockEntities].sort(([a], [b]) => a - b);
}

function encodeBlockEntity(key: number, nbt: NbtCompound): Uint8Array {
  const writer = new ByteWriter(256);
  putBlockEntity(writer, key, nbt);
  return writer.view();
}

function putBlockEntity(writer: ByteWriter, key: number, nbt: NbtCompound): void {
  writer.u8(BLOCK_ENTITY_TAG);
  writer.i32(key);
  putNbt(writer, nbt);
}

function decodeBlockEntities(parts: readonly Uint8Array[]): ReadonlyMap<number, NbtCompound> {
  if (parts.length === 0) return NO_BLOCK_ENTITIES;
  const found = new Map<number, NbtCompound>();
  let last = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    const reader = new ByteReader(part);
    if (reader.u8() !== BLOCK_ENTITY_TAG) reader.fail('no block entity');
    const key = reader.i32();
    if (key <= last) reader.fail('block entities out of order');
    found.set(key, takeNbt(reader));
    reader.end();
    last = key;
  }
  return found;
}

function encodeTicks(ticks: Chunk['ticks']): Uint8Array {
  const writer = new ByteWriter(64);
  putTicks(writer, ticks);
  return writer.view();
}

function putTicks(writer: ByteWriter, ticks: Chunk['ticks']): void {
  writer.u8(TICKS_TAG);
  for (const list of [ticks.block, ticks.fluid]) {
    writer.varint(list.length);
    for (const tick of list) putNbt(writer, tick);
  }
}

function decodeTicks(bytes: Uint8Array): Chunk['ticks'] {
  const reader = new ByteReader(bytes);
  if (reader.u8() !== TICKS_TAG) reader.fail('no pending ticks');
  const list = (): readonly NbtCompound[] => Array.from({ length: reader.count(TICKS_PER_CHUNK_MAX) }, () => takeNbt(reader));
  const ticks = { block: list(), fluid: list() };
  reader.end();
  return ticks.block.length === 0 && ticks.fluid.length === 0 ? NO_TICKS : ticks;
}
