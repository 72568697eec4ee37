import { LOG_LINES_SHOWN_MAX } from '../../src-shared/config/index.ts';
import type { LogLine } from '../../src-shared/contract/index.ts';
import type { Facts } from '../../src-shared/errors/index.ts';
import type { Clock, Log } from '../ports/index.ts';

/** The node's events: kept for the interface (newest `LOG_LINES_SHOWN_MAX`), passed on to whoever listens. */
export interface NodeLog extends Log {
  lines(limit: number): readonly LogLine[];
  onLine(listener: (line: LogLine) => void): () => void;
}

export function createNodeLog(clock: Clock): NodeLog {
  const kept: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  let sequence = 0;
  const add = (level: LogLine['level'], event: string, facts: Readonly<Record<string, unknown>> = {}): void => {
    sequence += 1;
    const line: LogLine = { sequence, at: clock.wall(), level, event, facts: plainFacts(facts) };
    kept.push(line);
    if (kept.length > LOG_LINES_SHOWN_MAX) kept.shift();
    for (const listener of listeners) listener(line);
  };
  return {
    event: (name, facts) => add('info', name, facts),
    warn: (name, facts) => add('warn', name, facts),
    lines: (limit) => kept.slice(-limit),
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function plainFacts(facts: Readonly<Record<string, unknown>>): Facts {
  const plain: Record<string, Facts[string]> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    plain[name] =
      value === null || ['string', 'number', 'boolean'].includes(typeof value)
        ? (value as string | number | boolean | null)
        : JSON.stringify(value);
  }
  return plain;
}
