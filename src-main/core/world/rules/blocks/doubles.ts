import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, Placement, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, isInWorld, setBlock } from './change.ts';
import { clockwise, counterClockwise, opposite, sideOf, towards, type Side } from './faces.ts';
import { hasProperty, hitOf, isSameBlock, isTagged, named, nameOf, tagged, withAll } from './family.ts';
import { isFaceSturdy, isFullCube } from './shapes.ts';
import { isWaterSource } from './wet.ts';

/** Things of two blocks: doors, beds, tall plants. `partner` is the side on which the other half stands. */
function twoBlocks(
  name: string,
  matches: BlockRule['matches'],
  partner: (context: RuleContext, state: StateId) => Face,
  isKin: (context: RuleContext, other: StateId, state: StateId) => boolean = isSameBlock,
): BlockRule {
  const isPartner = (context: RuleContext, pos: BlockPos, state: StateId): boolean => {
    const other = blockOr(context, pos);
    return isKin(context, other, state) && partner(context, other) === opposite(partner(context, state));
  };
  return {
    name,
    matches,
    partners: (context, pos, state) => {
      const other = towards(pos, partner(context, state));
      return isPartner(context, other, state) ? [other] : [];
    },
    neighbour: (context, pos, state, from) => {
      if (from !== partner(context, state)) return state;
      return isPartner(context, towards(pos, from), state) ? state : null;
    },
  };
}

function halfPartner(context: RuleContext, state: StateId): Face {
  return context.states.get(state, 'half') === 'lower' ? 'up' : 'down';
}

/** Whether the second block has room: in the world, and nothing there that stays. */
function hasRoom(context: RuleContext, pos: BlockPos): boolean {
  return isInWorld(context, pos) && (context.states.blockOf(blockOr(context, pos))?.replaceable ?? false);
}

/** A door whose other half was waxed or scraped follows it, so any door is kin. */
const DOOR_HALVES = twoBlocks('door-halves', tagged('doors'), halfPartner, (context, other) => isTagged(context, other, 'doors'));

const DOOR: BlockRule = {
  name: 'door',
  matches: tagged('doors'),
  place: (context, placement, state) => {
    if (!hasRoom(context, towards(placement.pos, 'up'))) return null;
    return withAll(context, state, { facing: sideOf(placement.yaw), hinge: hingeOf(context, placement), half: 'lower' });
  },
  placed: (context, { pos }, state) => setBlock(context, towards(pos, 'up'), context.states.with(state, 'half', 'upper')),
  heldFrom: () => 'down',
  canStay: (context, pos, state) => {
    const below = blockOr(context, towards(pos, 'down'));
    if (context.states.get(state, 'half') === 'lower') return isFaceSturdy(context.states, below, 'up');
    return isTagged(context, below, 'doors');
  },
  /** Both halves are one: open and shut, scraped and waxed together. */
  neighbour: (context, pos, state, from) => {
    const other = blockOr(context, towards(pos, from));
    if (from !== halfPartner(context, state) || !isTagged(context, other, 'doors')) return state;
    return context.states.with(other, 'half', context.states.get(state, 'half')!);
  },
};

/** 1. Away from a full wall. 2. So that two doors open like a gate. 3. By the half of the block that was clicked. */
function hingeOf(context: RuleContext, placement: Placement): 'left' | 'right' {
  const facing = sideOf(placement.yaw);
  const left = towards(placement.pos, counterClockwise(facing));
  const right = towards(placement.pos, clockwise(facing));
  const wall = (pos: BlockPos): number =>
    [pos, towards(pos, 'up')].filter((part) => isFullCube(context.states, blockOr(context, part))).length;
  const door = (pos: BlockPos): boolean => {
    const other = blockOr(context, pos);
    return isTagged(context, other, 'doors') && context.states.get(other, 'half') === 'lower';
  };
  const balance = wall(right) - wall(left);
  if ((door(left) && !door(right)) || balance > 0) return 'right';
  if ((door(right) && !door(left)) || balance < 0) return 'left';
  const hit = hitOf(placement);
  const clickedRight: Readonly<Record<Side, boolean>> = { east: hit.z > 0.5, west: hit.z < 0.5, south: hit.x < 0.5, north: hit.x > 0.5 };
  return clickedRight[facing] ? 'right' : 'left';
}

