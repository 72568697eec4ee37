import type { Undo } from '../door.ts';

/** What takes one apply back: steps in the order in which they happened, run backwards. */
export class UndoLog {
  readonly #steps: (() => void)[] = [];
  #done = false;

  push(step: () => void): void {
    this.#steps.push(step);
  }

  run(): void {
    if (this.#done) throw new Error('undone twice');
    this.#done = true;
    for (let i = this.#steps.length - 1; i >= 0; i--) this.#steps[i]!();
  }

  /** The opaque form in which it leaves the shard. */
  seal(): Undo {
    return this as unknown as Undo;
  }

  static of(undo: Undo): UndoLog {
    const log: unknown = undo;
    if (!(log instanceof UndoLog)) throw new Error('not an undo of a shard');
    return log;
  }
}
