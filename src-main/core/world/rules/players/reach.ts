import { ATTACK_REACH_BLOCKS_MAX } from '../../../../../src-shared/config/index.ts';
import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Player } from '../../model/player.ts';
import type { Box } from '../entities/boxes.ts';
import { eyesOf } from '../entities/spawn.ts';

/** From the eyes to the nearest point of a box, with the tolerance of vanilla's server. */
export function canReachBox(player: Player, pose: Pose, box: Box): boolean {
  const gap = (eye: number, low: number, high: number): number => Math.max(0, low - eye, eye - high);
  const x = gap(pose.x, box.x1, box.x2);
  const y = gap(eyesOf(player, pose), box.y1, box.y2);
  const z = gap(pose.z, box.z1, box.z2);
  return x * x + y * y + z * z <= ATTACK_REACH_BLOCKS_MAX * ATTACK_REACH_BLOCKS_MAX;
}
