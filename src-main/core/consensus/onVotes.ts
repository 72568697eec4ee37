import type { AgreementMessage, QuorumCertificate, SignedVote } from '../../../src-shared/wire/index.ts';
import { countLeave, countVote, isCounted } from './ballot.ts';
import type { Outbox } from './outbox.ts';
import { compareRank, type State } from './state.ts';
import { isKnownCertificate, mayCount } from './trust.ts';

/** A voter's own votes; those of others travel in certificates only. */
export function onVotes(state: State, out: Outbox, from: string, message: AgreementMessage & { readonly type: 'votes' }): void {
  for (const signed of message.votes) {
    if (state.epoch.voters[signed.voter]?.id !== from || isCounted(state, signed)) continue;
    if (signed.vote.kind === 'leave') onLeave(state, out, signed, message.high);
    else if (mayCount(state, signed)) countVote(state, out, signed);
  }
}

/** Rule 4: counts only with the QC1 that it names, so that a leave certificate can always show its highest. */
function onLeave(state: State, out: Outbox, signed: SignedVote, high: QuorumCertificate | null): void {
  const { vote } = signed;
  if (vote.kind !== 'leave' || !mayCount(state, signed)) return;
  const { base } = state.epoch.record;
  if (vote.high.view === 0) {
    if (vote.high.hash === base.hash && vote.high.height === base.height) countLeave(state, out, signed, null);
    return;
  }
  const named = high !== null && high.kind === 'notar' && compareRank(high, vote.high) === 0 && high.hash === vote.high.hash;
  if (named && isKnownCertificate(state, high)) countLeave(state, out, signed, high);
}
