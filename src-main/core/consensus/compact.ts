import { ENTRIES_KEPT_BYTES_MAX, ENTRIES_KEPT_MAX } from '../../../src-shared/config/index.ts';
import { record, type Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { decodeRecord, type Anchor, type Hasher } from '../../../src-shared/wire/index.ts';

/** Moves the anchor up to the announced final entry at `height` and writes the log anew from there (rule 12). False when it is not kept. */
export function compact(state: State, out: Outbox, height: number): boolean {
  const at = state.log[height - (state.log[0]?.entry.height ?? 0)];
  if (at === undefined || height > state.announced || height <= state.anchor.height) return false;
  const { hash, epoch, view, stateRoot } = at.entry;
  state.anchor = { hash, height, epoch, view, stateRoot, proof: at.proof };
  while (state.epochs.length > 1 && state.epochs[1]!.base.height <= height) state.epochs.shift();
  writeLogAnew(state, out);
  forgetOld(state);
  return true;
}

/** The records that stand for all before: the base, the entries above it, and the promises and certificates that still bind. */
export function writeLogAnew(state: State, out: Outbox): void {
  out.replacesEarlier = true;
  record(state, out, { type: 'base', epoch: state.epochs[0]!, anchor: state.anchor, incarnation: state.incarnation });
  for (const held of state.log) {
    const { entry, proof } = held;
    if (entry.height > state.anchor.height && proof !== null) record(state, out, { type: 'final', entry, proof });
  }
  const epoch = state.epoch.number;
  for (const { entry, mark, proof } of state.entries.values()) {
    if (proof === null && mark !== null) record(state, out, { type: 'entry', entry });
  }
  if (state.leaveCertificate !== null) record(state, out, { type: 'leaveCertificate', epoch, certificate: state.leaveCertificate });
  if (state.high !== null) record(state, out, { type: 'certificate', epoch, certificate: state.high });
  const { notar, final, leave } = state.promises;
  for (const signed of [notar, final, leave]) if (signed !== null) record(state, out, { type: 'vote', epoch, signed });
}

/** Below the anchor entries are kept for peers that lag, as far as the limits go; nobody lags behind a machine that is alone. */
function forgetOld(state: State): void {
  const alone = state.epoch.voters.length === 1 && state.learners.length === 0;
  let bytes = state.log.reduce((sum, held) => sum + held.entry.payload.length, 0);
  while (state.log.length > 0 && state.log[0]!.entry.height <= state.anchor.height) {
    if (!alone && state.log.length <= ENTRIES_KEPT_MAX && bytes <= ENTRIES_KEPT_BYTES_MAX) return;
    const held = state.log.shift()!;
    state.entries.delete(held.entry.hash);
    bytes -= held.entry.payload.length;
  }
}

/**
 * Where a log starts: the final entry at whose state the driver must be before it feeds `start` with the same records; the finals that
 * follow it are announced again. Null for a log without a snapshot: it starts at the group's base.
 */
export function baseOf(records: readonly Uint8Array[], hasher: Hasher): Anchor | null {
  for (const bytes of records.toReversed()) {
    const record = decodeRecord(bytes, hasher);
    if (record.type === 'base') return record.anchor;
  }
  return null;
}
