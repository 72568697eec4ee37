import type { Hash } from '../../../src-shared/units/index.ts';
import { encodeNextEpoch, type Entry, type NextEpochBody } from '../../../src-shared/wire/index.ts';
import { mayPropose, ownTip, propose } from './czar.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';

/** Rule 1: the czar's next entry on its tip, with its own Notar. Null when this replica may not propose now. */
export function onPropose(
  state: State,
  out: Outbox,
  offer: { readonly payload: Uint8Array; readonly stateRoot: Hash; readonly next?: NextEpochBody },
): Entry | null {
  if (!mayPropose(state)) return null;
  const parent = ownTip(state)?.entry ?? state.tip;
  const body =
    offer.next === undefined
      ? ({ kind: 'normal', payload: offer.payload, stateRoot: offer.stateRoot } as const)
      : ({ kind: 'epochEnd', payload: encodeNextEpoch(offer.next), stateRoot: parent.stateRoot } as const);
  const held = propose(state, out, parent, body);
  held.check = 'ok';
  state.shown.push(held);
  return held.entry;
}
