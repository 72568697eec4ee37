import { reportSnapshot } from './onStatement.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { heartbeat, ping, standstill, suspect } from './timing.ts';

/** Everything that happens because time has passed. */
export function onTick(state: State, out: Outbox): void {
  if (ping(state, out)) reportSnapshot(state, out);
  suspect(state, out);
  heartbeat(state, out);
  standstill(state, out);
}
