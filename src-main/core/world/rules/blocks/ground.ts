import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { isBrighterThan, skyNow } from './brightness.ts';
import { blockOr, setBlock } from './change.ts';
import { at, towards } from './faces.ts';
import { isTagged, named, nameOf } from './family.ts';
import { isFaceSturdy } from './shapes.ts';
import { fluidOf, isWater } from './wet.ts';

const SPREAD_TRIES = 4;
const SPREAD_LIGHT = 9;
const MELT_LIGHT = 12;
const WATER_BLOCKS = 4;

/** Whether grass can live here: nothing over it that shuts the light out, no water on it. */
function canLive(context: RuleContext, pos: BlockPos): boolean {
  const above = blockOr(context, towards(pos, 'up'));
  if (nameOf(context, above) === 'snow' && context.states.get(above, 'layers') === '1') return true;
  if (fluidOf(context.states, above)?.amount === 8) return false;
  if (context.states.filter(above) >= 15) return false;
  return !(isTagged(context, above, 'slabs', 'stairs') && isFaceSturdy(context.states, above, 'down'));
}

/** Grass and mycelium: die to dirt in the dark, else take over dirt nearby. */
const GRASS: BlockRule = {
  name: 'grass-spread',
  matches: named(/^(grass_block|mycelium)$/),
  random: (context, pos, state) => {
    if (!canLive(context, pos)) {
      setBlock(context, pos, context.states.idOf('minecraft:dirt'));
      return;
    }
    let isBright: boolean | null = null;
    for (let i = 0; i < SPREAD_TRIES; i++) {
      const draw = (axis: string, size: number): number => Math.floor(context.random(`grass:${at(pos)}:${i}${axis}`) * size);
      const target = { x: pos.x + draw('x', 3) - 1, y: pos.y + draw('y', 5) - 3, z: pos.z + draw('z', 3) - 1 };
      if (nameOf(context, blockOr(context, target)) !== 'dirt') continue;
      isBright ??= isBrighterThan(context, towards(pos, 'up'), SPREAD_LIGHT, skyNow(context));
      if (isBright) takeOver(context, target, state);
    }
  },
};

function takeOver(context: RuleContext, target: BlockPos, state: StateId): void {
  const above = blockOr(context, towards(target, 'up'));
  if (!canLive(context, target) || isWater(context.states, above)) return;
  const grown = context.states.blockOf(state)!.defaultState;
  setBlock(context, target, context.states.with(grown, 'snowy', String(isTagged(context, above, 'snow'))));
}

/** Farmland drinks from water within four blocks, dries out without it, and is dirt again when it bears nothing. */
const FARMLAND: BlockRule = {
  name: 'farmland-moisture',
  matches: named(/^farmland$/),
  random: (context, pos, state) => {
    const moisture = Number(context.states.get(state, 'moisture'));
    if (isNearWater(context, pos)) {
      if (moisture < 7) setBlock(context, pos, context.states.with(state, 'moisture', '7'));
    } else if (moisture > 0) setBlock(context, pos, context.states.with(state, 'moisture', String(moisture - 1)));
    else if (!isTagged(context, blockOr(context, towards(pos, 'up')), 'maintains_farmland'))
      setBlock(context, pos, context.states.idOf('minecraft:dirt'));
  },
};

function isNearWater(context: RuleContext, pos: BlockPos): boolean {
  for (let y = pos.y; y <= pos.y + 1; y++)
    for (let z = pos.z - WATER_BLOCKS; z <= pos.z + WATER_BLOCKS; z++)
      for (let x = pos.x - WATER_BLOCKS; x <= pos.x + WATER_BLOCKS; x++)
        if (isWater(context.states, blockOr(context, { x, y, z }))) return true;
  return false;
}

/** Lamps melt ice and snow; the sun does not. */
const MELT: BlockRule = {
  name: 'melt',
  matches: named(/^(ice|snow)$/),
  random: (context, pos, state) => {
    if (!isBrighterThan(context, pos, MELT_LIGHT, 0)) return;
    const wet = nameOf(context, state) === 'ice' && context.world.dimension !== 'minecraft:the_nether';
    setBlock(context, pos, context.states.idOf(wet ? 'minecraft:water[level=0]' : 'minecraft:air'));
  },
};

/** Nylium under a block is netherrack. */
const NYLIUM: BlockRule = {
  name: 'nylium-decay',
  matches: named(/^(crimson|warped)_nylium$/),
  random: (context, pos) => {
    if (context.states.filter(blockOr(context, towards(pos, 'up'))) >= 15)
      setBlock(context, pos, context.states.idOf('minecraft:netherrack'));
  },
};

export const GROUND: RuleSet = { blocks: [GRASS, FARMLAND, MELT, NYLIUM] };
