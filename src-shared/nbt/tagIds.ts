import type { NbtType } from './model.ts';

/** The type byte of a tag is its index here. */
export const NBT_TYPES: readonly NbtType[] = [
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

export const TAG = {
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
} as const satisfies Record<NbtType, number>;

/** Fewest bytes of a payload by type: a list that claims more elements than fit into what is left is refused before anything is allocated. */
export const PAYLOAD_BYTES_MIN: readonly number[] = [0, 1, 2, 4, 8, 4, 8, 4, 2, 5, 1, 4, 4];
