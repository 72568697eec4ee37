import { toHex } from '../../../src-shared/units/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Clock, Log } from '../../ports/index.ts';

/** Longest array of bytes that a log line shows; longer ones show their length. */
const BYTES_SHOWN_MAX = 64;

/** One JSON object a line: `at` (ISO time), `level`, `event`, then the facts. `write` gets the line without its line break. */
export function jsonLog(write: (line: string) => void, clock: Pick<Clock, 'wall'> = { wall: () => Date.now() }): Log {
  const line = (level: 'info' | 'warn', name: string, facts: Readonly<Record<string, unknown>> = {}): void => {
    write(toLine({ at: new Date(clock.wall()).toISOString(), level, event: name, ...facts }));
  };
  return { event: (name, facts) => line('info', name, facts), warn: (name, facts) => line('warn', name, facts) };
}

/** A log must never be the fault: what JSON can not say (cycles, getters that throw) costs the facts, not the event. */
function toLine(facts: { readonly at: string; readonly level: string; readonly event: string }): string {
  try {
    return JSON.stringify(facts, (_, value: unknown) => plain(value));
  } catch (error) {
    return JSON.stringify({ at: facts.at, level: facts.level, event: facts.event, unprintable: String(error) });
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return value.length <= BYTES_SHOWN_MAX ? toHex(value) : `${value.length} bytes`;
  if (value instanceof AppError) return { code: value.code, facts: value.facts, cause: value.cause };
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return value;
}
