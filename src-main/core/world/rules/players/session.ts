import { refuse } from '../../../../../src-shared/errors/index.ts';
import { chunkOf } from '../../../../../src-shared/units/index.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { settleAll } from '../windows/settle.ts';
import { newPlayer, standingPose } from './birth.ts';

/** What belongs to being connected and not to the player. */
const IDLE = { cursor: null, window: null, drag: null, using: null, digging: null, sneaking: false } as const;

/**
 * 1. A player who is known comes back; the session that was still open ends, and what lay in its window is put away first. 2. One with a
 * profile (from a save, or another shard) comes with it. 3. Anybody else is born at the world's spawn.
 */
export const join: ActionRule<'join'> = {
  action: 'join',
  needs: (_action, _world, _command, council) => around(council.spawn.pos),
  execute: (context, player, { name, profile }, command) => {
    if (player !== null) comeBack(context, player, name);
    else if (profile !== null) context.emit({ type: 'player', player: { ...profile, ...IDLE, uuid: command.player, name, online: true } });
    else {
      const { spawn, defaultGameMode } = context.council;
      const pose = standingPose(context, spawn.pos, spawn.angle);
      const born = newPlayer({ uuid: command.player, name, gameMode: defaultGameMode, pose, tick: context.world.tick });
      context.emit({ type: 'player', player: born });
    }
    return null;
  },
};

function comeBack(context: RuleContext, player: Player, name: string): void {
  if (player.online) settleAll(context, player.uuid, player.pose);
  context.emit({ type: 'playerFields', uuid: player.uuid, fields: { ...IDLE, name, online: true } });
}

export const leave: ActionRule<'leave'> = {
  action: 'leave',
  execute: (context, player) => {
    if (!player.online) return refuse('play.not-online');
    settleAll(context, player.uuid, player.pose);
    context.emit({ type: 'playerFields', uuid: player.uuid, fields: { ...IDLE, online: false } });
    return null;
  },
};

/** The 3 x 3 chunks around a position. */
export function around(pos: { readonly x: number; readonly z: number }): readonly { readonly x: number; readonly z: number }[] {
  const { x, z } = chunkOf(pos);
  return [-1, 0, 1].flatMap((dz) => [-1, 0, 1].map((dx) => ({ x: x + dx, z: z + dz })));
}
