import type { Facts } from '../../src-shared/errors/index.ts';

/** What happened to you; why, and what it means for the world; what to do. */
export interface Sentence {
  readonly title: string;
  readonly why: string;
  readonly todo: string;
}

/** A fact as text, or `otherwise` when the error came without it. */
export function fact(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name];
  if (value === undefined || value === null || value === '') return otherwise;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
