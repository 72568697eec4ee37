import { ERROR_CODES, type ErrorCode } from './codes.ts';
import type { Facts, Refusal } from './errors.ts';

/**
 * The refusal inside an error that came over the contract ({code: 'REFUSED', data: {code, facts}}), or null when the error is something
 * else: a broken connection or a bug.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (!isObject(error) || error['code'] !== 'REFUSED' || !isObject(error['data'])) return null;
  const { code, facts } = error['data'];
  if (!isErrorCode(code) || !isObject(facts)) return null;
  return { ok: false, code, facts: facts as Facts };
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
