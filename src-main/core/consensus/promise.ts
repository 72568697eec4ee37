import { signedBytesOfVote, type SignedVote, type Vote } from '../../../src-shared/wire/index.ts';
import { registerVote } from './ballot.ts';
import { record, type Outbox } from './outbox.ts';
import type { State } from './state.ts';

/**
 * Signs a promise and records it. It binds from now on; it counts and leaves this node when its record is durable (rule 7).
 *
 * One sync per entry for a sole voter: its Notar is QC1 as soon as it is durable, and a record is never durable without those in front
 * of it, so the Final vote is recorded right behind the Notar. Whatever prefix a crash leaves is a state that rules 2 and 3 allow.
 */
export function cast(state: State, out: Outbox, vote: Vote): void {
  const signature = state.crypto.sign(signedBytesOfVote(state.epoch.domain, vote));
  const signed: SignedVote = { voter: state.epoch.self, vote, signature };
  state.promises[vote.kind] = signed;
  const mark = record(state, out, { type: 'vote', epoch: state.epoch.number, signed });
  state.waiting.push({ mark, signed });
  if (vote.kind === 'notar' && state.epoch.quorum === 1) cast(state, out, { ...vote, kind: 'final' });
}

/** The promises up to `persisted` are on disk: count them, and let them out. */
export function release(state: State): void {
  while (state.waiting.length > 0 && state.waiting[0]!.mark <= state.persisted) {
    const { signed } = state.waiting.shift()!;
    registerVote(state, signed);
  }
}
