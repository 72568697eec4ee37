import { AIR_TICKS_MAX, FOOD_MAX, HEALTH_MAX, VOID_DEPTH_BLOCKS } from '../../../../../src-shared/config/index.ts';
import type { Uuid } from '../../../../../src-shared/units/index.ts';
import type { PlayerFields } from '../../model/effects.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { eyesOf } from '../entities/spawn.ts';
import { blockName, isInWater } from '../entities/itemTick.ts';
import { harm } from './harm.ts';
import { hasEffect } from './movement.ts';

/** Vanilla's periods of hurting and healing are multiples of this; looking only so often keeps entries small. */
const STEP_TICKS = 10;
const LAVA_FIRE_TICKS = 300;
const FIRE_TICKS = 160;
const BREATH_BACK = 4 * STEP_TICKS;
const DROWNED = -20;

/** Every player's surroundings and hunger, every 10 ticks, in the order of their UUIDs. */
export function tickVitals(context: RuleContext): void {
  if (context.world.tick % STEP_TICKS !== 0) return;
  const living = [...context.world.players()].filter((player) => player.online && player.health > 0);
  for (const { uuid } of living.sort((a, b) => (a.uuid < b.uuid ? -1 : 1))) {
    suffer(context, uuid);
    feed(context, uuid);
    forget(context, uuid);
  }
}

function change(context: RuleContext, player: Player, fields: PlayerFields): void {
  const different = Object.entries(fields).some(([name, value]) => player[name as keyof PlayerFields] !== value);
  if (different) context.emit({ type: 'playerFields', uuid: player.uuid, fields });
}

/** 1. The void. 2. Lava and fire. 3. Water over the head. */
function suffer(context: RuleContext, uuid: Uuid): void {
  const player = context.world.player(uuid)!;
  const { pose } = player;
  if (pose.y < context.world.minY - VOID_DEPTH_BLOCKS) {
    harm(context, uuid, { cause: 'void', amount: 4, by: null });
    return;
  }
  if (player.gameMode === 'creative' || player.gameMode === 'spectator') return;
  burn(context, player);
  breathe(context, context.world.player(uuid)!);
}

function burn(context: RuleContext, player: Player): void {
  const { uuid, pose } = player;
  const feet = blockName(context, pose);
  const head = blockName(context, { ...pose, y: pose.y + 1 });
  const floor = blockName(context, { ...pose, y: pose.y - 0.2 });
  const within = (name: string): boolean => feet === name || head === name;
  if (within('minecraft:lava')) {
    change(context, player, { fireTicks: LAVA_FIRE_TICKS });
    harm(context, uuid, { cause: 'lava', amount: 4, by: null });
  } else if (within('minecraft:fire') || within('minecraft:soul_fire')) {
    change(context, player, { fireTicks: Math.max(player.fireTicks, FIRE_TICKS) });
    harm(context, uuid, { cause: 'inFire', amount: within('minecraft:soul_fire') ? 2 : 1, by: null });
  } else if (player.fireTicks > 0) {
    const left = isInWater(context, pose) ? 0 : Math.max(0, player.fireTicks - STEP_TICKS);
    change(context, player, { fireTicks: left });
    if (left > 0 && left % (2 * STEP_TICKS) === 0) harm(context, uuid, { cause: 'onFire', amount: 1, by: null });
  } else if (feet === 'minecraft:campfire' || feet === 'minecraft:soul_campfire') {
    harm(context, uuid, { cause: 'inFire', amount: feet === 'minecraft:campfire' ? 1 : 2, by: null });
  } else if (floor === 'minecraft:magma_block' && !player.sneaking) harm(context, uuid, { cause: 'hotFloor', amount: 1, by: null });
  else if (touches(context, player, 'minecraft:cactus')) harm(context, uuid, { cause: 'cactus', amount: 1, by: null });
}

/** Whether the player's sides or feet meet a block of this name. */
function touches(context: RuleContext, { pose }: Player, name: string): boolean {
  const reach = 0.37;
  const corners = [
    [reach, 0],
    [-reach, 0],
    [0, reach],
    [0, -reach],
  ] as const;
  return corners.some(([x, z]) => [0, 1, -0.2].some((y) => blockName(context, { x: pose.x + x, y: pose.y + y, z: pose.z + z }) === name));
}

function breathe(context: RuleContext, player: Player): void {
  if (player.health <= 0) return;
  const { uuid, pose } = player;
  const under = isInWater(context, { ...pose, y: eyesOf(player, pose) - 0.1 });
  if (!under || hasEffect(player, 'minecraft:water_breathing') || hasEffect(player, 'minecraft:conduit_power')) {
    change(context, player, { air: Math.min(AIR_TICKS_MAX, Math.max(0, player.air) + BREATH_BACK) });
    return;
  }
  const air = player.air - STEP_TICKS;
  change(context, player, { air: air <= DROWNED ? 0 : air });
  if (air <= DROWNED) harm(context, uuid, { cause: 'drown', amount: 2, by: null });
}

/** Hunger and what it does to health (vanilla: `FoodData.tick`). */
function feed(context: RuleContext, uuid: Uuid): void {
  const player = context.world.player(uuid)!;
  if (player.health <= 0 || player.gameMode === 'creative' || player.gameMode === 'spectator') return;
  const { difficulty, gameRules } = context.council;
  const peaceful = difficulty === 'peaceful';
  let { food, saturation, exhaustion, health, foodTicks } = player;
  while (exhaustion > 4) {
    exhaustion -= 4;
    if (saturation > 0) saturation = Math.max(0, saturation - 1);
    else if (!peaceful) food = Math.max(0, food - 1);
  }
  const hurt = health < HEALTH_MAX;
  const heals = gameRules.get('naturalRegeneration') !== 'false' && hurt;
  let starved = 0;
  foodTicks += STEP_TICKS;
  if (heals && saturation > 0 && food >= FOOD_MAX) {
    const spent = Math.min(saturation, 6);
    health = Math.min(HEALTH_MAX, health + spent / 6);
    exhaustion += spent;
    foodTicks = 0;
  } else if (heals && food >= 18) {
    if (foodTicks >= 80) {
      health = Math.min(HEALTH_MAX, health + 1);
      exhaustion += 6;
      foodTicks = 0;
    }
  } else if (food <= 0) {
    if (foodTicks >= 80) {
      if (health > 10 || difficulty === 'hard' || (health > 1 && difficulty === 'normal')) starved = 1;
      foodTicks = 0;
    }
  } else foodTicks = 0;
  if (peaceful) {
    if (heals && context.world.tick % 20 === 0) health = Math.min(HEALTH_MAX, health + 1);
    food = Math.min(FOOD_MAX, food + 1);
  }
  change(context, player, { food, saturation, exhaustion, health, foodTicks });
  if (starved > 0) harm(context, uuid, { cause: 'starve', amount: starved, by: null });
}

/** Status effects end. */
function forget(context: RuleContext, uuid: Uuid): void {
  const player = context.world.player(uuid)!;
  const left = player.statusEffects.filter(({ untilTick }) => untilTick > context.world.tick);
  if (left.length < player.statusEffects.length) context.emit({ type: 'playerFields', uuid, fields: { statusEffects: left } });
}
