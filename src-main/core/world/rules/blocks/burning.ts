import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { BlockRule, RuleContext, RuleSet, ScheduledRule } from '../../model/rule.ts';
import { burns, fireStays } from './clinging.ts';
import { blockOr, schedule, setBlock } from './change.ts';
import { at, FACES, towards } from './faces.ts';
import { isTagged, named, nameOf } from './family.ts';
import { isFaceSturdy } from './shapes.ts';

const FIRE_TICK = 'fire';
const OLDEST = 15;

function nextTicks(context: RuleContext, pos: BlockPos): number {
  return 30 + Math.floor(context.random(`fire:${at(pos)}`) * 10);
}

/** Fire burns for a while and goes out; it neither spreads nor consumes. On netherrack and magma it burns for ever. */
const FIRE: BlockRule = {
  name: 'fire-age',
  matches: named(/^fire$/),
  appeared: (context, pos) => schedule(context, pos, FIRE_TICK, nextTicks(context, pos)),
};

const BURN: ScheduledRule = {
  kind: FIRE_TICK,
  accountable: false,
  run: (context, pos, state) => {
    if (nameOf(context, state) !== 'fire' || context.council.gameRules.get('doFireTick') === 'false') return;
    const below = blockOr(context, towards(pos, 'down'));
    const isEternal = isTagged(context, below, context.world.dimension === 'minecraft:the_end' ? 'infiniburn_end' : 'infiniburn_overworld');
    const age = Number(context.states.get(state, 'age'));
    if (!fireStays(context, pos) || (!isEternal && isSpent(context, pos, age))) {
      setBlock(context, pos, context.states.idOf('minecraft:air'));
      return;
    }
    const older = Math.min(OLDEST, age + Math.floor((context.random(`age:${at(pos)}`) * 3) / 2));
    if (older !== age) setBlock(context, pos, context.states.with(state, 'age', String(older)));
    schedule(context, pos, FIRE_TICK, nextTicks(context, pos));
  },
};

/** Without fuel around fire lives four steps; with fuel until it is old and unlucky. */
function isSpent(context: RuleContext, pos: BlockPos, age: number): boolean {
  const fed = FACES.some((face) => burns(context, blockOr(context, towards(pos, face))));
  const ground = isFaceSturdy(context.states, blockOr(context, towards(pos, 'down')), 'up');
  if (!fed) return !ground || age > 3;
  return age === OLDEST && context.random(`spent:${at(pos)}`) < 0.25;
}

export const BURNING: RuleSet = { blocks: [FIRE], scheduled: [BURN] };
