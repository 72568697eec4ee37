import { ITEM_ASLEEP_TICKS, VOID_DEPTH_BLOCKS } from '../../../../../src-shared/config/index.ts';
import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Entity, ItemBody } from '../../model/entity.ts';
import type { RuleContext } from '../../model/rule.ts';
import { isWater } from '../blocks/wet.ts';
import { boxOf, slide, type Vector } from './boxes.ts';
import { mergeItem } from './merge.ts';

export type ItemEntity = Entity & { readonly body: ItemBody };

export const ITEM_SIZE = 0.25;
const GRAVITY = 0.04;
const DRAG = 0.98;
/** Friction of the ground: ice slides, all else holds. */
const FRICTION = 0.6;
const SLIPPERY: ReadonlyMap<string, number> = new Map([
  ['minecraft:ice', 0.98],
  ['minecraft:packed_ice', 0.98],
  ['minecraft:frosted_ice', 0.98],
  ['minecraft:blue_ice', 0.989],
  ['minecraft:slime_block', 0.8],
]);
const STANDING_STILL = 1e-5;
const REST: Vector = { x: 0, y: 0, z: 0 };
/** How often an item that lies still looks whether its ground is gone, and for others to join. */
const CHECK_TICKS = 4;
const MERGE_TICKS = 40;
const MERGE_MOVING_TICKS = 2;

export function isItem(entity: Entity): entity is ItemEntity {
  return entity.body.type === 'item';
}

/** Every machine in the same order, whatever order its state keeps. */
export function itemsById(entities: Iterable<Entity>): readonly ItemEntity[] {
  return [...entities].filter(isItem).sort((a, b) => a.id - b.id);
}

/**
 * One tick of every item that lies about (vanilla: `ItemEntity.tick`). 1. Where nobody is, time stands still. 2. Old ones vanish. 3. What
 * fell out of the world or into fire is gone. 4. Falling, sliding, floating. 5. Equal stacks that lie together become one.
 */
export function tickItems(context: RuleContext): void {
  for (const { id } of itemsById(context.world.entities())) {
    // An item that an earlier one of this tick has swallowed is gone.
    const item = context.world.entity(id);
    if (item === null || !isItem(item)) continue;
    if (!context.within(item.pose)) sleep(context, item);
    else if (context.world.tick >= item.body.despawnTick) context.emit({ type: 'entityGone', id: item.id, reason: 'despawned', by: null });
    else if (isLost(context, item)) context.emit({ type: 'entityGone', id: item.id, reason: 'killed', by: null });
    else tickItem(context, item);
  }
}

function sleep(context: RuleContext, item: ItemEntity): void {
  if (context.world.tick % ITEM_ASLEEP_TICKS !== 0) return;
  const body = { ...item.body, despawnTick: item.body.despawnTick + ITEM_ASLEEP_TICKS };
  context.emit({ type: 'entity', entity: { ...item, body } });
}

function isLost(context: RuleContext, item: ItemEntity): boolean {
  const { pose, body } = item;
  if (pose.y < context.world.minY - VOID_DEPTH_BLOCKS) return true;
  const block = blockName(context, pose);
  if (block !== 'minecraft:lava' && block !== 'minecraft:fire' && block !== 'minecraft:soul_fire') return false;
  return !body.stack.name.startsWith('minecraft:netherite_') && !(body.stack.components?.value.has('minecraft:fire_resistant') ?? false);
}

function tickItem(context: RuleContext, item: ItemEntity): void {
  const { tick } = context.world;
  const resting = item.velocity.x === 0 && item.velocity.y === 0 && item.velocity.z === 0;
  if (resting) {
    const turn = tick + item.id;
    if (turn % CHECK_TICKS === 0 && !isHeld(context, item)) fall(context, item);
    else if (turn % MERGE_TICKS === 0) mergeItem(context, item);
    return;
  }
  const now = fall(context, item);
  if (tick % MERGE_MOVING_TICKS === 0) mergeItem(context, now);
}

/** Whether gravity would not move it. */
function isHeld(context: RuleContext, { pose }: ItemEntity): boolean {
  if (isInWater(context, pose)) return isSurfaced(context, pose);
  return slide(context, boxOf(pose, ITEM_SIZE, ITEM_SIZE), { x: 0, y: -GRAVITY, z: 0 }).y === 0;
}

/** Afloat with its upper part out of the water: vanilla's bob up and down for ever, ours lie still. */
function isSurfaced(context: RuleContext, pose: Pose): boolean {
  return pose.y - Math.floor(pose.y) >= 0.6 && !isInWater(context, { ...pose, y: pose.y + 1 });
}

function fall(context: RuleContext, item: ItemEntity): ItemEntity {
  const { pose, velocity } = item;
  const floats = isInWater(context, pose);
  const wish: Vector = floats
    ? { x: velocity.x * 0.99, y: velocity.y + (velocity.y < 0.06 ? 5e-4 : 0), z: velocity.z * 0.99 }
    : { x: velocity.x, y: velocity.y - GRAVITY, z: velocity.z };
  const got = slide(context, boxOf(pose, ITEM_SIZE, ITEM_SIZE), wish);
  const landed = wish.y < 0 && got.y !== wish.y;
  const at: Pose = { ...pose, x: pose.x + got.x, y: pose.y + got.y, z: pose.z + got.z };
  const hold = landed ? frictionBelow(context, at) * DRAG : DRAG;
  const slowed: Vector = {
    x: got.x === wish.x ? wish.x * hold : 0,
    y: got.y === wish.y ? wish.y * DRAG : 0,
    z: got.z === wish.z ? wish.z * hold : 0,
  };
  const still = landed && slowed.x * slowed.x + slowed.z * slowed.z <= STANDING_STILL;
  const afloat = floats && isSurfaced(context, at);
  const entity: ItemEntity = { ...item, pose: at, velocity: still || afloat ? REST : slowed };
  context.emit({ type: 'entity', entity });
  return entity;
}

function frictionBelow(context: RuleContext, pose: Pose): number {
  const below = { x: pose.x, y: pose.y - 0.5, z: pose.z };
  return context.within(below) ? (SLIPPERY.get(blockName(context, below)) ?? FRICTION) : FRICTION;
}

/** Name of the block at a place, air outside the chunks that this tick may look at. */
export function blockName(context: RuleContext, at: Vector): string {
  if (!context.within(at)) return 'minecraft:air';
  const state = context.world.block({ x: Math.floor(at.x), y: Math.floor(at.y), z: Math.floor(at.z) });
  return context.states.blockOf(state)?.name ?? 'minecraft:air';
}

/** Water itself, or a block that stands in it. */
export function isInWater(context: RuleContext, at: Vector): boolean {
  if (!context.within(at)) return false;
  return isWater(context.states, context.world.block({ x: Math.floor(at.x), y: Math.floor(at.y), z: Math.floor(at.z) }));
}
