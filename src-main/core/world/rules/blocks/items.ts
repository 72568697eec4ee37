import type { BlockPos, Uuid } from '../../../../../src-shared/units/index.ts';
import { maxStack } from '../../items/index.ts';
import type { ItemStack } from '../../model/items.ts';
import type { RuleContext } from '../../model/rule.ts';

/** Ticks until an item that fell from a block can be picked up, and until it is gone (vanilla). */
const PICKUP_TICKS = 10;
const DESPAWN_TICKS = 6000;

/** Drops a stack out of a block, as vanilla's `popResource`: near its middle, with a little hop. */
export function popItem(context: RuleContext, pos: BlockPos, stack: ItemStack, salt: string): void {
  const spread = (axis: string): number => context.random(`pop:${salt}:${axis}`) * 0.5 + 0.25;
  const place = { x: pos.x + spread('x'), y: pos.y + spread('y') - 0.125, z: pos.z + spread('z') };
  spawnItem(context, place, stack, salt);
}

/** Stacks beyond the item's size become several entities. */
export function spawnItem(
  context: RuleContext,
  at: { readonly x: number; readonly y: number; readonly z: number },
  stack: ItemStack,
  salt: string,
): void {
  const most = maxStack(stack, context.tables);
  for (let left = stack.count; left > 0; left -= most) spawnOne(context, at, { ...stack, count: Math.min(left, most) }, `${salt}:${left}`);
}

function spawnOne(
  context: RuleContext,
  at: { readonly x: number; readonly y: number; readonly z: number },
  stack: ItemStack,
  salt: string,
): void {
  const { tick } = context.world;
  context.emit({
    type: 'entity',
    entity: {
      id: context.world.nextEntityId,
      uuid: drawUuid(context, salt),
      kind: 'minecraft:item',
      pose: { x: at.x, y: at.y, z: at.z, yaw: context.random(`yaw:${salt}`) * 360, pitch: 0 },
      velocity: { x: context.random(`vx:${salt}`) * 0.2 - 0.1, y: 0.2, z: context.random(`vz:${salt}`) * 0.2 - 0.1 },
      body: { type: 'item', stack, pickupTick: tick + PICKUP_TICKS, despawnTick: tick + DESPAWN_TICKS, thrower: null },
    },
  });
}

/** A version 4 UUID from the tick's random numbers and the id that the entity gets, so that no two are equal. */
export function drawUuid(context: RuleContext, salt: string): Uuid {
  const id = context.world.nextEntityId;
  let digits = '';
  for (let part = 0; part < 4; part++) {
    digits += Math.floor(context.random(`uuid:${salt}:${id}:${part}`) * 4_294_967_296)
      .toString(16)
      .padStart(8, '0');
  }
  const variant = '89ab'[Math.floor(context.random(`uuid:${salt}:${id}`) * 4)]!;
  const hex = `${digits.slice(0, 12)}4${digits.slice(13, 16)}${variant}${digits.slice(17)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Uuid;
}
