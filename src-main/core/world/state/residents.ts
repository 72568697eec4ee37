import type { Hash } from '../../../../src-shared/units/index.ts';
import { chunkName, encodeChunk } from '../codec/chunk.ts';
import type { WorldKit } from '../door.ts';
import type { Chunk, SectionLight } from '../model/chunk.ts';
import type { PageIndex } from './pages.ts';
import type { Blob } from './table.ts';
import type { UndoLog } from './undoLog.ts';

/** A chunk in memory. `real`: touched by an effect or stored under a name; otherwise it is what the generator makes of its position. */
interface Resident {
  chunk: Chunk;
  real: boolean;
  /** Name under which it is known to be on disk. */
  durable: Hash | null;
}

/** What an edit may replace. */
export type ChunkChange = Pick<Chunk, 'sections' | 'minSection' | 'blockEntities' | 'entities' | 'light'>;

const KEY_OFFSET = 2 ** 25;
const KEY_FACTOR = 2 ** 26;

/** Chunks in memory of one shard, and which of them the pages do not name yet, or the disk does not hold yet. */
export class Residents {
  readonly #pages: PageIndex;
  readonly #kit: WorldKit;
  readonly #residents = new Map<number, Resident>();
  /** Changed since the pages learned their name. */
  readonly #unnamed = new Set<number>();
  /** Real, and perhaps not on disk. */
  readonly #unstored = new Set<number>();
  /** Looks come in clusters: the last one found, or null. */
  #lastKey = Number.NaN;
  #last: Resident | null = null;

  constructor(pages: PageIndex, kit: WorldKit) {
    this.#pages = pages;
    this.#kit = kit;
  }

  get(x: number, z: number): Chunk | null {
    return this.#find(x, z)?.chunk ?? null;
  }

  *positions(): IterableIterator<{ readonly x: number; readonly z: number }> {
    for (const { chunk } of this.#residents.values()) yield chunk;
  }

  /** A chunk that is resident stays as it is. Throws on a chunk that is not the one the pages name: whoever read it has not checked it. */
  insert(chunk: Chunk): void {
    const key = keyOf(chunk.x, chunk.z);
    if (this.#residents.has(key)) return;
    const name = this.#pages.get(chunk.x, chunk.z);
    if (name !== null && chunkName(chunk, this.#kit) !== name) throw new Error(`chunk ${chunk.x} ${chunk.z} is not ${name}`);
    this.#residents.set(key, { chunk, real: name !== null, durable: name });
    this.#lastKey = Number.NaN;
  }

  evict(x: number, z: number): boolean {
    const key = keyOf(x, z);
    const resident = this.#residents.get(key);
    if (resident === undefined) return true;
    if (resident.real && this.nameOf(x, z) !== resident.durable) return false;
    this.#residents.delete(key);
    this.#unstored.delete(key);
    this.#unnamed.delete(key);
    this.#lastKey = Number.NaN;
    return true;
  }

  /** Replaces parts of a resident chunk and makes it real. */
  change(chunk: Chunk, change: Partial<ChunkChange>, undo: UndoLog): void {
    this.#replace(chunk, { ...chunk, ...change }, true, undo);
  }

  /** Light is outside the name: a chunk that only lost or got its light keeps name and kind. */
  setLight(x: number, z: number, light: readonly SectionLight[] | null, undo: UndoLog | null): void {
    const resident = this.#find(x, z);
    if (resident === null || resident.chunk.light === light) return;
    const before = resident.chunk;
    const after = { ...before, light };
    const name = this.#kit.hashes.get(before);
    if (name !== undefined) this.#kit.hashes.set(after, name);
    if (undo === null) resident.chunk = after;
    else this.#replace(before, after, resident.real, undo);
  }

  #replace(before: Chunk, after: Chunk, real: boolean, undo: UndoLog): void {
    const key = keyOf(before.x, before.z);
    const { real: wasReal, durable } = this.#residents.get(key)!;
    undo.push(() => this.#put(key, { chunk: before, real: wasReal, durable }));
    this.#put(key, { chunk: after, real, durable });
  }

  #put(key: number, resident: Resident): void {
    this.#residents.set(key, resident);
    this.#unnamed.add(key);
    if (resident.real) this.#unstored.add(key);
    this.#lastKey = Number.NaN;
  }

  nameOf(x: number, z: number): Hash | null {
    this.#name(keyOf(x, z));
    return this.#pages.get(x, z);
  }

  /** Brings the pages up to date. */
  nameAll(): void {
    for (const key of this.#unnamed) this.#name(key);
  }

  #name(key: number): void {
    if (!this.#unnamed.delete(key)) return;
    const { chunk, real } = this.#residents.get(key)!;
    const name = real ? chunkName(chunk, this.#kit) : null;
    if (this.#pages.get(chunk.x, chunk.z) !== name) this.#pages.set(chunk.x, chunk.z, name);
  }

  collect(): readonly Blob[] {
    const blobs: Blob[] = [];
    for (const key of this.#unstored) {
      const { chunk, real, durable } = this.#residents.get(key)!;
      const name = this.nameOf(chunk.x, chunk.z);
      if (!real || name === null || name === durable) this.#unstored.delete(key);
      else blobs.push({ name, encode: () => encodeChunk(chunk, this.#kit) });
    }
    return blobs;
  }

  collected(names: ReadonlySet<Hash>): void {
    for (const key of this.#unstored) {
      const resident = this.#residents.get(key)!;
      const name = this.nameOf(resident.chunk.x, resident.chunk.z);
      if (name === null || !names.has(name)) continue;
      resident.durable = name;
      this.#unstored.delete(key);
    }
  }

  #find(x: number, z: number): Resident | null {
    const key = keyOf(x, z);
    if (key === this.#lastKey) return this.#last;
    this.#lastKey = key;
    this.#last = this.#residents.get(key) ?? null;
    return this.#last;
  }
}

function keyOf(x: number, z: number): number {
  return (x + KEY_OFFSET) * KEY_FACTOR + (z + KEY_OFFSET);
}
