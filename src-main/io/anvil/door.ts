import type { ErrorCode, Facts } from '../../../src-shared/errors/index.ts';
import type { NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { BlockPos, ChunkKey, DimensionName, Hash, Uuid } from '../../../src-shared/units/index.ts';
import type { GameTables, Player, WorldKit } from '../../core/world/index.ts';
import type { Clock } from '../../ports/index.ts';

/** Where an import puts content. Satisfied by the store's blobs. */
export interface ImportSink {
  putMany(items: readonly { readonly name: Hash; readonly bytes: Uint8Array; readonly zstd?: boolean }[]): Promise<void>;
  sync(): Promise<void>;
  /** Uncompressed content; null when missing. Used when an import is resumed. */
  get(name: Hash): Promise<Uint8Array | null>;
}

/** Small durable notes for resuming: what has been imported already. */
export interface ImportJournal {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export interface PlanOptions {
  readonly signal?: AbortSignal;
}

export interface ImportOptions {
  /** Of the version into whose names blocks and biomes are translated. Copied to the worker threads. */
  readonly tables: GameTables;
  readonly clock: Clock;
  /** true: damaged chunks are left out and reported; false: they end the import with `import.damaged-chunks`. */
  readonly skipDamaged: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Worker threads; 2. */
  readonly threads?: number;
}

/** `--plan`: what an import would do. Nothing is written. */
export interface ImportPlan {
  readonly name: string;
  readonly path: string;
  readonly version: string | null;
  readonly dataVersion: number;
  readonly playable: boolean;
  readonly dimensions: readonly {
    readonly name: DimensionName;
    readonly regions: number;
    readonly chunks: number;
    readonly bytes: number;
  }[];
  readonly players: readonly { readonly uuid: Uuid; readonly singlePlayer: boolean }[];
  readonly files: number;
  readonly bytes: number;
  readonly estimatedBytes: number;
  readonly translated: boolean;
  readonly ignored: readonly string[];
  readonly problems: readonly ImportProblem[];
}

export interface ImportProblem {
  /** Path inside the world. */
  readonly file: string;
  /** Chunk position in a region file, or null for the whole file. */
  readonly position: { readonly x: number; readonly z: number } | null;
  readonly code: ErrorCode;
  readonly facts: Facts;
}

export interface ImportProgress {
  readonly phase: 'scan' | 'chunks' | 'files' | 'verify' | 'done';
  readonly chunksDone: number;
  readonly chunksTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** The world as the node keeps it from now on: an immutable description whose parts are blobs. JSON-safe. */
export interface ImportedWorld {
  readonly level: LevelFacts;
  readonly dimensions: readonly ImportedDimension[];
  /** Every file that is not a region (level.dat, playerdata, data, stats, advancements, data packs, unknown ones), verbatim. */
  readonly files: readonly ImportedFile[];
  readonly players: readonly ImportedPlayer[];
}

export interface ImportedFile {
  /** Path inside the save, with '/'. */
  readonly path: string;
  /** The content, or its first `FILE_PART_BYTES`. */
  readonly blob: Hash;
  /** The further parts of a large file, in order; absent for all others. */
  readonly more?: readonly Hash[];
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface LevelFacts {
  readonly name: string;
  readonly version: string | null;
  readonly dataVersion: number;
  /** Decimal text (64 bit). */
  readonly seed: string;
  readonly spawn: { readonly pos: BlockPos; readonly angle: number };
  readonly gameMode: 'survival' | 'creative' | 'adventure' | 'spectator';
  readonly difficulty: 'peaceful' | 'easy' | 'normal' | 'hard';
  readonly hardcore: boolean;
  readonly allowCommands: boolean;
  readonly dayTime: number;
  readonly gameRules: Readonly<Record<string, string>>;
  readonly raining: boolean;
  readonly thundering: boolean;
  readonly lastPlayed: number;
}

export interface ImportedDimension {
  readonly name: DimensionName;
  /** Folder of the source, e.g. "" or "DIM-1" or "dimensions/minecraft/overworld". */
  readonly folder: string;
  readonly minY: number;
  readonly height: number;
  /** Chunks that can be played: blob of the list (x int32, z int32, name 32 bytes each, sorted by z, x), big-endian. */
  readonly chunks: { readonly blob: Hash; readonly count: number };
  /**
   * What is kept only for export: chunks that vanilla had not finished, and entity or point-of-interest chunks without a chunk. Blob of
   * the list (kind u8: 0 region, 1 entities, 2 poi; x int32, z int32, blob of the NBT 32 bytes each, sorted by kind, z, x), big-endian.
   */
  readonly leftovers: { readonly blob: Hash; readonly count: number };
}

export interface ImportedPlayer {
  readonly uuid: Uuid;
  /** Path of the playerdata file, or "level.dat" for the single-player one. */
  readonly source: string;
  readonly name: string | null;
  readonly dimension: DimensionName;
}

/** The exact report, as `world import --json` prints it (plus facts for the interface). */
export interface ImportReport {
  readonly name: string;
  readonly chunks: number;
  readonly entities: number;
  readonly players: number;
  readonly files: number;
  readonly translated: number;
  readonly skipped: readonly ImportProblem[];
  readonly millis: number;
}

export interface ImportOutcome {
  readonly world: ImportedWorld;
  readonly report: ImportReport;
}

/** What an export is made from, handed in by whoever knows the state. All of it belongs to one moment. */
export interface ExportSource {
  /** null for a world that was born here: everything is written new. */
  readonly imported: ImportedWorld | null;
  /** The facts of now. What differs from `imported.level` is changed in level.dat; nothing else is. */
  readonly level: LevelFacts;
  readonly dimensions: readonly ExportDimension[];
  /** Player files that play changed or made; the others come out verbatim. */
  readonly players: readonly ExportPlayer[];
  /** Uncompressed content by name. */
  blob(name: Hash): Promise<Uint8Array | null>;
}

export interface ExportDimension {
  readonly name: DimensionName;
  readonly minY: number;
  readonly height: number;
  /** Every real chunk, in any order. `imported` is the name it was imported under; null for one that was generated here. */
  chunks(): Iterable<ExportChunk> | AsyncIterable<ExportChunk>;
  /** Entities of the state (adopted or born here) by their chunk, besides those of the chunks' entity blobs. */
  readonly entities: ReadonlyMap<ChunkKey, readonly ExportEntity[]>;
}

export interface ExportChunk {
  readonly x: number;
  readonly z: number;
  readonly name: Hash;
  readonly imported: Hash | null;
}

export interface ExportEntity {
  /** The version that its NBT stands in; null when `toNbt` can write any (an item). */
  readonly dataVersion: number | null;
  toNbt(dataVersion: number): NbtCompound;
}

export interface ExportPlayer {
  /** Path inside the save ("playerdata/<uuid>.dat"), or "level.dat" for the single-player one. */
  readonly path: string;
  readonly nbt: NbtCompound;
}

export interface ExportOptions {
  readonly tables: GameTables;
  readonly clock: Clock;
  /** Exports into this folder or below are refused. */
  readonly dataFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Worker threads; 2. */
  readonly threads?: number;
}

export interface ExportProgress {
  readonly chunksDone: number;
  readonly filesDone: number;
  readonly bytesDone: number;
}

export interface ExportReport {
  readonly chunks: number;
  readonly files: number;
  readonly bytes: number;
  readonly millis: number;
}

/** `bytes` is the player's file, or level.dat with `inLevel`; compressed or not. */
export interface ReadPlayerOptions {
  readonly uuid: Uuid;
  readonly name: string;
  readonly inLevel: boolean;
  readonly kit: WorldKit;
  /** Name of `bytes` as a blob: becomes the player's origin. */
  readonly blob: Hash;
  /** The shard's tick that ticks left in the save count from; 0. */
  readonly tick?: number;
}

export interface SavedPlayer {
  readonly player: Player;
  readonly dimension: DimensionName;
}

export interface WritePlayerOptions {
  readonly dimension: DimensionName;
  readonly kit: WorldKit;
  /** Of the player's shard. */
  readonly tick: number;
  /** The origin is a level.dat, and the player the single-player one inside. */
  readonly inLevel: boolean;
}

export interface WriteEntityOptions {
  readonly kit: WorldKit;
  /** Of the entity's shard. */
  readonly tick: number;
}

/** One difference between two saves, in words of the format. */
export interface WorldDifference {
  readonly file: string;
  readonly position: { readonly x: number; readonly z: number } | null;
  /** "missing", "extra", or the path of the first tag that differs. */
  readonly what: string;
}
