import { AppError } from '../../../src-shared/errors/index.ts';

/**
 * Rule R1: the first failed sync (or write, or read of what must be there) kills the whole store, once and for all its parts. Trying again would
 * be a lie: after a failed fsync the system counts the lost pages as clean and reports success.
 */
export class Fate {
  /** Rejects once, when the store dies. */
  readonly failed: Promise<never>;
  private cause: AppError | null = null;
  private reject!: (reason: AppError) => void;

  constructor() {
    this.failed = new Promise((_, reject) => {
      this.reject = reject;
    });
    // Who does not listen hears it from the next call.
    this.failed.catch(() => undefined);
  }

  get dead(): AppError | null {
    return this.cause;
  }

  /** Throws what killed the store, if anything did. */
  check(): void {
    if (this.cause !== null) throw this.cause;
  }

  /** Kills the store; returns what every call says from now on, which is the first cause. */
  die(error: unknown): AppError {
    if (this.cause === null) {
      this.cause = asSyncFailure(error);
      this.reject(this.cause);
    }
    return this.cause;
  }
}

function asSyncFailure(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'store.sync-failed') return error;
  const facts = error instanceof AppError ? error.facts : {};
  return new AppError('store.sync-failed', { ...facts, cause: error instanceof AppError ? error.code : String(error) }, { cause: error });
}