function bedPartner(context: RuleContext, state: StateId): Face {
  const facing = context.states.get(state, 'facing') as Side;
  return context.states.get(state, 'part') === 'foot' ? facing : opposite(facing);
}

const BED_HALVES = twoBlocks('bed-halves', tagged('beds'), bedPartner);

const BED: BlockRule = {
  name: 'bed',
  matches: tagged('beds'),
  place: (context, placement, state) => {
    const facing = sideOf(placement.yaw);
    return hasRoom(context, towards(placement.pos, facing)) ? withAll(context, state, { facing, part: 'foot' }) : null;
  },
  placed: (context, { pos }, state) =>
    setBlock(context, towards(pos, bedPartner(context, state)), context.states.with(state, 'part', 'head')),
};

const TALL_PLANTS = /^(sunflower|lilac|rose_bush|peony|tall_grass|large_fern|pitcher_plant|pitcher_crop|small_dripleaf|tall_seagrass)$/;

const TALL_PLANT_HALVES = twoBlocks(
  'tall-plant-halves',
  (block, tables) => named(TALL_PLANTS)(block, tables) && block.name !== 'minecraft:pitcher_crop',
  halfPartner,
);

const TALL_PLANT: BlockRule = {
  name: 'tall-plant',
  matches: named(TALL_PLANTS),
  place: (context, { pos }, state) => {
    if (nameOf(context, state) === 'pitcher_crop') return state;
    return hasRoom(context, towards(pos, 'up')) ? context.states.with(state, 'half', 'lower') : null;
  },
  placed: (context, { pos }, state) => {
    if (nameOf(context, state) === 'pitcher_crop') return;
    const above = towards(pos, 'up');
    const upper = context.states.with(state, 'half', 'upper');
    const isWet = hasProperty(context.states.blockOf(upper), 'waterlogged');
    setBlock(
      context,
      above,
      isWet ? context.states.with(upper, 'waterlogged', String(isWaterSource(context.states, blockOr(context, above)))) : upper,
    );
  },
  canStay: (context, pos, state) => {
    const below = blockOr(context, towards(pos, 'down'));
    if (context.states.get(state, 'half') === 'upper')
      return isSameBlock(context, below, state) && context.states.get(below, 'half') === 'lower';
    return growsOn(context, nameOf(context, state), below, pos);
  },
};

function growsOn(context: RuleContext, plant: string, ground: StateId, pos: BlockPos): boolean {
  const isSoil = isTagged(context, ground, 'dirt') || nameOf(context, ground) === 'farmland';
  if (plant === 'pitcher_crop') return nameOf(context, ground) === 'farmland';
  if (plant === 'tall_seagrass') return isFaceSturdy(context.states, ground, 'up');
  if (plant !== 'small_dripleaf') return isSoil;
  return isTagged(context, ground, 'small_dripleaf_placeable') || (isSoil && isWaterSource(context.states, blockOr(context, pos)));
}

/** A pitcher crop is one block until its third stage. */
const PITCHER_HALVES: BlockRule = {
  name: 'pitcher-crop-halves',
  matches: named(/^pitcher_crop$/),
  partners: (context, pos, state) => {
    const other = towards(pos, halfPartner(context, state));
    return isSameBlock(context, blockOr(context, other), state) ? [other] : [];
  },
  neighbour: (context, pos, state, from) => {
    const other = blockOr(context, towards(pos, from));
    const needsOther = Number(context.states.get(state, 'age')) >= 3;
    return needsOther && from === halfPartner(context, state) && !isSameBlock(context, other, state) ? null : state;
  },
};

export const DOUBLES: RuleSet = { blocks: [DOOR_HALVES, DOOR, BED_HALVES, BED, TALL_PLANT_HALVES, TALL_PLANT, PITCHER_HALVES] };
