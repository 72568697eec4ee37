import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, schedule } from './change.ts';
import { opposite, SIDES, towards } from './faces.ts';
import { isSameBlock, isTagged, named, nameOf, tagged } from './family.ts';
import { boxesOf, isFaceSturdy, isSolid } from './shapes.ts';
import { fluidOf, isWater, isWaterSource } from './wet.ts';

/** What a plant grows on: asked with the block below (or above, for what hangs). */
type Ground = (context: RuleContext, ground: StateId, pos: BlockPos) => boolean;

const isNamed = (context: RuleContext, state: StateId, names: RegExp): boolean => names.test(nameOf(context, state));
const tops = (context: RuleContext, ground: StateId): boolean => isFaceSturdy(context.states, ground, 'up');

const soil: Ground = (context, ground) => isTagged(context, ground, 'dirt') || isNamed(context, ground, /^farmland$/);
const farmland: Ground = (context, ground) => isNamed(context, ground, /^farmland$/);
const netherSoil: Ground = (context, ground, pos) =>
  isTagged(context, ground, 'nylium') || isNamed(context, ground, /^soul_soil$/) || soil(context, ground, pos);

/** Where each plant stands. Source: `mayPlaceOn` and `canSurvive` of 1.21.1; light is left out. */
const GROUNDS: readonly (readonly [plants: RegExp, ground: Ground])[] = [
  [/^(wheat|carrots|potatoes|beetroots|pumpkin_stem|melon_stem|attached_(pumpkin|melon)_stem|torchflower_crop)$/, farmland],
  [/^nether_wart$/, (context, ground) => isNamed(context, ground, /^soul_sand$/)],
  [
    /^(crimson_fungus|warped_fungus)$/,
    (context, ground, pos) => isNamed(context, ground, /^mycelium$/) || netherSoil(context, ground, pos),
  ],
  [/^(crimson_roots|warped_roots|nether_sprouts)$/, netherSoil],
  [/^wither_rose$/, (context, ground, pos) => isNamed(context, ground, /^(netherrack|soul_sand|soul_soil)$/) || soil(context, ground, pos)],
  [
    /^(azalea|flowering_azalea|mangrove_propagule)$/,
    (context, ground, pos) => isNamed(context, ground, /^clay$/) || soil(context, ground, pos),
  ],
  [/^dead_bush$/, (context, ground) => isTagged(context, ground, 'dead_bush_may_place_on')],
  [
    /^(brown|red)_mushroom$/,
    (context, ground) => isTagged(context, ground, 'mushroom_grow_block') || isFaceSturdy(context.states, ground, 'up'),
  ],
  [/^(bamboo|bamboo_sapling)$/, (context, ground) => isTagged(context, ground, 'bamboo_plantable_on')],
  [/^lily_pad$/, (context, ground, pos) => onWater(context, ground, pos) || isTagged(context, ground, 'ice')],
  [/^frogspawn$/, onWater],
  [/^sea_pickle$/, (context, ground) => tops(context, ground) || boxesOf(context.states, ground).some((box) => box[4]! >= 16)],
  [/^seagrass$/, (context, ground) => tops(context, ground) && !isNamed(context, ground, /^magma_block$/)],
  [/^(dead_)?(tube|brain|bubble|fire|horn)_coral(_fan)?$/, tops],
  [
    /^(short_grass|fern|sweet_berry_bush|pink_petals|torchflower|dandelion|poppy|blue_orchid|allium|azure_bluet|.+_tulip|oxeye_daisy|cornflower|lily_of_the_valley|.+_sapling)$/,
    soil,
  ],
  [/^snow$/, snowGround],
];

function onWater(context: RuleContext, ground: StateId, pos: BlockPos): boolean {
  return isWaterSource(context.states, ground) && fluidOf(context.states, blockOr(context, pos)) === null;
}

function snowGround(context: RuleContext, ground: StateId): boolean {
  if (isTagged(context, ground, 'snow_layer_cannot_survive_on')) return false;
  if (isTagged(context, ground, 'snow_layer_can_survive_on') || context.states.get(ground, 'layers') === '8') return true;
  return tops(context, ground);
}

const ON_GROUND: readonly BlockRule[] = GROUNDS.map(([plants, ground], index) => ({
  name: `ground-${index}`,
  matches: named(plants),
  canStay: (context, pos) => ground(context, blockOr(context, towards(pos, 'down')), pos),
}));

