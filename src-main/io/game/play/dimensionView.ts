import { chunkKey, chunkOf, localKey, parseChunkKey, type BlockPos, type ChunkKey } from '../../../../src-shared/units/index.ts';
import {
  blockAt,
  blockIndex,
  blockVolume,
  computeLight,
  createLightScratch,
  LIGHT_NEIGHBOURS,
  readBlocks,
  withBlock,
  type Chunk,
  type DimensionInfo,
  type Section,
  type SectionLight,
  type StateId,
} from '../../../core/world/index.ts';
import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { SharedPacket } from '../wire/packet.ts';
import { Bodies } from './bodies.ts';
import type { GameContext } from './context.ts';
import type { Viewer } from './viewer.ts';

/** A chunk that some client of this gateway holds or is about to. */
interface HeldChunk {
  chunk: Chunk;
  /** Merkle name of the chunk as it came; null when it is not known, and once an effect has changed it. */
  name: string | null;
  packet: SharedPacket | null;
}

/** Blocks changed in one section from which on the section is rebuilt at once instead of block by block. */
const REBUILD_FROM = 8;
const AIR: StateId = 0;

/**
 * One dimension as the clients of this gateway see it: the chunks they hold with all effects shown so far, and what moves in them.
 * Exists while at least one client is there.
 */
export class DimensionView {
  readonly info: DimensionInfo;
  readonly viewers = new Set<Viewer>();
  readonly bodies: Bodies;
  /** The newest tick of which effects were shown. */
  tick: number;
  readonly #context: GameContext;
  readonly #chunks = new Map<ChunkKey, HeldChunk>();
  readonly #lightScratch = createLightScratch();

  constructor(context: GameContext, info: DimensionInfo, tick: number) {
    this.#context = context;
    this.info = info;
    this.tick = tick;
    this.bodies = new Bodies(context, this.viewers);
  }

  has(key: ChunkKey): boolean {
    return this.#chunks.has(key);
  }

  chunk(key: ChunkKey): Chunk | null {
    return this.#chunks.get(key)?.chunk ?? null;
  }

