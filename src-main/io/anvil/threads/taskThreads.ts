import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { GameTables } from '../../../core/world/index.ts';
import type { Answer, Question, TaskInput, TaskKind, TaskOutput } from './tasks.ts';

interface Waiting {
  readonly question: Question;
  readonly transfer: readonly ArrayBuffer[];
  readonly settle: (answer: Answer) => void;
}

/**
 * Threads that do one task each at a time, in the order of the calls. When a thread dies, every task that is left rejects with
 * `node.internal`: an import or export can not go on without the part.
 */
export class TaskThreads {
  readonly #threads: readonly Worker[];
  readonly #idle: Worker[];
  readonly #waiting: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();
  #dead: AppError | null = null;

  constructor(count: number, tables: GameTables) {
    this.#threads = Array.from({ length: count }, () => new Worker(new URL('./thread.ts', import.meta.url), { workerData: { tables } }));
    this.#idle = [...this.#threads];
    for (const thread of this.#threads) {
      thread.on('message', (answer: Answer) => this.#answered(thread, answer));
      thread.on('error', (cause) => this.#died(cause));
      thread.on('exit', () => this.#died(null));
    }
  }

  /** Rejects with the task's AppError. `transfer` is gone afterwards. */
  run<K extends TaskKind>(kind: K, input: TaskInput<K>, transfer: readonly ArrayBuffer[] = []): Promise<TaskOutput<K>> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== null) return reject(this.#dead);
      const settle = (answer: Answer): void => {
        if (answer.ok) resolve(answer.output);
        else reject(new AppError(answer.code, answer.facts));
      };
      this.#waiting.push({ question: { kind, input } as Question, transfer, settle });
      this.#next();
    });
  }

  /** Ends the threads wherever they are. Tasks that are left never settle. */
  async close(): Promise<void> {
    this.#dead = new AppError('node.internal', { reason: 'closed' });
    this.#waiting.length = 0;
    this.#running.clear();
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const thread = this.#idle.pop()!;
      const task = this.#waiting.shift()!;
      this.#running.set(thread, task);
      thread.postMessage(task.question, task.transfer);
    }
  }

  #answered(thread: Worker, answer: Answer): void {
    const task = this.#running.get(thread);
    this.#running.delete(thread);
    this.#idle.push(thread);
    this.#next();
    task?.settle(answer);
  }

  #died(cause: unknown): void {
    if (this.#dead !== null) return;
    this.#dead = new AppError('node.internal', { reason: 'a thread of an import or export ended' }, { cause });
    const left = [...this.#running.values(), ...this.#waiting];
    this.#running.clear();
    this.#waiting.length = 0;
    for (const { settle } of left) settle({ ok: false, code: 'node.internal', facts: { reason: String(cause) } });
  }
}
