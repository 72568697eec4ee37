import type { BlockPos, Pose } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Face } from '../../model/commands.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { eyesOf } from '../entities/spawn.ts';
import { lookOf } from './look.ts';
import { boxesOf } from './shapes.ts';
import { isFluidBlock } from './wet.ts';

export interface RayHit {
  readonly pos: BlockPos;
  readonly face: Face;
  readonly state: StateId;
}

type Axis = 'x' | 'y' | 'z';
type Vector = Readonly<Record<Axis, number>>;
const REACH = 4.5;
const REACH_CREATIVE = 5;

/**
 * The first block that a player looks at within reach, or null. What has no collision (grass, torches) is hit as a whole block, because
 * outlines are not among the tables. Fluids are hit if `stops` says so.
 */
export function lookedAt(context: RuleContext, player: Player, pose: Pose, stops: (state: StateId) => boolean): RayHit | null {
  const from: Vector = { x: pose.x, y: eyesOf(player, pose), z: pose.z };
  const look = lookOf(pose.yaw, pose.pitch);
  const reach = player.gameMode === 'creative' ? REACH_CREATIVE : REACH;
  const block = { x: Math.floor(from.x), y: Math.floor(from.y), z: Math.floor(from.z) };
  const step = axes((axis) => (look[axis] > 0 ? 1 : -1));
  const each = axes((axis) => (look[axis] === 0 ? Number.POSITIVE_INFINITY : Math.abs(1 / look[axis])));
  const next = axes((axis) => {
    const gap = look[axis] > 0 ? block[axis] + 1 - from[axis] : from[axis] - block[axis];
    return look[axis] === 0 ? Number.POSITIVE_INFINITY : gap * each[axis];
  });
  let face: Face = look.y > 0 ? 'down' : 'up';
  for (let along = 0; along <= reach;) {
    const hit = hitIn(context, { ...block }, from, look, face, stops);
    if (hit !== null) return hit;
    const axis = next.x < next.y ? (next.x < next.z ? 'x' : 'z') : next.y < next.z ? 'y' : 'z';
    along = next[axis];
    next[axis] += each[axis];
    block[axis] += step[axis];
    face = FACE_ENTERED[axis][step[axis] > 0 ? 0 : 1]!;
  }
  return null;
}

const FACE_ENTERED: Readonly<Record<Axis, readonly Face[]>> = { x: ['west', 'east'], y: ['down', 'up'], z: ['north', 'south'] };

function axes(value: (axis: Axis) => number): { x: number; y: number; z: number } {
  return { x: value('x'), y: value('y'), z: value('z') };
}

function hitIn(
  context: RuleContext,
  pos: BlockPos,
  from: Vector,
  look: Vector,
  entered: Face,
  stops: (state: StateId) => boolean,
): RayHit | null {
  if (!context.within(pos)) return null;
  const state = context.world.block(pos);
  if (context.states.isAir(state)) return null;
  if (isFluidBlock(context.states, state)) return stops(state) ? { pos, face: entered, state } : null;
  const boxes = boxesOf(context.states, state);
  if (boxes.length === 0) return { pos, face: entered, state };
  const hits = boxes.flatMap((box) => {
    const hit = enter(box, pos, from, look);
    return hit === null ? [] : [hit];
  });
  if (hits.length === 0) return null;
  const nearest = hits.reduce((best, hit) => (hit.along < best.along ? hit : best));
  return { pos, face: nearest.face ?? entered, state };
}

/** Where a ray enters a box of sixteenths at `pos`; face null when it begins inside. */
function enter(
  box: readonly number[],
  pos: BlockPos,
  from: Vector,
  look: Vector,
): { readonly along: number; readonly face: Face | null } | null {
  let near = Number.NEGATIVE_INFINITY;
  let far = Number.POSITIVE_INFINITY;
  let face: Face | null = null;
  for (const [index, axis] of (['x', 'y', 'z'] as const).entries()) {
    const low = pos[axis] + box[index]! / 16 - from[axis];
    const high = pos[axis] + box[index + 3]! / 16 - from[axis];
    if (look[axis] === 0) {
      if (low > 0 || high < 0) return null;
      continue;
    }
    const [first, last] = look[axis] > 0 ? [low / look[axis], high / look[axis]] : [high / look[axis], low / look[axis]];
    if (first > near) {
      near = first;
      face = FACE_ENTERED[axis][look[axis] > 0 ? 0 : 1]!;
    }
    far = Math.min(far, last);
  }
  if (near > far || far < 0) return null;
  return { along: Math.max(0, near), face: near < 0 ? null : face };
}
