import { fromHex, fromUtf8, toHex, toUtf8, type Hash } from '../units/index.ts';

/** Bytes that are not the encoding of any value: cut short, too long, out of range, or not the one canonical form. */
export class WireError extends Error {
  /** Offset in the bytes at which reading stopped. */
  readonly at: number;

  constructor(reason: string, at: number) {
    super(`${reason} at byte ${at}`);
    this.name = 'WireError';
    this.at = at;
  }
}

const HASH_BYTES = 32;

/** Appends values to a growing buffer. Multi-byte numbers are big-endian. A value out of range is a bug and throws RangeError. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    requireInteger(value, 0xff);
    const at = this.#reserve(1);
    this.#view.setUint8(at, value);
  }

  bool(value: boolean): void {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value ? 1 : 0);
  }

  u16(value: number): void {
    requireInteger(value, 0xffff);
    const at = this.#reserve(2);
    this.#view.setUint16(at, value);
  }

  u32(value: number): void {
    requireInteger(value, 0xffff_ffff);
    const at = this.#reserve(4);
    this.#view.setUint32(at, value);
  }

  i32(value: number): void {
    if ((value | 0) !== value) throw new RangeError(`${value} is not a 32-bit integer`);
    const at = this.#reserve(4);
    this.#view.setInt32(at, value);
  }

  u64(value: bigint): void {
    if (BigInt.asUintN(64, value) !== value) throw new RangeError(`${value} is not an unsigned 64-bit integer`);
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, value);
  }

  f64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value);
    // An engine may keep any payload of a NaN: write the one that the reader accepts.
    if (value !== value) {
      this.#view.setUint32(at, 0x7ff8_0000);
      this.#view.setUint32(at + 4, 0);
    }
  }

  /** Unsigned LEB128 of 0 .. 2^53-1, shortest form. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not an integer from 0 to 2^53-1`);
    let at = this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[at++] = rest;
    this.#length = at;
  }

  /** A signed integer of at most 52 bits as a varint: 0, -1, 1, -2, ... */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** The bytes themselves, without their length. */
  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Length as a varint, then the bytes. */
  bytes(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** UTF-8 with its length in bytes as a varint. */
  text(text: string): void {
    if (!isAscii(text)) return this.bytes(toUtf8(text));
    this.varint(text.length);
    const at = this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[at + i] = text.charCodeAt(i);
  }

  /** 32 bytes. */
  hash(hash: Hash): void {
    const bytes = fromHex(hash);
    if (bytes.length !== HASH_BYTES) throw new RangeError(`a hash of ${bytes.length} bytes`);
    this.raw(bytes);
  }

  /** A copy of everything written so far. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Everything written so far, without a copy: good until the next write or `clear`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins again in the same memory. */
  clear(): void {
    this.#length = 0;
  }

  /** Call before touching the buffer: it may be replaced. */
  #reserve(count: number): number {
    const at = this.#length;
    const needed = at + count;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = needed;
    return at;
  }
}

/** Reads what `ByteWriter` wrote. Everything that is not its one canonical form throws WireError, before anything large is allocated. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // A Node buffer's slice is no copy, as a Uint8Array's is: what is read would share its memory.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  fail(reason: string): never {
    throw new WireError(reason, this.#at);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  bool(): boolean {
    const value = this.u8();
    if (value > 1) this.fail(`${value} is neither true nor false`);
    return value === 1;
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8));
  }

  f64(): number {
    const at = this.#take(8);
    const value = this.#view.getFloat64(at);
    if (value !== value && (this.#view.getUint32(at) !== 0x7ff8_0000 || this.#view.getUint32(at + 4) !== 0))
      this.fail('NaN in another form');
    return value;
  }

  /** 0 .. min(max, 2^53-1), shortest form only. */
  varint(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; ; count++) {
      if (count === 8) this.fail('a varint of more than 8 bytes');
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (byte === 0 && count > 0) this.fail('a varint that is longer than needed');
        break;
      }
      scale *= 0x80;
    }
    if (value > max) this.fail(`${value} is above ${Math.min(max, Number.MAX_SAFE_INTEGER)}`);
    return value;
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A count of things of at least `bytesEach` bytes: refused when they can not fit into what is left. */
  count(max: number, bytesEach = 1): number {
    const count = this.varint(max);
    if (count * bytesEach > this.remaining) this.fail(`${count} things in ${this.remaining} bytes`);
    return count;
  }

  /** A copy of the next `length` bytes. */
  raw(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.slice(at, at + length);
  }

  /** The next `length` bytes, shared with the source: for what is read and dropped. */
  view(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  bytes(max: number): Uint8Array {
    return this.raw(this.count(max));
  }

  /** `max` in bytes of UTF-8. */
  text(max: number): string {
    const text = fromUtf8(this.view(this.count(max)));
    if (text === null) this.fail('text that is not UTF-8');
    return text;
  }

  hash(): Hash {
    return toHex(this.view(HASH_BYTES)) as Hash;
  }

  /** Nothing may be left. */
  end(): void {
    if (this.remaining !== 0) this.fail(`${this.remaining} bytes too many`);
  }

  #take(count: number): number {
    const at = this.#at;
    if (count > this.#bytes.length - at) this.fail(`${count} bytes wanted, ${this.#bytes.length - at} left`);
    this.#at = at + count;
    return at;
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false;
  return true;
}

function requireInteger(value: number, max: number): void {
  if (value < 0 || value > max || value % 1 !== 0) throw new RangeError(`${value} is not an integer from 0 to ${max}`);
}
