import { announce, commit } from './commit.ts';
import type { Outbox } from './outbox.ts';
import { cast, release } from './promise.ts';
import { compareRank, type State } from './state.ts';

/**
 * Acts on what is known; every step ends here, whatever it brought.
 * 1. Promises that are durable count.
 * 2. Rule 3: Final for the highest QC1 of the present view.
 * 3. What is final is committed and given to the driver.
 */
export function advance(state: State, out: Outbox): void {
  release(state);
  voteFinal(state, out);
  commit(state, out);
  announce(state, out);
}

function voteFinal(state: State, out: Outbox): void {
  const { high } = state;
  if (state.standing.kind !== 'voting' || high === null || high.view !== state.view) return;
  const last = state.promises.final?.vote;
  if (last !== undefined && last.kind !== 'leave' && compareRank(last, high) >= 0) return;
  cast(state, out, { kind: 'final', view: high.view, height: high.height, hash: high.hash });
}
