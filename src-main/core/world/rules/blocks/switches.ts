import type { BlockRule, RuleContext, RuleSet, ScheduledRule } from '../../model/rule.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import { refuse } from '../../../../../src-shared/errors/index.ts';
import { schedule, setBlock } from './change.ts';
import { isTagged, named, tagged, type Matches } from './family.ts';

/** Ticks that a button stays in: wood is slower (vanilla). */
const WOOD_TICKS = 30;
const STONE_TICKS = 20;
const RELEASE_TICK = 'release';

/** A click turns one property on to its next value. */
function cycling(name: string, matches: Matches, property: string): BlockRule {
  return {
    name,
    matches,
    use: (context, player, { pos }, state) => {
      if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
      setBlock(context, pos, nextValue(context, state, property));
      return 'done';
    },
  };
}

function nextValue(context: RuleContext, state: StateId, property: string): StateId {
  const values = context.states.blockOf(state)!.properties.find(({ name }) => name === property)!.values;
  const index = values.indexOf(context.states.get(state, property)!);
  return context.states.with(state, property, values[(index + 1) % values.length]!);
}

function power(context: RuleContext, pos: BlockPos, state: StateId, powered: boolean): void {
  setBlock(context, pos, context.states.with(state, 'powered', String(powered)));
}

const LEVER: BlockRule = {
  name: 'lever-use',
  matches: named(/^lever$/),
  use: (context, _player, { pos }, state) => {
    power(context, pos, state, context.states.get(state, 'powered') !== 'true');
    return 'done';
  },
};

const BUTTON: BlockRule = {
  name: 'button-use',
  matches: tagged('buttons'),
  use: (context, _player, { pos }, state) => {
    if (context.states.get(state, 'powered') === 'true') return 'done';
    power(context, pos, state, true);
    schedule(context, pos, RELEASE_TICK, isTagged(context, state, 'wooden_buttons') ? WOOD_TICKS : STONE_TICKS);
    return 'done';
  },
};

const RELEASE: ScheduledRule = {
  kind: RELEASE_TICK,
  accountable: false,
  run: (context, pos, state) => {
    if (isTagged(context, state, 'buttons') && context.states.get(state, 'powered') === 'true') power(context, pos, state, false);
  },
};

/** What one clicks to set. Signals are not simulated: these look and remember as they should, and power nothing. */
export const SWITCHES: RuleSet = {
  blocks: [
    LEVER,
    BUTTON,
    cycling('repeater-delay', named(/^repeater$/), 'delay'),
    cycling('comparator-mode', named(/^comparator$/), 'mode'),
    cycling('daylight-detector', named(/^daylight_detector$/), 'inverted'),
  ],
  scheduled: [RELEASE],
};
