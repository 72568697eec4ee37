import { AIR_TICKS_MAX, FOOD_MAX, HEALTH_MAX, SPAWN_SAFE_TICKS } from '../../../../../src-shared/config/index.ts';
import type { BlockPos, Pose, Uuid } from '../../../../../src-shared/units/index.ts';
import { PLAYER_SLOTS, type Slot } from '../../model/items.ts';
import type { GameMode, Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { boxOf, solidsIn } from '../entities/boxes.ts';

const ENDER_SLOTS = 27;
const SATURATION_AT_BIRTH = 5;
const WIDTH = 0.6;
const HEIGHT = 1.8;

/** A player who was never here: empty hands, full health. Online. */
export function newPlayer(born: {
  readonly uuid: Uuid;
  readonly name: string;
  readonly gameMode: GameMode;
  readonly pose: Pose;
  readonly tick: number;
}): Player {
  return {
    uuid: born.uuid,
    name: born.name,
    online: true,
    gameMode: born.gameMode,
    pose: born.pose,
    health: HEALTH_MAX,
    food: FOOD_MAX,
    saturation: SATURATION_AT_BIRTH,
    exhaustion: 0,
    foodTicks: 0,
    air: AIR_TICKS_MAX,
    fireTicks: 0,
    flying: born.gameMode === 'spectator',
    sneaking: false,
    experience: { level: 0, progress: 0, total: 0 },
    inventory: Array.from<Slot>({ length: PLAYER_SLOTS }).fill(null),
    heldSlot: 0,
    cursor: null,
    enderItems: Array.from<Slot>({ length: ENDER_SLOTS }).fill(null),
    window: null,
    drag: null,
    using: null,
    digging: null,
    statusEffects: [],
    spawn: null,
    safeUntilTick: born.tick + SPAWN_SAFE_TICKS,
    origin: null,
  };
}

/**
 * A pose on the column of `pos` where a player fits and stands: up out of the ground, or down onto it. Over a void, `pos` itself. The
 * chunk of `pos` must be one that this tick asked for.
 */
export function standingPose(context: RuleContext, pos: BlockPos, angle: number): Pose {
  const { minY, height } = context.world;
  const top = minY + height;
  const pose = (y: number): Pose => ({ x: pos.x + 0.5, y, z: pos.z + 0.5, yaw: angle, pitch: 0 });
  const fits = (y: number): boolean => solidsIn(context, boxOf(pose(y), WIDTH, HEIGHT)).every((solid) => solid.y2 <= y);
  let y = Math.min(Math.max(pos.y, minY), top - 1);
  while (y < top && !fits(y)) y += 1;
  while (y > minY && fits(y - 1)) y -= 1;
  return y > minY ? pose(y) : pose(pos.y);
}
