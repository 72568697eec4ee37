import type { BlockPos, Pose } from '../../../../src-shared/units/index.ts';
import type { BlockStates, Player, StateId } from '../../../core/world/index.ts';

/** The world around a player, for what clients do not tell and vanilla's server works out. */
export interface Surroundings {
  /** Falling counts from here again: fluid, cobweb, something to climb, or an effect that carries. */
  breaksFall(pose: Pose): boolean;
  /** Whether there is water `height` blocks above the feet. */
  isInWater(pose: Pose, height: number): boolean;
}

const CARRYING = new Set(['minecraft:slow_falling', 'minecraft:levitation']);
const SOFT = new Set(['minecraft:cobweb', 'minecraft:sweet_berry_bush', 'minecraft:powder_snow']);

export function surroundingsOf(states: BlockStates, blockAt: (pos: BlockPos) => StateId, playerOf: () => Player): Surroundings {
  const stateIn = (pose: Pose, height: number): StateId =>
    blockAt({ x: Math.floor(pose.x), y: Math.floor(pose.y + height), z: Math.floor(pose.z) });
  const isWater = (id: StateId): boolean => states.isFluid(id) && states.blockOf(id)?.name !== 'minecraft:lava';
  return {
    breaksFall: (pose) => {
      const player = playerOf();
      if (player.gameMode === 'spectator' || player.statusEffects.some(({ name }) => CARRYING.has(name))) return true;
      const id = stateIn(pose, 0);
      const block = states.blockOf(id);
      return states.isFluid(id) || block?.climbable === true || SOFT.has(block?.name ?? '');
    },
    isInWater: (pose, height) => isWater(stateIn(pose, height)),
  };
}
