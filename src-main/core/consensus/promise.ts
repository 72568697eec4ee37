import { signedBytesOfVote, type Entry, type Justification, type SignedVote, type Vote } from '../../../src-shared/wire/index.ts';
import { VOTES_IN_MESSAGE_MAX } from '../../../src-shared/config/index.ts';
import { countLeave, countVote } from './ballot.ts';
import { czarOf } from './epoch.ts';
import { record, type Outbox } from './outbox.ts';
import { broadcast } from './send.ts';
import type { State } from './state.ts';

/**
 * Signs a promise and records it. It binds from now on; it counts and leaves this node when its record is durable (rule 7). A Final or a
 * Leave is recorded behind the QC1 that it rests on, so that a restarted voter never names a lower one.
 *
 * One sync per entry for a sole voter: its Notar is QC1 as soon as it is durable, and a record is never durable without those in front
 * of it, so the Final vote is recorded right behind the Notar. Whatever prefix a crash leaves is a state that rules 2 and 3 allow.
 */
export function cast(state: State, out: Outbox, vote: Vote): void {
  const epoch = state.epoch.number;
  if (vote.kind !== 'notar' && state.high !== null && state.epoch.quorum > 1)
    record(state, out, { type: 'certificate', epoch, certificate: state.high });
  const signature = state.crypto.sign(signedBytesOfVote(state.epoch.domain, vote));
  const signed: SignedVote = { voter: state.epoch.self, vote, signature };
  state.promises[vote.kind] = signed;
  if (vote.kind === 'leave') state.leaveHigh = state.high;
  const mark = record(state, out, { type: 'vote', epoch, signed });
  state.waiting.push({ mark, signed });
  if (vote.kind === 'notar' && state.epoch.quorum === 1) cast(state, out, { ...vote, kind: 'final' });
}

/** The promises up to `persisted` are on disk: let them out, and count them. The czar's Notar travels in its proposal. */
export function release(state: State, out: Outbox): void {
  const released: SignedVote[] = [];
  while (state.waiting.length > 0 && state.waiting[0]!.mark <= state.persisted) released.push(state.waiting.shift()!.signed);
  const votes = released.filter((signed) => !sendAsProposal(state, out, signed));
  for (let i = 0; i < votes.length; i += VOTES_IN_MESSAGE_MAX) sendVotes(state, out, votes.slice(i, i + VOTES_IN_MESSAGE_MAX));
  for (const signed of released) {
    if (signed.vote.kind === 'leave') countLeave(state, out, signed, state.leaveHigh);
    else countVote(state, out, signed);
  }
}

export function sendVotes(state: State, out: Outbox, votes: readonly SignedVote[]): void {
  const leaves = votes.some((signed) => signed.vote.kind === 'leave');
  broadcast(state, out, { type: 'votes', votes, high: leaves ? state.leaveHigh : null });
}

/** Sends the proposal that this own Notar signs; false when it signs none, or its entry or what justifies it is not needed any more. */
export function sendAsProposal(state: State, out: Outbox, signed: SignedVote): boolean {
  const { vote } = signed;
  if (vote.kind !== 'notar' || czarOf(state.epoch, vote.view) !== state.epoch.self) return false;
  const held = state.unfinal.get(vote.hash);
  const by = held === undefined ? null : justificationOf(state, held.entry);
  if (held === undefined || by === null) return false;
  broadcast(state, out, { type: 'proposal', entry: held.entry, czar: state.epoch.self, signature: signed.signature, by });
  state.timers.spokeAt = state.now;
  return true;
}

/** Rule 1: what entitles the czar to this entry, as far as it is still known here. */
function justificationOf(state: State, entry: Entry): Justification | null {
  if (entry.parentView === entry.view) {
    const certificate = state.ballots.get(`${entry.view}:${entry.height - 1}`)?.certificates.notar ?? state.high;
    return certificate?.hash === entry.parent ? { kind: 'chain', certificate } : null;
  }
  if (entry.view === 1) return { kind: 'base' };
  const certificate = state.leaveCertificate;
  return certificate?.view === entry.view - 1 ? { kind: 'leave', certificate } : null;
}
