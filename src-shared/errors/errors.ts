import type { ErrorCode } from './codes.ts';

/** What a sentence for people needs besides its code: plain values, never prose. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An expected "no": returned, never thrown. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly facts: Facts;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

export function refuse(code: ErrorCode, facts: Facts = {}): Refusal {
  return { ok: false, code, facts };
}

/** A fault: something outside went wrong. Caught once, at the edge that can act on it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, facts: Facts = {}, options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }
}
