import { WINDOW_REACH_BLOCKS_MAX } from '../../../../../src-shared/config/index.ts';
import type { BlockPos, Pose } from '../../../../../src-shared/units/index.ts';
import type { OpenWindow, Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { eyesOf } from '../entities/index.ts';
import { refreshFurnace } from './furnace.ts';
import { chestHalves, windowKindOf } from './open.ts';
import { closeWindow } from './settle.ts';

/** How often flame and arrow of a furnace are brought up to date for who looks. */
const REFRESH_TICKS = 10;

/** Whether the blocks behind a window are still there, still what they were, and within reach. */
export function isStillOpen(context: RuleContext, player: Player, window: OpenWindow, pose: Pose): boolean {
  if (!player.online || player.health <= 0) return false;
  return window.blocks.every((pos) => context.within(pos) && isNear(player, pose, pos) && isSameKind(context, window, pos));
}

function isSameKind(context: RuleContext, window: OpenWindow, pos: BlockPos): boolean {
  const state = context.world.block(pos);
  const kind = windowKindOf(context.states.blockOf(state)?.name ?? '');
  if (window.kind !== 'generic_9x6') return kind === window.kind;
  return kind === 'generic_9x3' && chestHalves(context, pos, state).length === 2;
}

function isNear(player: Player, pose: Pose, pos: BlockPos): boolean {
  const gap = (eye: number, block: number): number => Math.max(0, block - eye, eye - (block + 1));
  const x = gap(pose.x, pos.x);
  const y = gap(eyesOf(player, pose), pos.y);
  const z = gap(pose.z, pos.z);
  return x * x + y * y + z * z <= WINDOW_REACH_BLOCKS_MAX * WINDOW_REACH_BLOCKS_MAX;
}

/** Windows close when their container is gone, too far away, or nobody looks any more. */
export function tickWindows(context: RuleContext): void {
  const looking = [...context.world.players()].filter((player) => player.window !== null);
  for (const player of looking.sort((a, b) => (a.uuid < b.uuid ? -1 : 1)))
    if (!isStillOpen(context, player, player.window!, player.pose)) closeWindow(context, player.uuid, player.pose);
  if (context.world.tick % REFRESH_TICKS !== 0) return;
  for (const { window } of looking) for (const pos of window!.blocks) if (context.within(pos)) refreshFurnace(context, pos);
}