/** Needs a source of water to stand in. */
const WATER_PLANT: BlockRule = {
  name: 'water-plant',
  matches: named(/^(seagrass|tall_seagrass|kelp|kelp_plant)$/),
  place: (context, { old }, state) => (isWaterSource(context.states, old) ? state : null),
};

/** A column of stems under or over a tip: `step` is the way that it grows. */
function column(names: { readonly tip: string; readonly stem: string }, step: 'up' | 'down', ground: Ground): BlockRule {
  const isPart = (context: RuleContext, state: StateId): boolean => [names.tip, names.stem].includes(nameOf(context, state));
  const root = opposite(step);
  return {
    name: names.tip,
    matches: named(new RegExp(`^(${names.tip}|${names.stem})$`)),
    heldFrom: () => root,
    canStay: (context, pos) => {
      const before = blockOr(context, towards(pos, root));
      return isPart(context, before) || ground(context, before, pos);
    },
    place: (context, { pos }, state) => {
      const grown = isPart(context, blockOr(context, towards(pos, step)))
        ? context.states.blockNamed(`minecraft:${names.stem}`)!.defaultState
        : state;
      return grown;
    },
    neighbour: (context, pos, state, from) => {
      if (from !== step) return state;
      const beyond = isPart(context, blockOr(context, towards(pos, step)));
      if (nameOf(context, state) === names.tip && beyond) return keepBerries(context, state, names.stem);
      return nameOf(context, state) === names.stem && !beyond ? keepBerries(context, state, names.tip) : state;
    },
  };
}

function keepBerries(context: RuleContext, state: StateId, name: string): StateId {
  const next = context.states.blockNamed(`minecraft:${name}`)!.defaultState;
  const berries = context.states.get(state, 'berries');
  return berries === null ? next : context.states.with(next, 'berries', berries);
}

const bottoms: Ground = (context, ground) => isFaceSturdy(context.states, ground, 'down');

const COLUMNS: readonly BlockRule[] = [
  column(
    { tip: 'kelp', stem: 'kelp_plant' },
    'up',
    (context, ground) => tops(context, ground) && !isNamed(context, ground, /^magma_block$/),
  ),
  column({ tip: 'twisting_vines', stem: 'twisting_vines_plant' }, 'up', tops),
  column({ tip: 'weeping_vines', stem: 'weeping_vines_plant' }, 'down', bottoms),
  column({ tip: 'cave_vines', stem: 'cave_vines_plant' }, 'down', bottoms),
];

const SUGAR_CANE: BlockRule = {
  name: 'sugar-cane',
  matches: named(/^sugar_cane$/),
  canStay: (context, pos, state) => {
    const below = towards(pos, 'down');
    const ground = blockOr(context, below);
    if (isSameBlock(context, ground, state)) return true;
    if (!isTagged(context, ground, 'dirt', 'sand')) return false;
    return SIDES.some((side) => {
      const beside = blockOr(context, towards(below, side));
      return isWater(context.states, beside) || isNamed(context, beside, /^frosted_ice$/);
    });
  },
};

const CACTUS: BlockRule = {
  name: 'cactus',
  matches: named(/^cactus$/),
  canStay: (context, pos, state) => {
    const crowded = SIDES.some((side) => {
      const beside = blockOr(context, towards(pos, side));
      return isSolid(context.states, beside) || fluidOf(context.states, beside)?.kind === 'lava';
    });
    const ground = blockOr(context, towards(pos, 'down'));
    const above = fluidOf(context.states, blockOr(context, towards(pos, 'up')));
    return !crowded && above === null && (isSameBlock(context, ground, state) || isTagged(context, ground, 'sand'));
  },
};

/** Bamboo begins as a shoot, and grows on as stems. */
const BAMBOO: BlockRule = {
  name: 'bamboo',
  matches: named(/^bamboo$/),
  place: (context, { pos }, state) => {
    const ground = blockOr(context, towards(pos, 'down'));
    if (fluidOf(context.states, blockOr(context, pos)) !== null) return null;
    if (isNamed(context, ground, /^bamboo$/))
      return context.states.with(state, 'age', context.states.get(ground, 'age') === '0' ? '0' : '1');
    if (isNamed(context, ground, /^bamboo_sapling$/)) return state;
    return isTagged(context, ground, 'bamboo_plantable_on') ? context.states.blockNamed('minecraft:bamboo_sapling')!.defaultState : null;
  },
};

