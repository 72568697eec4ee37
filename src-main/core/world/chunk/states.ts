import { NAME_BYTES_MAX, UNKNOWN_STATES_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { StateId } from '../model/chunk.ts';
import { closedQuarters, shadesByShape } from './faces.ts';
import type { BlockStates } from '../model/states.ts';
import type { BlockInfo, GameTables } from '../model/tables.ts';

const AIRS: ReadonlySet<string> = new Set(['minecraft:air', 'minecraft:cave_air', 'minecraft:void_air']);

/** Blocks that are in water without saying so in a property. Source: vanilla `getFluidState` of these blocks. */
const WATER_BLOCKS: ReadonlySet<string> = new Set(
  ['water', 'lava', 'bubble_column', 'kelp', 'kelp_plant', 'seagrass', 'tall_seagrass'].map((name) => `minecraft:${name}`),
);

/** Shown for a block that this version lacks: solid, and nothing that anybody takes for terrain. */
const PLACEHOLDERS: readonly string[] = ['minecraft:magenta_glazed_terracotta', 'minecraft:stone'];

const FLUID = 1;
const BLOCKS_MOTION = 2;
const AIR = 4;
const SHADES = 8;

/** "minecraft:oak_stairs" and its properties as the canonical name, properties sorted by name. */
export function formatStateName(block: string, properties: Iterable<readonly [string, string]>): string {
  const sorted = [...properties].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? block : `${block}[${sorted.map(([name, value]) => `${name}=${value}`).join(',')}]`;
}

/** The parts of a canonical name. Whatever is no property list stays part of the block's name. */
export function parseStateName(name: string): { readonly block: string; readonly properties: ReadonlyMap<string, string> } {
  const open = name.indexOf('[');
  if (open < 0 || !name.endsWith(']')) return { block: name, properties: new Map() };
  const properties = new Map<string, string>();
  for (const pair of name.slice(open + 1, -1).split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) properties.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return { block: name.slice(0, open), properties };
}

/**
 * The state of a block with these properties; those left out have their default, as vanilla reads saves. A block, property or value
 * that this version lacks gives the unknown state of exactly that name.
 */
export function resolveState(states: BlockStates, block: string, properties: ReadonlyMap<string, string>): StateId {
  const info = states.blockNamed(block);
  if (info === null) return states.idOf(formatStateName(block, properties));
  let id = info.defaultState;
  for (const [property, value] of properties) {
    const known = info.properties.find((candidate) => candidate.name === property);
    if (known === undefined || !known.values.includes(value)) return states.idOf(formatStateName(block, properties));
    id = states.with(id, property, value);
  }
  return id;
}

export function createStates(tables: GameTables): BlockStates {
  return new StateTable(tables);
}

class StateTable implements BlockStates {
  readonly #stateCount: number;
  readonly #blocks: readonly BlockInfo[];
  readonly #byName: ReadonlyMap<string, BlockInfo>;
  /** Index in `#blocks` by state. */
  readonly #owner: Uint16Array;
  readonly #emission: Uint8Array;
  readonly #filter: Uint8Array;
  readonly #flags: Uint8Array;
  /** Of states that shade by their shape, made when first asked for. */
  readonly #faces = new Map<StateId, number>();
  readonly #names: string[];
  readonly #ids: Map<string, StateId>;
  readonly #placeholder: StateId;

  constructor(tables: GameTables) {
    this.#stateCount = tables.stateCount;
    this.#blocks = tables.blocks;
    this.#byName = new Map(tables.blocks.map((block) => [block.name, block]));
    this.#owner = new Uint16Array(tables.stateCount);
    this.#emission = new Uint8Array(tables.stateCount);
    this.#filter = new Uint8Array(tables.stateCount);
    this.#flags = new Uint8Array(tables.stateCount);
    this.#names = new Array<string>(tables.stateCount).fill('');
    this.#ids = new Map();
    tables.blocks.forEach((block, index) => this.#addBlock(block, index));
    const shown = PLACEHOLDERS.map((name) => this.#byName.get(name)).find((block) => block !== undefined);
    this.#placeholder = shown?.defaultState ?? 0;
  }

  #addBlock(block: BlockInfo, index: number): void {
    const count = countStates(block);
    const shades = shadesByShape(block.name) ? SHADES : 0;
    for (let offset = 0; offset < count; offset++) {
      const id = block.firstState + offset;
      const properties = propertiesAt(block, offset);
      const name = formatStateName(block.name, properties);
      this.#owner[id] = index;
      this.#emission[id] = atOffset(block.emits, offset) ?? 0;
      this.#filter[id] = atOffset(block.filters, offset) ?? 0;
      const isFluid = WATER_BLOCKS.has(block.name) || properties.some(([key, value]) => key === 'waterlogged' && value === 'true');
      const blocksMotion = (atOffset(block.shapes, offset) ?? []).length > 0;
      this.#flags[id] = (isFluid ? FLUID : 0) | (blocksMotion ? BLOCKS_MOTION : 0) | (AIRS.has(block.name) ? AIR : 0) | shades;
      this.#names[id] = name;
      this.#ids.set(name, id);
    }
  }

  idOf(name: string): StateId {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    if (name.length > NAME_BYTES_MAX || this.#names.length - this.#stateCount >= UNKNOWN_STATES_MAX)
      throw new AppError('store.blob-damaged', { reason: 'too many unknown block states, or one with too long a name' });
    const id = this.#names.length;
    this.#names.push(name);
    this.#ids.set(name, id);
    return id;
  }

  nameOf(id: StateId): string {
    const name = this.#names[id];
    if (name === undefined || name === '') throw new RangeError(`no block state ${id}`);
    return name;
  }

  blockOf(id: StateId): BlockInfo | null {
    return id < this.#stateCount ? this.#blocks[this.#owner[id]!]! : null;
  }

  blockNamed(name: string): BlockInfo | null {
    return this.#byName.get(name) ?? null;
  }

  get(id: StateId, property: string): string | null {
    const block = this.blockOf(id);
    if (block === null) return parseStateName(this.nameOf(id)).properties.get(property) ?? null;
    let rest = id - block.firstState;
    for (let i = block.properties.length - 1; i >= 0; i--) {
      const { name, values } = block.properties[i]!;
      if (name === property) return values[rest % values.length]!;
      rest = Math.floor(rest / values.length);
    }
    return null;
  }

  with(id: StateId, property: string, value: string): StateId {
    const block = this.blockOf(id);
    if (block === null) return id;
    let stride = 1;
    for (let i = block.properties.length - 1; i >= 0; i--) {
      const { name, values } = block.properties[i]!;
      if (name === property) {
        const wanted = values.indexOf(value);
        const present = Math.floor((id - block.firstState) / stride) % values.length;
        return wanted < 0 ? id : id + (wanted - present) * stride;
      }
      stride *= values.length;
    }
    return id;
  }

  isAir(id: StateId): boolean {
    return id < this.#stateCount && (this.#flags[id]! & AIR) !== 0;
  }

  emission(id: StateId): number {
    return id < this.#stateCount ? this.#emission[id]! : 0;
  }

  filter(id: StateId): number {
    return id < this.#stateCount ? this.#filter[id]! : 15;
  }

  lightsAlike(a: StateId, b: StateId): boolean {
    if (a < this.#stateCount && b < this.#stateCount && ((this.#flags[a]! | this.#flags[b]!) & SHADES) === 0)
      return this.#emission[a] === this.#emission[b] && this.#filter[a] === this.#filter[b];
    return this.emission(a) === this.emission(b) && this.filter(a) === this.filter(b) && this.faces(a) === this.faces(b);
  }

  faces(id: StateId): number {
    if (id >= this.#stateCount || (this.#flags[id]! & SHADES) === 0) return 0;
    let faces = this.#faces.get(id);
    if (faces === undefined) {
      const block = this.#blocks[this.#owner[id]!]!;
      faces = closedQuarters(block, id - block.firstState);
      this.#faces.set(id, faces);
    }
    return faces;
  }

  isFluid(id: StateId): boolean {
    return id < this.#stateCount && (this.#flags[id]! & FLUID) !== 0;
  }

  blocksMotion(id: StateId): boolean {
    return id >= this.#stateCount || (this.#flags[id]! & BLOCKS_MOTION) !== 0;
  }

  shown(id: StateId): StateId {
    return id < this.#stateCount ? id : this.#placeholder;
  }
}

function countStates(block: BlockInfo): number {
  return block.properties.reduce((count, property) => count * property.values.length, 1);
}

function propertiesAt(block: BlockInfo, offset: number): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  let rest = offset;
  for (let i = block.properties.length - 1; i >= 0; i--) {
    const { name, values } = block.properties[i]!;
    found.push([name, values[rest % values.length]!]);
    rest = Math.floor(rest / values.length);
  }
  return found;
}

function atOffset<T>(values: readonly T[], offset: number): T | undefined {
  return values.length === 1 ? values[0] : values[offset];
}
