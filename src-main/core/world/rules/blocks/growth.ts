import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { isBrighterThan } from './brightness.ts';
import { blockOr, isInWorld, setBlock } from './change.ts';
import { at, SIDES, towards } from './faces.ts';
import { isSameBlock, isTagged, named, nameOf } from './family.ts';
import { isWater } from './wet.ts';

/** Crops want this much light (vanilla). */
const LIGHT = 9;
const SKY = 15;

function ageOf(context: RuleContext, state: StateId): { readonly age: number; readonly last: number } {
  const values = context.states.blockOf(state)!.properties.find(({ name }) => name === 'age')!.values;
  return { age: Number(context.states.get(state, 'age')), last: values.length - 1 };
}

function isLucky(context: RuleContext, pos: BlockPos, what: string, chance: number): boolean {
  return context.random(`${what}:${at(pos)}`) < chance;
}

/** Vanilla's `CropBlock.getGrowthSpeed`: wet farmland all around is best; rows of the same crop beside each other grow half as fast. */
function fertility(context: RuleContext, pos: BlockPos, state: StateId): number {
  let points = 1;
  for (let dx = -1; dx <= 1; dx++) {
    for (let dz = -1; dz <= 1; dz++) {
      const ground = blockOr(context, { x: pos.x + dx, y: pos.y - 1, z: pos.z + dz });
      if (nameOf(context, ground) !== 'farmland') continue;
      const here = context.states.get(ground, 'moisture') === '0' ? 1 : 3;
      points += dx === 0 && dz === 0 ? here : here / 4;
    }
  }
  const same = (dx: number, dz: number): boolean =>
    isSameBlock(context, blockOr(context, { x: pos.x + dx, y: pos.y, z: pos.z + dz }), state);
  const alongX = same(-1, 0) || same(1, 0);
  const alongZ = same(0, -1) || same(0, 1);
  const corners = same(-1, -1) || same(1, -1) || same(-1, 1) || same(1, 1);
  return (alongX && alongZ) || corners ? points / 2 : points;
}

function ripen(context: RuleContext, pos: BlockPos, state: StateId): void {
  const { age, last } = ageOf(context, state);
  if (age >= last || !isBrighterThan(context, pos, LIGHT, SKY)) return;
  const tries = Math.floor(25 / fertility(context, pos, state)) + 1;
  if (!isLucky(context, pos, 'grow', 1 / tries)) return;
  const name = nameOf(context, state);
  if (name === 'torchflower_crop' && age === 1) setBlock(context, pos, context.states.idOf('minecraft:torchflower'));
  else setBlock(context, pos, context.states.with(state, 'age', String(age + 1)));
}

/** Beetroot and torchflowers skip two ticks of three. */
const CROP: BlockRule = {
  name: 'crop-growth',
  matches: named(/^(wheat|carrots|potatoes|beetroots|torchflower_crop)$/),
  random: (context, pos, state) => {
    const isSlow = /^(beetroots|torchflower_crop)$/.test(nameOf(context, state));
    if (!isSlow || isLucky(context, pos, 'slow', 2 / 3)) ripen(context, pos, state);
  },
};

/** A ripe stem puts its fruit on soil beside it, and bends to it. */
const STEM: BlockRule = {
  name: 'stem-growth',
  matches: named(/^(pumpkin|melon)_stem$/),
  random: (context, pos, state) => {
    const { age, last } = ageOf(context, state);
    if (age < last) {
      ripen(context, pos, state);
      return;
    }
    const tries = Math.floor(25 / fertility(context, pos, state)) + 1;
    if (!isBrighterThan(context, pos, LIGHT, SKY) || !isLucky(context, pos, 'fruit', 1 / tries)) return;
    const side = SIDES[Math.floor(context.random(`side:${at(pos)}`) * 4)]!;
    const beside = towards(pos, side);
    const ground = blockOr(context, towards(beside, 'down'));
    if (!context.within(beside) || !context.states.isAir(context.world.block(beside))) return;
    if (!isTagged(context, ground, 'dirt') && nameOf(context, ground) !== 'farmland') return;
    const fruit = nameOf(context, state).slice(0, -'_stem'.length);
    setBlock(context, beside, context.states.idOf(`minecraft:${fruit}`));
    setBlock(context, pos, context.states.idOf(`minecraft:attached_${fruit}_stem[facing=${side}]`));
  },
};

