import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, Placement, RuleContext, RuleSet } from '../../model/rule.ts';
import { looksOf } from './attached.ts';
import { blockOr } from './change.ts';
import { isSide, opposite, SIDES, towards } from './faces.ts';
import { hasProperty, isSameBlock, named } from './family.ts';
import { isFaceSturdy } from './shapes.ts';

const ALL: readonly Face[] = ['down', 'up', 'north', 'east', 'south', 'west'];

function has(context: RuleContext, state: StateId, face: Face): boolean {
  return context.states.get(state, face) === 'true';
}

function canCling(context: RuleContext, pos: BlockPos, face: Face): boolean {
  return isFaceSturdy(context.states, blockOr(context, towards(pos, face)), opposite(face));
}

function facesOf(context: RuleContext, state: StateId): readonly Face[] {
  return ALL.filter((face) => has(context, state, face));
}

/** Lets go of the faces that hold nothing any more; null when none is left. */
function kept(context: RuleContext, state: StateId, holds: (face: Face) => boolean): StateId | null {
  const left = facesOf(context, state).reduce((next, face) => (holds(face) ? next : context.states.with(next, face, 'false')), state);
  return facesOf(context, left).length === 0 ? null : left;
}

/** Adds the first face in the order of looking that has something behind it; null when there is none. */
function added(context: RuleContext, placement: Placement, state: StateId, holds: (base: StateId, face: Face) => boolean): StateId | null {
  const already = isSameBlock(context, placement.old, state);
  const base = already ? placement.old : state;
  const face = looksOf(placement).find(
    (look) => hasProperty(context.states.blockOf(state), look) && !has(context, base, look) && holds(base, look),
  );
  return face === undefined ? null : context.states.with(base, face, 'true');
}

function roomLeft(most: number): NonNullable<BlockRule['givesWay']> {
  return (context, { stack }, state) => context.states.blockOf(state)?.item !== stack.name || facesOf(context, state).length < most;
}

/** Glow lichen and sculk veins: up to six faces, each held on its own. */
const FILM: BlockRule = {
  name: 'film',
  matches: named(/^(glow_lichen|sculk_vein)$/),
  place: (context, placement, state) => added(context, placement, state, (_base, face) => canCling(context, placement.pos, face)),
  givesWay: roomLeft(6),
  canStay: (context, pos, state) => kept(context, state, (face) => canCling(context, pos, face)) !== null,
  neighbour: (context, pos, state, from) => kept(context, state, (face) => face !== from || canCling(context, pos, face)),
};

/** A vine hangs on a face behind it, or on the same face of the vine above. */
function vineHolds(context: RuleContext, pos: BlockPos, face: Face): boolean {
  if (face === 'down') return false;
  if (canCling(context, pos, face)) return true;
  const above = blockOr(context, towards(pos, 'up'));
  return isSide(face) && context.states.blockOf(above)?.name === 'minecraft:vine' && has(context, above, face);
}

const VINE: BlockRule = {
  name: 'vine',
  matches: named(/^vine$/),
  place: (context, placement, state) => added(context, placement, state, (_base, face) => vineHolds(context, placement.pos, face)),
  givesWay: roomLeft(5),
  canStay: (context, pos, state) => kept(context, state, (face) => vineHolds(context, pos, face)) !== null,
  neighbour: (context, pos, state, from) => (from === 'down' ? state : kept(context, state, (face) => vineHolds(context, pos, face))),
};

/** Fire holds on to what burns beside it, and stands on what is below. Source of what burns: `FireBlock.bootStrap`. */
const BURNS =
  /(_planks|_slab|_stairs|_fence|_fence_gate|_log|_wood|_leaves|_wool|_carpet)$|^(bookshelf|tnt|short_grass|fern|dead_bush|sunflower|lilac|rose_bush|peony|tall_grass|large_fern|dandelion|poppy|vine|coal_block|hay_block|target|bamboo|scaffolding|lectern|composter|beehive|bee_nest|azalea|cave_vines|cave_vines_plant|glow_lichen|mangrove_roots|bamboo_block|dried_kelp_block|chiseled_bookshelf)$/;
const BURNS_NOT =
  /crimson|warped|stone|brick|copper|quartz|prismarine|purpur|granite|diorite|andesite|tuff|deepslate|blackstone|moss_carpet/;

export function burns(context: RuleContext, state: StateId): boolean {
  const name = context.states.blockOf(state)?.name.slice(10) ?? '';
  return BURNS.test(name) && !BURNS_NOT.test(name) && context.states.get(state, 'waterlogged') !== 'true';
}

export function fireStays(context: RuleContext, pos: BlockPos): boolean {
  if (isFaceSturdy(context.states, blockOr(context, towards(pos, 'down')), 'up')) return true;
  return ALL.some((face) => burns(context, blockOr(context, towards(pos, face))));
}

/** The fire that would burn here: soul fire on soul sand and soul soil, else fire with a flame on every burning side. */
export function fireAt(context: RuleContext, pos: BlockPos): StateId {
  const below = blockOr(context, towards(pos, 'down'));
  const ground = context.states.blockOf(below)?.name ?? '';
  if (context.tables.blockTags.get('minecraft:soul_fire_base_blocks')?.has(ground) === true)
    return context.states.blockNamed('minecraft:soul_fire')!.defaultState;
  const fire = context.states.blockNamed('minecraft:fire')!.defaultState;
  if (burns(context, below) || isFaceSturdy(context.states, below, 'up')) return fire;
  return [...SIDES, 'up' as const].reduce(
    (next, face) => context.states.with(next, face, String(burns(context, blockOr(context, towards(pos, face))))),
    fire,
  );
}

/** Fire that nothing feeds or carries goes out without a trace. */
const FIRE: BlockRule = {
  name: 'fire',
  matches: named(/^fire$/),
  neighbour: (context, pos, state) => {
    if (!fireStays(context, pos)) return context.states.idOf('minecraft:air');
    const next = fireAt(context, pos);
    return isSameBlock(context, next, state) ? context.states.with(next, 'age', context.states.get(state, 'age')!) : next;
  },
};

const SOUL_FIRE: BlockRule = {
  name: 'soul-fire',
  matches: named(/^soul_fire$/),
  neighbour: (context, pos, state, from) => {
    const ground = context.states.blockOf(blockOr(context, towards(pos, 'down')))?.name ?? '';
    const isBase = context.tables.blockTags.get('minecraft:soul_fire_base_blocks')?.has(ground) === true;
    return from === 'down' && !isBase ? context.states.idOf('minecraft:air') : state;
  },
};

export const CLINGING: RuleSet = { blocks: [FILM, VINE, FIRE, SOUL_FIRE] };
