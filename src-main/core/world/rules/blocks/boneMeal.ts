import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { ItemRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, isInWorld, setBlock, setBlocks } from './change.ts';
import { stackOf } from './drops.ts';
import { at, towards } from './faces.ts';
import { nameOf } from './family.ts';
import { takeOne } from './hand.ts';
import { popItem } from './items.ts';

/** How many stages bone meal adds at least and at most. Source: `performBonemeal` of each in 1.21.1. */
const STAGES: readonly (readonly [plants: RegExp, least: number, most: number])[] = [
  [/^(wheat|carrots|potatoes|pumpkin_stem|melon_stem)$/, 2, 5],
  [/^beetroots$/, 0, 1],
  [/^(cocoa|sweet_berry_bush|torchflower_crop)$/, 1, 1],
];

/** Plants that double in height, and flowers that give another of themselves. */
const TALL: Readonly<Record<string, string>> = { short_grass: 'tall_grass', fern: 'large_fern' };
const COPIED = /^(sunflower|lilac|rose_bush|peony)$/;

/** Grows what the bone meal was put on; false when it does nothing there. Trees, grass around and moss are not grown. */
function grow(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const name = nameOf(context, state);
  const stages = STAGES.find(([plants]) => plants.test(name));
  if (stages !== undefined) return addStages(context, pos, state, stages[1], stages[2]);
  const tall = TALL[name];
  if (tall !== undefined) return makeTall(context, pos, tall);
  if (/^cave_vines(_plant)?$/.test(name) && context.states.get(state, 'berries') === 'false') {
    setBlock(context, pos, context.states.with(state, 'berries', 'true'));
    return true;
  }
  if (name === 'pink_petals') return addPetal(context, pos, state);
  if (!COPIED.test(name)) return false;
  popItem(context, pos, stackOf(`minecraft:${name}`, 1), `copy:${at(pos)}`);
  return true;
}

function addStages(context: RuleContext, pos: BlockPos, state: StateId, least: number, most: number): boolean {
  const values = context.states.blockOf(state)!.properties.find(({ name }) => name === 'age')!.values;
  const age = Number(context.states.get(state, 'age'));
  if (age >= values.length - 1) return nameOf(context, state) === 'torchflower_crop' && ripenTorchflower(context, pos);
  const added = least + Math.floor(context.random(`boneMeal:${at(pos)}`) * (most - least + 1));
  setBlock(context, pos, context.states.with(state, 'age', String(Math.min(values.length - 1, age + added))));
  return true;
}

function ripenTorchflower(context: RuleContext, pos: BlockPos): boolean {
  setBlock(context, pos, context.states.idOf('minecraft:torchflower'));
  return true;
}

function makeTall(context: RuleContext, pos: BlockPos, name: string): boolean {
  const above = towards(pos, 'up');
  if (!isInWorld(context, above) || !context.states.isAir(blockOr(context, above))) return false;
  setBlocks(context, [
    { pos, state: context.states.idOf(`minecraft:${name}[half=lower]`) },
    { pos: above, state: context.states.idOf(`minecraft:${name}[half=upper]`) },
  ]);
  return true;
}

function addPetal(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const petals = Number(context.states.get(state, 'flower_amount'));
  if (petals < 4) setBlock(context, pos, context.states.with(state, 'flower_amount', String(petals + 1)));
  else popItem(context, pos, stackOf('minecraft:pink_petals', 1), `petal:${at(pos)}`);
  return true;
}

const BONE_MEAL: ItemRule = {
  name: 'bone-meal',
  matches: ({ name }) => name === 'minecraft:bone_meal',
  useOn: (context, player, { pos, hand }) => {
    if (!grow(context, pos, context.world.block(pos))) return 'pass';
    takeOne(context, player, hand);
    return 'done';
  },
};

export const BONE_MEAL_ITEM: RuleSet = { items: [BONE_MEAL] };
