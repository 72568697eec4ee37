import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { BlockRule, RuleContext, RuleSet, ScheduledRule } from '../../model/rule.ts';
import { blockOr, breakBlock, schedule, setBlock } from './change.ts';
import { FACES, towards } from './faces.ts';
import { hasProperty, isTagged, tagged } from './family.ts';

const LEAVES_TICK = 'leaves';
const FARTHEST = 7;

function distanceAt(context: RuleContext, pos: BlockPos): number {
  const state = blockOr(context, pos);
  if (isTagged(context, state, 'logs')) return 0;
  const isLeaf = hasProperty(context.states.blockOf(state), 'persistent');
  return isLeaf ? Number(context.states.get(state, 'distance')) : FARTHEST;
}

function distanced(context: RuleContext, pos: BlockPos, state: StateId): StateId {
  const nearest = Math.min(...FACES.map((face) => distanceAt(context, towards(pos, face)))) + 1;
  return context.states.with(state, 'distance', String(Math.min(FARTHEST, nearest)));
}

/** Leaves know how far the next log is. Those that grew, and have none within six blocks, decay. */
const LEAVES: BlockRule = {
  name: 'leaves',
  matches: tagged('leaves'),
  place: (context, { pos }, state) => distanced(context, pos, state),
  neighbour: (context, pos, state, from) => {
    const near = distanceAt(context, towards(pos, from)) + 1;
    if (near !== 1 || context.states.get(state, 'distance') !== '1') schedule(context, pos, LEAVES_TICK, 1);
    return state;
  },
  random: (context, pos, state) => {
    if (context.states.get(state, 'persistent') === 'false' && context.states.get(state, 'distance') === String(FARTHEST))
      breakBlock(context, pos);
  },
};

const DISTANCE: ScheduledRule = {
  kind: LEAVES_TICK,
  accountable: false,
  run: (context, pos, state) => {
    if (isTagged(context, state, 'leaves')) setBlock(context, pos, distanced(context, pos, state));
  },
};

export const LEAVES_RULES: RuleSet = { blocks: [LEAVES], scheduled: [DISTANCE] };
