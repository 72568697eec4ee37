import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { GameTables } from '../../../core/world/index.ts';
import type { Answer, Question, TaskInput, TaskKind, TaskOutput } from './tasks.ts';

interface Waiting {
  readonly question: Question;
  readonly settle: (answer: Answer) => void;
}

/**
 * Threads that do one task each at a time, in the order of the calls; started when they are needed. When one dies, every task that is left
 * rejects with `node.internal`: an import or export can not go on without the part.
 */
export class TaskThreads {
  readonly #countMax: number;
  readonly #tables: GameTables;
  readonly #threads: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();
  #dead: string | null = null;

  constructor(countMax: number, tables: GameTables) {
    this.#countMax = countMax;
    this.#tables = tables;
  }

  /** Rejects with the task's AppError, and with `node.internal` when it can not be done any more. */
  run<K extends TaskKind>(kind: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer): void => {
        if (answer.ok) resolve(answer.output);
        else reject(new AppError(answer.code, answer.facts));
      };
      this.#waiting.push({ question: { kind, input } as Question, settle });
      if (this.#dead === null) this.#next();
      else this.#giveUp(this.#dead);
    });
  }

  /** Ends the threads wherever they are. */
  async close(): Promise<void> {
    this.#giveUp('closed');
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#idle.pop() ?? this.#start();
      if (thread === null) return;
      const task = this.#waiting.shift()!;
      this.#running.set(thread, task);
      thread.postMessage(task.question, []);
    }
  }

  #start(): Worker | null {
    if (this.#threads.length >= this.#countMax) return null;
    const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { tables: this.#tables } });
    thread.on('message', (answer: Answer) => this.#answered(thread, answer));
    thread.on('error', (cause) => this.#giveUp(String(cause)));
    thread.on('exit', () => this.#giveUp('a thread ended'));
    this.#threads.push(thread);
    return thread;
  }

  #answered(thread: Worker, answer: Answer): void {
    const task = this.#running.get(thread);
    this.#running.delete(thread);
    this.#idle.push(thread);
    if (this.#dead === null) this.#next();
    task?.settle(answer);
  }

  #giveUp(reason: string): void {
    this.#dead ??= reason;
    const left = [...this.#running.values(), ...this.#waiting.splice(0)];
    this.#running.clear();
    for (const { settle } of left) settle({ ok: false, code: 'node.internal', facts: { reason: this.#dead } });
  }
}
