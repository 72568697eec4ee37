import { SCHEDULED_TICKS_PER_TICK_MAX } from '../../../../src-shared/config/index.ts';
import type { BlockPos } from '../../../../src-shared/units/index.ts';
import type { RuleContext, RuleSet } from '../model/rule.ts';

/**
 * Runs what is due at this tick: kinds that may touch items in the accountable part, the others (fluids, leaves) in the ambient part.
 * 1. Collect first, so that what a rule schedules for "now" waits. 2. Take each off the list. 3. Run it, or put it off when there are too many.
 */
function runDue(context: RuleContext): void {
  const tick = context.world.tick;
  const due: { readonly pos: BlockPos; readonly kind: string }[] = [];
  for (const entry of context.world.dueTicks(tick)) {
    if ((context.rules.scheduled(entry.kind)?.accountable ?? true) === context.accountable) due.push(entry);
  }
  let run = 0;
  for (const { pos, kind } of due) {
    context.emit({ type: 'unschedule', pos, kind, tick });
    const rule = context.rules.scheduled(kind);
    if (rule === null || !context.within(pos)) continue;
    if (run === SCHEDULED_TICKS_PER_TICK_MAX) {
      context.emit({ type: 'schedule', pos, kind, tick: tick + 1 });
      continue;
    }
    run += 1;
    rule.run(context, pos, context.world.block(pos));
  }
}

export const SCHEDULED: RuleSet = {
  ticks: [
    { name: 'scheduled', accountable: true, tick: runDue },
    { name: 'scheduled-ambient', accountable: false, tick: runDue },
  ],
};
