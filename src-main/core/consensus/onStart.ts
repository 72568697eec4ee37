import { decodeRecord, type ConsensusRecord } from '../../../src-shared/wire/index.ts';
import { registerCertificate, registerVote } from './ballot.ts';
import { commit, finalize, isVoter } from './commit.ts';
import { buildEpoch } from './epoch.ts';
import type { Outbox } from './outbox.ts';
import { compareRank, type Held, type State } from './state.ts';

/**
 * Replays what recovery found.
 * 1. Every record in order, as if it had just become durable; nothing is recorded or sent.
 * 2. The view is the highest that a promise or certificate names.
 * 3. A voter whose data folder may not be the one of its last run asks before it votes (rule 11).
 */
export function onStart(state: State, out: Outbox, records: readonly Uint8Array[], mustAsk: boolean): void {
  for (const bytes of records) replay(state, out, decodeRecord(bytes, state.crypto));
  out.events.length = 0;
  const left = state.promises.leave?.vote.view ?? 0;
  const voted = state.promises.notar?.vote.view ?? 0;
  state.view = Math.max(1, left, voted, state.high?.view ?? 0, (state.leaveCertificate?.view ?? 0) + 1);
  state.viewSince = state.now;
  if (!isVoter(state)) state.standing = { kind: 'following' };
  else if (mustAsk && state.epoch.voters.length > 1) state.standing = { kind: 'asking', answers: new Set(), askedAt: -Infinity };
  else state.standing = { kind: left === state.view ? 'left' : 'voting' };
}

function replay(state: State, out: Outbox, record: ConsensusRecord): void {
  switch (record.type) {
    case 'base':
      replayBase(state, record);
      break;
    case 'entry': {
      const { entry } = record;
      if (entry.height <= state.tip.height || state.entries.has(entry.hash)) break;
      state.entries.set(entry.hash, { entry, mark: 0, check: 'none', justified: null, seenAt: state.now, proof: null });
      break;
    }
    case 'final': {
      const { entry, proof } = record;
      if (entry.parent !== state.tip.hash) break;
      const held: Held = { entry, mark: 0, check: 'none', justified: null, seenAt: state.now, proof };
      state.entries.set(entry.hash, held);
      finalize(state, out, held, proof);
      break;
    }
    case 'vote':
      if (record.epoch !== state.epoch.number) break;
      state.promises[record.signed.vote.kind] = record.signed;
      registerVote(state, record.signed);
      break;
    case 'certificate':
      if (record.epoch === state.epoch.number) registerCertificate(state, record.certificate);
      break;
    case 'leaveCertificate':
      if (record.epoch === state.epoch.number) replayLeave(state, record);
      break;
    case 'incarnation':
      state.incarnation = record.incarnation;
      break;
  }
  commit(state, out);
}

function replayLeave(state: State, record: ConsensusRecord & { readonly type: 'leaveCertificate' }): void {
  const { certificate } = record;
  if (state.leaveCertificate !== null && certificate.view <= state.leaveCertificate.view) return;
  state.leaveCertificate = certificate;
  if (certificate.high !== null && (state.high === null || compareRank(certificate.high, state.high) > 0))
    registerCertificate(state, certificate.high);
}

/**
 * A base in the middle of the log is a compaction whose older records were not trimmed yet, or an installed snapshot. Promises of the same
 * epoch keep binding; what is known above the anchor stays.
 */
function replayBase(state: State, record: ConsensusRecord & { readonly type: 'base' }): void {
  const { epoch, anchor } = record;
  if (epoch.lineage < state.epoch.record.lineage) return;
  state.incarnation = Math.max(state.incarnation, record.incarnation);
  if (epoch.lineage !== state.epoch.record.lineage || epoch.epoch > state.epoch.number) {
    state.epoch = buildEpoch(epoch, state.group, state.crypto);
    state.learners = epoch.learners;
    state.promises = { notar: null, final: null, leave: null };
    state.high = null;
    state.leaveCertificate = null;
    state.pendingFinal = null;
    state.ballots.clear();
  }
  state.anchor = anchor;
  // The record names the epoch above the anchor; later ones are kept only where the log reaches them.
  const opened = state.epochs.findIndex((known) => known.epoch === epoch.epoch);
  state.epochs.splice(0, opened === -1 ? state.epochs.length : opened);
  if (opened === -1) state.epochs.push(epoch);
  state.announced = anchor.height;
  const known = state.log.findIndex((held) => held.entry.hash === anchor.hash);
  for (const held of state.log.splice(0, known === -1 ? state.log.length : known + 1)) state.entries.delete(held.entry.hash);
  if (known === -1 || state.tip.height < anchor.height) state.tip = anchor;
}
