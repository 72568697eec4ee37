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
  /** Shown to clients: itself, or the placeholder for an unknown one. */
  shown(id: StateId): StateId;
}
