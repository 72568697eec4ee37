import { full } from '../tables/full.ts';
import type { SourceData } from '../tables/source.ts';
import type { MetadataEntry } from '../wire/serverPackets.ts';

/** One type of entity as clients know it. */
export interface EntityKind {
  readonly name: string;
  readonly id: number;
  readonly living: boolean;
  /** Index of each metadata field, by minecraft-data's name for it. */
  readonly fields: ReadonlyMap<string, number>;
}

export type EntityKinds = ReadonlyMap<string, EntityKind>;

export function entityKinds(data: Pick<SourceData, 'entitiesArray'>): EntityKinds {
  return new Map(
    data.entitiesArray.map(({ id, name, metadataKeys }) => [
      full(name),
      {
        name: full(name),
        id,
        living: metadataKeys.includes('health'),
        fields: new Map(metadataKeys.map((field, index) => [field, index])),
      },
    ]),
  );
}

/** A metadata field before its index is known; fields that the kind lacks are left out. */
export type Field = readonly [name: string, type: string, value: unknown];

export function metadata(kind: EntityKind, fields: readonly Field[]): readonly MetadataEntry[] {
  return fields.flatMap(([name, type, value]) => {
    const key = kind.fields.get(name);
    return key === undefined ? [] : [{ key, type, value }];
  });
}

/** Bits of the field `shared_flags`. */
export const ON_FIRE = 0x01;
export const CROUCHING = 0x02;
export const SPRINTING = 0x08;
export const SWIMMING = 0x10;
export const INVISIBLE = 0x20;
export const GLOWING = 0x40;

/** Values of the field `pose`. Source: `net.minecraft.world.entity.Pose` of 1.21.1. */
export const POSE_STANDING = 0;
export const POSE_SWIMMING = 3;
export const POSE_CROUCHING = 5;
export const POSE_DYING = 7;
