import { AppError, type ErrorCode, type Facts } from '../../src-shared/errors/index.ts';
import { toHex } from '../../src-shared/units/index.ts';
import type { Job, JobOutcome, JobProgress } from '../../src-shared/contract/index.ts';
import type { Clock, Random } from '../ports/index.ts';

export interface Step {
  readonly phase: JobProgress['phase'];
  readonly chunksDone: number;
  readonly chunksTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export type Work = (context: {
  readonly signal: AbortSignal;
  progress(step: Step): void;
}) => Promise<Exclude<JobOutcome, { state: 'running' | 'failed' | 'cancelled' }>>;

interface Running {
  readonly abort: AbortController;
  readonly done: Promise<JobOutcome>;
}

const NOTHING_YET: Step = { phase: 'waiting', chunksDone: 0, chunksTotal: 0, bytesDone: 0, bytesTotal: 0 };
/** Rates are taken over this long. */
const RATE_MILLIS = 4000;
const PUBLISH_MILLIS = 100;

/** Long pieces of work: they belong to the node, so that a closed window changes nothing. A finished one stays until it is dismissed. */
export class JobBoard {
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Map<string, Running>();
  readonly #samples = new Map<string, { readonly at: number; readonly step: Step }[]>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #publish: (jobs: readonly Job[]) => void;
  #publishing = false;

  constructor(clock: Clock, random: Random, publish: (jobs: readonly Job[]) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#publish = publish;
  }

  list(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  start(kind: Job['kind'], world: string, path: string | null, work: Work): string {
    const id = toHex(this.#random.bytes(8));
    const abort = new AbortController();
    const job: Job = {
      id,
      kind,
      world,
      path,
      started: this.#clock.wall(),
      progress: this.#progressOf(id, NOTHING_YET),
      outcome: { state: 'running' },
    };
    this.#jobs.set(id, job);
    const done = this.#run(id, abort, work);
    this.#running.set(id, { abort, done });
    this.#changed();
    return id;
  }

  /** How it ended. Null for a job that is unknown. */
  async outcome(id: string): Promise<JobOutcome | null> {
    return (await this.#running.get(id)?.done) ?? this.#jobs.get(id)?.outcome ?? null;
  }

  busyWith(world: string): Job | null {
    return this.list().find((job) => job.world === world && job.outcome.state === 'running') ?? null;
  }

  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.abort.abort(new AppError('import.cancelled'));
    await running?.done;
  }

  dismiss(id: string): void {
    if (this.#running.has(id)) return;
    this.#jobs.delete(id);
    this.#changed();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)));
  }

  async #run(id: string, abort: AbortController, work: Work): Promise<JobOutcome> {
    let outcome: JobOutcome;
    try {
      outcome = await work({ signal: abort.signal, progress: (step) => this.#step(id, step) });
    } catch (fault) {
      const finished = this.#clock.wall();
      outcome = abort.signal.aborted ? { state: 'cancelled', finished } : { state: 'failed', finished, problem: problemOf(fault) };
    }
    this.#running.delete(id);
    this.#samples.delete(id);
    const job = this.#jobs.get(id)!;
    this.#jobs.set(id, { ...job, outcome, progress: { ...job.progress, phase: 'done', millisLeft: null } });
    this.#changed();
    return outcome;
  }

  #step(id: string, step: Step): void {
    const job = this.#jobs.get(id)!;
    this.#jobs.set(id, { ...job, progress: this.#progressOf(id, step) });
    this.#stepped();
  }

  #progressOf(id: string, step: Step): JobProgress {
    const now = this.#clock.now();
    const samples = [...(this.#samples.get(id) ?? []).filter(({ at }) => now - at <= RATE_MILLIS), { at: now, step }];
    this.#samples.set(id, samples);
    const first = samples[0]!;
    const seconds = (now - first.at) / 1000;
    const rate = (done: number, before: number): number => (seconds < 0.2 ? 0 : Math.max(0, (done - before) / seconds));
    const bytesPerSecond = rate(step.bytesDone, first.step.bytesDone);
    return {
      ...step,
      chunksPerSecond: rate(step.chunksDone, first.step.chunksDone),
      bytesPerSecond,
      millisLeft:
        bytesPerSecond > 0 && step.bytesTotal >= step.bytesDone ? ((step.bytesTotal - step.bytesDone) / bytesPerSecond) * 1000 : null,
    };
  }

  /** A job came, ended or went: told at once. Steps on the way: told a few times a second. */
  #changed(): void {
    this.#publish(this.list());
  }

  #stepped(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    this.#clock.after(PUBLISH_MILLIS, () => {
      this.#publishing = false;
      this.#changed();
    });
  }
}

export function problemOf(fault: unknown): { readonly code: ErrorCode; readonly facts: Facts } {
  return fault instanceof AppError
    ? { code: fault.code, facts: fault.facts }
    : { code: 'node.internal', facts: { message: fault instanceof Error ? fault.message : String(fault) } };
}
