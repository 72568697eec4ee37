/** What runs in each worker thread: one job at a time, its module loaded when first asked for. */
import { parentPort, workerData } from 'node:worker_threads';

export interface ThreadSetup {
  /** Module address of each kind; what follows '#' names the export, `run` without it. */
  readonly kinds: Readonly<Record<string, string>>;
}

export interface ThreadTask {
  readonly kind: string;
  readonly input: unknown;
}

export type ThreadAnswer =
  | { readonly ok: true; readonly output: unknown }
  /** `code` and `facts` are those of an AppError, null for anything else that was thrown. */
  | { readonly ok: false; readonly code: string | null; readonly facts: unknown; readonly message: string; readonly stack: string };

interface Job {
  readonly run: (input: unknown) => unknown;
  /** Buffers of the output to hand over instead of copying. */
  readonly transfer: (output: unknown) => readonly ArrayBuffer[];
}

const jobs = new Map<string, Promise<Job>>();

parentPort?.on('message', (task: ThreadTask) => void answer(task));

async function answer({ kind, input }: ThreadTask): Promise<void> {
  try {
    const job = await jobOf(kind);
    const output = await job.run(input);
    parentPort!.postMessage({ ok: true, output } satisfies ThreadAnswer, [...job.transfer(output)]);
  } catch (error) {
    parentPort!.postMessage(describe(error), []);
  }
}

function jobOf(kind: string): Promise<Job> {
  const known = jobs.get(kind) ?? loadJob((workerData as ThreadSetup).kinds[kind]!);
  jobs.set(kind, known);
  return known;
}

async function loadJob(address: string): Promise<Job> {
  const [url, name = 'run'] = address.split('#') as [string, string?];
  const module = (await import(url)) as Readonly<Record<string, unknown>>;
  const run = module[name];
  if (typeof run !== 'function') throw new TypeError(`${url} exports no function ${name}`);
  const transfer = module[`${name}Transfer`];
  return { run: run as Job['run'], transfer: typeof transfer === 'function' ? (transfer as Job['transfer']) : () => [] };
}

/** By name, not by class: a bundle may hold the class twice. */
function describe(error: unknown): ThreadAnswer {
  if (!(error instanceof Error)) return { ok: false, code: null, facts: null, message: String(error), stack: '' };
  const { message, stack = '' } = error;
  if (error.name !== 'AppError' || !('code' in error) || !('facts' in error)) return { ok: false, code: null, facts: null, message, stack };
  return { ok: false, code: String(error.code), facts: error.facts, message, stack };
}
