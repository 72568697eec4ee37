import { TALLY_HEIGHTS_MAX, TALLY_VIEWS_MAX } from '../../../src-shared/config/index.ts';
import type { LeaveCertificate, QuorumCertificate, SignedVote } from '../../../src-shared/wire/index.ts';
import { isCounted } from './ballot.ts';
import type { State } from './state.ts';
import { verifyLeaveCertificate, verifyQuorumCertificate, verifyVote } from './verify.ts';

/** How far below the final tip a vote still matters: only as evidence. */
const LATE_HEIGHTS = 64;

/** A vote of this epoch, near enough to count, with a valid signature. Bounds what a liar can make this node keep (S13). */
export function mayCount(state: State, signed: SignedVote): boolean {
  const { vote } = signed;
  if (state.epoch.voters[signed.voter] === undefined) return false;
  if (vote.kind === 'leave') return vote.view + 1 >= state.view && verifyVote(state.epoch, signed, state.crypto);
  if (vote.view + 1 < state.view || vote.view > state.view + TALLY_VIEWS_MAX) return false;
  return isNear(state, vote.height) && verifyVote(state.epoch, signed, state.crypto);
}

/** Valid, whether seen before or verified now. Spares the signatures that were verified as single votes. */
export function isKnownCertificate(state: State, certificate: QuorumCertificate): boolean {
  const { kind, view, height, hash } = certificate;
  if (state.ballots.get(`${view}:${height}`)?.certificates[kind]?.hash === hash) return true;
  return (
    height + LATE_HEIGHTS > state.tip.height &&
    verifyQuorumCertificate(state.epoch, certificate, state.crypto, (signed) => isCountedExactly(state, signed))
  );
}

export function isKnownLeave(state: State, certificate: LeaveCertificate): boolean {
  return verifyLeaveCertificate(state.epoch, certificate, state.crypto);
}

/** The same vote under the same signature bytes. */
function isCountedExactly(state: State, signed: SignedVote): boolean {
  const { vote } = signed;
  if (vote.kind === 'leave' || !isCounted(state, signed)) return false;
  const known = state.ballots.get(`${vote.view}:${vote.height}`)?.votes[vote.kind][signed.voter];
  return known !== null && known !== undefined && known.signature.every((byte, i) => byte === signed.signature[i]);
}

function isNear(state: State, height: number): boolean {
  const highest = Math.max(state.tip.height, state.high?.height ?? 0, state.deciding?.height ?? 0);
  return height + LATE_HEIGHTS > state.tip.height && height <= highest + TALLY_HEIGHTS_MAX;
}
