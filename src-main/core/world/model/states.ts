import type { StateId } from './chunk.ts';
import type { BlockInfo } from './tables.ts';

/** Block states of one version by runtime id and by canonical name: "minecraft:oak_stairs[facing=east,half=bottom]", properties sorted. */
export interface BlockStates {
  /** Id of a canonical name; a name that this version lacks is interned and lives above `tables.stateCount`. */
  idOf(name: string): StateId;
  nameOf(id: StateId): string;
  /** null for an unknown block. */
  blockOf(id: StateId): BlockInfo | null;
  blockNamed(name: string): BlockInfo | null;
  /** The value of a property, or null. */
  get(id: StateId, property: string): string | null;
  /** The state with one property changed; the same id if the block has no such property or value. */
  with(id: StateId, property: string, value: string): StateId;
  isAir(id: StateId): boolean;
  /** Light 0..15 that the state gives off; 0 for an unknown one. */
  emission(id: StateId): number;
  /** 0..15: light lost on entering, 0 = glass; 15 for an unknown one, as for its placeholder. */
  filter(id: StateId): number;
  /** Quarters of its faces that a slab, stair or the like closes to light, 4 bits a face (`chunk/faces.ts`); 0 for whole cubes and most others. */
  faces(id: StateId): number;
  /** Whether one in place of the other changes no light. */
  lightsAlike(a: StateId, b: StateId): boolean;
  /** Water or lava, waterlogged blocks and water plants included. */
  isFluid(id: StateId): boolean;
  /** Has a collision shape. */
  blocksMotion(id: StateId): boolean;
  /** Shown to clients: itself, or the placeholder for an unknown one. */
  shown(id: StateId): StateId;
}
