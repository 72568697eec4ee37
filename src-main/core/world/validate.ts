import {
  COMMAND_CHARACTERS_MAX,
  POSE_FROM_KEYFRAME_BLOCKS_MAX,
  REACH_CREATIVE_BLOCKS_MAX,
  REACH_SURVIVAL_BLOCKS_MAX,
  SIGN_LINE_CHARACTERS_MAX,
} from '../../../src-shared/config/index.ts';
import { refuse, type Refusal } from '../../../src-shared/errors/index.ts';
import { WORLD_EDGE, type BlockPos, type Pose } from '../../../src-shared/units/index.ts';
import type { WorldKit } from './door.ts';
import type { Action, Command } from './model/commands.ts';
import type { Player } from './model/player.ts';
import type { Rules } from './model/rule.ts';
import type { CouncilView, WorldView } from './model/state.ts';

/** Eyes stand 1.62 above the feet, or as low as this when swimming, gliding or crawling; which, only the client knows for sure. */
const EYES_LOWEST = 0.4;
const EYES_HIGHEST = 1.62;
/** Vanilla clamps heights to this. */
const HEIGHT_EDGE = 20_000_000;

/** Actions that a dead player may still do. */
const OF_THE_DEAD: ReadonlySet<Action['type']> = new Set(['leave', 'respawn', 'slash', 'closeWindow']);

/**
 * Whether a command has a chance, from the state as it is now: cheap, without reading a block, and never changing anything. The czar
 * asks it before it queues a command; executing asks again.
 */
export function validate(world: WorldView, _council: CouncilView, command: Command, _kit: WorldKit, rules: Rules): Refusal | null {
  if (rules.action(command.action.type) === null) return refuse('play.unknown-command', { action: command.action.type });
  if (!Number.isSafeInteger(command.sequence) || command.sequence < 0) return refuse('play.out-of-order', { sequence: command.sequence });
  return validateAction(world.player(command.player), command);
}

/** 1. The player is there and lives. 2. Every number is one. 3. Sizes. 4. Positions are near the player and in reach. */
export function validateAction(player: Player | null, { action }: Command): Refusal | null {
  if (action.type === 'join') return action.profile === null || isPose(action.profile.pose) ? null : refuse('play.position-invalid');
  if (player === null || !player.online) return refuse('play.not-online');
  if (player.health <= 0 && !OF_THE_DEAD.has(action.type)) return refuse('play.dead');
  return validateNumbers(action) ?? validateSizes(action) ?? validateReach(player, action);
}

function validateNumbers(action: Action): Refusal | null {
  if ('pose' in action && !isPose(action.pose)) return refuse('play.position-invalid');
  if ('pos' in action && !isBlockPos(action.pos)) return refuse('play.position-invalid');
  if (action.type === 'useOn' && !isCursor(action.cursor)) return refuse('play.position-invalid');
  if (action.type === 'land' && !(action.distance >= 0 && action.distance <= HEIGHT_EDGE)) return refuse('play.position-invalid');
  if (action.type === 'holdSlot' && !(Number.isInteger(action.slot) && action.slot >= 0 && action.slot <= 8))
    return refuse('play.bad-argument', { slot: action.slot });
  return null;
}

function validateSizes(action: Action): Refusal | null {
  if (action.type === 'slash' && action.text.length > COMMAND_CHARACTERS_MAX) return refuse('play.bad-argument');
  if (action.type !== 'editSign') return null;
  const fits = action.lines.length <= 4 && action.lines.every((line) => line.length <= SIGN_LINE_CHARACTERS_MAX);
  return fits ? null : refuse('play.bad-argument');
}

function validateReach(player: Player, action: Action): Refusal | null {
  if ('pose' in action && distanceSquared(player.pose, action.pose) > POSE_FROM_KEYFRAME_BLOCKS_MAX * POSE_FROM_KEYFRAME_BLOCKS_MAX)
    return refuse('play.moved-too-fast');
  if (action.type !== 'startDig' && action.type !== 'finishDig' && action.type !== 'useOn') return null;
  return canReach(player, action.pose, action.pos)
    ? null
    : refuse('play.out-of-reach', { x: action.pos.x, y: action.pos.y, z: action.pos.z });
}

/** Distance from the eyes at `pose`, at any height they may have, to the nearest point of the block (vanilla: `canInteractWithBlock`). */
export function canReach(player: Pick<Player, 'gameMode'>, pose: Pose, pos: BlockPos): boolean {
  const reach = player.gameMode === 'creative' ? REACH_CREATIVE_BLOCKS_MAX : REACH_SURVIVAL_BLOCKS_MAX;
  const dx = gap(pose.x, pose.x, pos.x);
  const dy = gap(pose.y + EYES_LOWEST, pose.y + EYES_HIGHEST, pos.y);
  const dz = gap(pose.z, pose.z, pos.z);
  return dx * dx + dy * dy + dz * dz < reach * reach;
}

/** Distance between the intervals [low, high] and [block, block + 1]. */
function gap(low: number, high: number, block: number): number {
  return Math.max(0, block - high, low - (block + 1));
}

export function isPose(pose: Pose): boolean {
  return (
    Math.abs(pose.x) <= WORLD_EDGE &&
    Math.abs(pose.z) <= WORLD_EDGE &&
    Math.abs(pose.y) <= HEIGHT_EDGE &&
    Number.isFinite(pose.yaw) &&
    Number.isFinite(pose.pitch)
  );
}

function isBlockPos(pos: BlockPos): boolean {
  const whole = Number.isInteger(pos.x) && Number.isInteger(pos.y) && Number.isInteger(pos.z);
  return whole && Math.abs(pos.x) <= WORLD_EDGE && Math.abs(pos.z) <= WORLD_EDGE && Math.abs(pos.y) <= HEIGHT_EDGE;
}

/** Vanilla's client may be off by a hair at edges; its server allows a block and a bit. */
function isCursor({ x, y, z }: { readonly x: number; readonly y: number; readonly z: number }): boolean {
  return [x, y, z].every((value) => value >= -1 && value <= 2);
}

function distanceSquared(a: Pose, b: Pose): number {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z);
}
