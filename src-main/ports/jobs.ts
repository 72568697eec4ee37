/** Heavy pure work on worker threads. `kind` names a registered job; input and output are structured-cloneable. */
export interface Jobs {
  /** Rejects with AppError('node.internal') when the worker dies of the input, with the signal's reason when aborted. */
  run<K extends keyof JobKinds>(
    kind: K,
    input: JobKinds[K]['input'],
    options?: { readonly signal?: AbortSignal; readonly transfer?: readonly ArrayBuffer[] },
  ): Promise<JobKinds[K]['output']>;
  close(): Promise<void>;
}

/** Extended by the modules that register jobs, by declaration merging. */
export interface JobKinds {
  readonly none: { readonly input: never; readonly output: never };
}
