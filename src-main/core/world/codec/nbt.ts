import { NBT_DEPTH_MAX } from '../../../../src-shared/config/index.ts';
import type { Nbt, NbtCompound, NbtType } from '../../../../src-shared/nbt/index.ts';
import type { ByteReader, ByteWriter } from '../../../../src-shared/wire/index.ts';

const TYPES: readonly NbtType[] = [
  'end',
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'byteArray',
  'string',
  'list',
  'compound',
  'intArray',
  'longArray',
];

/** NBT inside our own formats: order of tags, types of empty lists and all values are kept. */
export function putNbt(writer: ByteWriter, tag: NbtCompound): void {
  putValue(writer, tag);
}

export function takeNbt(reader: ByteReader): NbtCompound {
  return takeValue(reader, 'compound', 0) as NbtCompound;
}

function putValue(writer: ByteWriter, tag: Nbt): void {
  switch (tag.type) {
    case 'byte':
    case 'short':
    case 'int':
      writer.zigzag(tag.value);
      break;
    case 'float':
    case 'double':
      writer.f64(tag.value);
      break;
    case 'long':
      writer.u64(BigInt.asUintN(64, tag.value));
      break;
    case 'string':
      writer.text(tag.value);
      break;
    case 'byteArray':
    case 'intArray':
      writer.varint(tag.value.length);
      for (const value of tag.value) writer.zigzag(value);
      break;
    case 'longArray':
      writer.varint(tag.value.length);
      for (const value of tag.value) writer.u64(BigInt.asUintN(64, value));
      break;
    case 'list':
      writer.u8(TYPES.indexOf(tag.of));
      writer.varint(tag.value.length);
      for (const value of tag.value) putValue(writer, value);
      break;
    case 'compound':
      writer.varint(tag.value.size);
      for (const [name, value] of tag.value) {
        writer.u8(TYPES.indexOf(value.type));
        writer.text(name);
        putValue(writer, value);
      }
      break;
  }
}

function takeType(reader: ByteReader): NbtType {
  return TYPES[reader.u8()] ?? reader.fail('an unknown kind of tag');
}

function takeValue(reader: ByteReader, type: NbtType, depth: number): Nbt {
  if (depth > NBT_DEPTH_MAX) reader.fail('tags nested too deep');
  switch (type) {
    case 'byte':
    case 'short':
    case 'int':
      return { type, value: reader.zigzag() };
    case 'float':
    case 'double':
      return { type, value: reader.f64() };
    case 'long':
      return { type, value: BigInt.asIntN(64, reader.u64()) };
    case 'string':
      return { type, value: reader.text(reader.remaining) };
    case 'byteArray':
      return { type, value: Int8Array.from({ length: reader.count(reader.remaining) }, () => reader.zigzag()) };
    case 'intArray':
      return { type, value: Int32Array.from({ length: reader.count(reader.remaining) }, () => reader.zigzag()) };
    case 'longArray':
      return { type, value: BigInt64Array.from({ length: reader.count(reader.remaining, 8) }, () => BigInt.asIntN(64, reader.u64())) };
    case 'list': {
      const of = takeType(reader);
      const count = reader.count(reader.remaining);
      return { type, of, value: Array.from({ length: count }, () => takeValue(reader, of, depth + 1)) };
    }
    case 'compound': {
      const value = new Map<string, Nbt>();
      const count = reader.count(reader.remaining, 3);
      for (let i = 0; i < count; i++) {
        const type = takeType(reader);
        const name = reader.text(reader.remaining);
        if (value.has(name)) reader.fail(`two tags named ${name}`);
        value.set(name, takeValue(reader, type, depth + 1));
      }
      return { type, value };
    }
    case 'end':
      return reader.fail('an end without a compound');
  }
}
