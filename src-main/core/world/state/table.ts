import { BUCKETS_PER_TABLE_MAX, ITEMS_PER_BUCKET_MAX } from '../../../../src-shared/config/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter, WireError } from '../../../../src-shared/wire/index.ts';
import { decodeParts, encodeParts, nameOfParts } from '../codec/parts.ts';
import { MessageReader, MessageWriter, type Shape } from '../codec/shapes.ts';
import type { WorldKit } from '../door.ts';

export type Key = string | number;

/** What is kept in one table of a shard. `bucketOf` and `compare` depend on the value alone, so that the same content has the same root. */
export interface TableKind<K extends Key, V extends object> {
  /** First byte of each of its parts; not 0. */
  readonly tag: number;
  readonly shape: Shape<V>;
  keyOf(value: V): K;
  bucketOf(value: V): number;
  /** Total order of values; buckets ascend in it. */
  compare(a: V, b: V): number;
}

interface Bucket<K extends Key> {
  readonly keys: Set<K>;
  /** null: changed since it was hashed. */
  name: Uint8Array | null;
  /** Name under which it was last durable. */
  durable: Hash | null;
}

export interface Blob {
  readonly name: Hash;
  readonly encode: () => Uint8Array;
}

/**
 * Immutable values by key with a Merkle root: value -> bucket -> table. A change costs one value and its bucket. Iterates in the order of
 * `compare`, whatever happened in which order.
 */
export class Table<K extends Key, V extends object> {
  readonly #kind: TableKind<K, V>;
  readonly #kit: WorldKit;
  readonly #values = new Map<K, V>();
  readonly #buckets = new Map<number, Bucket<K>>();
  /** null: keys came or went since it was sorted. */
  #order: K[] | null = null;
  #index: Uint8Array | null = null;

