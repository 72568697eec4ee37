export * as nbt from './build.ts';
export { differenceNbt, equalNbt } from './equal.ts';
export type { Nbt, NbtCompound, NbtList, NbtType } from './model.ts';
export { readNbt, readNbtAt, type NbtFile, type ReadNbtOptions } from './read.ts';
export { NbtSkim } from './skim.ts';
export { NbtNames } from './source.ts';
export { writeNbt, type WriteNbtOptions } from './write.ts';
