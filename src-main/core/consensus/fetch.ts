import { FETCH_MILLIS, FETCH_MILLIS_MAX } from '../../../src-shared/config/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { pathTo } from './commit.ts';
import type { Outbox } from './outbox.ts';
import { sendTo } from './send.ts';
import type { Peer, State } from './state.ts';

/** A peer that claims a higher final may only be quicker by a round trip. */
const AHEAD_MILLIS = 150;

/**
 * Asks one node after the other for what is missing here: the bodies below a certificate (its signers have them, rule 5), or finals that
 * others claim to have.
 */
export function fetchMissing(state: State, out: Outbox): void {
  const { timers, now } = state;
  const want = missing(state);
  const ahead = [...state.peers].filter(([, peer]) => isAhead(state, peer));
  if (want === null && ahead.length === 0) {
    timers.fetchPause = FETCH_MILLIS;
    return;
  }
  if (now - timers.fetchedAt < timers.fetchPause) return;
  // Signers may be dead, and this node may be one of them: after them whoever claims to be ahead is asked.
  const signers =
    want === null ? [] : want.voters.filter((voter) => voter !== state.epoch.self).map((voter) => state.epoch.voters[voter]!.id);
  const targets = [...new Set([...signers, ...ahead.map(([id]) => id)])];
  if (targets.length === 0) return;
  timers.fetchPause = timers.fetchedAt === -Infinity ? FETCH_MILLIS : Math.min(FETCH_MILLIS_MAX, timers.fetchPause * 1.5);
  timers.fetchedAt = now;
  sendTo(state, out, targets[timers.fetches++ % targets.length]!, { type: 'fetch', above: state.tip.height, want: want?.hash ?? null });
}

/** Somebody speaks in a later epoch; the voters of this one may all be gone. */
export function askAcrossEpochs(state: State, out: Outbox, from: string): void {
  if (state.now - state.timers.fetchedAt < FETCH_MILLIS) return;
  state.timers.fetchedAt = state.now;
  sendTo(state, out, from, { type: 'fetch', above: state.tip.height, want: null });
}

function isAhead(state: State, peer: Peer): boolean {
  return peer.finalHeight > state.tip.height && peer.aheadSince !== null && state.now - peer.aheadSince > AHEAD_MILLIS;
}

/** The certificate whose bodies are not all here. */
function missing(state: State): { readonly hash: Hash; readonly voters: readonly number[] } | null {
  for (const certificate of [state.deciding?.certificate, state.high]) {
    if (certificate === null || certificate === undefined || certificate.height <= state.tip.height) continue;
    if (pathTo(state, certificate.hash) === null) return { hash: certificate.hash, voters: certificate.votes.map((vote) => vote.voter) };
  }
  return null;
}
