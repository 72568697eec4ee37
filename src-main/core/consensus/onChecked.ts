import type { ReplicaInput } from './door.ts';
import type { Outbox } from './outbox.ts';
import { refuse } from './refuse.ts';
import type { State } from './state.ts';

/** Rule 16: what the driver found when it executed an entry. A refusal, or another root, is the end of this view for this voter. */
export function onChecked(state: State, out: Outbox, input: ReplicaInput & { readonly type: 'checked' }): void {
  const held = state.shown.find((shown) => shown.entry.hash === input.entry);
  if (held === undefined || held.check !== 'asked') return;
  const { result } = input;
  if (result.ok && result.stateRoot === held.entry.stateRoot) held.check = 'ok';
  else refuse(state, out, held, { code: result.ok ? 'agreement.roots-differ' : result.code, stateRoot: result.stateRoot });
}