  /** A chunk as the node has it now. One that is held already is not replaced: it is the same, and clients may wait for its packet. */
  put(chunk: Chunk, name: string): void {
    const key = chunkKey(chunk.x, chunk.z);
    if (!this.#chunks.has(key)) this.#chunks.set(key, { chunk, name: name === '' ? null : name, packet: null });
  }

  drop(key: ChunkKey): void {
    this.#chunks.delete(key);
  }

  /** Air outside the height and where no chunk is held. */
  block(pos: BlockPos): StateId {
    const chunk = this.chunk(keyOfBlock(pos));
    const section = chunk?.sections[(pos.y >> 4) - chunk.minSection];
    return section === undefined ? AIR : blockAt(section.blocks, blockIndex(pos.x, pos.y, pos.z));
  }

  blockEntity(pos: BlockPos): { readonly nbt: NbtCompound; readonly dataVersion: number } | null {
    const chunk = this.chunk(keyOfBlock(pos));
    const found = chunk?.blockEntities.get(localKey(pos));
    return chunk === null || found === undefined ? null : { nbt: found, dataVersion: chunk.dataVersion };
  }

  /** `changes`: state by local key. Light goes stale: it is computed again when somebody new wants the chunk. */
  setBlocks(key: ChunkKey, changes: ReadonlyMap<number, StateId>): void {
    const held = this.#chunks.get(key);
    if (held === undefined) return;
    const bySection = Map.groupBy(changes, ([local]) => local >> 12);
    const sections = [...held.chunk.sections];
    for (const [y, edits] of bySection) {
      const index = y - held.chunk.minSection;
      const section = sections[index];
      if (section !== undefined) sections[index] = { ...section, blocks: this.#edited(section, edits) };
    }
    this.#change(held, { ...held.chunk, sections, light: null });
    // Neighbours may have got light from here.
    const { x, z } = parseChunkKey(key);
    for (const { dx, dz } of LIGHT_NEIGHBOURS) {
      const neighbour = this.#chunks.get(chunkKey(x + dx, z + dz));
      if (neighbour !== undefined && (neighbour.chunk.light !== null || neighbour.packet !== null)) {
        this.#change(neighbour, { ...neighbour.chunk, light: null });
      }
    }
  }

  setBlockEntity(pos: BlockPos, nbt: NbtCompound | null): void {
    const held = this.#chunks.get(keyOfBlock(pos));
    if (held === undefined) return;
    const blockEntities = new Map(held.chunk.blockEntities);
    if (nbt === null) blockEntities.delete(localKey(pos));
    else blockEntities.set(localKey(pos), nbt);
    this.#change(held, { ...held.chunk, blockEntities });
  }

  /** The chunk packet with all effects shown so far; null when the chunk is not held. Encoded once for all clients. */
  packet(key: ChunkKey): SharedPacket | null {
    const held = this.#chunks.get(key);
    if (held === undefined) return null;
    if (held.packet !== null) return held.packet;
    const name = this.#packetName(held);
    held.packet = (name === null ? null : this.#context.encoded.get(name)) ?? this.#encode(held.chunk);
    if (name !== null) this.#context.encoded.put(name, held.packet);
    return held.packet;
  }

  /** What the packet is a function of: the chunk, and where its light is computed, the chunks around it. null when play has changed one. */
  #packetName({ chunk, name }: HeldChunk): string | null {
    if (name === null) return null;
    if (this.#hasLight(chunk)) return `${this.info.name}/${name}`;
    const around = LIGHT_NEIGHBOURS.map(({ dx, dz }) => this.#chunks.get(chunkKey(chunk.x + dx, chunk.z + dz)));
    if (around.some((held) => held?.name === null)) return null;
    return [this.info.name, name, ...around.map((held) => held?.name ?? '')].join('/');
  }

  /** Whether the packet can be made without chunks that are still to come. */
  isLit(key: ChunkKey): boolean {
    const held = this.#chunks.get(key);
    return held !== undefined && (held.packet !== null || this.#hasLight(held.chunk));
  }

  #encode(chunk: Chunk): SharedPacket {
    return new SharedPacket(this.#context.encoder.encode(chunk, this.#light(chunk)));
  }

  #light(chunk: Chunk): readonly SectionLight[] {
    if (chunk.light !== null && this.#hasLight(chunk)) return chunk.light;
    const neighbours = LIGHT_NEIGHBOURS.map(({ dx, dz }) => this.chunk(chunkKey(chunk.x + dx, chunk.z + dz)));
    return computeLight(chunk, neighbours, this.info, this.#context.kit, this.#lightScratch);
  }

  #hasLight({ light }: Chunk): boolean {
    return light !== null && light.every(({ sky, block }) => block !== null && (sky !== null || !this.info.hasSkyLight));
  }

  #change(held: HeldChunk, chunk: Chunk): void {
    held.chunk = chunk;
    held.name = null;
    held.packet = null;
  }

  #edited({ blocks }: Section, edits: readonly (readonly [number, StateId])[]): Section['blocks'] {
    const { states } = this.#context;
    if (edits.length < REBUILD_FROM) return edits.reduce((volume, [local, id]) => withBlock(volume, local & 0xfff, id, states), blocks);
    const all = new Uint16Array(4096);
    readBlocks(blocks, all);
    for (const [local, id] of edits) all[local & 0xfff] = id;
    const palette = [...new Set(all)];
    const indexOf = new Map(palette.map((id, index) => [id, index]));
    return blockVolume(
      palette,
      all.map((id) => indexOf.get(id)!),
      states,
    );
  }
}

export function keyOfBlock(pos: { readonly x: number; readonly z: number }): ChunkKey {
  const { x, z } = chunkOf(pos);
  return chunkKey(x, z);
}
