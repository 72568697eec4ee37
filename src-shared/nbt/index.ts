export * as nbt from './build.ts';
export type { Nbt, NbtCompound, NbtList, NbtType } from './model.ts';
