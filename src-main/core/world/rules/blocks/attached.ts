import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { BlockRule, Placement, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr } from './change.ts';
import { axisOf, isSide, opposite, sideOf, towards, type Side } from './faces.ts';
import { isTagged, named, tagged, withAll } from './family.ts';
import { nearestLooks } from './look.ts';
import { isFaceSturdy, isSolid, type Support } from './shapes.ts';
import { isTopHalf } from './slabs.ts';

/** The looks of a placing player, the clicked block's side first unless it gives way (vanilla's `getNearestLookingDirections`). */
export function looksOf({ yaw, pitch, face, replaces }: Placement): readonly Face[] {
  const looks = nearestLooks(yaw, pitch);
  if (replaces) return looks;
  const first = opposite(face);
  return [first, ...looks.filter((look) => look !== first)];
}

/** Whether the block on `side` of `pos` offers its face. */
export function holds(context: RuleContext, pos: BlockPos, side: Face, support: Support = 'full'): boolean {
  return isFaceSturdy(context.states, blockOr(context, towards(pos, side)), opposite(side), support);
}

/** The first look whose candidate can stay. */
function firstStaying(
  context: RuleContext,
  placement: Placement,
  candidate: (look: Face) => StateId | null,
  stays: (context: RuleContext, pos: BlockPos, state: StateId) => boolean,
): StateId | null {
  for (const look of looksOf(placement)) {
    const state = candidate(look);
    if (state !== null && stays(context, placement.pos, state)) return state;
  }
  return null;
}

function facingOf(context: RuleContext, state: StateId): Face {
  return context.states.get(state, 'facing') as Face;
}

/** Held by the block behind: `facing` looks away from it. */
function behind(
  name: string,
  matches: BlockRule['matches'],
  stays: (context: RuleContext, pos: BlockPos, back: Face) => boolean,
): BlockRule {
  const canStay = (context: RuleContext, pos: BlockPos, state: StateId): boolean => stays(context, pos, opposite(facingOf(context, state)));
  return {
    name,
    matches,
    canStay,
    heldFrom: (context, state) => opposite(facingOf(context, state)),
    place: (context, placement, state) =>
      firstStaying(context, placement, (look) => (isSide(look) ? context.states.with(state, 'facing', opposite(look)) : null), canStay),
  };
}

const faceFull = (context: RuleContext, pos: BlockPos, back: Face): boolean => holds(context, pos, back);
const faceSolid = (context: RuleContext, pos: BlockPos, back: Face): boolean =>
  isSolid(context.states, blockOr(context, towards(pos, back)));

const LADDER_BASE = behind('ladder', named(/^ladder$/), faceFull);

/** No ladder on the front of a ladder that faces here. */
const LADDER: BlockRule = {
  ...LADDER_BASE,
  place: (context, placement, state) => {
    const clicked = blockOr(context, towards(placement.pos, opposite(placement.face)));
    if (
      !placement.replaces &&
      context.states.blockOf(clicked) === context.states.blockOf(state) &&
      facingOf(context, clicked) === placement.face
    )
      return null;
    return LADDER_BASE.place!(context, placement, state);
  },
};

const COCOA: BlockRule = {
  name: 'cocoa',
  matches: named(/^cocoa$/),
  canStay: (context, pos, state) => isTagged(context, blockOr(context, towards(pos, facingOf(context, state))), 'jungle_logs'),
  heldFrom: facingOf,
  place: (context, placement, state) =>
    firstStaying(context, placement, (look) => (isSide(look) ? context.states.with(state, 'facing', look) : null), COCOA.canStay!),
};

/** Buds and clusters on the side that was clicked. */
const AMETHYST: BlockRule = {
  name: 'amethyst',
  matches: named(/^((small|medium|large)_amethyst_bud|amethyst_cluster)$/),
  canStay: (context, pos, state) => holds(context, pos, opposite(facingOf(context, state))),
  heldFrom: (context, state) => opposite(facingOf(context, state)),
};

