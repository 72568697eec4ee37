import { AppError } from '../errors/index.ts';
import { readModifiedUtf8 } from './modifiedUtf8.ts';

const NAME_SLOTS = 2048;

/** Big-endian bytes with a position that never passes the end. */
export class NbtSource {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    // A Node buffer's slice is no copy, as a Uint8Array's is: what is kept would share its memory.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  /** Throws AppError `nbt.malformed` with the offset of what could not be read. */
  fail(reason: string, offset = this.at): never {
    throw new AppError('nbt.malformed', { offset, reason });
  }

  /** Moves past `count` bytes and gives their start. */
  take(count: number): number {
    const start = this.at;
    if (count > this.bytes.length - start) this.fail('cut short');
    this.at = start + count;
    return start;
  }

  i8(): number {
    return this.#view.getInt8(this.take(1));
  }

  i16(): number {
    return this.#view.getInt16(this.take(2));
  }

  u16(): number {
    return this.#view.getUint16(this.take(2));
  }

  i32(): number {
    return this.#view.getInt32(this.take(4));
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.take(8));
  }

  f32(): number {
    return this.#view.getFloat32(this.take(4));
  }

  f64(): number {
    return this.#view.getFloat64(this.take(8));
  }

  /** Length of an array or list whose elements take at least `bytesEach`: refused when they can not fit into what is left. */
  count(bytesEach: number): number {
    const count = this.i32();
    if (count < 0 || count * bytesEach > this.remaining) this.fail(`length ${count}`, this.at - 4);
    return count;
  }

  text(): string {
    const length = this.u16();
    const start = this.take(length);
    return this.#textAt(start, start + length);
  }

  /** As `text`, for names, which repeat: the same name is the same string, made once. */
  name(names: NbtNames): string {
    const length = this.u16();
    const start = this.take(length);
    return names.find(this.bytes, start, length) ?? names.add(this.bytes, start, length, this.#textAt(start, start + length));
  }

  #textAt(start: number, end: number): string {
    return readModifiedUtf8(this.bytes, start, end) ?? this.fail('text that is no modified UTF-8', start);
  }
}

/** Names seen lately, by their bytes. A newer name replaces an older one in the same slot, so it never grows. */
export class NbtNames {
  readonly #bytes: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(NAME_SLOTS);
  readonly #names: string[] = new Array<string>(NAME_SLOTS).fill('');

  find(bytes: Uint8Array, start: number, length: number): string | null {
    const slot = slotOf(bytes, start, length);
    const known = this.#bytes[slot];
    if (known === undefined || known.length !== length) return null;
    for (let i = 0; i < length; i++) if (known[i] !== bytes[start + i]) return null;
    return this.#names[slot]!;
  }

  add(bytes: Uint8Array, start: number, length: number, name: string): string {
    const slot = slotOf(bytes, start, length);
    this.#bytes[slot] = bytes.slice(start, start + length);
    this.#names[slot] = name;
    return name;
  }
}

function slotOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + bytes[start + i]!) | 0;
  return (hash ^ (hash >>> 11)) & (NAME_SLOTS - 1);
}
