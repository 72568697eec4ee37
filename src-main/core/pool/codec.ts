import { refuse, type Result } from '../../../src-shared/errors/index.ts';
import { fromUtf8, toUtf8 } from '../../../src-shared/units/index.ts';
import type { Council, CouncilCommand } from './model.ts';

/** Canonical JSON: keys sorted at every level, no spaces. Equal values have equal text on every machine. */
export function encodeCouncil(council: Council): string {
  return canonical(council);
}

/** Payload of one entry of the council's log. */
export interface CouncilPayload {
  readonly wallMillis: number;
  readonly commands: readonly CouncilCommand[];
}

export function encodeCouncilPayload(payload: CouncilPayload): Uint8Array {
  return toUtf8(canonical(payload));
}

/** Refuses anything that `encodeCouncilPayload` would not have written. */
export function decodeCouncilPayload(bytes: Uint8Array): Result<CouncilPayload> {
  const text = fromUtf8(bytes);
  if (text === null) return refuse('store.damaged', { what: 'council payload' });
  try {
    const value = JSON.parse(text) as CouncilPayload;
    if (canonical(value) !== text || !Array.isArray(value.commands)) return refuse('store.damaged', { what: 'council payload' });
    return { ok: true, value };
  } catch {
    return refuse('store.damaged', { what: 'council payload' });
  }
}

export function decodeCouncil(text: string): Council {
  return JSON.parse(text) as Council;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
