import type { Hash } from '../../../src-shared/units/index.ts';

/** One record of the write-ahead log. `group` routes it on recovery; `body` is opaque here. */
export interface LogRecord {
  readonly group: string;
  readonly kind: string;
  readonly body: Uint8Array;
}

export interface StoredRecord extends LogRecord {
  /** Position in the machine's log, strictly increasing. */
  readonly sequence: number;
}

/**
 * The disk under one world: a write-ahead log with group commit, blobs by name, a catalogue. After the first failed sync every call
 * rejects with `store.sync-failed` and `failed` settles.
 */
export interface Store {
  /** Resolves when the records, and all before them, are on the medium. Many callers share one write and one sync. */
  append(records: readonly LogRecord[]): Promise<readonly number[]>;
  /** Every surviving record from `firstKept` on, in order, as of opening. Call once. */
  recover(): AsyncIterable<StoredRecord>;
  /** Forgets records of `group` below `sequence`; whole segments are deleted once no group needs them. */
  trim(group: string, sequence: number): Promise<void>;
  readonly blobs: Blobs;
  readonly catalogue: Catalogue;
  /** Rejects once, with the fault, when the store has died. Never resolves otherwise. */
  readonly failed: Promise<never>;
  usage(): Promise<{ readonly logBytes: number; readonly blobBytes: number; readonly blobs: number }>;
  close(): Promise<void>;
}

/** Content by name (the name is a Merkle root or a digest that the caller verifies). Stored with zstd; same name, same content. */
export interface Blobs {
  /** Durable only after `sync`. Putting a name that exists does nothing. */
  put(name: Hash, bytes: Uint8Array): Promise<void>;
  /** Many at once, for imports: bytes may come compressed already (`zstd: true`). */
  putMany(items: readonly { readonly name: Hash; readonly bytes: Uint8Array; readonly zstd?: boolean }[]): Promise<void>;
  has(name: Hash): boolean;
  /** Uncompressed content; null when missing. Throws `store.blob-damaged` when it cannot be read back as written. */
  get(name: Hash): Promise<Uint8Array | null>;
  sync(): Promise<void>;
  /** Removes everything that `keep` does not name; returns bytes freed. */
  sweep(keep: (name: Hash) => boolean): Promise<number>;
}

/** Small facts for queries; all of it can be rebuilt from log and blobs. Values are JSON text. */
export interface Catalogue {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
  /** Keys that start with `prefix`, sorted. */
  keys(prefix: string): readonly string[];
  /** Indexed facts with history: snapshots, events, import reports. Newest first. */
  addFact(table: 'snapshots' | 'events' | 'reports' | 'evidence', height: number, value: string): void;
  facts(
    table: 'snapshots' | 'events' | 'reports' | 'evidence',
    limit: number,
  ): readonly { readonly height: number; readonly value: string }[];
}
