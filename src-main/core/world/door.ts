import type { Refusal } from '../../../src-shared/errors/index.ts';
import type { ChunkKey, ChunkPos, DimensionName, Hash, Pose } from '../../../src-shared/units/index.ts';
import type { EntityChunks } from './entityChunks.ts';
import type { Chunk, Section, SectionLight } from './model/chunk.ts';
import type { Command } from './model/commands.ts';
import type { Effect } from './model/effects.ts';
import type { Player } from './model/player.ts';
import type { Rules } from './model/rule.ts';
import type { CouncilView, WorldView } from './model/state.ts';
import type { BlockStates } from './model/states.ts';
import type { GameTables } from './model/tables.ts';

/** BLAKE3-256 of `bytes`, 32 bytes, synchronous; handed in. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

/** What the world needs from outside, and its memo. Built once, by `createKit`. */
export interface WorldKit {
  readonly tables: GameTables;
  readonly states: BlockStates;
  readonly digest: Digest;
  /** Digests of immutable values that were hashed before, by object; so that an edit hashes one section and not a chunk. Never state. */
  readonly hashes: WeakMap<object, Uint8Array>;
  /**
   * Entity chunks of the save, for every resident chunk whose `entities` names one: the driver puts them in before it inserts the chunk,
   * and takes them out after evicting it. Never state: the name says what the bytes are.
   */
  readonly entityChunks: EntityChunks;
  /** Uniform volumes that most chunks have in common (air), by biome: one object instead of thousands. */
  readonly airSections: Map<string, Section>;
}

/** A shard's state with its write side. One writer (the driver). */
export interface Shard extends WorldView {
  /** Merkle root over all that is agreed: chunks (real ones), players, entities, sessions, ticks, counters. Incremental. */
  root(): Hash;
  /** The name of a real chunk, resident or not; null = implicit (generated) or absent. */
  nameOfChunk(x: number, z: number): Hash | null;
  /** Makes a chunk readable: loaded by name, or generated. Never changes the root. */
  insert(chunk: Chunk): void;
  /** Forgets a resident chunk whose newest version was collected; refuses (false) while it was changed since. */
  evict(key: ChunkKey): boolean;
  resident(): Iterable<ChunkKey>;
  /** All real chunks, resident or not, region by region. */
  chunkNames(): Iterable<ChunkPos & { readonly name: Hash }>;
  /** Light that was computed for a resident chunk as it is now. Outside the root; an edit that makes it stale drops it again. */
  setLight(x: number, z: number, light: readonly SectionLight[]): void;
  /** Players on their way to another shard. */
  departures(): Iterable<Departure>;
  /** Applies in order; the result undoes exactly this. Throws (a bug) when a chunk is not resident. */
  apply(effects: readonly Effect[]): Undo;
  /** Undos are undone newest first. */
  undo(undo: Undo): void;
  setTick(tick: number): void;
  /**
   * Blobs that the present state needs and that were not collected before (changed chunks, pages, players, entities, manifest), for a
   * snapshot. `manifest` names the blob from which `openShard` starts; its name is the root. The bytes hold old versions for free.
   */
  collect(): Collected;
  /** After the blobs of `collected` are durable: the changed chunks may be evicted. */
  collected(collected: Collected): void;
}

/** A player on the way to another shard: the whole state as it left, and where it wants to be. */
export interface Departure {
  readonly player: Player;
  /** As the effect named it. */
  readonly to: string;
  readonly pose: Pose;
}

export interface Undo {
  readonly __undo: never;
}

export interface Collected {
  readonly root: Hash;
  readonly blobs: readonly { readonly name: Hash; readonly encode: () => Uint8Array }[];
}

export interface ShardGenesis {
  readonly dimension: DimensionName;
  readonly minY: number;
  readonly height: number;
}

/** What one tick is made of. `tick` is the one that is executed: the shard's newest plus one. */
export interface TickInput {
  readonly council: CouncilView;
  readonly commands: readonly Command[];
  readonly tick: number;
}

export interface Advanced {
  /** The accountable part, then the ambient part. */
  readonly effects: readonly Effect[];
  /** How many of `effects` are the accountable part (agreement, rule 16). */
  readonly accountable: number;
  /** Commands that nothing executed because they were out of order; the gateway sends them again or gives up. */
  readonly skipped: readonly { readonly command: Command; readonly refusal: Refusal }[];
}

/** Chunks that a tick may read or write, each once, in a fixed order; the driver makes them resident first. */
export type NeededChunks = (world: WorldView, input: TickInput, kit: WorldKit, rules: Rules) => readonly ChunkPos[];
