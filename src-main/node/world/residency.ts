import { AppError } from '../../../src-shared/errors/index.ts';
import { chunkKey, type ChunkKey, type ChunkPos, type Hash } from '../../../src-shared/units/index.ts';
import {
  decodeChunk,
  encodeChunk,
  entitiesOfEncoded,
  nameOfEncoded,
  type Chunk,
  type Shard,
  type WorldKit,
} from '../../core/world/index.ts';
import type { Blobs } from '../../io/store/index.ts';
import { CHUNK_LOADS_AT_ONCE_MAX, GENERATED_CHUNKS_KEPT_MAX } from '../../../src-shared/config/index.ts';

/** Makes a chunk that nobody has touched: on a worker, in the canonical encoding. */
export type Generate = (pos: ChunkPos) => Promise<Uint8Array>;

/**
 * Which chunks of a shard are in memory. The driver asks for what the next tick needs; what nobody needs any more goes after a snapshot.
 */
export class Residency {
  readonly #shard: Shard;
  readonly #kit: WorldKit;
  readonly #blobs: Blobs;
  readonly #generate: Generate;
  readonly #onFault: (fault: AppError, pos: ChunkPos) => void;
  readonly #loading = new Map<ChunkKey, Promise<void>>();
  readonly #waiting: ChunkPos[] = [];
  /** Names of the save's entity chunks that were read with a resident chunk. */
  readonly #entityChunks = new Map<ChunkKey, Hash>();
  /** Encoded chunks that were generated and may be wanted again, oldest first. */
  readonly #generated = new Map<ChunkKey, Uint8Array>();

  constructor(parts: {
    readonly shard: Shard;
    readonly kit: WorldKit;
    readonly blobs: Blobs;
    readonly generate: Generate;
    readonly onFault: (fault: AppError, pos: ChunkPos) => void;
  }) {
    this.#shard = parts.shard;
    this.#kit = parts.kit;
    this.#blobs = parts.blobs;
    this.#generate = parts.generate;
    this.#onFault = parts.onFault;
  }

  /** True when all are resident; starts loading those that are not. */
  ensure(wanted: Iterable<ChunkPos>): boolean {
    let ready = true;
    for (const pos of wanted) {
      if (this.#shard.chunk(pos.x, pos.z) !== null) continue;
      ready = false;
      const key = chunkKey(pos.x, pos.z);
      if (this.#loading.has(key) || this.#waiting.some((other) => other.x === pos.x && other.z === pos.z)) continue;
      this.#waiting.push(pos);
    }
    this.#startWaiting();
    return ready;
  }

  /** Resolves when all are resident. For recovery, where nothing else may run. */
  async load(wanted: Iterable<ChunkPos>): Promise<void> {
    for (const pos of wanted) if (this.#shard.chunk(pos.x, pos.z) === null) this.#shard.insert(await this.#read(pos));
  }

  /** The chunk as it is now, in the canonical encoding, with its name ("" for one that was generated and never touched). */
  async encoded(pos: ChunkPos): Promise<{ readonly name: string; readonly bytes: Uint8Array; readonly entities: Hash | null }> {
    const resident = this.#shard.chunk(pos.x, pos.z);
    const name = this.#shard.nameOfChunk(pos.x, pos.z);
    if (resident !== null) return { name: name ?? '', bytes: encodeChunk(resident, this.#kit), entities: resident.entities };
    const bytes = await this.#bytesOf(pos, name);
    // A tick may have made it resident and changed it while we waited: then what we read is old.
    if (this.#shard.nameOfChunk(pos.x, pos.z) !== name) return this.encoded(pos);
    return { name: name ?? '', bytes, entities: name === null ? null : entitiesOfEncoded(bytes) };
  }

  /** Forgets resident chunks outside `keep` whose newest version is on disk. Returns how many went. */
  evictOutside(keep: ReadonlySet<ChunkKey>): number {
    const gone = [...this.#shard.resident()].filter((key) => !keep.has(key) && this.#shard.evict(key));
    for (const key of gone) this.#forgetEntities(key);
    return gone.length;
  }

  /** The world stops: what its chunks held for all worlds of this process goes. */
  close(): void {
    for (const key of this.#entityChunks.keys()) this.#forgetEntities(key);
  }

  #forgetEntities(key: ChunkKey): void {
    const name = this.#entityChunks.get(key);
    if (name === undefined) return;
    this.#entityChunks.delete(key);
    this.#kit.entityChunks.release(name);
  }

  #startWaiting(): void {
    while (this.#loading.size < CHUNK_LOADS_AT_ONCE_MAX && this.#waiting.length > 0) {
      const pos = this.#waiting.shift()!;
      const key = chunkKey(pos.x, pos.z);
      const loading = this.#loadOne(pos, key);
      this.#loading.set(key, loading);
    }
  }

  async #loadOne(pos: ChunkPos, key: ChunkKey): Promise<void> {
    try {
      const chunk = await this.#read(pos);
      if (this.#shard.chunk(pos.x, pos.z) === null) this.#shard.insert(chunk);
    } catch (fault) {
      this.#onFault(fault instanceof AppError ? fault : new AppError('node.internal', {}, { cause: fault }), pos);
    } finally {
      this.#loading.delete(key);
      this.#startWaiting();
    }
  }

  async #read(pos: ChunkPos): Promise<Chunk> {
    const name = this.#shard.nameOfChunk(pos.x, pos.z);
    const bytes = await this.#bytesOf(pos, name);
    if (name !== null && nameOfEncoded(bytes, this.#kit.digest) !== name) throw new AppError('store.blob-damaged', { name });
    const chunk = decodeChunk(bytes, this.#kit);
    await this.#readEntities(chunk);
    return chunk;
  }

  /** The save's entities stand beside their chunk as long as it is in memory: rules may take them over in any tick. */
  async #readEntities({ x, z, entities }: Chunk): Promise<void> {
    if (entities === null) return;
    const bytes = await this.#blobs.get(entities);
    if (bytes === null) throw new AppError('store.blob-missing', { name: entities });
    const key = chunkKey(x, z);
    this.#forgetEntities(key);
    this.#kit.entityChunks.hold(entities, bytes);
    this.#entityChunks.set(key, entities);
  }

  async #bytesOf(pos: ChunkPos, name: Hash | null): Promise<Uint8Array> {
    if (name !== null) {
      const bytes = await this.#blobs.get(name);
      if (bytes === null) throw new AppError('store.blob-missing', { name });
      return bytes;
    }
    const key = chunkKey(pos.x, pos.z);
    const kept = this.#generated.get(key);
    if (kept !== undefined) return kept;
    const bytes = await this.#generate(pos);
    this.#generated.set(key, bytes);
    if (this.#generated.size > GENERATED_CHUNKS_KEPT_MAX) this.#generated.delete(this.#generated.keys().next().value!);
    return bytes;
  }
}
