import type { FaceIndex } from '../chunk/faces.ts';
import { LAYER, SHAPED, SIDE, type LightArea } from './area.ts';

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
      const shape = this.#area.filterAt(cell) & SHAPED;
      this.#enter(cell, cell + 1, 5, level, shape);
      this.#enter(cell, cell - 1, 4, level, shape);
      this.#enter(cell, cell + SIDE, 3, level, shape);
      this.#enter(cell, cell - SIDE, 2, level, shape);
      this.#enter(cell, cell + LAYER, 1, level, shape);
      this.#enter(cell, cell - LAYER, 0, level, shape);
    }
  }

  #enter(from: number, cell: number, face: FaceIndex, above: number, shape: number): void {
    const { levels } = this.#area;
    const before = levels[cell]!;
    if (before >= above - 1) return;
    const found = this.#area.filterAt(cell);
    const filter = found & ~SHAPED;
    const level = filter < 2 ? above - 1 : above - filter;
    if (level <= before) return;
    if (((found | shape) & SHAPED) !== 0 && this.#area.isClosed(from, cell, face)) return;
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
