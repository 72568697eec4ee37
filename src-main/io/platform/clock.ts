import type { Clock } from '../../ports/index.ts';

/** setTimeout fires at once for a longer delay than this. */
const TIMEOUT_MILLIS_MAX = 2 ** 31 - 1;

/** The machine's clocks. A pending `after` keeps the process alive. */
export function realClock(): Clock {
  return {
    now: () => performance.now(),
    wall: () => Date.now(),
    after: (millis, action) => {
      const timer = setTimeout(action, Math.min(Math.max(0, millis), TIMEOUT_MILLIS_MAX));
      return () => clearTimeout(timer);
    },
  };
}
