import { ENTRIES_KEPT_BYTES_MAX, ENTRIES_KEPT_MAX } from '../../../src-shared/config/index.ts';
import { decodeRecord, type Anchor, type Hasher } from '../../../src-shared/wire/index.ts';
import { record, type Outbox } from './outbox.ts';
import type { State } from './state.ts';

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

/**
 * The records that stand for all before: the base, the epochs that led to it, the final entries above it with their proofs, the unfinal
 * ones, and the certificates and promises that still bind. What the step recorded before is among them.
 */
export function writeLogAnew(state: State, out: Outbox): void {
  out.replacesEarlier = true;
  state.snapshotWanted = false;
  const epoch = state.epoch.number;
  record(state, out, { type: 'base', epoch: state.epochs[0]!, anchor: state.anchor, incarnation: state.incarnation });
  for (const { entry, proof } of state.chain) {
    if (entry.height <= state.anchor.height) record(state, out, { type: 'epochProof', entry, proof });
  }
  writeFinals(state, out);
  for (const { entry, mark, proof } of state.unfinal.values())
    if (proof === null && mark !== null && entry.epoch === epoch) record(state, out, { type: 'entry', entry });
  if (state.leaveCertificate !== null) record(state, out, { type: 'leaveCertificate', epoch, certificate: state.leaveCertificate });
  for (const certificate of [state.leaveHigh, state.high])
    if (certificate !== null) record(state, out, { type: 'certificate', epoch, certificate });
  const { notar, final, leave } = state.promises;
  for (const signed of [notar, final, leave]) if (signed !== null) record(state, out, { type: 'vote', epoch, signed });
}

/** A proof that reaches over several entries is written once, for the last of those it proves. */
function writeFinals(state: State, out: Outbox): void {
  const kept = state.log.filter((held) => held.entry.height > state.anchor.height);
  for (const [i, { entry, proof }] of kept.entries()) {
    record(state, out, { type: 'entry', entry });
    const next = kept[i + 1];
    const covered = next !== undefined && entry.kind !== 'epochEnd' && proof?.certificate === next.proof?.certificate;
    if (proof !== null && !covered) record(state, out, { type: 'proof', epoch: entry.epoch, proof });
  }
}

/** Below the anchor entries are kept for peers that lag, as far as the limits go; nobody lags behind a machine that is alone. */
function forgetOld(state: State): void {
  const alone = state.epoch.voters.length === 1 && state.learners.length === 0;
  let bytes = state.log.reduce((sum, held) => sum + held.entry.payload.length, 0);
  while (state.log.length > 0 && state.log[0]!.entry.height <= state.anchor.height) {
    if (!alone && state.log.length <= ENTRIES_KEPT_MAX && bytes <= ENTRIES_KEPT_BYTES_MAX) return;
    bytes -= state.log.shift()!.entry.payload.length;
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
