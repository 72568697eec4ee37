import { encodeRecord, type ConsensusRecord, type Entry } from '../../../src-shared/wire/index.ts';
import type { LogEntry, ReplicaEvent, ReplicaOutputs } from './door.ts';
import type { State } from './state.ts';

/** What one step has decided so far. */
export interface Outbox {
  records: Uint8Array[];
  replacesEarlier: boolean;
  messages: { to: string; bytes: Uint8Array }[];
  dropped: LogEntry[];
  finals: { entry: LogEntry; certificate: Uint8Array }[];
  checks: LogEntry[];
  events: ReplicaEvent[];
  proposed: Entry | null;
}

export function emptyOutbox(): Outbox {
  return { records: [], replacesEarlier: false, messages: [], dropped: [], finals: [], checks: [], events: [], proposed: null };
}

/** Adds a record and returns its mark. */
export function record(state: State, out: Outbox, value: ConsensusRecord): number {
  out.records.push(encodeRecord(value));
  state.mark += 1;
  return state.mark;
}

export function outputsOf(state: State, out: Outbox): ReplicaOutputs {
  return { ...out, mark: state.mark };
}
