import type { LeaveCertificate, QuorumCertificate, SignedVote, Vote } from '../../../src-shared/wire/index.ts';
import { accuse } from './evidence.ts';
import type { Outbox } from './outbox.ts';
import { ballotAt, breaksLeave, compareRank, type Ballot, type State } from './state.ts';

/** Whether this very vote was counted already, so that its signature need not be verified again. */
export function isCounted(state: State, signed: SignedVote): boolean {
  const { vote } = signed;
  if (vote.kind === 'leave') return sameVote(state.seen[signed.voter]?.leave?.signed, vote);
  return sameVote(state.ballots.get(`${vote.view}:${vote.height}`)?.votes[vote.kind][signed.voter], vote);
}

/** Counts a verified Notar or Final vote; forms the certificate when it completes a quorum. A second vote on a rank is evidence (rule 14). */
export function countVote(state: State, out: Outbox, signed: SignedVote): void {
  const { vote } = signed;
  if (vote.kind === 'leave') return;
  const ballot = ballotAt(state, vote);
  const votes = ballot.votes[vote.kind];
  const counted = votes[signed.voter]!;
  if (counted !== null) {
    if (!sameVote(counted, vote)) accuse(state, out, { kind: `${vote.kind}-twice`, first: counted, second: signed });
    return;
  }
  votes[signed.voter] = signed;
  noteSeen(state, out, signed);
  if (ballot.certificates[vote.kind] === null) formCertificate(state, ballot, signed);
}

/** Takes in a verified certificate: every vote in it, and the certificate itself. */
export function takeCertificate(state: State, out: Outbox, certificate: QuorumCertificate): void {
  const { kind, view, height, hash } = certificate;
  const ballot = ballotAt(state, certificate);
  // One that is known already may come under signatures that nobody verified.
  if (ballot.certificates[kind]?.hash === hash) return;
  for (const { voter, signature } of certificate.votes) countVote(state, out, { voter, vote: { kind, view, height, hash }, signature });
  if (ballot.certificates[kind] === null) certify(state, ballot, certificate);
}

/** Counts a verified Leave with the verified QC1 that it names; a voter's newest is kept. */
export function countLeave(state: State, out: Outbox, signed: SignedVote, high: QuorumCertificate | null): void {
  const seen = state.seen[signed.voter]!;
  judgeLeave(state, out, signed);
  if (seen.leave === null || seen.leave.signed.vote.view < signed.vote.view) seen.leave = { signed, high };
}

/** Compares a verified Leave with what else its voter signed. */
export function judgeLeave(state: State, out: Outbox, signed: SignedVote): void {
  const { leave } = state.seen[signed.voter]!;
  if (leave !== null && leave.signed.vote.view === signed.vote.view && !sameVote(leave.signed, signed.vote))
    accuse(state, out, { kind: 'leave-twice', first: leave.signed, second: signed });
  for (const { votes } of state.ballots.values()) {
    const final = votes.final[signed.voter];
    if (final !== null && final !== undefined && breaksLeave(final.vote, signed.vote))
      accuse(state, out, { kind: 'final-after-leave', first: final, second: signed });
  }
}

/** The q Leave votes of `view` that are known, as a certificate; null while there are fewer. */
export function leaveCertificateFor(state: State, view: number): LeaveCertificate | null {
  const votes: { voter: number; high: QuorumCertificate | null; signed: SignedVote }[] = [];
  for (const [voter, seen] of state.seen.entries()) {
    if (seen.leave?.signed.vote.view === view) votes.push({ voter, high: seen.leave.high, signed: seen.leave.signed });
  }
  if (votes.length < state.epoch.quorum) return null;
  let high: QuorumCertificate | null = null;
  for (const vote of votes) if (vote.high !== null && (high === null || compareRank(vote.high, high) > 0)) high = vote.high;
  const flat = votes.flatMap(({ voter, signed }) =>
    signed.vote.kind === 'leave' ? [{ voter, high: rankOf(signed.vote.high), signature: signed.signature }] : [],
  );
  return { view, votes: flat, high };
}

function certify(state: State, ballot: Ballot, certificate: QuorumCertificate): void {
  ballot.certificates[certificate.kind] = certificate;
  state.timers.progressAt = state.now;
  if (certificate.kind === 'notar') {
    if (state.high === null || compareRank(certificate, state.high) > 0) state.high = certificate;
    return;
  }
  const { hash, height } = certificate;
  if (height > state.tip.height && (state.deciding === null || height > state.deciding.height))
    state.deciding = { hash, height, beyond: [], certificate };
}

function formCertificate(state: State, ballot: Ballot, newest: SignedVote): void {
  const { vote } = newest;
  if (vote.kind === 'leave') return;
  const agreeing = ballot.votes[vote.kind].filter((signed): signed is SignedVote => signed !== null && sameVote(signed, vote));
  if (agreeing.length < state.epoch.quorum) return;
  const votes = agreeing.map((signed) => ({ voter: signed.voter, signature: signed.signature }));
  certify(state, ballot, { kind: vote.kind, view: vote.view, height: vote.height, hash: vote.hash, votes });
}

function noteSeen(state: State, out: Outbox, signed: SignedVote): void {
  const seen = state.seen[signed.voter]!;
  const { vote } = signed;
  if (vote.kind === 'notar' && (seen.notar === null || compareRank(vote, seen.notar) > 0)) seen.notar = vote;
  if (vote.kind === 'final') {
    if (seen.final === null || (seen.final.vote.kind === 'final' && compareRank(vote, seen.final.vote) > 0)) seen.final = signed;
    if (seen.leave !== null && breaksLeave(vote, seen.leave.signed.vote))
      accuse(state, out, { kind: 'final-after-leave', first: signed, second: seen.leave.signed });
  }
}

function sameVote(known: SignedVote | null | undefined, vote: Vote): boolean {
  if (known === null || known === undefined || known.vote.kind !== vote.kind || known.vote.view !== vote.view) return false;
  if (known.vote.kind === 'leave')
    return vote.kind === 'leave' && compareRank(known.vote.high, vote.high) === 0 && known.vote.high.hash === vote.high.hash;
  return vote.kind !== 'leave' && known.vote.height === vote.height && known.vote.hash === vote.hash;
}

function rankOf(high: { readonly view: number; readonly height: number; readonly hash: QuorumCertificate['hash'] }): typeof high {
  return { view: high.view, height: high.height, hash: high.hash };
}
