import type { Clock } from '../../src-main/ports/index.ts';

/** Time that passes only when a test says so. */
export interface FakeClock extends Clock {
  /** Passes `millis`: every action that falls due runs at its own time, in order, and what it set going settles before the next one. */
  advance(millis: number): Promise<void>;
  /** Runs the earliest pending action at its time, and nothing else. False when there is none. */
  runNext(): boolean;
  /** When the earliest pending action is due; null when there is none. */
  readonly nextAt: number | null;
  /** Moves the wall clock alone, as a person or a time server does. */
  jumpWall(millis: number): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

export function fakeClock(start: { readonly now?: number; readonly wall?: number } = {}): FakeClock {
  let now = start.now ?? 0;
  let wallOffset = (start.wall ?? Date.UTC(2024, 0, 1)) - now;
  let order = 0;
  const timers = new Set<Timer>();
  const earliest = (): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  };
  const run = (timer: Timer): void => {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.action();
  };
  return {
    now: () => now,
    wall: () => now + wallOffset,
    after: (millis, action) => {
      const timer: Timer = { at: now + Math.max(0, millis), order: order++, action };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (millis) => {
      const end = now + millis;
      await settle();
      for (let timer = earliest(); timer !== null && timer.at <= end; timer = earliest()) {
        run(timer);
        await settle();
      }
      now = end;
    },
    runNext: () => {
      const timer = earliest();
      if (timer !== null) run(timer);
      return timer !== null;
    },
    get nextAt() {
      return earliest()?.at ?? null;
    },
    jumpWall: (millis) => {
      wallOffset += millis;
    },
  };
}

/** One turn of the event loop: every promise that can settle without input from outside has settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