  constructor(kind: TableKind<K, V>, kit: WorldKit) {
    this.#kind = kind;
    this.#kit = kit;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  /** Sets or, with undefined, removes. Returns what was there. */
  put(key: K, value: V | undefined): V | undefined {
    const before = this.#values.get(key);
    if (before === value) return before;
    if (before !== undefined) this.#leaveBucket(key, before);
    if (value !== undefined) {
      this.#values.set(key, value);
      this.#bucket(this.#kind.bucketOf(value)).keys.add(key);
    } else this.#values.delete(key);
    if (before === undefined || value === undefined) this.#order = null;
    this.#index = null;
    return before;
  }

  *values(): IterableIterator<V> {
    for (const key of this.#sortedKeys()) {
      const value = this.#values.get(key);
      if (value !== undefined) yield value;
    }
  }

  /** The values of one bucket in order. */
  inBucket(bucket: number): readonly V[] {
    const keys = this.#buckets.get(bucket)?.keys ?? [];
    return Array.from(keys, (key) => this.#values.get(key)!).sort((a, b) => this.#kind.compare(a, b));
  }

  /** The part of the manifest that names the buckets: tag, count, then number and name of each in ascending order. */
  index(): Uint8Array {
    if (this.#index !== null) return this.#index;
    const numbers = [...this.#buckets.keys()].sort((a, b) => a - b);
    const writer = new ByteWriter(16 + numbers.length * 36);
    writer.u8(this.#kind.tag);
    writer.varint(numbers.length);
    for (const number of numbers) {
      writer.varint(number);
      writer.raw(this.#nameOf(number));
    }
    this.#index = writer.finish();
    return this.#index;
  }

  /** Buckets that are not durable under their present name. */
  collect(): readonly Blob[] {
    const blobs: Blob[] = [];
    for (const [number, bucket] of this.#buckets) {
      const name = toHex(this.#nameOf(number)) as Hash;
      if (bucket.durable === name) continue;
      const values = this.inBucket(number);
      blobs.push({ name, encode: () => this.#encode(values) });
    }
    return blobs;
  }

  collected(names: ReadonlySet<Hash>): void {
    for (const [number, bucket] of this.#buckets) {
      const name = toHex(this.#nameOf(number)) as Hash;
      if (names.has(name)) bucket.durable = name;
    }
  }

  /** Reads what `index` and `collect` wrote into this empty table. Throws WireError. */
  load(index: Uint8Array, blobs: (name: Hash) => Uint8Array): void {
    for (const { number, name } of readIndex(index, this.#kind.tag)) {
      const { kind, parts } = decodeParts(blobs(name));
      if (kind !== 'bucket' || parts.length === 0 || parts.length > ITEMS_PER_BUCKET_MAX) throw new WireError('no bucket', 0);
      let last: V | null = null;
      for (const part of parts) {
        const value = decodeItem(this.#kind, part, this.#kit);
        if (this.#kind.bucketOf(value) !== number || (last !== null && this.#kind.compare(last, value) >= 0))
          throw new WireError('a bucket out of order', 0);
        if (this.put(this.#kind.keyOf(value), value) !== undefined) throw new WireError('a key twice', 0);
        last = value;
      }
      this.#bucket(number).durable = name;
    }
  }

  #sortedKeys(): readonly K[] {
    if (this.#order === null) {
      const values = [...this.#values.values()].sort((a, b) => this.#kind.compare(a, b));
      this.#order = values.map((value) => this.#kind.keyOf(value));
    }
    return this.#order;
  }

  #bucket(number: number): Bucket<K> {
    let bucket = this.#buckets.get(number);
    if (bucket === undefined) {
      bucket = { keys: new Set(), name: null, durable: null };
      this.#buckets.set(number, bucket);
    }
    bucket.name = null;
    return bucket;
  }

  #leaveBucket(key: K, value: V): void {
    const number = this.#kind.bucketOf(value);
    const bucket = this.#bucket(number);
    bucket.keys.delete(key);
    if (bucket.keys.size === 0) this.#buckets.delete(number);
  }

  #nameOf(number: number): Uint8Array {
    const bucket = this.#buckets.get(number)!;
    bucket.name ??= nameOfParts(
      'bucket',
      this.inBucket(number).map((value) => this.#hashOf(value)),
      this.#kit.digest,
    );
    return bucket.name;
  }

  #hashOf(value: V): Uint8Array {
    const known = this.#kit.hashes.get(value);
    if (known !== undefined) return known;
    const hash = this.#kit.digest(this.#encodeValue(value));
    this.#kit.hashes.set(value, hash);
    return hash;
  }

  #encode(values: readonly V[]): Uint8Array {
    return encodeParts('bucket', { parts: values.map((value) => this.#encodeValue(value)), tail: new Uint8Array(0) });
  }

  #encodeValue(value: V): Uint8Array {
    const writer = new MessageWriter(this.#kit.states);
    writer.u8(this.#kind.tag);
    this.#kind.shape.write(writer, value);
    return writer.finish();
  }
}

/** Throws WireError. */
export function decodeItem<K extends Key, V extends object>(kind: TableKind<K, V>, part: Uint8Array, kit: WorldKit): V {
  const reader = new MessageReader(part, kit.states);
  if (reader.u8() !== kind.tag) reader.fail('an item of another table');
  const value = kind.shape.read(reader);
  reader.end();
  return value;
}

/** Numbers and names of the buckets of one part of a manifest. Throws WireError. */
export function readIndex(index: Uint8Array, tag: number): readonly { readonly number: number; readonly name: Hash }[] {
  const reader = new ByteReader(index);
  if (reader.u8() !== tag) reader.fail('another table');
  const length = reader.count(BUCKETS_PER_TABLE_MAX, 33);
  const found: { readonly number: number; readonly name: Hash }[] = [];
  for (let i = 0; i < length; i++) {
    const number = reader.varint();
    if (i > 0 && number <= found[i - 1]!.number) reader.fail('buckets out of order');
    found.push({ number, name: reader.hash() });
  }
  reader.end();
  return found;
}