/** Levers and buttons: on floor, wall or ceiling. A grindstone stays where it is whatever goes. */
function faceSide(context: RuleContext, state: StateId): Face {
  const face = context.states.get(state, 'face');
  return face === 'floor' ? 'down' : face === 'ceiling' ? 'up' : opposite(facingOf(context, state));
}

function facePlace(stays: NonNullable<BlockRule['canStay']>): NonNullable<BlockRule['place']> {
  return (context, placement, state) =>
    firstStaying(
      context,
      placement,
      (look) =>
        isSide(look)
          ? withAll(context, state, { face: 'wall', facing: opposite(look) })
          : withAll(context, state, { face: look === 'up' ? 'ceiling' : 'floor', facing: sideOf(placement.yaw) }),
      stays,
    );
}

const faceStays: NonNullable<BlockRule['canStay']> = (context, pos, state) => holds(context, pos, faceSide(context, state));

const FACE_ATTACHED: BlockRule = {
  name: 'face-attached',
  matches: (block, tables) => block.name === 'minecraft:lever' || tagged('buttons')(block, tables),
  canStay: faceStays,
  heldFrom: faceSide,
  place: facePlace(faceStays),
};

const GRINDSTONE: BlockRule = { name: 'grindstone', matches: named(/^grindstone$/), place: facePlace(() => true) };

const LANTERN: BlockRule = {
  name: 'lantern',
  matches: named(/^(soul_)?lantern$/),
  canStay: (context, pos, state) => holds(context, pos, LANTERN.heldFrom!(context, state), 'center'),
  heldFrom: (context, state) => (context.states.get(state, 'hanging') === 'true' ? 'up' : 'down'),
  place: (context, placement, state) =>
    firstStaying(
      context,
      placement,
      (look) => (isSide(look) ? null : context.states.with(state, 'hanging', String(look === 'up'))),
      LANTERN.canStay!,
    ),
};

const TRAPDOOR: BlockRule = {
  name: 'trapdoor-place',
  matches: tagged('trapdoors'),
  place: (context, placement, state) => {
    const { face, replaces, yaw } = placement;
    if (!replaces && isSide(face)) return withAll(context, state, { facing: face, half: isTopHalf(placement) ? 'top' : 'bottom' });
    return withAll(context, state, { facing: opposite(sideOf(yaw)), half: face === 'up' ? 'bottom' : 'top' });
  },
};

function bellSide(context: RuleContext, state: StateId): Face {
  const attachment = context.states.get(state, 'attachment');
  return attachment === 'floor' ? 'down' : attachment === 'ceiling' ? 'up' : facingOf(context, state);
}

function bellStays(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const side = bellSide(context, state);
  return holds(context, pos, side, side === 'up' ? 'center' : 'full');
}

/** A bell hangs, stands, or is held by one wall or two; with two it keeps hanging on the one that is left. */
const BELL: BlockRule = {
  name: 'bell',
  matches: named(/^bell$/),
  place: (context, { pos, face, yaw }, state) => {
    const upright = withAll(context, state, { attachment: face === 'down' ? 'ceiling' : 'floor', facing: sideOf(yaw) });
    if (!isSide(face)) return bellStays(context, pos, upright) ? upright : null;
    const both = holds(context, pos, face) && holds(context, pos, opposite(face));
    const onWall = withAll(context, state, { attachment: both ? 'double_wall' : 'single_wall', facing: opposite(face) });
    if (bellStays(context, pos, onWall)) return onWall;
    const other = context.states.with(onWall, 'attachment', holds(context, pos, 'down') ? 'floor' : 'ceiling');
    return bellStays(context, pos, other) ? other : null;
  },
  neighbour: (context, pos, state, from) => {
    const attachment = context.states.get(state, 'attachment');
    if (from === bellSide(context, state) && attachment !== 'double_wall' && !bellStays(context, pos, state)) return null;
    if (!isSide(from) || axisOf(from) !== axisOf(facingOf(context, state))) return state;
    if (attachment === 'double_wall' && !holds(context, pos, from))
      return withAll(context, state, { attachment: 'single_wall', facing: opposite(from) });
    const isOther = attachment === 'single_wall' && from === opposite(facingOf(context, state));
    return isOther && holds(context, pos, from) ? context.states.with(state, 'attachment', 'double_wall') : state;
  },
};

