import { ENTITIES_PER_CHUNK_MAX, ITEM_DESPAWN_TICKS } from '../../../../../src-shared/config/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { chunkKey, chunkOf, parseUuid, type ChunkPos, type Uuid } from '../../../../../src-shared/units/index.ts';
import { readItem } from '../../items/index.ts';
import type { EntityRef } from '../../model/commands.ts';
import type { Entity, MobBody } from '../../model/entity.ts';
import type { RuleContext } from '../../model/rule.ts';
import { healthOf } from '../blocks/mobs.ts';
import { boxOf, overlaps, type Box, type Vector } from './boxes.ts';
import { pickUpBox } from './pickUp.ts';

const ITEM = 'minecraft:item';
const ITEM_SIZE = 0.25;
const LOOK_TICKS = 10;

/** Tags of an item entity that `ItemBody` says or that mean nothing for one; an item with others stays as the save has it. */
const ITEM_TAGS = new Set(
  (
    'id UUID UUIDMost UUIDLeast Pos Motion Rotation Item Age PickupDelay Health Thrower Owner ' +
    'Air FallDistance Fire OnGround PortalCooldown Invulnerable Dimension'
  ).split(' '),
);
/** Vanilla's numbers for "never". */
const AGELESS = -32_768;
const UNTOUCHABLE = 32_767;

/** An entity of the save, as far as the state says it beside its tag. */
interface Saved {
  readonly kind: string;
  readonly uuid: Uuid;
  readonly pose: Entity['pose'];
  readonly velocity: Vector;
  readonly tag: NbtCompound;
}

const PARSED = new WeakMap<NbtCompound, readonly Saved[] | null>();

/**
 * The entities of an entity chunk (`Entities` at the top since 1.17, inside `Level` before). Passengers stay inside the tag of what they
 * ride. Null when one of them lacks a kind, a place or an identity: then the chunk stays as it is, because nothing of it may be lost.
 */
function savedIn(root: NbtCompound): readonly Saved[] | null {
  let found = PARSED.get(root);
  if (found === undefined) PARSED.set(root, (found = parseAll(root)));
  return found;
}

function parseAll(root: NbtCompound): readonly Saved[] | null {
  const list = nbt.getList(root, 'Entities') ?? nbt.getList(nbt.getCompound(root, 'Level') ?? root, 'Entities') ?? [];
  const found = list.map((tag) => (tag.type === 'compound' ? parseSaved(tag) : null));
  const uuids = new Set(found.map((entity) => entity?.uuid));
  const complete = found.every((entity) => entity !== null) && uuids.size === found.length && found.length <= ENTITIES_PER_CHUNK_MAX;
  return complete ? found : null;
}

function parseSaved(tag: NbtCompound): Saved | null {
  const kind = nbt.getText(tag, 'id');
  const uuid = uuidOf(tag);
  const [x, y, z] = numbers(tag, 'Pos');
  if (kind === null || uuid === null || x === undefined || y === undefined || z === undefined) return null;
  const [yaw = 0, pitch = 0] = numbers(tag, 'Rotation');
  const [vx = 0, vy = 0, vz = 0] = numbers(tag, 'Motion');
  return {
    kind: kind.includes(':') ? kind : `minecraft:${kind}`,
    uuid,
    pose: { x, y, z, yaw, pitch },
    velocity: { x: vx, y: vy, z: vz },
    tag,
  };
}

/** Four ints since 1.16, two longs before. */
function uuidOf(tag: NbtCompound): Uuid | null {
  const ints = tag.value.get('UUID');
  if (ints?.type === 'intArray' && ints.value.length === 4)
    return parseUuid(Array.from(ints.value, (word) => (word >>> 0).toString(16).padStart(8, '0')).join(''));
  const [most, least] = [tag.value.get('UUIDMost'), tag.value.get('UUIDLeast')];
  if (most?.type !== 'long' || least?.type !== 'long') return null;
  return parseUuid([most, least].map(({ value }) => BigInt.asUintN(64, value).toString(16).padStart(16, '0')).join(''));
}

function numbers(tag: NbtCompound, name: string): readonly number[] {
  return (nbt.getList(tag, name) ?? []).flatMap(({ value }: Nbt) => (typeof value === 'number' && Number.isFinite(value) ? [value] : []));
}

