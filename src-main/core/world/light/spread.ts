import { LAYER, SIDE, type LightArea } from './area.ts';

/** The cells whose light goes on to their neighbours. A ring buffer in the area's queue, which doubles when it is full. */
export class Front {
  readonly #area: LightArea;
  #head = 0;
  #size = 0;
  /** Lowest and highest cell that has got light. */
  lowest = Number.POSITIVE_INFINITY;
  highest = Number.NEGATIVE_INFINITY;

  constructor(area: LightArea) {
    this.#area = area;
  }

  push(cell: number): void {
    let { queue } = this.#area;
    if (this.#size === queue.length) queue = this.#grow();
    queue[(this.#head + this.#size) & (queue.length - 1)] = cell;
    this.#size += 1;
  }

  /** Notes a cell whose level was just set. */
  lit(cell: number): void {
    if (cell < this.lowest) this.lowest = cell;
    if (cell > this.highest) this.highest = cell;
    if (this.#area.levels[cell]! > NEEDED[cell % LAYER]!) this.push(cell);
  }

  /** Carries light on until nothing gets brighter: each step loses what the entered block filters, at least 1. */
  spread(): void {
    const { levels } = this.#area;
    while (this.#size > 0) {
      const { queue } = this.#area;
      const cell = queue[this.#head]!;
      this.#head = (this.#head + 1) & (queue.length - 1);
      this.#size -= 1;
      const level = levels[cell]!;
      if (level < 2) continue;
      this.#enter(cell + 1, level);
      this.#enter(cell - 1, level);
      this.#enter(cell + SIDE, level);
      this.#enter(cell - SIDE, level);
      this.#enter(cell + LAYER, level);
      this.#enter(cell - LAYER, level);
    }
  }

  #enter(cell: number, from: number): void {
    const { levels } = this.#area;
    const before = levels[cell]!;
    if (before >= from - 1) return;
    const filter = this.#area.filterAt(cell);
    const level = filter < 2 ? from - 1 : from - filter;
    if (level <= before) return;
    levels[cell] = level;
    this.lit(cell);
  }

  #grow(): Int32Array {
    const old = this.#area.queue;
    const grown = new Int32Array(2 * old.length);
    for (let i = 0; i < this.#size; i++) grown[i] = old[(this.#head + i) & (old.length - 1)]!;
    this.#area.queue = grown;
    this.#head = 0;
    return grown;
  }
}

/** By column: the distance to the middle chunk. Light that is not brighter than that goes out before it gets there. */
const NEEDED: Uint8Array = Uint8Array.from({ length: LAYER }, (_, column) => {
  const away = (at: number): number => Math.max(16 - at, at - 31, 0);
  return Math.max(1, away(column % SIDE) + away(Math.floor(column / SIDE)));
});
