import type { RuleSet, ScheduledRule } from '../../model/rule.ts';
import { setBlock } from './change.ts';
import { CORAL_TICK, deadCoral } from './plants.ts';

const DRY: ScheduledRule = {
  kind: CORAL_TICK,
  accountable: false,
  run: (context, pos, state) => setBlock(context, pos, deadCoral(context, pos, state)),
};

export const CORAL_RULES: RuleSet = { scheduled: [DRY] };