/** Makes the save's entities of a chunk part of the state, all of them. False when there are none, or they must stay as they are. */
export function adoptChunk(context: RuleContext, chunk: ChunkPos): boolean {
  const root = context.savedEntities(chunk);
  const saved = root === null ? null : savedIn(root);
  if (root === null || saved === null || saved.length === 0) return false;
  const dataVersion = nbt.getNumber(root, 'DataVersion') ?? context.tables.dataVersion;
  const first = context.world.nextEntityId;
  const entities = saved.map((entity, index) => entityOf(context, entity, first + index, dataVersion));
  context.emit({ type: 'adoptEntities', chunk, entities });
  return true;
}

function entityOf(context: RuleContext, { kind, uuid, pose, velocity, tag }: Saved, id: number, dataVersion: number): Entity {
  const item = kind === ITEM ? itemBody(context, tag, dataVersion) : null;
  if (item !== null) return { id, uuid, kind, pose, velocity, body: item };
  const health = nbt.getNumber(tag, 'Health') ?? healthOf(kind);
  return { id, uuid, kind, pose, velocity, body: { type: 'mob', health, nbt: tag, dataVersion } };
}

function itemBody(context: RuleContext, tag: NbtCompound, dataVersion: number): Entity['body'] | null {
  const item = nbt.getCompound(tag, 'Item');
  const stack = item === null ? null : readItem(item, dataVersion, context.tables.renamedItems);
  const age = nbt.getNumber(tag, 'Age') ?? 0;
  const delay = nbt.getNumber(tag, 'PickupDelay') ?? 0;
  const plain = [...tag.value.keys()].every((name) => ITEM_TAGS.has(name));
  if (stack === null || !plain || age === AGELESS || delay === UNTOUCHABLE) return null;
  const { tick } = context.world;
  return { type: 'item', stack, pickupTick: tick + delay, despawnTick: tick + Math.max(1, ITEM_DESPAWN_TICKS - age), thrower: null };
}

/** What rode on an entity that ends goes on by itself. */
export function dismount(context: RuleContext, { nbt: tag, dataVersion }: MobBody): void {
  for (const rider of nbt.getList(tag, 'Passengers') ?? []) {
    const saved = rider.type === 'compound' ? parseSaved(rider) : null;
    if (saved !== null) context.emit({ type: 'entity', entity: entityOf(context, saved, context.world.nextEntityId, dataVersion) });
  }
}

/** The entity that a command means, taken over from the save if need be. Null: it is not there (any more). */
export function resolveEntity(context: RuleContext, target: Exclude<EntityRef, { type: 'player' }>): Entity | null {
  if (target.type === 'entity') return context.world.entity(target.id);
  const near = [-1, 0, 1].flatMap((dz) => [-1, 0, 1].map((dx) => ({ x: target.chunk.x + dx, z: target.chunk.z + dz })));
  for (const chunk of near) {
    const root = context.savedEntities(chunk);
    if (root === null || savedIn(root)?.some(({ uuid }) => uuid === target.uuid) !== true) continue;
    adoptChunk(context, chunk);
  }
  for (const { x, z } of near)
    for (const entity of context.world.entitiesIn(chunkKey(x, z))) if (entity.uuid === target.uuid) return entity;
  return null;
}

/** Players take items that lay about in the save: the chunks in which they reach one are taken over. */
export function tickAdopt(context: RuleContext): void {
  if (context.world.tick % LOOK_TICKS !== 0) return;
  for (const player of context.world.players()) {
    if (!player.online || player.health <= 0 || player.gameMode === 'spectator') continue;
    const reach = pickUpBox(player, player.pose);
    for (const chunk of chunksOf(reach)) if (hasItemIn(context, chunk, reach)) adoptChunk(context, chunk);
  }
}

function hasItemIn(context: RuleContext, chunk: ChunkPos, reach: Box): boolean {
  const root = context.within({ x: chunk.x * 16, z: chunk.z * 16 }) ? context.savedEntities(chunk) : null;
  const saved = root === null ? null : savedIn(root);
  return saved?.some(({ kind, pose }) => kind === ITEM && overlaps(boxOf(pose, ITEM_SIZE, ITEM_SIZE), reach)) ?? false;
}

function chunksOf(area: Box): readonly ChunkPos[] {
  const low = chunkOf({ x: area.x1, z: area.z1 });
  const high = chunkOf({ x: area.x2, z: area.z2 });
  const found: ChunkPos[] = [];
  for (let z = low.z; z <= high.z; z++) for (let x = low.x; x <= high.x; x++) found.push({ x, z });
  return found;
}
