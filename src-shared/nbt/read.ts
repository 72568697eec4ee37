import { NBT_DEPTH_MAX, NBT_TAGS_MAX } from '../config/index.ts';
import type { Nbt, NbtCompound, NbtList, NbtType } from './model.ts';
import { NbtNames, NbtSource } from './source.ts';
import { NBT_TYPES, PAYLOAD_BYTES_MIN, TAG } from './tagIds.ts';

export interface NbtFile {
  /** Name of the root, '' in nearly every save. */
  readonly name: string;
  readonly root: NbtCompound;
  /** Bytes read; what follows them is nobody's, as in vanilla. */
  readonly length: number;
}

export interface ReadNbtOptions {
  /** Where to start; 0. */
  readonly offset?: number;
  /** Whether the root has a name: true in files; false on the wire since 1.20.2. */
  readonly named?: boolean;
  readonly depthMax?: number;
  readonly tagsMax?: number;
}

/**
 * The compound at the start of uncompressed `bytes`. Copies what it keeps. Throws AppError `nbt.malformed` with the offset for bytes that
 * vanilla could not read, and for what is nested deeper (as vanilla) or holds more tags than the limits.
 */
export function readNbt(bytes: Uint8Array, options: ReadNbtOptions = {}): NbtFile {
  const start = options.offset ?? 0;
  const reader = new Reader(new NbtSource(bytes, start), options);
  const { name, root } = reader.root(options.named ?? true);
  return { name, root, length: reader.source.at - start };
}

/** One value without its type and name, as `skim` found it. */
export function readNbtValue(source: NbtSource, type: number, options: ReadNbtOptions = {}): Nbt {
  return new Reader(source, options).value(type, 1);
}

/** The payload of `type` at `offset`, as a skim found it. */
export function readNbtAt(bytes: Uint8Array, type: NbtType, offset: number): Nbt {
  return readNbtValue(new NbtSource(bytes, offset), TAG[type]);
}

class Reader {
  readonly source: NbtSource;
  readonly #names = new NbtNames();
  readonly #depthMax: number;
  #tagsLeft: number;

  constructor(source: NbtSource, options: ReadNbtOptions) {
    this.source = source;
    this.#depthMax = options.depthMax ?? NBT_DEPTH_MAX;
    this.#tagsLeft = options.tagsMax ?? NBT_TAGS_MAX;
  }

  root(named: boolean): { readonly name: string; readonly root: NbtCompound } {
    const { source } = this;
    const type = source.i8();
    if (type !== TAG.compound) source.fail(`a root of type ${type}`, source.at - 1);
    const name = named ? source.text() : '';
    return { name, root: this.#compound(1) };
  }

  value(type: number, depth: number): Nbt {
    const { source } = this;
    switch (type) {
      case TAG.byte:
        return { type: 'byte', value: source.i8() };
      case TAG.short:
        return { type: 'short', value: source.i16() };
      case TAG.int:
        return { type: 'int', value: source.i32() };
      case TAG.long:
        return { type: 'long', value: source.i64() };
      case TAG.float:
        return { type: 'float', value: source.f32() };
      case TAG.double:
        return { type: 'double', value: source.f64() };
      case TAG.byteArray:
        return { type: 'byteArray', value: readByteArray(source) };
      case TAG.string:
        return { type: 'string', value: source.text() };
      case TAG.list:
        return this.#list(depth);
      case TAG.compound:
        return this.#compound(depth);
      case TAG.intArray:
        return { type: 'intArray', value: readIntArray(source) };
      case TAG.longArray:
        return { type: 'longArray', value: readLongArray(source) };
      default:
        return source.fail(`a tag of type ${type}`);
    }
  }

  #compound(depth: number): NbtCompound {
    const { source } = this;
    if (depth > this.#depthMax) source.fail('nested too deep');
    const value = new Map<string, Nbt>();
    for (;;) {
      const type = source.i8();
      if (type === TAG.end) return { type: 'compound', value };
      if (type < 0 || type > TAG.longArray) source.fail(`a tag of type ${type}`, source.at - 1);
      this.#spend(1);
      const name = source.name(this.#names);
      value.set(name, this.value(type, depth + 1));
    }
  }

  #list(depth: number): NbtList {
    const { source } = this;
    if (depth > this.#depthMax) source.fail('nested too deep');
    const type = source.i8();
    const of = NBT_TYPES[type] ?? source.fail(`a list of type ${type}`, source.at - 1);
    const count = source.count(PAYLOAD_BYTES_MIN[type]!);
    if (type === TAG.end && count > 0) source.fail('a list of ends', source.at - 4);
    this.#spend(count);
    const value: Nbt[] = [];
    for (let i = 0; i < count; i++) value.push(this.value(type, depth + 1));
    return { type: 'list', of, value };
  }

  #spend(tags: number): void {
    this.#tagsLeft -= tags;
    if (this.#tagsLeft < 0) this.source.fail('too many tags');
  }
}

function readByteArray(source: NbtSource): Int8Array {
  const count = source.count(1);
  const start = source.take(count);
  return new Int8Array(source.bytes.slice(start, start + count).buffer);
}

function readIntArray(source: NbtSource): Int32Array {
  const count = source.count(4);
  const { bytes } = source;
  let at = source.take(4 * count);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++, at += 4) out[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  return out;
}

function readLongArray(source: NbtSource): BigInt64Array {
  const count = source.count(8);
  const view = new DataView(source.bytes.buffer, source.bytes.byteOffset + source.take(8 * count), 8 * count);
  const out = new BigInt64Array(count);
  for (let i = 0; i < count; i++) out[i] = view.getBigInt64(8 * i);
  return out;
}
