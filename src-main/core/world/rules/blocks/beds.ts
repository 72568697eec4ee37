import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { tell, translated } from '../players/texts.ts';
import { samePos, towards } from './faces.ts';
import { tagged } from './family.ts';
import type { Face } from '../../model/commands.ts';

const SPAWN_SET = translated('block.minecraft.set_spawn', [], 'Respawn point set');

/** A click on a bed makes it the place to wake up at after death. Nobody sleeps: the night is not skipped. Beds work in the overworld. */
const BED: BlockRule = {
  name: 'bed-spawn',
  matches: tagged('beds'),
  use: (context, player, { pos, pose }, state) => {
    if (context.world.dimension !== 'minecraft:overworld') return 'done';
    const isFoot = context.states.get(state, 'part') === 'foot';
    const head = isFoot ? towards(pos, context.states.get(state, 'facing') as Face) : pos;
    if (player.spawn !== null && samePos(player.spawn.pos, head)) return 'done';
    context.emit({ type: 'playerFields', uuid: player.uuid, fields: { spawn: { pos: head, angle: pose.yaw } } });
    tell(context, player.uuid, SPAWN_SET);
    return 'done';
  },
};

export const BEDS: RuleSet = { blocks: [BED] };
