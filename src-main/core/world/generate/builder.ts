import { biomeVolume, blockVolume, SECTION_BLOCKS, uniformVolume } from '../chunk/volume.ts';
import type { WorldKit } from '../door.ts';
import type { BlockVolume, Chunk, Section, StateId } from '../model/chunk.ts';

/** A chunk under construction: state ids by position, biomes by column of 4 x 4. Coordinates are 0..15 in the chunk, y in the world. */
export class ChunkBuilder {
  readonly minY: number;
  readonly height: number;
  readonly blocks: Uint16Array;
  readonly #x: number;
  readonly #z: number;
  readonly #kit: WorldKit;
  readonly #biomes: string[];
  readonly #ids = new Map<string, StateId>();

  constructor(
    at: { readonly x: number; readonly z: number; readonly minY: number; readonly height: number; readonly biome: string },
    kit: WorldKit,
  ) {
    this.#x = at.x;
    this.#z = at.z;
    this.minY = at.minY;
    this.height = at.height;
    this.#kit = kit;
    this.blocks = new Uint16Array(at.height * 256).fill(kit.states.idOf('minecraft:air'));
    this.#biomes = new Array<string>(16).fill(at.biome);
  }

  /** Id of a canonical name without "minecraft:". */
  id(name: string): StateId {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#kit.states.idOf(`minecraft:${name}`);
      this.#ids.set(name, id);
    }
    return id;
  }

  index(x: number, y: number, z: number): number {
    return ((y - this.minY) << 8) | (z << 4) | x;
  }

  get(x: number, y: number, z: number): StateId {
    return this.blocks[this.index(x, y, z)]!;
  }

  set(x: number, y: number, z: number, id: StateId): void {
    this.blocks[this.index(x, y, z)] = id;
  }

  isAir(x: number, y: number, z: number): boolean {
    return this.#kit.states.isAir(this.get(x, y, z));
  }

  /** `cell`: z << 2 | x of 4 x 4 columns. */
  setBiome(cell: number, name: string): void {
    this.#biomes[cell] = name;
  }

  build(): Chunk {
    const indices = Uint8Array.from({ length: 64 }, (_, i) => i & 15);
    const biomes = biomeVolume(this.#biomes, indices);
    const sections: Section[] = [];
    for (let start = 0; start < this.blocks.length; start += SECTION_BLOCKS) {
      sections.push({ blocks: this.#volume(this.blocks.subarray(start, start + SECTION_BLOCKS)), biomes });
    }
    return {
      x: this.#x,
      z: this.#z,
      minSection: this.minY >> 4,
      sections,
      blockEntities: new Map(),
      ticks: { block: [], fluid: [] },
      dataVersion: this.#kit.tables.dataVersion,
      origin: null,
      entities: null,
      poi: null,
      light: null,
    };
  }

  #volume(ids: Uint16Array): BlockVolume {
    const palette: StateId[] = [];
    const indices = new Uint16Array(SECTION_BLOCKS);
    let last = -1;
    let slot = 0;
    for (let i = 0; i < SECTION_BLOCKS; i++) {
      const id = ids[i]!;
      if (id !== last) {
        last = id;
        slot = palette.indexOf(id);
        if (slot < 0) slot = palette.push(id) - 1;
      }
      indices[i] = slot;
    }
    return palette.length === 1 ? uniformVolume(palette[0]!, this.#kit.states) : blockVolume(palette, indices, this.#kit.states);
  }
}
