import type { AgreementMessage } from '../../../src-shared/wire/index.ts';
import { compareFinals } from './fork.ts';
import type { Outbox } from './outbox.ts';
import { sendTo } from './send.ts';
import { peerOf, type State } from './state.ts';
import { heardOfCzar, measureRoundTrip } from './timing.ts';

/** Rule 8. */
export function onHeartbeat(state: State, from: string, message: AgreementMessage & { readonly type: 'heartbeat' }): void {
  noteHeight(state, from, message.finalHeight);
  if (message.finalHeight >= state.tip.height) state.timers.abreastAt = state.now;
  heardOfCzar(state, from, message.view);
}

/** Answers, and brings a node that lags a view to this one. */
export function onPing(
  state: State,
  out: Outbox,
  from: string,
  epoch: number,
  message: AgreementMessage & { readonly type: 'ping' },
): void {
  noteHeight(state, from, message.finalHeight);
  compareFinals(state, out, from, message);
  const { height: finalHeight, hash: finalHash } = state.tip;
  sendTo(state, out, from, { type: 'pong', sent: message.sent, view: state.view, finalHeight, finalHash });
  if (epoch !== state.epoch.number || message.view >= state.view) return;
  const { leaveCertificate, high } = state;
  if (leaveCertificate?.view === state.view - 1) sendTo(state, out, from, { type: 'leaveCertificate', certificate: leaveCertificate });
  else if (high?.view === state.view) sendTo(state, out, from, { type: 'certificate', certificate: high });
}

export function onPong(state: State, from: string, message: AgreementMessage & { readonly type: 'pong' }): void {
  noteHeight(state, from, message.finalHeight);
  const isVoter = state.epoch.voters.some((voter) => voter.id === from);
  if (isVoter && message.sent <= state.now) measureRoundTrip(peerOf(state, from), state.now - message.sent);
}

/** What a node claims to hold as final: a reason to ask it, nothing more. */
function noteHeight(state: State, from: string, finalHeight: number): void {
  const peer = state.peers.get(from);
  if (peer === undefined) return;
  peer.finalHeight = finalHeight;
  if (finalHeight <= state.tip.height) peer.aheadSince = null;
  else peer.aheadSince ??= state.now;
}
