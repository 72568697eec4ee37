import { FETCH_MILLIS } from '../../../src-shared/config/index.ts';
import { equalBytes } from '../../../src-shared/units/index.ts';
import type { AgreementMessage, Promised } from '../../../src-shared/wire/index.ts';
import { record, type Outbox } from './outbox.ts';
import { answersNeeded } from './quorum.ts';
import { broadcast, sendTo } from './send.ts';
import { compareRank, type State } from './state.ts';
import { leftView } from './view.ts';

/** Rule 11: a restarted voter asks until enough others have answered. */
export function ask(state: State, out: Outbox): void {
  const { standing } = state;
  if (standing.kind !== 'asking' || state.now - standing.askedAt < FETCH_MILLIS) return;
  standing.askedAt = state.now;
  broadcast(state, out, { type: 'ask' });
}

/** The highest promises of the asker that were seen here. From now on only votes of its present run count (`onMessage.ts`). */
export function onAsk(state: State, out: Outbox, from: string, boot: Uint8Array): void {
  const asker = state.epoch.voters.findIndex((voter) => voter.id === from);
  const seen = state.seen[asker];
  const promised: Promised =
    seen === undefined
      ? { notar: null, final: null, leave: 0 }
      : {
          notar: seen.notar,
          final: seen.final?.vote.kind === 'final' ? seen.final.vote : null,
          leave: seen.leave?.signed.vote.view ?? 0,
        };
  sendTo(state, out, from, { type: 'answer', boot, promised, finalHeight: state.tip.height });
}

/**
 * An answer of the same epoch that shows a promise above the own log proves the loss, however late it comes. Who is in an older epoch has seen
 * no promise of this one; who is in a later one must be caught up with first.
 */
export function onAnswer(
  state: State,
  out: Outbox,
  from: string,
  epoch: number,
  message: AgreementMessage & { readonly type: 'answer' },
): void {
  const voter = state.epoch.voters.findIndex((known) => known.id === from);
  if (voter === -1 || state.epoch.self === -1 || !equalBytes(message.boot, state.boot) || epoch > state.epoch.number) return;
  if (state.standing.kind === 'following') return;
  if (epoch === state.epoch.number && showsLoss(state, message.promised)) {
    admitLoss(state, out);
    return;
  }
  if (state.standing.kind !== 'asking') return;
  state.standing.answers.add(from);
  if (state.standing.answers.size < answersNeeded(state.epoch.voters.length)) return;
  state.standing = { kind: leftView(state) >= state.view ? 'left' : 'voting' };
  state.timers.heardAt = state.now;
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
