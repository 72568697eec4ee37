import type { Hash } from '../../../src-shared/units/index.ts';
import { signedBytesOfStatement, type SignedStatement, type Statement } from '../../../src-shared/wire/index.ts';
import type { Outbox } from './outbox.ts';
import { broadcast } from './send.ts';
import { leaveTriggerOf } from './quorum.ts';
import type { Held, State } from './state.ts';
import { leaveView } from './view.ts';

/** Rule 16: says with its own root that it does not agree, and leaves the view. */
export function refuse(state: State, out: Outbox, held: Held, found: { readonly code: string; readonly stateRoot: Hash | null }): void {
  held.check = 'refused';
  const { view, height, hash } = held.entry;
  const signed = signStatement(state, { kind: 'refuse', view, height, hash, stateRoot: found.stateRoot, code: found.code });
  broadcast(state, out, { type: 'statement', signed });
  leaveView(state, out);
  noteRefusal(state, out, view, state.epoch.self);
}

/** A view counts as refused when this voter refused in it, or n-q+1 did. After n of them without a final entry that changes anything, freeze. */
export function noteRefusal(state: State, out: Outbox, view: number, voter: number): void {
  const voters = state.refusals.get(view) ?? new Set<number>();
  voters.add(voter);
  state.refusals.set(view, voters);
  const size = state.epoch.voters.length;
  const counts = (by: ReadonlySet<number>): boolean => by.has(state.epoch.self) || by.size >= leaveTriggerOf(size);
  const failed = [...state.refusals.values()].filter(counts).length;
  if (failed < size || (state.standing.kind !== 'voting' && state.standing.kind !== 'left')) return;
  freeze(state, out, 'agreement.roots-differ');
}

export function freeze(state: State, out: Outbox, reason: string): void {
  if (state.standing.kind === 'frozen') return;
  state.standing = { kind: 'frozen', reason };
  out.events.push({ type: 'frozen', reason });
}

export function signStatement(state: State, statement: Statement): SignedStatement {
  const signature = state.crypto.sign(signedBytesOfStatement(state.epoch.domain, statement));
  return { voter: state.epoch.self, statement, signature };
}
