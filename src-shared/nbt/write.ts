import { NBT_DEPTH_MAX } from '../config/index.ts';
import type { Nbt, NbtCompound } from './model.ts';
import { modifiedUtf8Length, writeModifiedUtf8 } from './modifiedUtf8.ts';
import { TAG } from './tagIds.ts';

const TEXT_BYTES_MAX = 0xffff;

export interface WriteNbtOptions {
  /** Name of the root; null writes none, as on the wire since 1.20.2. */
  readonly name?: string | null;
}

/**
 * The bytes of a compound as a root. Order of tags as in the compound, so that what `readNbt` read is written with equal bytes (a NaN in
 * Java's one form). Throws RangeError, a bug of the caller, for what NBT can not hold: a text above 65,535 bytes, a list of mixed types,
 * nesting that no reader accepts.
 */
export function writeNbt(root: NbtCompound, options: WriteNbtOptions = {}): Uint8Array {
  const writer = new Writer();
  const name = options.name === undefined ? '' : options.name;
  writer.i8(TAG.compound);
  if (name !== null) writer.text(name);
  writer.value(root, 1);
  return writer.finish();
}

class Writer {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  value(tag: Nbt, depth: number): void {
    switch (tag.type) {
      case 'byte':
        return this.i8(tag.value);
      case 'short':
        return this.#i16(tag.value);
      case 'int':
        return this.#i32(tag.value);
      case 'long':
        return this.#i64(tag.value);
      case 'float':
        return this.#f32(tag.value);
      case 'double':
        return this.#f64(tag.value);
      case 'byteArray':
        this.#i32(tag.value.length);
        return this.#raw(new Uint8Array(tag.value.buffer, tag.value.byteOffset, tag.value.length));
      case 'string':
        return this.text(tag.value);
      case 'list':
        return this.#list(tag, depth);
      case 'compound':
        return this.#compound(tag, depth);
      case 'intArray':
        return this.#intArray(tag.value);
      case 'longArray':
        return this.#longArray(tag.value);
    }
  }

  i8(value: number): void {
    // The view is replaced when the buffer grows: reserve first, then look at it.
    const at = this.#reserve(1);
    this.#view.setInt8(at, value);
  }

  text(text: string): void {
    const length = modifiedUtf8Length(text);
    if (length > TEXT_BYTES_MAX) throw new RangeError(`a text of ${length} bytes`);
    const at = this.#reserve(2 + length);
    this.#view.setUint16(at, length);
    writeModifiedUtf8(text, this.#bytes, at + 2);
  }

  #compound(tag: NbtCompound, depth: number): void {
    checkDepth(depth);
    for (const [name, value] of tag.value) {
      this.i8(TAG[value.type]);
      this.text(name);
      this.value(value, depth + 1);
    }
    this.i8(TAG.end);
  }

  #list(tag: Nbt & { readonly type: 'list' }, depth: number): void {
    checkDepth(depth);
    this.i8(TAG[tag.of]);
    this.#i32(tag.value.length);
    for (const element of tag.value) {
      if (element.type !== tag.of) throw new RangeError(`${element.type} in a list of ${tag.of}`);
      this.value(element, depth + 1);
    }
  }

  #i16(value: number): void {
    const at = this.#reserve(2);
    this.#view.setInt16(at, value);
  }

  #i64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value);
  }

  #i32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setInt32(at, value);
  }

  #f32(value: number): void {
    const at = this.#reserve(4);
    if (value !== value) this.#view.setUint32(at, 0x7fc0_0000);
    else this.#view.setFloat32(at, value);
  }

  #f64(value: number): void {
    const at = this.#reserve(8);
    if (value !== value) this.#view.setBigUint64(at, 0x7ff8_0000_0000_0000n);
    else this.#view.setFloat64(at, value);
  }

  #intArray(values: Int32Array): void {
    const at = this.#reserve(4 + 4 * values.length);
    const view = this.#view;
    view.setInt32(at, values.length);
    for (let i = 0; i < values.length; i++) view.setInt32(at + 4 + 4 * i, values[i]!);
  }

  #longArray(values: BigInt64Array): void {
    const at = this.#reserve(4 + 8 * values.length);
    const view = this.#view;
    view.setInt32(at, values.length);
    for (let i = 0; i < values.length; i++) view.setBigInt64(at + 4 + 8 * i, values[i]!);
  }

  #raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

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

function checkDepth(depth: number): void {
  if (depth > NBT_DEPTH_MAX) throw new RangeError('nested too deep');
}
