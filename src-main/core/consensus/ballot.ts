import type { QuorumCertificate, SignedVote } from '../../../src-shared/wire/index.ts';
import { ballotAt, compareRank, type Ballot, type State } from './state.ts';

/** Counts a verified vote; forms the certificate when it completes a quorum. */
export function registerVote(state: State, signed: SignedVote): void {
  const { vote } = signed;
  if (vote.kind === 'leave') return;
  const ballot = ballotAt(state, vote);
  const votes = ballot.votes[vote.kind];
  if (votes[signed.voter] !== null) return;
  votes[signed.voter] = signed;
  if (ballot.certificates[vote.kind] === null) formCertificate(state, ballot, signed);
}

/** Takes in a verified certificate. */
export function registerCertificate(state: State, certificate: QuorumCertificate): void {
  const ballot = ballotAt(state, certificate);
  if (ballot.certificates[certificate.kind] !== null) return;
  ballot.certificates[certificate.kind] = certificate;
  if (certificate.kind === 'notar') {
    if (state.high === null || compareRank(certificate, state.high) > 0) state.high = certificate;
  } else if (certificate.height > state.tip.height) {
    if (state.pendingFinal === null || certificate.height > state.pendingFinal.height) state.pendingFinal = certificate;
  }
}

function formCertificate(state: State, ballot: Ballot, newest: SignedVote): void {
  const { vote } = newest;
  if (vote.kind === 'leave') return;
  const agreeing = ballot.votes[vote.kind].filter((signed): signed is SignedVote => signed !== null && sameHash(signed, vote.hash));
  if (agreeing.length < state.epoch.quorum) return;
  const votes = agreeing.map((signed) => ({ voter: signed.voter, signature: signed.signature }));
  registerCertificate(state, { kind: vote.kind, view: vote.view, height: vote.height, hash: vote.hash, votes });
}

function sameHash(signed: SignedVote, hash: string): boolean {
  return signed.vote.kind !== 'leave' && signed.vote.hash === hash;
}
