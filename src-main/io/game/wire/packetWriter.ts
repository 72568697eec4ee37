import type { Nbt, NbtType } from '../../../../src-shared/nbt/index.ts';
import { varintBytes, writeVarint } from './varint.ts';

const NBT_IDS: Readonly<Record<NbtType, number>> = {
  end: 0,
  byte: 1,
  short: 2,
  int: 3,
  long: 4,
  float: 5,
  double: 6,
  byteArray: 7,
  string: 8,
  list: 9,
  compound: 10,
  intArray: 11,
  longArray: 12,
};

/** Builds the packets that are too many or too large for the general codec. Numbers are big-endian. */
export class PacketWriter {
  #bytes: Buffer;
  #at = 0;

  constructor(capacity = 1024) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#at;
  }

  varint(value: number): this {
    this.reserve(5);
    this.#at = writeVarint(this.#bytes, this.#at, value);
    return this;
  }

  u8(value: number): this {
    this.reserve(1);
    this.#bytes[this.#at++] = value;
    return this;
  }

  i16(value: number): this {
    this.reserve(2);
    this.#at = this.#bytes.writeInt16BE(value, this.#at);
    return this;
  }

  i32(value: number): this {
    this.reserve(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
    return this;
  }

  i64(value: bigint): this {
    this.reserve(8);
    this.#at = this.#bytes.writeBigInt64BE(value, this.#at);
    return this;
  }

  f64(value: number): this {
    this.reserve(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  text(text: string): this {
    const length = Buffer.byteLength(text);
    this.varint(length);
    this.reserve(length);
    this.#at += this.#bytes.write(text, this.#at);
    return this;
  }

  /** Network NBT (1.20.2 and later): the type, no name, the value. */
  nbt(tag: Nbt): this {
    this.u8(NBT_IDS[tag.type]);
    this.#nbtValue(tag);
    return this;
  }

  /** Room for `count` bytes at the returned offset, to be filled by the caller through `bytes` at once. */
  take(count: number): { readonly bytes: Buffer; readonly at: number } {
    this.reserve(count);
    const at = this.#at;
    this.#at += count;
    return { bytes: this.#bytes, at };
  }

  /** A copy of what was written. */
  finish(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  /** What was written, without a copy: the writer must not be used again. */
  finishInPlace(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  reset(): void {
    this.#at = 0;
  }

  /** The bytes so far preceded by their length as a varint, appended to `target`. */
  appendTo(target: PacketWriter): void {
    target.varint(this.#at).raw(this.#bytes.subarray(0, this.#at));
  }

  reserve(count: number): void {
    const needed = this.#at + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }

  #nbtValue(tag: Nbt): void {
    switch (tag.type) {
      case 'byte':
        this.u8(tag.value & 0xff);
        return;
      case 'short':
        this.i16(tag.value);
        return;
      case 'int':
        this.i32(tag.value);
        return;
      case 'long':
        this.i64(tag.value);
        return;
      case 'float':
        this.reserve(4);
        this.#at = this.#bytes.writeFloatBE(tag.value, this.#at);
        return;
      case 'double':
        this.f64(tag.value);
        return;
      case 'string':
        this.#nbtText(tag.value);
        return;
      case 'byteArray':
        this.i32(tag.value.length).raw(new Uint8Array(tag.value.buffer, tag.value.byteOffset, tag.value.length));
        return;
      case 'intArray':
        this.i32(tag.value.length);
        for (const item of tag.value) this.i32(item);
        return;
      case 'longArray':
        this.i32(tag.value.length);
        for (const item of tag.value) this.i64(item);
        return;
      case 'list':
        this.u8(NBT_IDS[tag.value.length === 0 ? 'end' : tag.of]).i32(tag.value.length);
        for (const item of tag.value) this.#nbtValue(item);
        return;
      case 'compound':
        for (const [name, item] of tag.value) {
          this.u8(NBT_IDS[item.type]);
          this.#nbtText(name);
          this.#nbtValue(item);
        }
        this.u8(0);
    }
  }

  /** Modified UTF-8: U+0000 and characters beyond the basic plane differ from UTF-8. */
  #nbtText(text: string): void {
    const start = this.#at;
    this.i16(0);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit !== 0 && unit < 0x80) this.u8(unit);
      else if (unit < 0x800) this.u8(0xc0 | (unit >> 6)).u8(0x80 | (unit & 63));
      else
        this.u8(0xe0 | (unit >> 12))
          .u8(0x80 | ((unit >> 6) & 63))
          .u8(0x80 | (unit & 63));
    }
    const length = this.#at - start - 2;
    if (length > 0xffff) throw new RangeError(`NBT text of ${length} bytes`);
    this.#bytes.writeUInt16BE(length, start);
  }
}

/** Size of a text on the wire. */
export function textBytes(text: string): number {
  const length = Buffer.byteLength(text);
  return varintBytes(length) + length;
}
