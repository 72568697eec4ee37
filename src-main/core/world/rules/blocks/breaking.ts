import type { RuleSet, ScheduledRule } from '../../model/rule.ts';
import { breakBlock, settled, setBlock, UNSUPPORTED_TICK, WASHED_TICK } from './change.ts';

/** Noted in the ambient part of the last tick: what the block needs may be gone. It looks again, now that items may fall. */
const UNSUPPORTED: ScheduledRule = {
  kind: UNSUPPORTED_TICK,
  accountable: true,
  run: (context, pos, state) => {
    const next = settled(context, pos, state);
    if (next === null) breakBlock(context, pos);
    else if (next !== state) setBlock(context, pos, next);
  },
};

/** Noted in the ambient part of the last tick: a fluid or decay takes this block. */
const WASHED: ScheduledRule = { kind: WASHED_TICK, accountable: true, run: (context, pos) => breakBlock(context, pos) };

export const BREAKING: RuleSet = { scheduled: [UNSUPPORTED, WASHED] };
