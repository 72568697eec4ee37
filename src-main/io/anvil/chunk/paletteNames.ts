import { nbt, readNbtAt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import {
  formatStateName,
  parseStateName,
  resolveState,
  type BlockStates,
  type GameTables,
  type StateId,
} from '../../../core/world/index.ts';
import { renamesSince, type Renames } from './renames.ts';

/** Known entries are forgotten all at once beyond this: a world has a few thousand. */
const KNOWN_MAX = 50_000;

export interface PaletteEntry {
  readonly state: StateId;
  /** The name of the save is not the present one. */
  readonly translated: boolean;
}

interface Known extends PaletteEntry {
  readonly bytes: Uint8Array;
  readonly next: Known | null;
}

/** States of a save's palette entries by the bytes of their NBT, which repeat in nearly every chunk. One per thread. */
export class PaletteNames {
  readonly #tables: GameTables;
  readonly #states: BlockStates;
  readonly #byVersion = new Map<number, { readonly renames: Renames; readonly known: Map<number, Known> }>();
  #count = 0;

  constructor(tables: GameTables, states: BlockStates) {
    this.#tables = tables;
    this.#states = states;
  }

  renames(dataVersion: number): Renames {
    return this.#version(dataVersion).renames;
  }

  /** The entry whose compound's payload is `bytes[start..end)`. Throws AppError `nbt.malformed`. */
  find(bytes: Uint8Array, start: number, end: number, dataVersion: number): PaletteEntry {
    const { renames, known } = this.#version(dataVersion);
    const hash = hashOf(bytes, start, end);
    const first = known.get(hash) ?? null;
    for (let entry = first; entry !== null; entry = entry.next) if (isAt(entry.bytes, bytes, start, end)) return entry;
    const name = stateName(readNbtAt(bytes, 'compound', start) as NbtCompound);
    const now = renames.toNewState(name);
    const { block, properties } = parseStateName(now);
    const entry: Known = {
      state: resolveState(this.#states, block, properties),
      translated: now !== name,
      bytes: bytes.slice(start, end),
      next: first,
    };
    known.set(hash, entry);
    this.#count += 1;
    return entry;
  }

  #version(dataVersion: number): { readonly renames: Renames; readonly known: Map<number, Known> } {
    if (this.#count > KNOWN_MAX) {
      this.#byVersion.clear();
      this.#count = 0;
    }
    let version = this.#byVersion.get(dataVersion);
    if (version === undefined) {
      version = { renames: renamesSince(this.#tables, dataVersion), known: new Map() };
      this.#byVersion.set(dataVersion, version);
    }
    return version;
  }
}

/** Canonical name of a palette entry as it stands in the save; air without a name, as vanilla. */
export function stateName(entry: NbtCompound): string {
  const name = nbt.getText(entry, 'Name') ?? 'minecraft:air';
  const properties = nbt.getCompound(entry, 'Properties');
  if (properties === null) return fullName(name);
  const pairs = [...properties.value].flatMap(([key, tag]): [string, string][] => (tag.type === 'string' ? [[key, tag.value]] : []));
  return formatStateName(fullName(name), pairs);
}

function fullName(name: string): string {
  return name.includes(':') ? name : `minecraft:${name}`;
}

/** Four bytes at a time: a chunk has hundreds of entries of some sixty bytes. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x9e3779b1);
  return hash;
}

function isAt(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
