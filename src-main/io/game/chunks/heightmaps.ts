import { readBlocks, type BlockStates, type Chunk, type GameTables } from '../../../core/world/index.ts';
import type { PacketWriter } from '../wire/packetWriter.ts';
import { bitsFor, writeLongs } from './sections.ts';

const COLUMNS = 256;
const SURFACE = 1;
const BLOCKING = 2;

/** Both maps that clients use: highest block of any kind, and highest block or fluid that stops rain and movement. */
export interface Heightmaps {
  /** Height above the world's bottom of the first free block, by z << 4 | x. */
  readonly surface: Uint16Array;
  readonly blocking: Uint16Array;
}

/** Blocks with a box that vanilla lets rain through. */
const NOT_BLOCKING = /^minecraft:(cobweb|bamboo_sapling)(\[|$)/;

export class HeightmapScanner {
  readonly #states: BlockStates;
  readonly #flags: Uint8Array;
  readonly #blocks = new Uint16Array(4096);

  constructor(tables: GameTables, states: BlockStates) {
    this.#states = states;
    this.#flags = new Uint8Array(tables.stateCount);
    for (let id = 0; id < tables.stateCount; id++) {
      if (states.isAir(id)) continue;
      const blocks = states.isFluid(id) || (states.blocksMotion(id) && !NOT_BLOCKING.test(states.nameOf(id)));
      this.#flags[id] = SURFACE | (blocks ? BLOCKING : 0);
    }
  }

  scan({ sections }: Pick<Chunk, 'sections'>): Heightmaps {
    const surface = new Uint16Array(COLUMNS);
    const blocking = new Uint16Array(COLUMNS);
    let open = COLUMNS;
    for (let i = sections.length - 1; i >= 0 && open > 0; i--) {
      const { blocks } = sections[i]!;
      if (blocks.solid === 0) continue;
      readBlocks(blocks, this.#blocks);
      open -= this.#scanSection(i * 16, surface, blocking);
    }
    return { surface, blocking };
  }

  /** Number of columns that found their highest blocking block here. */
  #scanSection(base: number, surface: Uint16Array, blocking: Uint16Array): number {
    let found = 0;
    for (let y = 15; y >= 0; y--) {
      for (let column = 0; column < COLUMNS; column++) {
        if (blocking[column] !== 0) continue;
        const flags = this.#flagsOf(this.#blocks[(y << 8) | column]!);
        if (flags === 0) continue;
        if (surface[column] === 0) surface[column] = base + y + 1;
        if ((flags & BLOCKING) === 0) continue;
        blocking[column] = base + y + 1;
        found += 1;
      }
    }
    return found;
  }

  #flagsOf(id: number): number {
    return this.#flags[id] ?? this.#flags[this.#states.shown(id)]!;
  }
}

/** The compound of the chunk packet, as network NBT. `height` in blocks. */
export function writeHeightmaps(to: PacketWriter, maps: Heightmaps, height: number): void {
  const bits = bitsFor(height + 1);
  to.u8(COMPOUND);
  writeMap(to, 'MOTION_BLOCKING', maps.blocking, bits);
  writeMap(to, 'WORLD_SURFACE', maps.surface, bits);
  to.u8(END);
}

const COMPOUND = 10;
const LONG_ARRAY = 12;
const END = 0;

function writeMap(to: PacketWriter, name: string, heights: Uint16Array, bits: number): void {
  const longs = Math.ceil(COLUMNS / Math.floor(64 / bits));
  to.u8(LONG_ARRAY).i16(name.length).raw(Buffer.from(name, 'latin1')).i32(longs);
  writeLongs(to, { bits, count: COLUMNS, longs }, (index) => heights[index]!);
}
