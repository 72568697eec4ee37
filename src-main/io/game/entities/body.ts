import { chunkKey, chunkOf, type ChunkKey, type Pose, type Uuid } from '../../../../src-shared/units/index.ts';
import type { Slot } from '../../../core/world/index.ts';
import type { MetadataEntry } from '../wire/serverPackets.ts';
import type { EntityKind } from './kinds.ts';

export interface Velocity {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Slots of the equipment packet: main hand, off hand, feet, legs, chest, head. */
export type Equipment = readonly [main: Slot, off: Slot, feet: Slot, legs: Slot, chest: Slot, head: Slot];

export const NO_EQUIPMENT: Equipment = [null, null, null, null, null, null];

/** What a thing looks like, wherever it is. */
export interface Look {
  readonly kind: EntityKind;
  /** Type-specific number of the spawn packet: facing of a frame, block of a falling block. */
  readonly objectData: number;
  readonly metadata: readonly MetadataEntry[];
  readonly equipment: Equipment;
}

/** Who it is, in the maps of a dimension. */
export type BodyKey = `player:${Uuid}` | `entity:${number}` | `saved:${string}`;

/** Positions go over the wire in 4,096ths of a block, as differences to the last one: all viewers of a body share that base. */
const STEPS_PER_BLOCK = 4096;
const STEPS_MAX = 32_767;

/** Anything that is drawn and is no block. Entity ids are this gateway's own. */
export class Body {
  readonly eid: number;
  readonly uuid: Uuid;
  key: BodyKey;
  look: Look;
  pose: Pose;
  headYaw: number;
  onGround = false;
  velocity: Velocity;
  chunk: ChunkKey;
  passengers: readonly number[] = [];
  #base: Velocity;

  constructor(
    key: BodyKey,
    eid: number,
    facts: { readonly uuid: Uuid; readonly look: Look; readonly pose: Pose; readonly velocity?: Velocity },
  ) {
    this.key = key;
    this.eid = eid;
    this.uuid = facts.uuid;
    this.look = facts.look;
    this.pose = facts.pose;
    this.headYaw = facts.pose.yaw;
    this.velocity = facts.velocity ?? { x: 0, y: 0, z: 0 };
    this.chunk = keyOf(facts.pose);
    this.#base = stepsOf(facts.pose);
  }

  /** Where viewers believe it is. */
  get shown(): Velocity {
    return { x: this.#base.x / STEPS_PER_BLOCK, y: this.#base.y / STEPS_PER_BLOCK, z: this.#base.z / STEPS_PER_BLOCK };
  }

  /** Takes the new place as the base. Null: too far for a difference, to be sent whole. */
  step(pose: Pose): { readonly dX: number; readonly dY: number; readonly dZ: number } | null {
    const next = stepsOf(pose);
    const delta = { dX: next.x - this.#base.x, dY: next.y - this.#base.y, dZ: next.z - this.#base.z };
    this.#base = next;
    const far = Math.max(Math.abs(delta.dX), Math.abs(delta.dY), Math.abs(delta.dZ)) > STEPS_MAX;
    return far ? null : delta;
  }
}

export function keyOf(pose: { readonly x: number; readonly z: number }): ChunkKey {
  const { x, z } = chunkOf(pose);
  return chunkKey(x, z);
}

function stepsOf({ x, y, z }: Velocity): Velocity {
  return { x: Math.round(x * STEPS_PER_BLOCK), y: Math.round(y * STEPS_PER_BLOCK), z: Math.round(z * STEPS_PER_BLOCK) };
}

/** Degrees as the protocol's signed byte. */
export function angle(degrees: number): number {
  const turned = Math.floor((degrees * 256) / 360) & 0xff;
  return turned > 127 ? turned - 256 : turned;
}

/** Blocks per tick as the protocol's 8,000ths. */
export function speed({ x, y, z }: Velocity): Velocity {
  const part = (value: number): number => Math.trunc(Math.max(-3.9, Math.min(3.9, value)) * 8000);
  return { x: part(x), y: part(y), z: part(z) };
}

/** Ids that this gateway gives to what it draws. */
export class EntityIds {
  readonly #players = new Map<Uuid, number>();
  readonly #byEid = new Map<number, Body>();
  #next = 1;

  next(): number {
    return this.#next++;
  }

  /** A player keeps theirs as long as the gateway runs. */
  ofPlayer(uuid: Uuid): number {
    const known = this.#players.get(uuid);
    if (known !== undefined) return known;
    const eid = this.next();
    this.#players.set(uuid, eid);
    return eid;
  }

  track(body: Body): void {
    this.#byEid.set(body.eid, body);
  }

  forget(body: Body): void {
    if (this.#byEid.get(body.eid) === body) this.#byEid.delete(body.eid);
  }

  body(eid: number): Body | null {
    return this.#byEid.get(eid) ?? null;
  }
}
