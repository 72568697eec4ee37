import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, Placement, RuleContext, RuleSet } from '../../model/rule.ts';
import { axisOf, clockwise, isSide, opposite, rotationOf, sideOf, towards } from './faces.ts';
import { both, hasProperty, isSameBlock, named, withProperty, type Matches } from './family.ts';
import { nearestLooks } from './look.ts';
import { blockOr } from './change.ts';

/** Which way a block faces when it is placed. Source: `getStateForPlacement` of each block in 1.21.1. */
interface Facing {
  readonly blocks: RegExp;
  readonly face: (placement: Placement) => Face;
}

const towardsPlayer = (placement: Placement): Face => opposite(sideOf(placement.yaw));
const awayFromPlayer = (placement: Placement): Face => sideOf(placement.yaw);
const againstLook = (placement: Placement): Face => opposite(nearestLooks(placement.yaw, placement.pitch)[0]!);
const alongLook = (placement: Placement): Face => nearestLooks(placement.yaw, placement.pitch)[0]!;

const FACINGS: readonly Facing[] = [
  {
    blocks:
      /^(furnace|smoker|blast_furnace|ender_chest|carved_pumpkin|jack_o_lantern|.+_glazed_terracotta|loom|stonecutter|chiseled_bookshelf|end_portal_frame|beehive|bee_nest|lectern|repeater|comparator|vault|big_dripleaf|small_dripleaf|pink_petals)$/,
    face: towardsPlayer,
  },
  { blocks: /^(decorated_pot|calibrated_sculk_sensor|campfire|soul_campfire|.+_fence_gate)$/, face: awayFromPlayer },
  { blocks: /^(chipped_|damaged_)?anvil$/, face: ({ yaw }) => clockwise(sideOf(yaw)) },
  { blocks: /^(dispenser|dropper|piston|sticky_piston|barrel|(repeating_|chain_)?command_block)$/, face: againstLook },
  { blocks: /^observer$/, face: alongLook },
  { blocks: /^(.*shulker_box|lightning_rod|(small|medium|large)_amethyst_bud|amethyst_cluster)$/, face: ({ face }) => face },
  { blocks: /^hopper$/, face: ({ face }) => (isSide(face) ? opposite(face) : 'down') },
];

const FACING: BlockRule[] = FACINGS.map(({ blocks, face }, index) => ({
  name: `facing-${index}`,
  matches: both(named(blocks), withProperty('facing')),
  place: (context, placement, state) => context.states.with(state, 'facing', face(placement)),
}));

const isPillar: Matches = (block) => hasProperty(block, 'axis') && block.name !== 'minecraft:nether_portal';

const PILLAR: BlockRule = {
  name: 'pillar',
  matches: isPillar,
  place: (context, { face }, state) => context.states.with(state, 'axis', axisOf(face)),
};

/** An end rod on an end rod turns round, so that chains alternate. */
const END_ROD: BlockRule = {
  name: 'end-rod',
  matches: named(/^end_rod$/),
  place: (context, { pos, face }, state) => {
    const behind = blockOr(context, towards(pos, opposite(face)));
    const same = isSameBlock(context, behind, state) && context.states.get(behind, 'facing') === face;
    return context.states.with(state, 'facing', same ? opposite(face) : face);
  },
};

/** Front and top of crafters and jigsaws: "north_up", "down_east". */
const ORIENTED: BlockRule = {
  name: 'orientation',
  matches: withProperty('orientation'),
  place: (context, placement, state) => {
    const isCrafter = context.states.blockOf(state)!.name === 'minecraft:crafter';
    const front = isCrafter ? againstLook(placement) : placement.face;
    return context.states.with(state, 'orientation', `${front}_${topOf(front, placement, isCrafter)}`);
  },
};

function topOf(front: Face, placement: Placement, isCrafter: boolean): Face {
  if (isSide(front)) return 'up';
  return isCrafter && front === 'up' ? awayFromPlayer(placement) : towardsPlayer(placement);
}

/** Signs and banners look at the player, heads look along. */
const ROTATED: BlockRule = {
  name: 'rotation',
  matches: withProperty('rotation'),
  place: (context, { yaw }, state) => context.states.with(state, 'rotation', rotationOf(isHead(context, state) ? yaw : yaw + 180)),
};

function isHead(context: RuleContext, state: StateId): boolean {
  return /_(head|skull)$/.test(context.states.blockOf(state)!.name);
}

export const ORIENTATION: RuleSet = { blocks: [...FACING, PILLAR, END_ROD, ORIENTED, ROTATED] };
