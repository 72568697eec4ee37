import { AppError } from '../../src-shared/errors/index.ts';
import type { JobKinds, Jobs } from '../../src-main/ports/index.ts';

/** The functions behind the kinds; a missing one is a bug of the test. */
export type InlineKinds = {
  readonly [K in keyof JobKinds]?: (input: JobKinds[K]['input']) => JobKinds[K]['output'] | Promise<JobKinds[K]['output']>;
};

/** Jobs on the caller's own thread, one after the other, without time or threads: deterministic. Input and output are copied as a thread would. */
export function inlineJobs(kinds: InlineKinds): Jobs {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const closing = new AbortController();
  return {
    run: (kind, input, { signal, transfer = [] } = {}) => {
      const job = kinds[kind] as ((input: unknown) => unknown) | undefined;
      if (job === undefined) throw new RangeError(`no job is registered as ${kind}`);
      if (closed) return Promise.reject(fault(kind, 'closed'));
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      let sent: unknown;
      try {
        sent = structuredClone(input, { transfer: [...transfer] });
      } catch (error) {
        return Promise.reject(fault(kind, 'input-not-cloneable', error));
      }
      const ended = Promise.race([rejectOn(closing.signal, () => fault(kind, 'closed')), rejectOn(signal, () => signal!.reason as Error)]);
      ended.catch(() => undefined);
      const work = last.then(async () => {
        if (closed || signal?.aborted === true) return undefined;
        return structuredClone(await job(sent));
      });
      const result = Promise.race([work, ended]).catch((error: unknown) => {
        throw error instanceof AppError || error === signal?.reason ? error : fault(kind, 'threw', error);
      });
      last = result.catch(() => undefined);
      return result;
    },
    close: () => {
      closed = true;
      closing.abort();
      return Promise.resolve();
    },
  };
}

function rejectOn(signal: AbortSignal | undefined, reason: () => unknown): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(reason()));
  });
}

function fault(kind: string, why: string, cause?: unknown): AppError {
  return new AppError('node.internal', { job: kind, why }, { cause });
}
