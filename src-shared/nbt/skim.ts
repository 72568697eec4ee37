import { NBT_DEPTH_MAX } from '../config/index.ts';
import type { Nbt, NbtType } from './model.ts';
import { readNbtValue } from './read.ts';
import { NbtSource, type NbtNames } from './source.ts';
import { NBT_TYPES, PAYLOAD_BYTES_MIN, TAG } from './tagIds.ts';

/**
 * Walks uncompressed NBT from front to back and builds nothing that nobody asks for. The caller follows the nesting:
 *
 *     skim.root();
 *     for (let name = skim.next(); name !== null; name = skim.next()) {
 *       if (name === 'DataVersion') dataVersion = skim.number();
 *       else skim.skip();
 *     }
 *
 * After `next` exactly one of the readers below consumes the value; on a value of another type they skip it and say so, so that a caller
 * never stumbles. Throws AppError `nbt.malformed` with the offset where vanilla could not read on.
 */
export class NbtSkim {
  readonly #source: NbtSource;
  readonly #names: NbtNames;
  #type = 0;
  #start = 0;

  /** `names` may be shared by many skims of one thread: names are then made once. */
  constructor(bytes: Uint8Array, names: NbtNames) {
    this.#source = new NbtSource(bytes);
    this.#names = names;
  }

  get bytes(): Uint8Array {
    return this.#source.bytes;
  }

  /** Offset of the next byte. */
  get at(): number {
    return this.#source.at;
  }

  /** Of the tag that `next` found. */
  get type(): NbtType {
    return NBT_TYPES[this.#type]!;
  }

  /** Where the bytes begin that `array` found; of an element's or value's payload after `skip`. */
  get start(): number {
    return this.#start;
  }

  /** Enters the root; its name is returned. */
  root(): string {
    const source = this.#source;
    const type = source.i8();
    if (type !== TAG.compound) source.fail(`a root of type ${type}`, source.at - 1);
    return source.text();
  }

  /** Name of the next tag of the compound that was entered last; null at its end, which leaves it. */
  next(): string | null {
    const source = this.#source;
    this.#type = source.i8();
    if (this.#type === TAG.end) return null;
    if (this.#type < 0 || this.#type > TAG.longArray) source.fail(`a tag of type ${this.#type}`, source.at - 1);
    return source.name(this.#names);
  }

  /** Enters a compound: `next` gives its tags. False, and skipped, for anything else. */
  compound(): boolean {
    if (this.#type === TAG.compound) return true;
    this.skip();
    return false;
  }

  /**
   * Enters a list of `of` and gives its length; 0, and skipped, for anything else. The elements of a list of compounds are entered one by
   * one, each left when `next` is null; other elements are taken with `element`.
   */
  list(of: NbtType): number {
    const source = this.#source;
    if (this.#type !== TAG.list || source.bytes[source.at] !== TAG[of]) {
      this.skip();
      return 0;
    }
    source.take(1);
    return source.count(PAYLOAD_BYTES_MIN[TAG[of]]!);
  }

  /** Skips the next element of a list of `of` that is not a compound; `start` and `at` then surround it. */
  element(of: NbtType): void {
    this.#type = TAG[of];
    this.skip();
  }

  /** The next element of a list of strings. */
  textElement(): string {
    return this.#source.name(this.#names);
  }

  /** A byte, short, int, long (rounded), float or double; null for anything else. */
  number(): number | null {
    const source = this.#source;
    switch (this.#type) {
      case TAG.byte:
        return source.i8();
      case TAG.short:
        return source.i16();
      case TAG.int:
        return source.i32();
      case TAG.long:
        return Number(source.i64());
      case TAG.float:
        return source.f32();
      case TAG.double:
        return source.f64();
      default:
        this.skip();
        return null;
    }
  }

  text(): string | null {
    if (this.#type === TAG.string) return this.#source.name(this.#names);
    this.skip();
    return null;
  }

  /** Number of elements of a byte, int or long array, whose big-endian bytes begin at `start`; -1 for anything else. */
  array(type: 'byteArray' | 'intArray' | 'longArray'): number {
    if (this.#type !== TAG[type]) {
      this.skip();
      return -1;
    }
    const source = this.#source;
    const each = type === 'byteArray' ? 1 : type === 'intArray' ? 4 : 8;
    const count = source.count(each);
    this.#start = source.take(count * each);
    return count;
  }

  /** The whole value. */
  value(): Nbt {
    return readNbtValue(this.#source, this.#type);
  }

  skip(): void {
    this.#start = this.#source.at;
    skipValue(this.#source, this.#type, 1);
  }
}

/** Bytes of a payload by type; -1 where it must be looked at. */
const FIXED_BYTES: readonly number[] = [0, 1, 2, 4, 8, 4, 8, -1, -1, -1, -1, -1, -1];

function skipValue(source: NbtSource, type: number, depth: number): void {
  switch (type) {
    case TAG.string:
      source.take(source.u16());
      return;
    case TAG.byteArray:
      source.take(source.count(1));
      return;
    case TAG.intArray:
      source.take(4 * source.count(4));
      return;
    case TAG.longArray:
      source.take(8 * source.count(8));
      return;
    case TAG.compound:
      return skipCompound(source, depth);
    case TAG.list:
      return skipList(source, depth);
    default:
      source.take(FIXED_BYTES[type]!);
  }
}

function skipCompound(source: NbtSource, depth: number): void {
  if (depth > NBT_DEPTH_MAX) source.fail('nested too deep');
  for (let type = source.i8(); type !== TAG.end; type = source.i8()) {
    if (type < 0 || type > TAG.longArray) source.fail(`a tag of type ${type}`, source.at - 1);
    source.take(source.u16());
    skipValue(source, type, depth + 1);
  }
}

function skipList(source: NbtSource, depth: number): void {
  if (depth > NBT_DEPTH_MAX) source.fail('nested too deep');
  const type = source.i8();
  if (type < 0 || type > TAG.longArray) source.fail(`a list of type ${type}`, source.at - 1);
  const count = source.count(PAYLOAD_BYTES_MIN[type]!);
  if (type === TAG.end && count > 0) source.fail('a list of ends', source.at - 4);
  const fixed = FIXED_BYTES[type]!;
  if (fixed >= 0) source.take(fixed * count);
  else for (let i = 0; i < count; i++) skipValue(source, type, depth + 1);
}
