import { Worker } from 'node:worker_threads';
import { JOBS_QUEUED_MAX } from '../../../src-shared/config/index.ts';
import { AppError, ERROR_CODES, type ErrorCode, type Facts } from '../../../src-shared/errors/index.ts';
import type { JobKinds, Jobs, Log } from '../../ports/index.ts';
import type { ThreadAnswer, ThreadSetup, ThreadTask } from './thread.ts';

/** A module for each kind: it exports `run(input)` (or the export named after '#'), pure; `runTransfer(output)` may name buffers to hand over. */
export type JobModules = Readonly<Partial<Record<keyof JobKinds, URL>>>;

export interface JobsOptions {
  readonly kinds: JobModules;
  /** Most threads at once; they start when there is work for them, and end with the pool. */
  readonly threads: number;
  /** Heap of each thread. Typed arrays live outside it. */
  readonly heapMegabytes: number;
  readonly log: Log;
  /** Where the thread's own file is, when a bundler has moved it. */
  readonly threadUrl?: URL;
}

interface Job {
  readonly kind: string;
  readonly input: unknown;
  readonly transfer: readonly ArrayBuffer[];
  /** The thread's answer is of the kind's output type; only the job's module can know. */
  readonly resolve: (output: never) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

export function createJobs(options: JobsOptions): Jobs {
  return new Pool(options);
}

class Pool implements Jobs {
  private readonly options: JobsOptions;
  private readonly threads = new Set<Thread>();
  private readonly waiting = new Set<Job>();
  private closed = false;

  constructor(options: JobsOptions) {
    this.options = options;
  }

  run<K extends keyof JobKinds>(
    kind: K,
    input: JobKinds[K]['input'],
    { signal, transfer = [] }: { readonly signal?: AbortSignal; readonly transfer?: readonly ArrayBuffer[] } = {},
  ): Promise<JobKinds[K]['output']> {
    if (this.options.kinds[kind] === undefined) throw new RangeError(`no job is registered as ${kind}`);
    if (this.closed) return Promise.reject(fault(kind, 'closed'));
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    if (this.waiting.size >= JOBS_QUEUED_MAX) return Promise.reject(fault(kind, 'queue-full'));
    return new Promise((resolve, reject) => {
      const abort = (): void => this.abort(job, signal?.reason);
      const settle = (): void => signal?.removeEventListener('abort', abort);
      const job: Job = {
        kind,
        input,
        transfer,
        resolve: (output) => {
          settle();
          resolve(output);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      };
      signal?.addEventListener('abort', abort);
      this.waiting.add(job);
      this.fill();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    const threads = [...this.threads];
    for (const job of [...this.waiting, ...threads.map((thread) => thread.job)]) job?.reject(fault(job.kind, 'closed'));
    this.waiting.clear();
    this.threads.clear();
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  /** Gives waiting jobs to idle threads, and to new ones as far as allowed. */
  private fill(): void {
    for (const job of this.waiting) {
      const idle = [...this.threads].find((thread) => thread.job === null);
      if (idle === undefined && this.threads.size >= this.options.threads) return;
      this.waiting.delete(job);
      this.give(idle ?? this.start(), job);
    }
  }

  private give(thread: Thread, job: Job): void {
    try {
      thread.worker.postMessage({ kind: job.kind, input: job.input } satisfies ThreadTask, [...job.transfer]);
    } catch (error) {
      // The input can not be cloned: the thread never saw it.
      job.reject(fault(job.kind, 'input-not-cloneable', error));
      return;
    }
    thread.job = job;
    thread.worker.ref();
  }

  private start(): Thread {
    const kinds = Object.fromEntries(Object.entries(this.options.kinds).map(([kind, url]) => [kind, url.href]));
    const worker = new Worker(this.options.threadUrl ?? new URL('./thread.ts', import.meta.url), {
      workerData: { kinds } satisfies ThreadSetup,
      resourceLimits: { maxOldGenerationSizeMb: this.options.heapMegabytes },
    });
    const thread: Thread = { worker, job: null };
    this.threads.add(thread);
    // Idle threads do not keep the process alive.
    worker.unref();
    worker.on('message', (answer: ThreadAnswer) => this.finish(thread, answer));
    worker.on('error', (error) => this.bury(thread, error));
    worker.on('messageerror', (error) => this.bury(thread, error));
    worker.on('exit', (code) => this.bury(thread, new Error(`the thread ended with code ${code}`)));
    return thread;
  }

  private finish(thread: Thread, answer: ThreadAnswer): void {
    const { job } = thread;
    if (job === null) return;
    thread.job = null;
    thread.worker.unref();
    if (answer.ok) job.resolve(answer.output as never);
    else job.reject(rebuild(job.kind, answer));
    this.fill();
  }

  /** The thread died: its job dies with it, a new thread takes what waits. */
  private bury(thread: Thread, cause: unknown): void {
    if (!this.threads.delete(thread)) return;
    const kind = thread.job?.kind ?? null;
    this.options.log.warn('workers.thread-died', { kind, cause: String(cause) });
    thread.job?.reject(fault(thread.job.kind, 'thread-died', cause));
    void thread.worker.terminate();
    this.fill();
  }

  /** Work that runs can not be asked to stop: its thread is ended. */
  private abort(job: Job, reason: unknown): void {
    job.reject(reason);
    if (this.waiting.delete(job)) return;
    const thread = [...this.threads].find((one) => one.job === job);
    if (thread === undefined) return;
    this.threads.delete(thread);
    void thread.worker.terminate();
    this.fill();
  }
}

function rebuild(kind: string, { code, facts, message, stack }: Extract<ThreadAnswer, { ok: false }>): AppError {
  const cause = new Error(message);
  cause.stack = stack;
  const known = ERROR_CODES.find((one): one is ErrorCode => one === code);
  return known === undefined ? fault(kind, 'threw', cause) : new AppError(known, facts as Facts, { cause });
}

function fault(kind: string, why: string, cause?: unknown): AppError {
  return new AppError('node.internal', { job: kind, why }, { cause });
}
