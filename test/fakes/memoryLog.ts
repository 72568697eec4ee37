import type { Log } from '../../src-main/ports/index.ts';

export interface LoggedLine {
  readonly level: 'info' | 'warn';
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** Keeps what was logged, for tests to look at. */
export interface MemoryLog extends Log {
  readonly lines: readonly LoggedLine[];
  /** Lines of one event, oldest first. */
  of(event: string): readonly LoggedLine[];
}

export function memoryLog(): MemoryLog {
  const lines: LoggedLine[] = [];
  return {
    lines,
    of: (event) => lines.filter((line) => line.event === event),
    event: (event, facts = {}) => void lines.push({ ...facts, level: 'info', event }),
    warn: (event, facts = {}) => void lines.push({ ...facts, level: 'warn', event }),
  };
}
