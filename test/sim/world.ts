import type { LogEntry } from '../../src-main/core/consensus/index.ts';
import { concat, fromHex, toHex, toUtf8, type Hash } from '../../src-shared/units/index.ts';
import { digest } from './stub-crypto.ts';

/** What the driver keeps of the state at one height. */
export interface WorldState {
  readonly height: number;
  readonly root: Hash;
  /** Commands executed so far. */
  readonly executed: number;
}

export const GENESIS: WorldState = { height: 0, root: toHex(digest(toUtf8('an empty world'))) as Hash, executed: 0 };

/** A trivial replicated state machine in the world's place: the root is a hash over everything that was executed. */
export function execute(state: WorldState, entry: Pick<LogEntry, 'kind' | 'payload'>): WorldState {
  if (entry.kind !== 'normal') return { ...state, height: state.height + 1 };
  const root = toHex(digest(concat([fromHex(state.root), entry.payload]))) as Hash;
  return { height: state.height + 1, root, executed: state.executed + commandsIn(entry.payload).length };
}

export function payloadOf(commands: readonly string[]): Uint8Array {
  return toUtf8(commands.join(' '));
}

export function commandsIn(payload: Uint8Array): readonly string[] {
  return payload.length === 0 ? [] : Buffer.from(payload).toString('utf8').split(' ');
}
