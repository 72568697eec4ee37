import { TICKS_PER_SECOND } from '../../../src-shared/config/index.ts';

const KEPT = 60 * TICKS_PER_SECOND;

/** Durations of the ticks of the last minute, in milliseconds. */
export class TickTimes {
  readonly #millis = new Float64Array(KEPT);
  #count = 0;

  add(millis: number): void {
    this.#millis[this.#count % KEPT] = millis;
    this.#count += 1;
  }

  /** `share` 0..1: 0.5 is the median. 0 when nothing was measured. */
  quantile(share: number): number {
    const sorted = this.#millis.slice(0, Math.min(this.#count, KEPT)).sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
