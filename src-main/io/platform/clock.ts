import type { Clock } from '../../ports/index.ts';

/** setTimeout fires at once for a longer delay than this. */
const TIMEOUT_MILLIS_MAX = 2 ** 31 - 1;

/** The machine's clocks. A pending `after` keeps the process alive. */
export function realClock(): Clock {
  return {
    now: () => performance.now(),
    wall: () => Date.now(),
    after: (millis, action) => {
      const due = performance.now() + millis;
      // The runtime rounds to whole milliseconds and may fire a fraction early.
      const fire = (): void => {
        const early = due - performance.now();
        if (early > 0) timer = wait(early);
        else action();
      };
      const wait = (left: number): NodeJS.Timeout => setTimeout(fire, Math.min(Math.max(0, left), TIMEOUT_MILLIS_MAX));
      let timer = wait(millis);
      return () => clearTimeout(timer);
    },
  };
}
