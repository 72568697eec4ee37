import type { BlockPos, Pose } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { boxesOf } from './shapes.ts';
import { isWater } from './wet.ts';

/** Entities that are not alive and yet leave no room for a block. */
const IN_THE_WAY = /^minecraft:(.*boat|.*minecart|tnt|falling_block|end_crystal)$/;
const PLAYER_WIDTH = 0.6;
const HEIGHT_STANDING = 1.8;
const HEIGHT_SNEAKING = 1.5;
const HEIGHT_SWIMMING = 0.6;

interface Body {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly width: number;
  readonly height: number;
}

/** Whether somebody or something stands where the block's collision would be. `pose` is where the acting player is right now. */
export function isObstructed(context: RuleContext, actor: Player | null, pose: Pose | null, pos: BlockPos, state: StateId): boolean {
  const boxes = boxesOf(context.states, state);
  if (boxes.length === 0) return false;
  return bodiesNear(context, actor, pose, pos).some((body) => boxes.some((box) => overlaps(body, pos, box)));
}

function bodiesNear(context: RuleContext, actor: Player | null, pose: Pose | null, pos: BlockPos): readonly Body[] {
  const found: Body[] = [];
  for (const player of context.world.players()) {
    if (!player.online || player.gameMode === 'spectator') continue;
    const at = player.uuid === actor?.uuid && pose !== null ? pose : player.pose;
    if (isNear(at, pos)) found.push({ x: at.x, y: at.y, z: at.z, width: PLAYER_WIDTH, height: heightOf(context, player, at) });
  }
  for (const entity of context.world.entities()) {
    if (!isNear(entity.pose, pos)) continue;
    const info = context.tables.entities.find(({ name }) => name === entity.kind);
    if (info !== undefined && (info.living || IN_THE_WAY.test(entity.kind)))
      found.push({ x: entity.pose.x, y: entity.pose.y, z: entity.pose.z, width: info.width, height: info.height });
  }
  return found;
}

function heightOf(context: RuleContext, player: Player, pose: Pose): number {
  const feet = { x: Math.floor(pose.x), y: Math.floor(pose.y), z: Math.floor(pose.z) };
  if (context.within(feet) && isWater(context.states, context.world.block(feet))) return HEIGHT_SWIMMING;
  return player.sneaking ? HEIGHT_SNEAKING : HEIGHT_STANDING;
}

function isNear(at: Pose, pos: BlockPos): boolean {
  return Math.abs(at.x - pos.x) < 8 && Math.abs(at.y - pos.y) < 8 && Math.abs(at.z - pos.z) < 8;
}

function overlaps(body: Body, pos: BlockPos, box: readonly number[]): boolean {
  const half = body.width / 2;
  return (
    body.x - half < pos.x + box[3]! / 16 &&
    body.x + half > pos.x + box[0]! / 16 &&
    body.y < pos.y + box[4]! / 16 &&
    body.y + body.height > pos.y + box[1]! / 16 &&
    body.z - half < pos.z + box[5]! / 16 &&
    body.z + half > pos.z + box[2]! / 16
  );
}