/** The wall form of a block that also stands or hangs, by name. */
function wallFormOf(context: RuleContext, state: StateId): StateId | null {
  const name = context.states.blockOf(state)?.name ?? '';
  const wall = name.replace(/(^|:|_)(torch|hanging_sign|(?<!hanging_)sign|banner|skull|head|fan)$/, '$1wall_$2');
  const block = wall === name ? null : context.states.blockNamed(wall);
  return block === null ? null : block.defaultState;
}

const FORMS = /^((soul_|redstone_)?torch|.+_sign|.+_banner|.+_(skull|head)|.+_coral_fan)$/;

/** Standing or wall form, whichever can stay in the direction that the player looks in most. Hanging signs prefer the ceiling. */
const STANDING_OR_WALL: BlockRule = {
  name: 'standing-or-wall',
  matches: (block, tables) => named(FORMS)(block, tables) && !block.name.includes('wall_') && block.name !== 'minecraft:piston_head',
  place: (context, placement, state) => {
    const hangs = isTagged(context, state, 'ceiling_hanging_signs');
    const attachment: Face = hangs ? 'up' : 'down';
    const wall = wallFormOf(context, state);
    const onWall = wall === null ? null : placeOnWall(context, placement, wall);
    for (const look of looksOf(placement)) {
      if (look === opposite(attachment)) continue;
      const candidate = look === attachment ? state : onWall;
      if (candidate !== null && staysHere(context, placement.pos, candidate)) return candidate;
    }
    return null;
  },
};

function placeOnWall(context: RuleContext, placement: Placement, wall: StateId): StateId | null {
  let state: StateId | null = wall;
  for (const rule of context.rules.blocks(context.tables, context.states.blockOf(wall))) {
    if (state !== null && rule.place !== undefined) state = rule.place(context, placement, state);
  }
  return state;
}

function staysHere(context: RuleContext, pos: BlockPos, state: StateId): boolean {
  const rules = context.rules.blocks(context.tables, context.states.blockOf(state));
  return rules.every((rule) => rule.canStay?.(context, pos, state) ?? true);
}

/** Heads need nothing behind them, but go where something is. */
const WALL_HEAD: BlockRule = {
  name: 'wall-head',
  matches: named(/^.+_wall_(skull|head)$/),
  place: (context, placement, state) =>
    firstStaying(
      context,
      placement,
      (look) => (isSide(look) ? context.states.with(state, 'facing', opposite(look)) : null),
      (_context, pos, candidate) => {
        const back = blockOr(context, towards(pos, opposite(facingOf(context, candidate))));
        return context.states.blockOf(back)?.replaceable === false;
      },
    ),
};

/** On top of a face of the block below. */
function standing(name: string, matches: BlockRule['matches'], stays: (context: RuleContext, pos: BlockPos) => boolean): BlockRule {
  return { name, matches, canStay: stays, heldFrom: () => 'down' };
}

const isSideOf = (a: Side, b: Side): boolean => axisOf(a) === axisOf(b);

/** A hanging sign across a wall needs a full face, or another such sign in line, at one of its ends. It stays when that goes. */
const WALL_HANGING_SIGN: BlockRule = {
  name: 'wall-hanging-sign',
  matches: tagged('wall_hanging_signs'),
  place: (context, placement, state) => {
    for (const look of looksOf(placement)) {
      if (!isSide(look) || axisOf(look) === axisOf(placement.face)) continue;
      const turned = context.states.with(state, 'facing', opposite(look));
      if ((['north', 'east', 'south', 'west'] as const).some((end) => !isSideOf(end, look) && holdsSign(context, placement.pos, look, end)))
        return turned;
    }
    return null;
  },
};

