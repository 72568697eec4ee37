import { BOOTS_REMEMBERED_MAX, FETCH_MILLIS } from '../../../src-shared/config/index.ts';
import { equalBytes, toHex } from '../../../src-shared/units/index.ts';
import type { AgreementMessage, Promised } from '../../../src-shared/wire/index.ts';
import { record, type Outbox } from './outbox.ts';
import { answersNeeded } from './quorum.ts';
import { signStatement } from './refuse.ts';
import { broadcast, sendTo } from './send.ts';
import { compareRank, peerOf, type Peer, type State } from './state.ts';
import { leftView } from './view.ts';

/** Rule 11: a restarted voter asks until enough others have answered. */
export function ask(state: State, out: Outbox): void {
  const { standing, boot } = state;
  if (standing.kind !== 'asking' || state.now - standing.askedAt < FETCH_MILLIS) return;
  standing.askedAt = state.now;
  broadcast(state, out, { type: 'statement', signed: signStatement(state, { kind: 'ask', boot }) });
}

/** Answers with the highest promises of the asker that were seen here. From now on messages of its earlier runs are dropped. */
export function onAsk(state: State, out: Outbox, from: string, voter: number, boot: Uint8Array): void {
  retireBoot(peerOf(state, from), toHex(boot));
  const { notar, final, leave } = state.seen[voter]!;
  const promised = { notar, final: final?.vote.kind === 'final' ? final.vote : null, leave: leave?.signed.vote.view ?? 0 };
  sendTo(state, out, from, { type: 'answer', boot, promised });
}

function retireBoot(peer: Peer, boot: string): void {
  if (peer.boot === boot || peer.oldBoots.includes(boot)) return;
  if (peer.boot !== null) peer.oldBoots.push(peer.boot);
  if (peer.oldBoots.length > BOOTS_REMEMBERED_MAX) peer.oldBoots.shift();
  peer.boot = boot;
}

/** An answer that shows a promise above the own log proves the loss, however late it comes. */
export function onAnswer(state: State, out: Outbox, from: string, message: AgreementMessage & { readonly type: 'answer' }): void {
  const isVoter = state.epoch.voters.some((voter) => voter.id === from);
  if (!isVoter || state.epoch.self === -1 || !equalBytes(message.boot, state.boot) || state.standing.kind === 'following') return;
  if (showsLoss(state, message.promised)) {
    admitLoss(state, out);
    return;
  }
  if (state.standing.kind !== 'asking') return;
  state.standing.answers.add(from);
  if (state.standing.answers.size < answersNeeded(state.epoch.voters.length)) return;
  state.standing = { kind: leftView(state) >= state.view ? 'left' : 'voting' };
  state.timers.heardAt = state.now;
  state.timers.abreastAt = state.now;
  state.timers.progressAt = state.now;
}

function showsLoss(state: State, promised: Promised): boolean {
  const { notar, final } = state.promises;
  const above = (seen: Promised['notar'], own: typeof notar): boolean =>
    seen !== null && (own === null || own.vote.kind === 'leave' || compareRank(seen, own.vote) > 0);
  return above(promised.notar, notar) || above(promised.final, final) || promised.leave > leftView(state);
}

/** This node votes again when an epoch admits its next incarnation. */
function admitLoss(state: State, out: Outbox): void {
  state.incarnation = state.epoch.voters[state.epoch.self]!.incarnation + 1;
  state.standing = { kind: 'following' };
  record(state, out, { type: 'incarnation', incarnation: state.incarnation });
  out.events.push({ type: 'diskLost', incarnation: state.incarnation });
}
