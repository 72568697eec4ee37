import { AIR_TICKS_MAX, FOOD_MAX, HEALTH_MAX, SPAWN_SAFE_TICKS } from '../../../../../src-shared/config/index.ts';
import { refuse } from '../../../../../src-shared/errors/index.ts';
import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { standingPose } from './birth.ts';
import { around } from './session.ts';
import { tell, translated } from './texts.ts';

const OVERWORLD = 'minecraft:overworld';

/**
 * Back to life: 1. at the player's own bed or anchor if it is still there, 2. else at the world's spawn, which lies in the overworld: from
 * elsewhere the player departs there.
 */
export const respawn: ActionRule<'respawn'> = {
  action: 'respawn',
  needs: (_action, world, { player }, council) => [
    ...around(council.spawn.pos),
    ...around(world.player(player)?.spawn?.pos ?? council.spawn.pos),
  ],
  execute: (context, player) => {
    if (player.health > 0) return refuse('play.bad-argument', { health: player.health });
    const { spawn, hardcore } = context.council;
    const own = ownSpawn(context, player);
    context.emit({
      type: 'playerFields',
      uuid: player.uuid,
      fields: {
        ...(hardcore ? { gameMode: 'spectator' } : {}),
        health: HEALTH_MAX,
        food: FOOD_MAX,
        saturation: 5,
        exhaustion: 0,
        foodTicks: 0,
        air: AIR_TICKS_MAX,
        fireTicks: 0,
        safeUntilTick: context.world.tick + SPAWN_SAFE_TICKS,
        ...(own === null ? { spawn: null } : {}),
      },
    });
    if (own === null && player.spawn !== null) tell(context, player.uuid, NO_BED);
    const away = own === null && context.world.dimension !== OVERWORLD;
    const pose = own ?? (away ? spawnPose(context) : standingPose(context, spawn.pos, spawn.angle));
    if (away) context.emit({ type: 'depart', uuid: player.uuid, to: OVERWORLD, pose });
    else teleport(context, player, pose);
    return null;
  },
};

const NO_BED = translated('block.minecraft.spawn.not_valid', [], 'You have no home bed or charged respawn anchor, or it was obstructed');

function spawnPose(context: RuleContext): Pose {
  const { pos, angle } = context.council.spawn;
  return { x: pos.x + 0.5, y: pos.y, z: pos.z + 0.5, yaw: angle, pitch: 0 };
}

/** A bed counts while it stands; a place that a command set (no bed, no anchor) always counts. */
function ownSpawn(context: RuleContext, { spawn }: Player): Pose | null {
  if (spawn === null || !context.within(spawn.pos)) return null;
  const state = context.world.block(spawn.pos);
  const name = context.states.blockOf(state)?.name ?? '';
  if (name === 'minecraft:respawn_anchor' && context.states.get(state, 'charges') === '0') return null;
  return standingPose(context, { ...spawn.pos, y: spawn.pos.y + (name.endsWith('_bed') || name.endsWith('_anchor') ? 1 : 0) }, spawn.angle);
}

/** Puts a player somewhere and tells the client. */
export function teleport(context: RuleContext, player: Player, pose: Pose): void {
  context.emit({ type: 'playerFields', uuid: player.uuid, fields: { pose } });
  context.emit({ type: 'show', event: { kind: 'teleport', uuid: player.uuid, pose } });
}
