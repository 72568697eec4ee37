import type { Hash } from '../../../src-shared/units/index.ts';
import type { Clock, Crypto, Disk, Log, Random } from '../../ports/index.ts';

export interface StoreOptions {
  /** Everything of the store lies below its root. The caller holds the lock of the folder: two stores on one disk destroy each other. */
  readonly disk: Disk;
  /** Absolute path of that root: SQLite opens its file itself. null keeps the catalogue in memory (simulation). */
  readonly folder: string | null;
  readonly crypto: Pick<Crypto, 'digest'>;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<StoreLimits>;
  /** Of blobs; the system's thread pool by default. The simulation gives `inlineZstd()`. */
  readonly zstd?: Zstd;
  /**
   * What to do with a damaged log: 'refuse' (the default) throws `store.damaged`; 'keep-prefix', by a person's consent, goes on with what is whole before the damage and keeps the
   * rest beside in `log/damaged`.
   */
  readonly onDamage?: 'refuse' | 'keep-prefix';
}

/** All in bytes, except `packsOpen`. */
export interface StoreLimits {
  readonly segmentBytes: number;
  readonly batchBytes: number;
  readonly queuedBytes: number;
  readonly reserveBytes: number;
  readonly diskReserveBytes: number;
  readonly packBytes: number;
  readonly packsOpen: number;
}

/** One record of the write-ahead log. `group` routes it on recovery; `body` is opaque here. */
export interface LogRecord {
  readonly group: string;
  readonly kind: string;
  readonly body: Uint8Array;
}

/** `body` may share its memory with others: copy it before handing its buffer over. */
export interface StoredRecord extends LogRecord {
  /** Position in the machine's log, strictly increasing. */
  readonly sequence: number;
}

/**
 * The disk under one world: a write-ahead log with group commit, blobs by name, a catalogue. After the first failed sync every call
 * rejects (the catalogue's throw) with `store.sync-failed` and `failed` settles. Out of space, calls reject with `store.full`, and what they were given is not
 * stored; they work again when there is space.
 */
export interface Store {
  /** Resolves when the records, and all before them, are on the medium. Many callers share one write and one sync. */
  append(records: readonly LogRecord[]): Promise<readonly number[]>;
  /** Every record that no `trim` has forgotten, in order, as of opening. Call once, before the first `trim`. */
  recover(): AsyncIterable<StoredRecord>;
  /** Forgets records of `group` below `sequence`; whole segments, oldest first, are deleted once no group needs them. */
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
  /**
   * Removes everything that `keep` does not name; returns bytes freed. What is put while it runs stays; what was put before and is not named yet, `keep` must
   * know. One at a time.
   */
  sweep(keep: (name: Hash) => boolean): Promise<number>;
}

/** Compression of blobs. */
export interface Zstd {
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  /** Rejects when the content is damaged or longer than `bytesMax`. */
  decompress(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array>;
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
