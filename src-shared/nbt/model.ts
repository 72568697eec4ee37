/**
 * Named Binary Tag values (Java edition, big-endian), lossless: every tag keeps its type, lists keep their element type even when
 * empty, compounds keep their order. Values are treated as immutable; build a new compound to change one.
 * Source of the format: https://minecraft.wiki/w/NBT_format
 */
export type NbtType =
  | 'end'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'byteArray'
  | 'string'
  | 'list'
  | 'compound'
  | 'intArray'
  | 'longArray';

export type Nbt =
  | { readonly type: 'byte' | 'short' | 'int' | 'float' | 'double'; readonly value: number }
  | { readonly type: 'long'; readonly value: bigint }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'byteArray'; readonly value: Int8Array }
  | { readonly type: 'intArray'; readonly value: Int32Array }
  | { readonly type: 'longArray'; readonly value: BigInt64Array }
  | NbtList
  | NbtCompound;

export interface NbtList {
  readonly type: 'list';
  /** Element type; 'end' for the empty list that vanilla writes. */
  readonly of: NbtType;
  readonly value: readonly Nbt[];
}

export interface NbtCompound {
  readonly type: 'compound';
  readonly value: ReadonlyMap<string, Nbt>;
}
