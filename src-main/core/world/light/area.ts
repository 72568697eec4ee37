import { isClosed, type FaceIndex } from '../chunk/faces.ts';
import { blockAt, readIndices, SECTION_BLOCKS } from '../chunk/volume.ts';
import type { BlockVolume, Chunk, StateId } from '../model/chunk.ts';
import type { BlockStates } from '../model/states.ts';

/** Blocks along one side of the 3 x 3 chunks, and in one layer of them. */
export const SIDE = 48;
export const LAYER = SIDE * SIDE;

/** `filters` of a cell that was not looked at yet, and of one that no light enters. */
export const UNREAD = 255;
const WALL = 16;
/** Added to the filter of a block that closes some of its faces. */
export const SHAPED = 32;

/** Sections beyond the chunk's own at each end: light exists there too. */
const BEYOND = 1;

/**
 * The blocks around one chunk as flat layers of 48 x 48, from one section below the world to one above it, with a wall on all six
 * sides. Nothing further away than 15 blocks from the middle chunk matters, so the outermost ring may be wall. What filters light is
 * read section by section when light first gets there: most of a world is dark stone that nobody looks at.
 * One is about 2 MB for the overworld and is used again and again.
 */
export class LightArea {
  /** Layers from the bottom wall; layer 1 is the lowest of the section below the world. */
  layers = 0;
  sections = 0;
  filters: Uint8Array = new Uint8Array(0);
  levels: Uint8Array = new Uint8Array(0);
  queue: Int32Array = new Int32Array(1 << 16);
  #chunks: readonly (Chunk | null)[] = [];
  #minSection = 0;
  #states: BlockStates | null = null;
  readonly #indices = new Uint16Array(SECTION_BLOCKS);
  readonly #clear = new Map<BlockVolume, boolean>();

  /** `chunks`: 9, by z then x, the middle one not null. */
  load(chunks: readonly (Chunk | null)[], states: BlockStates): void {
    const middle = chunks[4]!;
    this.#chunks = chunks;
    this.#states = states;
    this.#minSection = middle.minSection - BEYOND;
    this.sections = middle.sections.length + 2 * BEYOND;
    this.layers = this.sections * 16 + 2;
    const cells = this.layers * LAYER;
    if (this.filters.length !== cells) {
      this.filters = new Uint8Array(cells);
      this.levels = new Uint8Array(cells);
    }
    this.filters.fill(UNREAD);
    this.filters.fill(WALL, 0, LAYER);
    this.filters.fill(WALL, cells - LAYER);
    this.#clear.clear();
  }

  /** Blocks of section `section` (0 is the one below the world) of chunk 0..8; null = air, undefined = there is no chunk. */
  volume(chunk: number, section: number): BlockVolume | null | undefined {
    const found = this.#chunks[chunk];
    if (found === null || found === undefined) return undefined;
    return found.sections[section + this.#minSection - found.minSection]?.blocks ?? null;
  }

  /** Whether sky light falls through all of it unhindered. */
  isClear(volume: BlockVolume): boolean {
    if (volume.palette.length === 1) return this.#cellOf(volume.palette[0]!) === 0;
    const known = this.#clear.get(volume);
    if (known !== undefined) return known;
    const clear = volume.palette.every((id) => this.#cellOf(id) === 0);
    this.#clear.set(volume, clear);
    return clear;
  }

  /** What filters light at `cell`, with SHAPED where faces matter; reads its section if need be. */
  filterAt(cell: number): number {
    const filter = this.filters[cell]!;
    if (filter !== UNREAD) return filter;
    this.read(chunkOfCell(cell), sectionOfCell(cell));
    return this.filters[cell]!;
  }

  /** Whether the faces of two neighbouring cells close the way from the first to the second. */
  isClosed(from: number, to: number, face: FaceIndex): boolean {
    return isClosed(this.#facesAt(from), this.#facesAt(to), face);
  }

  #facesAt(cell: number): number {
    if ((this.filters[cell]! & SHAPED) === 0 || this.filters[cell] === UNREAD) return 0;
    const volume = this.volume(chunkOfCell(cell), sectionOfCell(cell))!;
    const y = Math.floor(cell / LAYER) - 1;
    return this.#states!.faces(blockAt(volume, ((y & 15) << 8) | ((Math.floor((cell % LAYER) / SIDE) & 15) << 4) | ((cell % SIDE) & 15)));
  }

  #cellOf(id: StateId): number {
    const states = this.#states!;
    return states.filter(id) | (states.faces(id) === 0 ? 0 : SHAPED);
  }

  /** Reads one section, unless it was read. */
  read(chunk: number, section: number): void {
    const start = firstCell(chunk, section);
    // A cell in the middle: those at the edge may be wall.
    if (this.filters[start + 8 * SIDE + 8] !== UNREAD) return;
    const volume = this.volume(chunk, section);
    if (volume === undefined) this.#fill(start, WALL);
    else if (volume === null) this.#fill(start, 0);
    else if (volume.palette.length === 1) this.#fill(start, this.#cellOf(volume.palette[0]!));
    else this.#copy(start, volume);
    this.#wall(chunk, start);
  }

  #fill(start: number, filter: number): void {
    for (let y = 0; y < 16; y++) {
      for (let z = 0; z < 16; z++) {
        const row = start + y * LAYER + z * SIDE;
        this.filters.fill(filter, row, row + 16);
      }
    }
  }

  #copy(start: number, volume: BlockVolume): void {
    readIndices(volume, this.#indices);
    const byIndex = Uint8Array.from(volume.palette, (id) => this.#cellOf(id));
    const { filters } = this;
    const indices = this.#indices;
    let at = 0;
    for (let y = 0; y < 16; y++) {
      for (let z = 0; z < 16; z++) {
        const row = start + y * LAYER + z * SIDE;
        for (let x = 0; x < 16; x++) filters[row + x] = byIndex[indices[at++]!]!;
      }
    }
  }

  /** The outermost ring of the 3 x 3. */
  #wall(chunk: number, start: number): void {
    const column = chunk % 3;
    const row = Math.floor(chunk / 3);
    for (let y = 0; y < 16; y++) {
      const layer = start + y * LAYER;
      if (row === 0) this.filters.fill(WALL, layer, layer + 16);
      if (row === 2) this.filters.fill(WALL, layer + 15 * SIDE, layer + 15 * SIDE + 16);
      if (column !== 1) for (let z = 0; z < 16; z++) this.filters[layer + z * SIDE + (column === 0 ? 0 : 15)] = WALL;
    }
  }
}

function chunkOfCell(cell: number): number {
  const column = cell % LAYER;
  return ((column / SIDE) >> 4) * 3 + ((column % SIDE) >> 4);
}

function sectionOfCell(cell: number): number {
  return (Math.floor(cell / LAYER) - 1) >> 4;
}

/** Cell of the lowest, north-western block of a section. */
export function firstCell(chunk: number, section: number): number {
  return (section * 16 + 1) * LAYER + Math.floor(chunk / 3) * 16 * SIDE + (chunk % 3) * 16;
}
