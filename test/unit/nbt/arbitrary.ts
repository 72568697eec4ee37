import fc from 'fast-check';
import { nbt, type Nbt, type NbtCompound, type NbtType } from '../../../src-shared/nbt/index.ts';

/** Any UTF-16 text: NUL, lone surrogates and all. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units));

const scalars = {
  byte: fc.integer({ min: -128, max: 127 }).map(nbt.byte),
  short: fc.integer({ min: -32_768, max: 32_767 }).map(nbt.short),
  int: fc.integer().map(nbt.int),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(nbt.long),
  float: fc.float().map(nbt.float),
  double: fc.double().map(nbt.double),
  byteArray: fc.int8Array({ maxLength: 9 }).map((value): Nbt => ({ type: 'byteArray', value })),
  string: anyText.map(nbt.text),
  intArray: fc.int32Array({ maxLength: 9 }).map(nbt.intArray),
  longArray: fc.bigInt64Array({ maxLength: 9 }).map(nbt.longArray),
} satisfies Partial<Record<NbtType, fc.Arbitrary<Nbt>>>;

const { compound } = fc.letrec<{ value: Nbt; list: Nbt; compound: NbtCompound }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, ...Object.values(scalars), tie('list'), tie('compound')),
  list: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<NbtType>('end', 'byte', 'compound', 'longArray').map((of): Nbt => ({ type: 'list', of, value: [] })),
    ...Object.entries(scalars).map(([of, element]) =>
      fc.array(element, { maxLength: 5 }).map((value): Nbt => ({ type: 'list', of: of as NbtType, value })),
    ),
    fc.array(tie('compound'), { maxLength: 4 }).map((value): Nbt => ({ type: 'list', of: 'compound', value })),
    fc.array(tie('list'), { maxLength: 3 }).map((value): Nbt => ({ type: 'list', of: 'list', value })),
  ),
  compound: fc
    .array(fc.tuple(anyText, tie('value')), { maxLength: 6 })
    .map((entries): NbtCompound => ({ type: 'compound', value: new Map(entries) })),
}));

export const anyCompound: fc.Arbitrary<NbtCompound> = compound;
export { anyText };