/** One stage with a fixed chance. */
function staged(name: string, plants: RegExp, chance: number, wantsLight: boolean): BlockRule {
  return {
    name,
    matches: named(plants),
    random: (context, pos, state) => {
      const { age, last } = ageOf(context, state);
      if (age >= last || !isLucky(context, pos, 'grow', chance)) return;
      if (!wantsLight || isBrighterThan(context, towards(pos, 'up'), LIGHT, SKY))
        setBlock(context, pos, context.states.with(state, 'age', String(age + 1)));
    },
  };
}

/** Sugar cane and cactus: a new block every 16 ticks, up to three high. */
const TALL: BlockRule = {
  name: 'tall-growth',
  matches: named(/^(sugar_cane|cactus)$/),
  random: (context, pos, state) => {
    const above = towards(pos, 'up');
    if (!isInWorld(context, above) || !context.states.isAir(context.world.block(above))) return;
    let height = 1;
    while (height < 3 && isSameBlock(context, blockOr(context, { ...pos, y: pos.y - height }), state)) height += 1;
    if (height >= 3) return;
    const { age, last } = ageOf(context, state);
    if (age < last) {
      setBlock(context, pos, context.states.with(state, 'age', String(age + 1)));
      return;
    }
    setBlock(context, pos, context.states.with(state, 'age', '0'));
    setBlock(context, above, context.states.blockOf(state)!.defaultState);
  },
};

/** Tips of vines and kelp grow on until they are old. Cave vines bear berries now and then. */
function tip(name: string, plant: string, step: 'up' | 'down', chance: number): BlockRule {
  return {
    name,
    matches: named(new RegExp(`^${plant}$`)),
    random: (context, pos, state) => {
      const { age, last } = ageOf(context, state);
      const ahead = towards(pos, step);
      if (age >= last || !isLucky(context, pos, 'grow', chance) || !isInWorld(context, ahead)) return;
      const there = context.world.block(ahead);
      const isRoom =
        plant === 'kelp'
          ? context.states.blockOf(there)?.name === 'minecraft:water' && isWater(context.states, there)
          : context.states.isAir(there);
      if (!isRoom) return;
      const grown = context.states.with(context.states.blockOf(state)!.defaultState, 'age', String(age + 1));
      const berries = isLucky(context, pos, 'berries', 0.11);
      setBlock(context, ahead, context.states.with(grown, 'berries', String(berries)));
    },
  };
}

/** Bamboo shoots up to 16 blocks, leaves on its topmost three. */
const BAMBOO: BlockRule = {
  name: 'bamboo-growth',
  matches: named(/^bamboo(_sapling)?$/),
  random: (context, pos, state) => {
    const above = towards(pos, 'up');
    if (context.states.get(state, 'stage') === '1' || !isInWorld(context, above) || !context.states.isAir(context.world.block(above)))
      return;
    if (!isLucky(context, pos, 'grow', 1 / 3) || !isBrighterThan(context, above, LIGHT, SKY)) return;
    const stem = (blocks: number): BlockPos => ({ ...pos, y: pos.y - blocks });
    const isStem = (blocks: number): boolean => nameOf(context, blockOr(context, stem(blocks))) === 'bamboo';
    let height = 1;
    while (height < 16 && isStem(height)) height += 1;
    if (height >= 16) return;
    const thick = height >= 3 || context.states.get(state, 'age') === '1' ? '1' : '0';
    const stage = height >= 15 || (height >= 11 && isLucky(context, pos, 'stop', 0.25)) ? '1' : '0';
    const leaves = height >= 3 ? 'large' : 'small';
    setBlock(context, above, context.states.idOf(`minecraft:bamboo[age=${thick},leaves=${leaves},stage=${stage}]`));
    if (height >= 3 && isStem(1)) setBlock(context, stem(1), context.states.with(context.world.block(stem(1)), 'leaves', 'small'));
    if (height >= 4 && isStem(2)) setBlock(context, stem(2), context.states.with(context.world.block(stem(2)), 'leaves', 'none'));
  },
};

export const GROWTH: RuleSet = {
  blocks: [
    CROP,
    STEM,
    staged('nether-wart-growth', /^nether_wart$/, 0.1, false),
    staged('cocoa-growth', /^cocoa$/, 0.2, false),
    staged('berry-growth', /^sweet_berry_bush$/, 0.2, true),
    TALL,
    tip('kelp-growth', 'kelp', 'up', 0.14),
    tip('twisting-growth', 'twisting_vines', 'up', 0.1),
    tip('weeping-growth', 'weeping_vines', 'down', 0.1),
    tip('cave-vines-growth', 'cave_vines', 'down', 0.1),
    BAMBOO,
  ],
};
