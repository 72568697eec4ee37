import { FETCH_MILLIS, FETCH_MILLIS_MAX } from '../../../src-shared/config/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { pathTo } from './commit.ts';
import type { Outbox } from './outbox.ts';
import { sendTo } from './send.ts';
import type { State } from './state.ts';

/** A peer that claims a higher final may only be quicker by a round trip. */
const AHEAD_MILLIS = 150;

/**
 * Asks one node after the other for what is missing here: the bodies below a certificate (its signers have them, rule 5), or finals that
 * others claim to have.
 */
export function fetchMissing(state: State, out: Outbox): void {
  const { timers, now } = state;
  const want = missing(state);
  const ahead = [...state.peers].filter(([, peer]) => peer.aheadSince !== null && now - peer.aheadSince > AHEAD_MILLIS);
  if (want === null && ahead.length === 0) {
    timers.fetchPause = FETCH_MILLIS;
    return;
  }
  if (now - timers.fetchedAt < timers.fetchPause) return;
  const signers =
    want === null ? [] : want.voters.filter((voter) => voter !== state.epoch.self).map((voter) => state.epoch.voters[voter]!.id);
  const targets = signers.length > 0 ? signers : ahead.map(([id]) => id);
  if (targets.length === 0) return;
  timers.fetchPause = timers.fetchedAt === -Infinity ? FETCH_MILLIS : Math.min(FETCH_MILLIS_MAX, timers.fetchPause * 1.5);
  timers.fetchedAt = now;
  sendTo(state, out, targets[timers.fetches++ % targets.length]!, { type: 'fetch', above: state.tip.height, want: want?.hash ?? null });
}

/** The certificate whose bodies are not all here. */
function missing(state: State): { readonly hash: Hash; readonly voters: readonly number[] } | null {
  for (const certificate of [state.deciding?.certificate, state.high]) {
    if (certificate === null || certificate === undefined || certificate.height <= state.tip.height) continue;
    if (pathTo(state, certificate.hash) === null) return { hash: certificate.hash, voters: certificate.votes.map((vote) => vote.voter) };
  }
  return null;
}
