import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { BlockPos, Pose, Uuid } from '../../../../src-shared/units/index.ts';
import type { ItemStack } from './items.ts';

/** An entity that is not a player. `id` is unique in the shard and never reused (a counter of the state). */
export interface Entity {
  readonly id: number;
  readonly uuid: Uuid;
  /** "minecraft:item", "minecraft:cow", ... */
  readonly kind: string;
  readonly pose: Pose;
  /** Blocks per tick. */
  readonly velocity: { readonly x: number; readonly y: number; readonly z: number };
  readonly body: ItemBody | FallingBlockBody | MobBody;
}

export interface ItemBody {
  readonly type: 'item';
  readonly stack: ItemStack;
  /** First tick in which it can be picked up; the thrower waits longer. */
  readonly pickupTick: number;
  readonly despawnTick: number;
  readonly thrower: Uuid | null;
}

export interface FallingBlockBody {
  readonly type: 'falling';
  /** Canonical block state name. */
  readonly block: string;
  readonly from: BlockPos;
}

/** Everything else: health if it lives, and the save's NBT verbatim in the form of `dataVersion`. */
export interface MobBody {
  readonly type: 'mob';
  readonly health: number;
  readonly nbt: NbtCompound;
  readonly dataVersion: number;
}