/** A shoot under a stem is a stem. */
const BAMBOO_SHOOT: BlockRule = {
  name: 'bamboo-sapling',
  matches: named(/^bamboo_sapling$/),
  neighbour: (context, pos, state, from) =>
    from === 'up' && isNamed(context, blockOr(context, towards(pos, 'up')), /^bamboo$/)
      ? context.states.blockNamed('minecraft:bamboo')!.defaultState
      : state,
};

const HANGING: readonly BlockRule[] = [
  {
    name: 'hanging-roots',
    matches: named(/^hanging_roots$/),
    heldFrom: () => 'up',
    canStay: (context, pos) => isFaceSturdy(context.states, blockOr(context, towards(pos, 'up')), 'down'),
  },
  {
    name: 'spore-blossom',
    matches: named(/^spore_blossom$/),
    canStay: (context, pos) =>
      isFaceSturdy(context.states, blockOr(context, towards(pos, 'up')), 'down', 'center') &&
      !isWater(context.states, blockOr(context, pos)),
  },
];

const DRIPLEAF: BlockRule = {
  name: 'big-dripleaf',
  matches: named(/^big_dripleaf(_stem)?$/),
  place: (context, { pos }, state) => {
    const below = blockOr(context, towards(pos, 'down'));
    return isNamed(context, below, /^big_dripleaf(_stem)?$/)
      ? context.states.with(state, 'facing', context.states.get(below, 'facing')!)
      : state;
  },
  heldFrom: () => 'down',
  canStay: (context, pos) => {
    const ground = blockOr(context, towards(pos, 'down'));
    return isNamed(context, ground, /^big_dripleaf(_stem)?$/) || isTagged(context, ground, 'big_dripleaf_placeable');
  },
  neighbour: (context, pos, state, from) => {
    const isLeaf = nameOf(context, state) === 'big_dripleaf';
    if (from !== 'up') return state;
    const above = isNamed(context, blockOr(context, towards(pos, 'up')), /^big_dripleaf(_stem)?$/);
    if (isLeaf !== above) return !isLeaf && !above ? null : state;
    const stem = context.states.blockNamed('minecraft:big_dripleaf_stem')!.defaultState;
    const turned = context.states.with(stem, 'facing', context.states.get(state, 'facing')!);
    return isLeaf ? context.states.with(turned, 'waterlogged', context.states.get(state, 'waterlogged')!) : state;
  },
};

export const CORAL_TICK = 'coral';

/** Living coral dies out of water some seconds after it noticed. */
const CORAL: BlockRule = {
  name: 'coral',
  matches: named(/^(tube|brain|bubble|fire|horn)_coral(_block|_fan|_wall_fan)?$/),
  appeared: (context, pos) => dryOut(context, pos),
  neighbour: (context, pos, state) => {
    dryOut(context, pos);
    return state;
  },
};

function dryOut(context: RuleContext, pos: BlockPos): void {
  if (!isWet(context, pos)) schedule(context, pos, CORAL_TICK, 60 + Math.floor(context.random(`coral:${pos.x},${pos.y},${pos.z}`) * 40));
}

function isWet(context: RuleContext, pos: BlockPos): boolean {
  const around = ['west', 'east', 'north', 'south', 'down', 'up'] as const;
  return (
    isWater(context.states, blockOr(context, pos)) || around.some((face) => isWater(context.states, blockOr(context, towards(pos, face))))
  );
}

/** The living coral's dead form. */
export function deadCoral(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const dead = context.states.blockNamed(`minecraft:dead_${nameOf(context, state)}`);
  if (dead === null || isWet(context, pos) || nameOf(context, state).startsWith('dead_')) return state;
  const properties = context.states.blockOf(state)!.properties;
  return properties.reduce((next, { name }) => context.states.with(next, name, context.states.get(state, name)!), dead.defaultState);
}

