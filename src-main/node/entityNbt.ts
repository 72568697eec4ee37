import { nbt, type Nbt, type NbtCompound } from '../../src-shared/nbt/index.ts';
import { fromHex, type Uuid } from '../../src-shared/units/index.ts';
import { parseStateName, writeItem, type Entity, type FallingBlockBody, type ItemBody } from '../core/world/index.ts';
import type { ExportEntity } from '../io/anvil/index.ts';

/** An entity of the state as a save has it. Items and falling blocks are written in any version, the rest stays in its source's. */
export function exportEntity(entity: Entity, tick: number): ExportEntity {
  const { body } = entity;
  if (body.type === 'mob')
    return {
      dataVersion: body.dataVersion,
      toNbt: () => nbt.withTags(body.nbt, { ...placeTags(entity), ...healthTag(body.nbt, body.health) }),
    };
  return {
    dataVersion: null,
    toNbt: (dataVersion) => nbt.withTags(bodyTags(body, tick, dataVersion), { ...placeTags(entity), UUID: uuidTag(entity.uuid) }),
  };
}

function bodyTags(body: ItemBody | FallingBlockBody, tick: number, dataVersion: number): NbtCompound {
  if (body.type === 'falling') {
    const { block, properties } = parseStateName(body.block);
    const state = nbt.compound({
      Name: nbt.text(block),
      Properties: nbt.compound(Object.fromEntries([...properties].map(([key, value]) => [key, nbt.text(value)]))),
    });
    return nbt.compound({ id: nbt.text('minecraft:falling_block'), BlockState: state, Time: nbt.int(1), DropItem: nbt.byte(1) });
  }
  const LIFE_TICKS = 6000;
  return nbt.compound({
    id: nbt.text('minecraft:item'),
    Item: writeItem(body.stack, dataVersion),
    Age: nbt.short(Math.min(32_767, Math.max(0, LIFE_TICKS - (body.despawnTick - tick)))),
    PickupDelay: nbt.short(Math.min(32_767, Math.max(0, body.pickupTick - tick))),
    Health: nbt.short(5),
    ...(body.thrower === null ? {} : { Thrower: uuidTag(body.thrower) }),
  });
}

function placeTags({ pose, velocity }: Entity): Record<string, Nbt> {
  const doubles = (...values: readonly number[]): Nbt =>
    nbt.list(
      'double',
      values.map((value) => nbt.double(value)),
    );
  return {
    Pos: doubles(pose.x, pose.y, pose.z),
    Motion: doubles(velocity.x, velocity.y, velocity.z),
    Rotation: nbt.list('float', [nbt.float(pose.yaw), nbt.float(pose.pitch)]),
  };
}

/** Only what had health keeps it: paintings and minecarts have none. */
function healthTag(tag: NbtCompound, health: number): Record<string, Nbt> {
  const had = nbt.getNumber(tag, 'Health');
  return had === null || had === health ? {} : { Health: nbt.float(health) };
}

/** Four ints, most significant first (1.16+). */
function uuidTag(uuid: Uuid): Nbt {
  const bytes = fromHex(uuid.replaceAll('-', ''));
  const view = new DataView(bytes.buffer);
  return nbt.intArray(Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at)));
}
