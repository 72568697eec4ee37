/** Heavy pure work on worker threads. `kind` names a registered job; input and output are structured-cloneable. */
export interface Jobs {
  /**
   * Jobs start in the order of their calls. Rejects with the job's own AppError, with AppError('node.internal') when it threw anything else or
   * its worker died of the input (no other job notices), and with the signal's reason when aborted, also while it runs.
   */
  run<K extends keyof JobKinds>(
    kind: K,
    input: JobKinds[K]['input'],
    options?: { readonly signal?: AbortSignal; readonly transfer?: readonly ArrayBuffer[] },
  ): Promise<JobKinds[K]['output']>;
  /** What waits or runs rejects with AppError('node.internal'). */
  close(): Promise<void>;
}

/** Extended by the modules that register jobs, by declaration merging. */
export interface JobKinds {
  readonly none: { readonly input: never; readonly output: never };
}
