import { decodeRecord, hashOfHeader, type ConsensusRecord, type SignedVote } from '../../../src-shared/wire/index.ts';
import { countLeave, countVote, takeCertificate } from './ballot.ts';
import { commit, commitPath, enterEpoch, openingStanding, pathTo } from './commit.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { leftView, restartStandstill } from './view.ts';

/**
 * Replays what recovery found.
 * 1. Every record in order, as if it had just become durable; nothing is recorded or sent.
 * 2. The view is the highest that a promise or certificate names.
 * 3. A voter whose data folder may not be the one of its last run asks before it votes (rule 11).
 */
export function onStart(state: State, out: Outbox, records: readonly Uint8Array[]): void {
  for (const bytes of records) replay(state, out, decodeRecord(bytes, state.crypto));
  out.events.length = 0;
  const voted = state.promises.notar?.vote.view ?? 0;
  state.view = Math.max(1, leftView(state), voted, state.high?.view ?? 0, (state.leaveCertificate?.view ?? 0) + 1);
  state.viewSince = state.now;
  for (const timer of ['heardAt', 'abreastAt', 'progressAt'] as const) state.timers[timer] = state.now;
  restartStandstill(state);
  state.standing = openingStanding(state);
}

function replay(state: State, out: Outbox, record: ConsensusRecord): void {
  switch (record.type) {
    case 'base':
      replayBase(state, record);
      return;
    case 'entry': {
      const { entry } = record;
      if (entry.height <= state.tip.height || entry.epoch !== state.epoch.number || state.unfinal.has(entry.hash)) return;
      state.unfinal.set(entry.hash, { entry, mark: 0, check: 'none', justified: null, seenAt: state.now, proof: null });
      return;
    }
    case 'proof':
      replayProof(state, out, record);
      return;
    case 'epochProof':
      state.chain.push({ entry: record.entry, proof: record.proof });
      return;
    case 'vote':
      if (record.epoch === state.epoch.number) replayVote(state, out, record.signed);
      return;
    case 'certificate':
      if (record.epoch === state.epoch.number) takeCertificate(state, out, record.certificate);
      return;
    case 'leaveCertificate':
      if (record.epoch !== state.epoch.number) return;
      if (state.leaveCertificate === null || record.certificate.view > state.leaveCertificate.view)
        state.leaveCertificate = record.certificate;
      if (record.certificate.high !== null) takeCertificate(state, out, record.certificate.high);
      return;
    case 'incarnation':
      state.incarnation = record.incarnation;
      return;
  }
}

function replayVote(state: State, out: Outbox, signed: SignedVote): void {
  const { vote } = signed;
  state.promises[vote.kind] = signed;
  if (vote.kind === 'leave') {
    const named = state.ballots.get(`${vote.high.view}:${vote.high.height}`)?.certificates.notar;
    state.leaveHigh = named?.hash === vote.high.hash ? named : null;
    countLeave(state, out, signed, state.leaveHigh);
    return;
  }
  countVote(state, out, signed);
  commit(state, out);
}

function replayProof(state: State, out: Outbox, record: ConsensusRecord & { readonly type: 'proof' }): void {
  const { headers, certificate } = record.proof;
  const header = headers[0]!;
  if (record.epoch !== state.epoch.number || header.height <= state.tip.height) return;
  const hash = hashOfHeader(header, state.crypto);
  const path = pathTo(state, hash);
  if (path !== null) commitPath(state, out, path, { hash, height: header.height, beyond: headers.slice(1), certificate });
}

/**
 * A base in the middle of the log is a compaction whose older records were not trimmed yet, or an installed snapshot. Promises of the same
 * epoch keep binding; what is known above the anchor stays.
 */
function replayBase(state: State, record: ConsensusRecord & { readonly type: 'base' }): void {
  const { epoch, anchor } = record;
  if (epoch.lineage < state.epoch.record.lineage) return;
  state.incarnation = Math.max(state.incarnation, record.incarnation);
  const known = state.log.findIndex((held) => held.entry.hash === anchor.hash);
  if (epoch.lineage !== state.epoch.record.lineage || epoch.epoch > state.epoch.number) enterEpoch(state, epoch);
  state.log.splice(0, known === -1 ? state.log.length : known + 1);
  if (known === -1) state.tip = anchor;
  // The record names the epoch above the anchor; later ones are kept only where the log reaches them.
  const opened = state.epochs.findIndex((one) => one.epoch === epoch.epoch && one.lineage === epoch.lineage);
  state.epochs.splice(0, opened === -1 ? state.epochs.length : opened);
  if (opened === -1) state.epochs.push(epoch);
  state.chain.length = 0;
  state.anchor = anchor;
  state.announced = anchor.height;
}
