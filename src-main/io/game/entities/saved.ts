import { nbt, readNbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { parseUuid, toHex, type Pose, type Uuid } from '../../../../src-shared/units/index.ts';
import type { Velocity } from './body.ts';

/** An entity of a save that play has not touched, as far as it is shown. */
export interface SavedEntity {
  readonly kind: string;
  readonly uuid: Uuid;
  readonly pose: Pose;
  readonly velocity: Velocity;
  readonly nbt: NbtCompound;
  /** UUID of what it rides on. */
  readonly vehicle: Uuid | null;
}

const HANGING = new Set(['minecraft:item_frame', 'minecraft:glow_item_frame', 'minecraft:painting']);

/**
 * The entities of a save's entity chunk (`Entities` at the top since 1.17, inside `Level` before), passengers after their vehicles.
 * What lacks a kind, a place or an identity is left out: it stays in the save, unseen.
 */
export function readSavedEntities(bytes: Uint8Array): { readonly dataVersion: number; readonly entities: readonly SavedEntity[] } {
  const { root } = readNbt(bytes);
  const dataVersion = nbt.getNumber(root, 'DataVersion') ?? 0;
  const list = nbt.getList(root, 'Entities') ?? nbt.getList(nbt.getCompound(root, 'Level') ?? root, 'Entities') ?? [];
  return { dataVersion, entities: list.flatMap((entity) => withPassengers(entity, null)) };
}

function withPassengers(tag: Nbt, vehicle: Uuid | null): readonly SavedEntity[] {
  if (tag.type !== 'compound') return [];
  const entity = readEntity(tag, vehicle);
  if (entity === null) return [];
  return [entity, ...(nbt.getList(tag, 'Passengers') ?? []).flatMap((passenger) => withPassengers(passenger, entity.uuid))];
}

function readEntity(tag: NbtCompound, vehicle: Uuid | null): SavedEntity | null {
  const kind = nbt.getText(tag, 'id');
  const uuid = readUuid(tag);
  const [x, y, z] = numbers(tag, 'Pos');
  if (kind === null || uuid === null || x === undefined || y === undefined || z === undefined) return null;
  const [yaw, pitch] = numbers(tag, 'Rotation');
  const [vx, vy, vz] = numbers(tag, 'Motion');
  const name = kind.includes(':') ? kind : `minecraft:${kind}`;
  const place = HANGING.has(name) ? hangingPlace(tag) : null;
  return {
    kind: name,
    uuid,
    pose: { ...(place ?? { x, y, z }), yaw: yaw ?? 0, pitch: pitch ?? 0 },
    velocity: { x: vx ?? 0, y: vy ?? 0, z: vz ?? 0 },
    nbt: tag,
    vehicle,
  };
}

/** What hangs on a wall is placed by the block that it hangs in. */
export function hangingPlace(tag: NbtCompound): { readonly x: number; readonly y: number; readonly z: number } | null {
  const [x, y, z] = ['TileX', 'TileY', 'TileZ'].map((name) => nbt.getNumber(tag, name));
  return x === null || y === null || z === null || x === undefined || y === undefined || z === undefined ? null : { x, y, z };
}

/** Four integers since 1.16 (20w12a), two longs before. */
function readUuid(tag: NbtCompound): Uuid | null {
  const ints = tag.value.get('UUID');
  if (ints?.type === 'intArray' && ints.value.length === 4) return uuidOfInts(ints.value);
  const most = tag.value.get('UUIDMost');
  const least = tag.value.get('UUIDLeast');
  if (most?.type !== 'long' || least?.type !== 'long') return null;
  const hex = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0');
  return parseUuid(hex(most.value) + hex(least.value));
}

function uuidOfInts(ints: Int32Array): Uuid | null {
  const bytes = new DataView(new ArrayBuffer(16));
  for (const [index, value] of ints.entries()) bytes.setInt32(index * 4, value);
  return parseUuid(toHex(new Uint8Array(bytes.buffer)));
}

function numbers(tag: NbtCompound, name: string): readonly number[] {
  return (nbt.getList(tag, name) ?? []).flatMap(({ value }) => (typeof value === 'number' && Number.isFinite(value) ? [value] : []));
}
