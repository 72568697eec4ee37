import type { ErrorCode, Facts } from '../../../src-shared/errors/index.ts';
import type { BlockPos, DimensionName, Hash, Uuid } from '../../../src-shared/units/index.ts';

/** Where an import puts content. Satisfied by the store's blobs. */
export interface ImportSink {
  putMany(items: readonly { readonly name: Hash; readonly bytes: Uint8Array; readonly zstd?: boolean }[]): Promise<void>;
  sync(): Promise<void>;
}

/** Small durable notes for resuming: what has been imported already. */
export interface ImportJournal {
  get(key: string): string | null;
  set(key: string, value: string): void;
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
  readonly files: readonly { readonly path: string; readonly blob: Hash; readonly bytes: number; readonly modified: number }[];
  readonly players: readonly ImportedPlayer[];
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
  /** What is kept only for export: chunks that vanilla had not finished, and entity or point-of-interest chunks without a chunk. */
  readonly leftovers: readonly {
    readonly kind: 'region' | 'entities' | 'poi';
    readonly x: number;
    readonly z: number;
    readonly blob: Hash;
  }[];
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
