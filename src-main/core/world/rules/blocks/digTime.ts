import { enchantmentLevel, itemInfo } from '../../items/index.ts';
import type { ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { BlockInfo, GameTables } from '../../model/tables.ts';
import { dropsForTool } from './drops.ts';

export interface DigFacts {
  readonly block: BlockInfo;
  readonly tool: ItemStack | null;
  readonly helmet: ItemStack | null;
  readonly effects: Player['statusEffects'];
  /** With the eyes under water. */
  readonly inWater: boolean;
  readonly onGround: boolean;
}

/** Mining fatigue I to IV. */
const FATIGUE = [0.3, 0.09, 0.0027, 0.000_81];

/**
 * The share of a block that is mined in one tick: 1 or more breaks at once, 0 never does.
 * Source: https://minecraft.wiki/w/Breaking#Calculation (`Player.getDestroySpeed`, `BlockBehaviour.getDestroyProgress`).
 */
export function digPerTick(facts: DigFacts, tables: GameTables): number {
  const { hardness } = facts.block;
  if (hardness < 0) return 0;
  if (hardness === 0) return Number.POSITIVE_INFINITY;
  return speedOf(facts, tables) / hardness / (dropsForTool(facts.block, facts.tool, tables) ? 30 : 100);
}

/** Ticks from the start to the end of mining; 0 for at once, infinite for never. */
export function digTicks(facts: DigFacts, tables: GameTables): number {
  const share = digPerTick(facts, tables);
  return share >= 1 ? 0 : Math.ceil(1 / share);
}

function speedOf({ block, tool, helmet, effects, inWater, onGround }: DigFacts, tables: GameTables): number {
  let speed = toolSpeed(block, tool, tables);
  const efficiency = enchantmentLevel(tool, 'minecraft:efficiency');
  if (speed > 1 && efficiency > 0) speed += efficiency * efficiency + 1;
  const haste = Math.max(level(effects, 'minecraft:haste'), level(effects, 'minecraft:conduit_power'));
  if (haste > 0) speed *= 1 + 0.2 * haste;
  const fatigue = level(effects, 'minecraft:mining_fatigue');
  if (fatigue > 0) speed *= FATIGUE[Math.min(fatigue, 4) - 1]!;
  if (inWater && enchantmentLevel(helmet, 'minecraft:aqua_affinity') === 0) speed /= 5;
  return onGround ? speed : speed / 5;
}

function toolSpeed(block: BlockInfo, stack: ItemStack | null, tables: GameTables): number {
  const tool = stack === null ? null : (itemInfo(stack.name, tables)?.tool ?? null);
  if (tool === null) return 1;
  if (tool.kind === 'shears') return block.shearsSpeed;
  if (tool.kind === 'sword') return block.swordSpeed;
  return tool.kind === block.tool ? tool.speed : 1;
}

function level(effects: Player['statusEffects'], name: string): number {
  const found = effects.find((effect) => effect.name === name);
  return found === undefined ? 0 : found.amplifier + 1;
}
