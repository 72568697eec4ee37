import { ITEM_DESPAWN_TICKS, ITEM_THROWN_DELAY_TICKS } from '../../../../../src-shared/config/index.ts';
import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { drawUuid } from '../blocks/items.ts';
import { cosine, lookOf, sine } from '../blocks/look.ts';

/** Eyes above the feet, standing and sneaking (vanilla). */
const EYES = 1.62;
const EYES_SNEAKING = 1.27;

/** An item thrown forward out of a player's hands (vanilla: `Player.drop`). The item must have been taken from the player before. */
export function throwItem(context: RuleContext, player: Player, pose: Pose, stack: ItemStack): Entity {
  const random = drawFor(context);
  const look = lookOf(pose.yaw, pose.pitch);
  const turn = random('turn') * 360;
  const spread = random('spread') * 0.02;
  return launch(context, player, pose, stack, {
    x: look.x * 0.3 + cosine(turn) * spread,
    y: look.y * 0.3 + 0.1 + (random('up') - random('down')) * 0.1,
    z: look.z * 0.3 + sine(turn) * spread,
  });
}

/** An item that falls out of a dying player, anywhere around. */
export function scatterItem(context: RuleContext, player: Player, stack: ItemStack): Entity {
  const random = drawFor(context);
  const speed = random('speed') * 0.5;
  const turn = random('turn') * 360;
  return launch(context, player, player.pose, stack, { x: -sine(turn) * speed, y: 0.2, z: cosine(turn) * speed });
}

function launch(context: RuleContext, player: Player, pose: Pose, stack: ItemStack, velocity: Entity['velocity']): Entity {
  const { tick, nextEntityId: id } = context.world;
  const entity: Entity = {
    id,
    uuid: drawUuid(context, 'thrown'),
    kind: 'minecraft:item',
    pose: { x: pose.x, y: eyesOf(player, pose) - 0.3, z: pose.z, yaw: drawFor(context)('yaw') * 360, pitch: 0 },
    velocity,
    body: {
      type: 'item',
      stack,
      pickupTick: tick + ITEM_THROWN_DELAY_TICKS,
      despawnTick: tick + ITEM_DESPAWN_TICKS,
      thrower: player.uuid,
    },
  };
  context.emit({ type: 'entity', entity });
  return entity;
}

/** Height of a player's eyes in the world. */
export function eyesOf(player: Pick<Player, 'sneaking'>, pose: Pose): number {
  return pose.y + (player.sneaking ? EYES_SNEAKING : EYES);
}

function drawFor(context: RuleContext): (name: string) => number {
  const id = context.world.nextEntityId;
  return (name) => context.random(`thrown ${id} ${name}`);
}
