import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Player } from '../../model/player.ts';
import type { PlayerFields } from '../../model/effects.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { blockName, isInWater } from '../entities/itemTick.ts';
import { harm } from './harm.ts';

/** Exhaustion per block (vanilla). */
const SPRINT_EXHAUSTION = 0.1;
const SWIM_EXHAUSTION = 0.01;
/** A keyframe further away than this is a teleport and costs nothing. */
const WALK_BLOCKS_MAX = 20;

/** The player's place, as the driver has checked it. */
export const move: ActionRule<'move'> = {
  action: 'move',
  execute: (context, player, { pose, flying, sneaking, sprinting }) => {
    const fields: { -readonly [K in keyof PlayerFields]: PlayerFields[K] } = {};
    if (!samePose(pose, player.pose)) fields.pose = pose;
    const mayFly = player.gameMode === 'creative' || player.gameMode === 'spectator';
    if ((flying && mayFly) !== player.flying) fields.flying = flying && mayFly;
    if (sneaking !== player.sneaking) fields.sneaking = sneaking;
    const exhaustion = exhaustionOf(context, player, pose, sprinting);
    if (exhaustion > 0) fields.exhaustion = player.exhaustion + exhaustion;
    if (Object.keys(fields).length > 0) context.emit({ type: 'playerFields', uuid: player.uuid, fields });
    return null;
  },
};

function exhaustionOf(context: RuleContext, player: Player, pose: Pose, sprinting: boolean): number {
  if (player.gameMode === 'creative' || player.gameMode === 'spectator') return 0;
  const x = pose.x - player.pose.x;
  const z = pose.z - player.pose.z;
  const blocks = Math.sqrt(x * x + z * z);
  if (blocks > WALK_BLOCKS_MAX) return 0;
  if (isInWater(context, pose)) return blocks * SWIM_EXHAUSTION;
  return sprinting ? blocks * SPRINT_EXHAUSTION : 0;
}

function samePose(a: Pose, b: Pose): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z && a.yaw === b.yaw && a.pitch === b.pitch;
}

/** Blocks that break a fall for whoever is in them, and the part of the damage that others leave. */
const CATCHES =
  /^minecraft:(water|ladder|vine|scaffolding|(twisting|weeping)_vines(_plant)?|cave_vines(_plant)?|cobweb|powder_snow|sweet_berry_bush|bubble_column|kelp(_plant)?|(tall_)?seagrass)$/;
const SOFT: readonly (readonly [RegExp, number])[] = [
  [/^minecraft:slime_block$/, 0],
  [/^minecraft:(hay_block|honey_block)$/, 0.2],
  [/_bed$/, 0.5],
];

/** The end of a fall (vanilla: `LivingEntity.calculateFallDamage`): one heart's half for each block beyond three, rounded up. */
export const land: ActionRule<'land'> = {
  action: 'land',
  execute: (context, player, { distance }) => {
    const amount = fallDamage(context, player, distance);
    if (amount <= 0) return null;
    const cause = distance > 5 ? 'fallHigh' : 'fall';
    harm(context, player.uuid, { cause, amount, by: null });
    return null;
  },
};

/** Half hearts before armour; 0 for a fall that something catches. */
function fallDamage(context: RuleContext, player: Player, distance: number): number {
  if (player.flying || context.council.gameRules.get('fallDamage') === 'false') return 0;
  if (hasEffect(player, 'minecraft:slow_falling')) return 0;
  if (isInWater(context, player.pose) || CATCHES.test(blockName(context, player.pose))) return 0;
  const ground = blockName(context, { ...player.pose, y: player.pose.y - 0.2 });
  if (isInWater(context, { ...player.pose, y: player.pose.y - 0.2 }) || CATCHES.test(ground)) return 0;
  const boost = player.statusEffects.find(({ name }) => name === 'minecraft:jump_boost');
  const spared = 3 + (boost === undefined ? 0 : boost.amplifier + 1);
  if (ground === 'minecraft:pointed_dripstone') return Math.ceil((distance + 2.5 - spared + 3) * 2 - 2);
  const part = player.sneaking && ground === 'minecraft:slime_block' ? 1 : (SOFT.find(([blocks]) => blocks.test(ground))?.[1] ?? 1);
  return Math.ceil((distance - spared) * part);
}

export function hasEffect(player: Player, effect: string): boolean {
  return player.statusEffects.some(({ name }) => name === effect);
}
