import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { WireSlot } from '../wire/clientPackets.ts';

/** What the tags of an entity refer to. */
export interface MobContext {
  readonly paintings: readonly string[];
  readonly wolves: readonly string[];
  /** An item tag of the save as it goes over the wire. */
  item(tag: NbtCompound | null): WireSlot;
  /** A block state tag of the save as protocol id. */
  block(tag: NbtCompound | null): number;
}
