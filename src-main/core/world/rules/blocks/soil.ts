import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { BlockRule, RuleContext, RuleSet, ScheduledRule } from '../../model/rule.ts';
import type { StateId } from '../../model/chunk.ts';
import { blockOr, schedule, setBlock } from './change.ts';
import { towards } from './faces.ts';
import { isTagged, named, nameOf } from './family.ts';
import { isSolid } from './shapes.ts';

const SMOTHER_TICK = 'smother';

/** Farmland and paths turn to dirt a tick after something solid was put on them. */
function isSmothered(context: RuleContext, pos: BlockPos): boolean {
  const above = blockOr(context, towards(pos, 'up'));
  return isSolid(context.states, above) && !isTagged(context, above, 'fence_gates') && nameOf(context, above) !== 'moving_piston';
}

const SOIL: BlockRule = {
  name: 'soft-soil',
  matches: named(/^(farmland|dirt_path)$/),
  place: (context, { pos }, state) => (isSmothered(context, pos) ? context.states.idOf('minecraft:dirt') : state),
  neighbour: (context, pos, state, from) => {
    if (from === 'up' && isSmothered(context, pos)) schedule(context, pos, SMOTHER_TICK, 1);
    return state;
  },
};

const SMOTHER: ScheduledRule = {
  kind: SMOTHER_TICK,
  accountable: false,
  run: (context, pos, state: StateId) => {
    if (/^(farmland|dirt_path)$/.test(nameOf(context, state)) && isSmothered(context, pos))
      setBlock(context, pos, context.states.idOf('minecraft:dirt'));
  },
};

export const SOIL_RULES: RuleSet = { blocks: [SOIL], scheduled: [SMOTHER] };
