import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, setBlock } from './change.ts';
import { axisOf, isSide, opposite, sideOf, SIDES, towards, type Side } from './faces.ts';
import { isTagged, tagged } from './family.ts';
import { isFaceSturdy } from './shapes.ts';

type Shape = string;

/** The two ends of each shape; an ascending one climbs at its first end. */
const ENDS: Readonly<Record<Shape, readonly [Side, Side]>> = {
  north_south: ['north', 'south'],
  east_west: ['east', 'west'],
  ascending_east: ['east', 'west'],
  ascending_west: ['west', 'east'],
  ascending_north: ['north', 'south'],
  ascending_south: ['south', 'north'],
  south_east: ['south', 'east'],
  south_west: ['south', 'west'],
  north_west: ['north', 'west'],
  north_east: ['north', 'east'],
};

interface Rail {
  readonly pos: BlockPos;
  readonly state: StateId;
}

function railAt(context: RuleContext, pos: BlockPos): Rail | null {
  const state = blockOr(context, pos);
  return isTagged(context, state, 'rails') ? { pos, state } : null;
}

/** The rail on that side: level, one up or one down. */
function railBeside(context: RuleContext, pos: BlockPos, side: Side): Rail | null {
  const beside = towards(pos, side);
  return railAt(context, beside) ?? railAt(context, towards(beside, 'up')) ?? railAt(context, towards(beside, 'down'));
}

function shapeOf(context: RuleContext, rail: Rail): Shape {
  return context.states.get(rail.state, 'shape')!;
}

/** The sides at which a rail really meets another that meets it. */
function joinedSides(context: RuleContext, rail: Rail): readonly Side[] {
  return ENDS[shapeOf(context, rail)]!.filter((side) => {
    const other = railBeside(context, rail.pos, side);
    return other !== null && ENDS[shapeOf(context, other)]!.includes(opposite(side));
  });
}

/** Whether `other` on `side` of `pos` can turn an end this way: it meets us already, or has one free. */
function canJoin(context: RuleContext, other: Rail, side: Side): boolean {
  const joined = joinedSides(context, other);
  return joined.length < 2 || ENDS[shapeOf(context, other)]!.includes(opposite(side));
}

/**
 * The shape of a rail that may meet the rails on `sides`. 1. Straight where they are opposite or only one. 2. A curve, for rails that
 * can, south and east first as vanilla has it without a signal. 3. Straight ones climb to a rail that is higher.
 */
function chooseShape(context: RuleContext, rail: Rail, sides: readonly Side[], fallback: Shape): Shape {
  const has = (side: Side): boolean => sides.includes(side);
  const alongZ = has('north') || has('south');
  const alongX = has('east') || has('west');
  let shape = alongZ && !alongX ? 'north_south' : alongX && !alongZ ? 'east_west' : fallback;
  if (alongZ && alongX) shape = curveOf(context, rail, has) ?? (has('north') && has('south') ? 'north_south' : fallback);
  if (shape === 'north_south') return climb(context, rail.pos, ['north', 'south']) ?? shape;
  if (shape === 'east_west') return climb(context, rail.pos, ['east', 'west']) ?? shape;
  return shape;
}

function curveOf(context: RuleContext, rail: Rail, has: (side: Side) => boolean): Shape | null {
  const canBend = context.states.with(rail.state, 'shape', 'south_east') !== context.states.with(rail.state, 'shape', 'north_south');
  if (!canBend) return null;
  const curves: readonly Shape[] = ['south_east', 'south_west', 'north_east', 'north_west'];
  return curves.find((curve) => ENDS[curve]!.every((side) => has(side))) ?? null;
}

function climb(context: RuleContext, pos: BlockPos, sides: readonly Side[]): Shape | null {
  const up = sides.toReversed().find((side) => railAt(context, towards(towards(pos, side), 'up')) !== null);
  return up === undefined ? null : `ascending_${up}`;
}

/** 1. The new rail takes its shape from the rails that can meet it. 2. Those that can bend to it do. */
function joinUp(context: RuleContext, pos: BlockPos, state: StateId): void {
  const rail = { pos, state };
  const beside = SIDES.flatMap((side) => {
    const other = railBeside(context, pos, side);
    return other !== null && canJoin(context, other, side) ? [{ side, other }] : [];
  });
  const shape = chooseShape(
    context,
    rail,
    beside.map(({ side }) => side),
    shapeOf(context, rail),
  );
  const shaped = context.states.with(state, 'shape', shape);
  if (shaped !== state) setBlock(context, pos, shaped);
  for (const { side, other } of beside) if (ENDS[shape]!.includes(side)) bendTo(context, other, opposite(side));
}

function bendTo(context: RuleContext, rail: Rail, side: Side): void {
  const kept = joinedSides(context, rail).filter((joined) => joined !== side);
  if (kept.length > 1) return;
  const fallback = axisOf(side) === 'z' ? 'north_south' : 'east_west';
  const shape = chooseShape(context, rail, [side, ...kept], fallback);
  const shaped = context.states.with(rail.state, 'shape', shape);
  if (shaped !== rail.state) setBlock(context, rail.pos, shaped);
}

function carriesRail(context: RuleContext, pos: BlockPos): boolean {
  return isFaceSturdy(context.states, blockOr(context, pos), 'up', 'rigid');
}

const RAIL: BlockRule = {
  name: 'rail',
  matches: tagged('rails'),
  place: (context, { yaw }, state) => context.states.with(state, 'shape', axisOf(sideOf(yaw)) === 'x' ? 'east_west' : 'north_south'),
  placed: (context, { pos }) => joinUp(context, pos, context.world.block(pos)),
  canStay: (context, pos, state) => {
    if (!carriesRail(context, towards(pos, 'down'))) return false;
    const shape = context.states.get(state, 'shape')!;
    return !shape.startsWith('ascending_') || carriesRail(context, towards(pos, shape.slice('ascending_'.length) as Side));
  },
  heldFrom: (context, state) => {
    const shape = context.states.get(state, 'shape')!;
    const side = shape.startsWith('ascending_') ? shape.slice('ascending_'.length) : '';
    return isSide(side) ? side : 'down';
  },
};

/** The block under a slope counts as much as the one that it leans on. */
const SLOPE: BlockRule = {
  name: 'rail-ground',
  matches: tagged('rails'),
  heldFrom: () => 'down',
  canStay: (context, pos) => carriesRail(context, towards(pos, 'down')),
};

export const RAILS: RuleSet = { blocks: [RAIL, SLOPE] };
