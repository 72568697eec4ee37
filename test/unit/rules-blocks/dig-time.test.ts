import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemStack, StatusEffect } from '../../../src-main/core/world/index.ts';
import { digTicks } from '../../../src-main/core/world/rules/blocks/digTime.ts';
import { enchanted, item, kit } from './stage.ts';

function ticks(
  block: string,
  tool: ItemStack | null,
  more: { effects?: StatusEffect[]; inWater?: boolean; onGround?: boolean; helmet?: ItemStack } = {},
): number {
  const info = kit.states.blockNamed(`minecraft:${block}`)!;
  const { effects = [], inWater = false, onGround = true, helmet = null } = more;
  return digTicks({ block: info, tool, helmet, effects, inWater, onGround }, kit.tables);
}

function effect(name: string, amplifier: number): StatusEffect[] {
  return [{ name: `minecraft:${name}`, amplifier, untilTick: 1e9 }];
}

/** Ticks that vanilla takes. Source: https://minecraft.wiki/w/Breaking#Blocks_by_hardness (seconds times 20) and the blocks' own pages. */
const TIMES: readonly (readonly [block: string, tool: string | null, ticks: number])[] = [
  ['stone', null, 150],
  ['stone', 'wooden_pickaxe', 23],
  ['stone', 'stone_pickaxe', 12],
  ['stone', 'iron_pickaxe', 8],
  ['stone', 'diamond_pickaxe', 6],
  ['stone', 'netherite_pickaxe', 5],
  ['stone', 'golden_pickaxe', 4],
  ['stone', 'diamond_shovel', 150],
  ['cobblestone', null, 200],
  ['cobblestone', 'wooden_pickaxe', 30],
  ['dirt', null, 15],
  ['dirt', 'wooden_shovel', 8],
  ['dirt', 'iron_shovel', 3],
  ['grass_block', null, 18],
  ['sand', null, 15],
  ['oak_log', null, 60],
  ['oak_log', 'wooden_axe', 30],
  ['oak_log', 'stone_axe', 15],
  ['oak_log', 'iron_axe', 10],
  ['oak_log', 'diamond_axe', 8],
  ['oak_planks', null, 60],
  ['oak_leaves', null, 6],
  ['oak_leaves', 'shears', 0],
  ['oak_leaves', 'diamond_hoe', 0],
  ['obsidian', null, 5000],
  ['obsidian', 'iron_pickaxe', 834],
  ['obsidian', 'diamond_pickaxe', 188],
  ['obsidian', 'netherite_pickaxe', 167],
  ['iron_ore', null, 300],
  ['iron_ore', 'wooden_pickaxe', 150],
  ['iron_ore', 'stone_pickaxe', 23],
  ['diamond_ore', 'stone_pickaxe', 75],
  ['diamond_ore', 'iron_pickaxe', 15],
  ['diamond_ore', 'diamond_pickaxe', 12],
  ['deepslate', 'diamond_pickaxe', 12],
  ['ancient_debris', 'diamond_pickaxe', 113],
  ['cobweb', null, 400],
  ['cobweb', 'iron_sword', 8],
  ['cobweb', 'shears', 8],
  ['white_wool', null, 24],
  ['white_wool', 'shears', 5],
  ['glass', null, 9],
  ['crafting_table', null, 75],
  ['chest', null, 75],
  ['furnace', null, 350],
  ['furnace', 'wooden_pickaxe', 53],
  ['snow', null, 10],
  ['snow', 'wooden_shovel', 2],
  ['netherrack', null, 40],
  ['netherrack', 'wooden_pickaxe', 6],
  ['pumpkin', null, 30],
  ['pumpkin', 'iron_axe', 5],
  ['ladder', null, 12],
  ['torch', null, 0],
  ['short_grass', null, 0],
  ['tnt', null, 0],
  ['bamboo', null, 30],
  ['iron_block', 'stone_pickaxe', 38],
  ['iron_door', 'wooden_pickaxe', 75],
  ['anvil', 'wooden_pickaxe', 75],
  ['enchanting_table', 'diamond_pickaxe', 19],
];

test('B1 mining takes as many ticks as in vanilla', () => {
  for (const [block, tool, expected] of TIMES)
    assert.equal(ticks(block, tool === null ? null : item(tool)), expected, `${block} with ${tool ?? 'the hand'}`);
});

test('B1 bedrock never breaks', () => {
  assert.equal(ticks('bedrock', item('netherite_pickaxe')), Number.POSITIVE_INFINITY);
});

test('B1 efficiency, haste and fatigue change the time as in vanilla', () => {
  assert.equal(ticks('stone', enchanted('diamond_pickaxe', { efficiency: 5 })), 2);
  assert.equal(ticks('stone', enchanted('diamond_pickaxe', { efficiency: 5 }), { effects: effect('haste', 1) }), 0);
  assert.equal(ticks('obsidian', enchanted('netherite_pickaxe', { efficiency: 5 })), 43);
  assert.equal(ticks('dirt', enchanted('diamond_pickaxe', { efficiency: 5 })), 15, 'efficiency helps only the right tool');
  assert.equal(ticks('stone', item('diamond_pickaxe'), { effects: effect('haste', 0) }), 5);
  assert.equal(ticks('dirt', null, { effects: effect('mining_fatigue', 0) }), 50);
  assert.equal(ticks('dirt', null, { effects: effect('mining_fatigue', 2) }), 5556);
});

test('B1 under water and off the ground it takes five times as long, unless the helmet helps', () => {
  assert.equal(ticks('dirt', null, { inWater: true }), 75);
  assert.equal(ticks('dirt', null, { onGround: false }), 75);
  assert.equal(ticks('dirt', null, { inWater: true, onGround: false }), 375);
  assert.equal(ticks('dirt', null, { inWater: true, helmet: enchanted('turtle_helmet', { aqua_affinity: 1 }) }), 15);
});
