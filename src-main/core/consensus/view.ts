import type { LeaveCertificate } from '../../../src-shared/wire/index.ts';
import { STANDSTILL_MILLIS_MIN } from '../../../src-shared/config/index.ts';
import { judgeLeave, leaveCertificateFor, takeCertificate } from './ballot.ts';
import { czarOf } from './epoch.ts';
import { record, type Outbox } from './outbox.ts';
import { cast } from './promise.ts';
import { leaveTriggerOf } from './quorum.ts';
import { highRank, type State } from './state.ts';

const LEAVINGS_KEPT = 16;

/** Rule 4: no Notar and no Final in `view` or below any more. Does nothing for who may not vote, or votes alone. */
export function leaveView(state: State, out: Outbox, view: number = state.view): void {
  const { kind } = state.standing;
  if (state.epoch.voters.length === 1) return;
  if ((kind !== 'voting' && kind !== 'left') || view < state.view || leftView(state) >= view) return;
  const { view: highView, height, hash } = highRank(state);
  cast(state, out, { kind: 'leave', view, high: { view: highView, height, hash } });
  state.timers.failedViews += 1;
  if (view > state.view) enterView(state, view);
  else resumeStanding(state);
}

/** Rule 4: q left `certificate.view`; the next czar leads. Verified before. */
export function openView(state: State, out: Outbox, certificate: LeaveCertificate): void {
  const view = certificate.view + 1;
  if (view < state.view || (state.leaveCertificate !== null && state.leaveCertificate.view >= certificate.view)) return;
  state.leaveCertificate = certificate;
  state.leavings.push(certificate);
  if (state.leavings.length > LEAVINGS_KEPT) state.leavings.shift();
  record(state, out, { type: 'leaveCertificate', epoch: state.epoch.number, certificate });
  if (certificate.high !== null) takeCertificate(state, out, certificate.high);
  judgeLeavers(state, out, certificate);
  if (view > state.view) enterView(state, view);
}

/** Compares the Leave votes of a verified certificate with what else their voters signed (rule 14). */
export function judgeLeavers(state: State, out: Outbox, certificate: LeaveCertificate): void {
  for (const { voter, high, signature } of certificate.votes)
    judgeLeave(state, out, { voter, vote: { kind: 'leave', view: certificate.view, high }, signature });
}

/** Rule 4: opens the next view when q have left one; leaves when n-q+1 others, or the czar itself, did. */
export function followLeavers(state: State, out: Outbox): void {
  const left = state.seen.map((seen) => seen.leave?.signed.vote.view ?? 0);
  for (const view of new Set(left)) {
    const certificate = view < state.view ? null : leaveCertificateFor(state, view);
    if (certificate !== null) openView(state, out, certificate);
  }
  const others = left.filter((_, voter) => voter !== state.epoch.self).sort((a, b) => b - a);
  const enough = others[leaveTriggerOf(state.epoch.voters.length) - 1] ?? 0;
  if (enough >= state.view) leaveView(state, out, enough);
  if (left[czarOf(state.epoch, state.view)] === state.view) leaveView(state, out);
}

/** A certificate shows that a quorum is in `view`. */
export function enterView(state: State, view: number): void {
  state.view = view;
  state.viewSince = state.now;
  state.timers.heardAt = state.now;
  state.timers.abreastAt = state.now;
  state.timers.progressAt = state.now;
  state.timers.spokeAt = -Infinity;
  restartStandstill(state);
  resumeStanding(state);
  forgetViewsBefore(state, view);
}

export function leftView(state: State): number {
  return state.promises.leave?.vote.view ?? 0;
}

/** The standing that the promises allow in the present view. */
export function resumeStanding(state: State): void {
  if (state.standing.kind === 'voting' || state.standing.kind === 'left')
    state.standing = { kind: leftView(state) >= state.view ? 'left' : 'voting' };
}

export function restartStandstill(state: State): void {
  state.timers.standstillPause = STANDSTILL_MILLIS_MIN;
  state.timers.standstillAt = state.now + STANDSTILL_MILLIS_MIN;
}

/** Votes of views that are gone decide nothing; the last one is kept for late Final votes. */
function forgetViewsBefore(state: State, view: number): void {
  for (const [key, ballot] of state.ballots) if (ballot.view < view - 1 && ballot.height > state.tip.height) state.ballots.delete(key);
}
