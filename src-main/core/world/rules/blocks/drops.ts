import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import { enchantmentLevel, itemInfo } from '../../items/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { ItemStack } from '../../model/items.ts';
import type { BreakCause, RuleContext } from '../../model/rule.ts';
import type { BlockDrop, BlockInfo, GameTables } from '../../model/tables.ts';
import { at } from './faces.ts';

/** What a block gives when it breaks for this cause, whether or not the tool was right for it. The first rule that knows decides. */
export function dropsOf(context: RuleContext, pos: BlockPos, state: StateId, cause: BreakCause): readonly ItemStack[] {
  const block = context.states.blockOf(state);
  if (block === null) return [];
  for (const rule of context.rules.blocks(context.tables, block)) {
    const drops = rule.drops?.(context, pos, state, cause) ?? null;
    if (drops !== null) return drops;
  }
  if (block.drops === null) return block.item === null ? [] : [stackOf(block.item, 1)];
  return rollDrops(context, block.drops, pos, state, cause.tool);
}

export function stackOf(name: string, count: number): ItemStack {
  return { name, count, components: null };
}

/** Whether breaking it with this in the hand gives anything at all: most blocks do not care. */
export function dropsForTool(block: BlockInfo, tool: ItemStack | null, tables: GameTables): boolean {
  if (!block.requiresTool) return true;
  const kind = (tool === null ? null : itemInfo(tool.name, tables)?.tool) ?? null;
  if (kind === null) return false;
  if (kind.kind === block.tool) return kind.tier >= block.toolTier;
  return (kind.kind === 'shears' && block.shearsSpeed !== 1) || (kind.kind === 'sword' && block.name === 'minecraft:cobweb');
}

function rollDrops(
  context: RuleContext,
  drops: readonly BlockDrop[],
  pos: BlockPos,
  state: StateId,
  tool: ItemStack | null,
): readonly ItemStack[] {
  const silkTouch = enchantmentLevel(tool, 'minecraft:silk_touch') > 0;
  const fortune = enchantmentLevel(tool, 'minecraft:fortune');
  const shears = tool?.name === 'minecraft:shears';
  const given: ItemStack[] = [];
  let missed = false;
  for (const [index, drop] of drops.entries()) {
    const roll = (what: string): number => context.random(`drop:${at(pos)}:${index}:${what}`);
    if (drop.otherwise === true && !missed) continue;
    missed = false;
    if (drop.silkTouch !== undefined && drop.silkTouch !== silkTouch) continue;
    if (drop.shears !== undefined && drop.shears !== shears) continue;
    if (drop.when !== undefined && context.states.get(state, drop.when.property) !== drop.when.value) continue;
    if (drop.chance < 1 && roll('chance') >= luckyChance(drop, fortune)) {
      missed = true;
      continue;
    }
    const count = countOf(drop, fortune, roll);
    if (count > 0) given.push(stackOf(drop.item, count));
  }
  return given;
}

/** Fortune makes flint, saplings, sticks and apples likelier. Source: vanilla's `table_bonus` lists for 1.21.1. */
const LUCK: Readonly<Record<string, readonly number[]>> = {
  'minecraft:flint': [0.1, 0.142_857_15, 0.25, 1],
  'minecraft:stick': [0.02, 0.022_222_223, 0.025, 0.033_333_335],
  'minecraft:apple': [0.005, 0.005_555_556, 0.006_25, 0.008_333_334],
  'minecraft:jungle_sapling': [0.025, 0.027_777_778, 0.031_25, 0.041_666_668],
};
const LUCK_SAPLING = [0.05, 0.062_5, 0.083_333_336, 0.1];

function luckyChance(drop: BlockDrop, fortune: number): number {
  const isSapling = drop.chance === 0.05;
  const chances = LUCK[drop.item] ?? (isSapling ? LUCK_SAPLING : null);
  return chances === null || chances[0] !== drop.chance ? drop.chance : chances[Math.min(fortune, chances.length - 1)]!;
}

function countOf(drop: BlockDrop, fortune: number, roll: (what: string) => number): number {
  let count = drop.min + Math.floor(roll('count') * (drop.max - drop.min + 1));
  if (drop.fortune === 'ore') count *= 1 + Math.max(0, Math.floor(roll('fortune') * (fortune + 2)) - 1);
  if (drop.fortune === 'more') count += Math.floor(roll('fortune') * (fortune + 1));
  return drop.limit === undefined ? count : Math.min(count, drop.limit);
}
