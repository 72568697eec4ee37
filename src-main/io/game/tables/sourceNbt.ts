import type { Nbt, NbtType } from '../../../../src-shared/nbt/index.ts';

/** NBT as prismarine-nbt and minecraft-protocol hold it: longs are [high, low] pairs of signed 32-bit integers. */
export type SourceNbt = { readonly type: string; readonly value: unknown };

type Pair = readonly [high: number, low: number];

export function fromSourceNbt(tag: unknown): Nbt {
  const { type, value } = tag as SourceNbt;
  switch (type as NbtType) {
    case 'byte':
    case 'short':
    case 'int':
    case 'float':
    case 'double':
      return { type: type as 'int', value: value as number };
    case 'long':
      return { type: 'long', value: fromPair(value as Pair) };
    case 'string':
      return { type: 'string', value: value as string };
    case 'byteArray':
      return { type: 'byteArray', value: Int8Array.from(value as readonly number[]) };
    case 'intArray':
      return { type: 'intArray', value: Int32Array.from(value as readonly number[]) };
    case 'longArray':
      return { type: 'longArray', value: BigInt64Array.from((value as readonly Pair[]).map(fromPair)) };
    case 'list': {
      const list = value as { readonly type: NbtType; readonly value: readonly unknown[] };
      return { type: 'list', of: list.type, value: list.value.map((item) => fromSourceNbt({ type: list.type, value: item })) };
    }
    case 'compound':
      return {
        type: 'compound',
        value: new Map(Object.entries(value as Readonly<Record<string, unknown>>).map(([name, item]) => [name, fromSourceNbt(item)])),
      };
    case 'end':
      throw new TypeError('an end tag has no value');
  }
}

export function toSourceNbt(tag: Nbt): SourceNbt {
  return { type: tag.type, value: toSourceValue(tag) };
}

function toSourceValue(tag: Nbt): unknown {
  switch (tag.type) {
    case 'long':
      return toPair(tag.value);
    case 'byteArray':
    case 'intArray':
      return [...tag.value];
    case 'longArray':
      return [...tag.value].map(toPair);
    case 'list':
      return { type: tag.of, value: tag.value.map(toSourceValue) };
    case 'compound':
      return Object.fromEntries([...tag.value].map(([name, item]) => [name, toSourceNbt(item)]));
    case 'byte':
    case 'short':
    case 'int':
    case 'float':
    case 'double':
    case 'string':
      return tag.value;
  }
}

function fromPair([high, low]: Pair): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

function toPair(value: bigint): Pair {
  return [Number(BigInt.asIntN(32, value >> 32n)), Number(BigInt.asIntN(32, value))];
}
