interface Timed {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time: a heap of what happens when, first come first served within one moment. */
export class Timeline {
  now = 0;
  #order = 0;
  readonly #heap: Timed[] = [];

  after(millis: number, run: () => void): void {
    this.#push({ at: this.now + Math.max(0, millis), order: this.#order++, run });
  }

  /** Runs everything up to `until`, or to the first `stop`. */
  runUntil(until: number, stop: () => boolean = () => false): void {
    while (this.#heap.length > 0 && this.#heap[0]!.at <= until) {
      const next = this.#pop();
      this.now = next.at;
      next.run();
      if (stop()) return;
    }
    this.now = until;
  }

  #push(item: Timed): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  #pop(): Timed {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
