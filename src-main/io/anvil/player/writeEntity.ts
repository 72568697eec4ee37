import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { parseStateName, withoutPrivateTags, writeItem, type Entity, type ItemBody } from '../../../core/world/index.ts';
import type { ExportEntity, WriteEntityOptions } from '../door.ts';
import { uuidTags } from './write.ts';
import { uuidOf } from './list.ts';

/** Ticks that an item lies about (vanilla). */
const ITEM_LIFE_TICKS = 6000;
const SHORT_MAX = 32_767;

/** An entity of the state in the form of saves. Mobs stand in the version that they came in; what moved is changed in them, no more. */
export function writeEntity(entity: Entity, options: WriteEntityOptions): ExportEntity {
  const { body } = entity;
  switch (body.type) {
    case 'item':
      return { dataVersion: null, toNbt: (dataVersion) => itemNbt(entity, body, dataVersion, options) };
    case 'falling':
      return { dataVersion: null, toNbt: (dataVersion) => fallingNbt(entity, body.block, dataVersion) };
    case 'mob':
      return { dataVersion: body.dataVersion, toNbt: () => mobNbt(entity, body.nbt, body.health, body.dataVersion) };
  }
}

function itemNbt(entity: Entity, body: ItemBody, dataVersion: number, { kit, tick }: WriteEntityOptions): NbtCompound {
  const age = ITEM_LIFE_TICKS - (body.despawnTick - tick);
  const thrower = body.thrower === null ? undefined : uuidTags(body.thrower, dataVersion)['UUID'];
  return nbt.compound({
    ...placeTags(entity, dataVersion),
    Item: withoutPrivateTags(writeItem(body.stack, dataVersion, kit.tables.renamedItems)),
    Age: nbt.short(clamp(age)),
    PickupDelay: nbt.short(clamp(body.pickupTick - tick)),
    Health: nbt.short(5),
    ...(thrower === undefined ? {} : { Thrower: thrower }),
  });
}

function fallingNbt(entity: Entity, block: string, dataVersion: number): NbtCompound {
  const { block: name, properties } = parseStateName(block);
  const pairs = [...properties].map(([key, value]): [string, Nbt] => [key, nbt.text(value)]);
  const state = { Name: nbt.text(name), ...(pairs.length === 0 ? {} : { Properties: nbt.compound(Object.fromEntries(pairs)) }) };
  return nbt.compound({ ...placeTags(entity, dataVersion), BlockState: nbt.compound(state), Time: nbt.int(1), DropItem: nbt.byte(1) });
}

function mobNbt(entity: Entity, saved: NbtCompound, health: number, dataVersion: number): NbtCompound {
  const { Pos, Rotation, Motion, ...rest } = placeTags(entity, dataVersion);
  const changes: Record<string, Nbt> = {};
  if (nbt.getText(saved, 'id') === null) changes['id'] = rest['id']!;
  if (!isSameList(saved, 'Pos', Pos!)) changes['Pos'] = Pos!;
  if (!isSameList(saved, 'Rotation', Rotation!)) changes['Rotation'] = Rotation!;
  if (!isSameList(saved, 'Motion', Motion!)) changes['Motion'] = Motion!;
  if (uuidOf(saved) !== entity.uuid) Object.assign(changes, uuidTags(entity.uuid, dataVersion));
  const before = saved.value.get('Health');
  if (before?.type === 'float' && Math.fround(before.value) !== Math.fround(health)) changes['Health'] = nbt.float(health);
  return withoutPrivateTags(nbt.withTags(saved, changes));
}

function placeTags(entity: Entity, dataVersion: number): Readonly<Record<string, Nbt>> {
  const { pose, velocity } = entity;
  return {
    id: nbt.text(entity.kind),
    ...uuidTags(entity.uuid, dataVersion),
    Pos: nbt.list('double', [pose.x, pose.y, pose.z].map(nbt.double)),
    Rotation: nbt.list('float', [pose.yaw, pose.pitch].map(nbt.float)),
    Motion: nbt.list('double', [velocity.x, velocity.y, velocity.z].map(nbt.double)),
  };
}

/** Equal as the save can say it: floats are shorter than ours. */
function isSameList(saved: NbtCompound, name: string, list: Nbt): boolean {
  const before = nbt.getList(saved, name);
  if (before === null || list.type !== 'list' || before.length !== list.value.length) return false;
  return list.value.every((tag, i) => {
    const old = before[i]!;
    if (tag.type !== old.type) return false;
    if (tag.type === 'float' && old.type === 'float') return Object.is(Math.fround(tag.value), Math.fround(old.value));
    return Object.is(tag.value, old.value);
  });
}

function clamp(value: number): number {
  return Math.max(-SHORT_MAX, Math.min(SHORT_MAX, Math.floor(value)));
}
