import { ORPCError } from '@orpc/server';
import type { Problem } from '../../src-shared/contract/index.ts';

/** The contract's one typed error. */
export function refused(problem: Problem): ORPCError<'REFUSED', Problem> {
  return new ORPCError('REFUSED', { status: 409, message: problem.code, data: problem });
}