/** Chorus plants reach for each other and for the end stone below. */
const CHORUS_PLANT: BlockRule = {
  name: 'chorus-plant',
  matches: named(/^chorus_plant$/),
  place: (context, { pos }, state) => chorusArms(context, pos, state),
  neighbour: (context, pos, state) => chorusArms(context, pos, state),
  canStay: (context, pos) => {
    const below = blockOr(context, towards(pos, 'down'));
    if (isNamed(context, below, /^(chorus_plant|end_stone)$/)) return true;
    return SIDES.some((side) => {
      const beside = towards(pos, side);
      return (
        isNamed(context, blockOr(context, beside), /^chorus_plant$/) &&
        isNamed(context, blockOr(context, towards(beside, 'down')), /^(chorus_plant|end_stone)$/)
      );
    });
  },
};

function chorusArms(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const faces = ['down', 'up', 'north', 'east', 'south', 'west'] as const;
  return faces.reduce((next, face) => {
    const other = nameOf(context, blockOr(context, towards(pos, face)));
    const grows = /^chorus_(plant|flower)$/.test(other) || (face === 'down' && other === 'end_stone');
    return context.states.with(next, face, String(grows));
  }, state);
}

const CHORUS_FLOWER: BlockRule = {
  name: 'chorus-flower',
  matches: named(/^chorus_flower$/),
  canStay: (context, pos) => {
    const below = nameOf(context, blockOr(context, towards(pos, 'down')));
    if (below === 'chorus_plant' || below === 'end_stone') return true;
    const beside = SIDES.map((side) => blockOr(context, towards(pos, side)));
    const stems = beside.filter((state) => nameOf(context, state) === 'chorus_plant').length;
    return (
      below === 'air' && stems === 1 && beside.every((state) => context.states.isAir(state) || nameOf(context, state) === 'chorus_plant')
    );
  },
};

/** Huge mushrooms show no skin towards their own kind. */
const MUSHROOM_BLOCK: BlockRule = {
  name: 'mushroom-block',
  matches: named(/^(brown_mushroom_block|red_mushroom_block|mushroom_stem)$/),
  place: (context, { pos }, state) =>
    (['down', 'up', 'north', 'east', 'south', 'west'] as const).reduce(
      (next, face) => context.states.with(next, face, String(!isSameBlock(context, state, blockOr(context, towards(pos, face))))),
      state,
    ),
  neighbour: (context, pos, state, from) =>
    isSameBlock(context, state, blockOr(context, towards(pos, from))) ? context.states.with(state, from, 'false') : state,
};

/** Grass, podzol and mycelium turn white under snow. */
const SNOWY: BlockRule = {
  name: 'snowy',
  matches: named(/^(grass_block|podzol|mycelium)$/),
  place: (context, { pos }, state) => snowy(context, pos, state),
  neighbour: (context, pos, state, from) => (from === 'up' ? snowy(context, pos, state) : state),
};

function snowy(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  return context.states.with(state, 'snowy', String(isTagged(context, blockOr(context, towards(pos, 'up')), 'snow')));
}

/** A stem lets go of a fruit that is gone and is ripe again. */
const ATTACHED_STEM: BlockRule = {
  name: 'attached-stem',
  matches: named(/^attached_(pumpkin|melon)_stem$/),
  neighbour: (context, pos, state, from) => {
    if (context.states.get(state, 'facing') !== from) return state;
    const fruit = nameOf(context, state).slice('attached_'.length, -'_stem'.length);
    if (nameOf(context, blockOr(context, towards(pos, from))) === fruit) return state;
    return context.states.idOf(`minecraft:${fruit}_stem[age=7]`);
  },
};

/** Leaves that a player placed never decay. */
const LEAVES_PLACED: BlockRule = {
  name: 'leaves-placed',
  matches: tagged('leaves'),
  place: (context, _placement, state) => context.states.with(state, 'persistent', 'true'),
};

export const PLANTS: RuleSet = {
  blocks: [
    ...ON_GROUND,
    WATER_PLANT,
    ...COLUMNS,
    SUGAR_CANE,
    CACTUS,
    BAMBOO,
    BAMBOO_SHOOT,
    ...HANGING,
    DRIPLEAF,
    CORAL,
    CHORUS_PLANT,
    CHORUS_FLOWER,
    MUSHROOM_BLOCK,
    SNOWY,
    ATTACHED_STEM,
    LEAVES_PLACED,
  ],
};