function holdsSign(context: RuleContext, pos: BlockPos, facing: Side, end: Side): boolean {
  const other = blockOr(context, towards(pos, end));
  if (isTagged(context, other, 'wall_hanging_signs')) return isSideOf(facingOf(context, other) as Side, facing);
  return holds(context, pos, end);
}

/** Below a full face the sign hangs straight on two chains; below anything narrower, or when sneaking, freely on one point. */
const CEILING_HANGING_SIGN: BlockRule = {
  name: 'ceiling-hanging-sign',
  matches: tagged('ceiling_hanging_signs'),
  canStay: (context, pos) => holds(context, pos, 'up', 'center'),
  heldFrom: () => 'up',
  place: (context, { pos, yaw, sneaking }, state) => {
    if (context.states.get(state, 'attached') === null) return state;
    const above = blockOr(context, towards(pos, 'up'));
    const side = sideOf(yaw);
    const inLine = isTagged(context, above, 'all_hanging_signs') && signLine(context, above) === axisOf(side);
    const free = sneaking || (!inLine && !isFaceSturdy(context.states, above, 'down'));
    const straight = String(['south', 'west', 'north', 'east'].indexOf(opposite(side)) * 4);
    const turned = free ? state : context.states.with(state, 'rotation', straight);
    return context.states.with(turned, 'attached', String(free));
  },
};

/** The axis along which a hanging sign looks, or null when it hangs at an angle. */
function signLine(context: RuleContext, state: StateId): 'x' | 'y' | 'z' | null {
  const rotation = context.states.get(state, 'rotation');
  if (rotation === null) return axisOf(facingOf(context, state));
  return Number(rotation) % 4 === 0 ? (Number(rotation) % 8 === 0 ? 'z' : 'x') : null;
}

const onSolid = (context: RuleContext, pos: BlockPos): boolean => faceSolid(context, pos, 'down');

export const ATTACHED_WALL_FORMS: RuleSet = { blocks: [STANDING_OR_WALL] };

export const ATTACHED: RuleSet = {
  blocks: [
    LADDER,
    COCOA,
    AMETHYST,
    FACE_ATTACHED,
    GRINDSTONE,
    LANTERN,
    TRAPDOOR,
    BELL,
    WALL_HEAD,
    WALL_HANGING_SIGN,
    CEILING_HANGING_SIGN,
    behind('wall-torch', named(/^(soul_|redstone_)?wall_torch$/), faceFull),
    behind('wall-sign', tagged('wall_signs'), faceSolid),
    behind('wall-banner', named(/^.+_wall_banner$/), faceSolid),
    behind('coral-wall-fan', named(/^.+_coral_wall_fan$/), faceFull),
    behind('tripwire-hook', named(/^tripwire_hook$/), faceFull),
    standing('torch', named(/^(soul_|redstone_)?torch$/), (context, pos) => holds(context, pos, 'down', 'center')),
    standing('standing-sign', tagged('standing_signs'), onSolid),
    standing('banner', (block) => block.name.endsWith('_banner') && !block.name.includes('wall'), onSolid),
    standing(
      'pressure-plate',
      tagged('pressure_plates'),
      (context, pos) => holds(context, pos, 'down', 'rigid') || holds(context, pos, 'down', 'center'),
    ),
    standing('diode', named(/^(repeater|comparator)$/), (context, pos) => holds(context, pos, 'down', 'rigid')),
    standing('candle', tagged('candles'), (context, pos) => holds(context, pos, 'down', 'center')),
    standing('cake', named(/^(cake|.*candle_cake)$/), onSolid),
    standing('carpet', named(/^.+_carpet$/), (context, pos) => !context.states.isAir(blockOr(context, towards(pos, 'down')))),
  ],
};
