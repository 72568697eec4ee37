import {
  COMMAND_PATIENCE_MILLIS,
  FENCE_MILLIS,
  HEARTBEAT_MILLIS,
  PATIENCE_MILLIS_MAX,
  PING_MILLIS,
  STANDSTILL_MILLIS_MAX,
  SUSPICION_CLOSED_MILLIS,
  SUSPICION_MILLIS_MAX,
  SUSPICION_MILLIS_MIN,
  SUSPICION_SLACK_MILLIS,
} from '../../../src-shared/config/index.ts';
import { isCertified, isCzar, ownTip } from './czar.ts';
import { czarOf } from './epoch.ts';
import type { Outbox } from './outbox.ts';
import { sendAsProposal, sendVotes } from './promise.ts';
import { broadcast, sendTo } from './send.ts';
import { peerOf, type Peer, type State } from './state.ts';
import { leaveView } from './view.ts';

/** Before anything was measured: a link across a country. */
const ROUND_TRIP_UNKNOWN = { smoothed: 100, variance: 50 };

/** A valid sign of the present view's czar. */
export function heardOfCzar(state: State, from: string, view: number): void {
  if (view !== state.view || from !== czarId(state)) return;
  state.timers.heardAt = state.now;
  peerOf(state, from).connected = true;
}

/** Smoothed round trip and its variance, as TCP does it (RFC 6298). */
export function measureRoundTrip(peer: Peer, sample: number): void {
  const known = peer.roundTrip;
  if (known === null) {
    peer.roundTrip = { smoothed: sample, variance: sample / 2 };
    return;
  }
  const variance = 0.75 * known.variance + 0.25 * Math.abs(known.smoothed - sample);
  peer.roundTrip = { smoothed: 0.875 * known.smoothed + 0.125 * sample, variance };
}

/** Rule 9: the silence of the czar after which a voter leaves. */
export function suspicionMillis(state: State): number {
  const peer = peerOf(state, czarId(state));
  if (!peer.connected) return SUSPICION_CLOSED_MILLIS;
  const { smoothed, variance } = peer.roundTrip ?? ROUND_TRIP_UNKNOWN;
  const wanted = 4 * smoothed + 4 * variance + SUSPICION_SLACK_MILLIS;
  return patience(state, Math.min(SUSPICION_MILLIS_MAX, Math.max(SUSPICION_MILLIS_MIN, wanted)));
}

/** Rule 9: the time without progress, with something unfinished, after which a voter leaves although the czar speaks. */
export function stallMillis(state: State): number {
  return patience(state, 2 * SUSPICION_MILLIS_MIN);
}

/** Doubles with every round of views in which nothing became final, so that any finite delay is waited for in the end (L4). */
function patience(state: State, millis: number): number {
  const rounds = Math.min(10, Math.floor(state.timers.failedViews / state.epoch.voters.length));
  return Math.min(PATIENCE_MILLIS_MAX, millis * 2 ** rounds);
}

/** Something that this voter waits for is not final. */
export function isUnfinished(state: State): boolean {
  const { tip, high, promises, epoch } = state;
  if (state.deciding !== null || (high !== null && high.height > tip.height)) return true;
  if (promises.notar?.vote.kind === 'notar' && promises.notar.vote.view === state.view && promises.notar.vote.height > tip.height)
    return true;
  return state.view > 1 && (tip.epoch === epoch.number ? tip.view : 0) < state.view;
}

/** Rule 9. */
export function suspect(state: State, out: Outbox): void {
  if (state.standing.kind !== 'voting') return;
  const { now, timers } = state;
  const stalled = now - timers.progressAt > stallMillis(state);
  if (isCzar(state)) {
    if (stalled) leaveView(state, out);
    return;
  }
  const silent = now - timers.heardAt > suspicionMillis(state);
  // A czar that speaks and does not hear would keep the group waiting for ever.
  const deaf = now - timers.abreastAt > stallMillis(state);
  if (silent || stalled || deaf || ignoresCommand(state)) leaveView(state, out);
}

function ignoresCommand(state: State): boolean {
  for (const seenAt of state.commands.values())
    return state.now - Math.max(seenAt, state.viewSince) > patience(state, COMMAND_PATIENCE_MILLIS);
  return false;
}

/** Rule 8. */
export function heartbeat(state: State, out: Outbox): void {
  if (!isCzar(state) || state.now - state.timers.spokeAt < HEARTBEAT_MILLIS) return;
  state.timers.spokeAt = state.now;
  broadcast(state, out, { type: 'heartbeat', view: state.view, finalHeight: state.tip.height });
}

/** Rule 8: whether the own newest proposal waits too long for its certificate. */
export function fence(state: State, out: Outbox): void {
  const tip = isCzar(state) ? ownTip(state) : null;
  const fenced = tip !== null && !isCertified(state, tip) && state.now - tip.seenAt > FENCE_MILLIS;
  if (fenced === state.fenced) return;
  state.fenced = fenced;
  out.events.push({ type: 'fenced', fenced });
}

/** Round trips, heights and views: between all voters; who does not vote asks one voter after the other. Whether it was time. */
export function ping(state: State, out: Outbox): boolean {
  if (state.now - state.timers.pingedAt < PING_MILLIS) return false;
  state.timers.pingedAt = state.now;
  const { height: finalHeight, hash: finalHash } = state.tip;
  const message = { type: 'ping', sent: Math.floor(state.now), view: state.view, finalHeight, finalHash } as const;
  const { voters, self } = state.epoch;
  if (self === -1) sendTo(state, out, voters[state.timers.pings++ % voters.length]!.id, message);
  else broadcast(state, out, message);
  return true;
}

/** Rule 6: with something unfinished and no progress, what others may lack is sent again, with growing pauses. */
export function standstill(state: State, out: Outbox): void {
  const { timers, now } = state;
  if (state.standing.kind !== 'left' && !(state.standing.kind === 'voting' && isUnfinished(state))) return;
  if (now < timers.standstillAt) return;
  timers.standstillPause = Math.min(STANDSTILL_MILLIS_MAX, timers.standstillPause * 2);
  timers.standstillAt = now + timers.standstillPause;
  if (state.leaveCertificate?.view === state.view - 1)
    broadcast(state, out, { type: 'leaveCertificate', certificate: state.leaveCertificate });
  if (state.high !== null) broadcast(state, out, { type: 'certificate', certificate: state.high });
  const { notar, final, leave } = state.promises;
  const durable = [notar, final, leave].filter(
    (signed) => signed !== null && signed.vote.view === state.view && !state.waiting.some((waiting) => waiting.signed === signed),
  );
  const votes = durable.filter((signed) => signed !== null && !sendAsProposal(state, out, signed));
  if (votes.length > 0)
    sendVotes(
      state,
      out,
      votes.filter((signed) => signed !== null),
    );
}

function czarId(state: State): string {
  return state.epoch.voters[czarOf(state.epoch, state.view)]!.id;
}
