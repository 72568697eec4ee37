import { buildEntry, encodeNextEpoch, type Entry, type EntryKind, type NextEpochBody } from '../../../src-shared/wire/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { UNFINAL_ENTRIES_MAX } from '../../../src-shared/config/index.ts';
import { czarOf } from './epoch.ts';
import { record, type Outbox } from './outbox.ts';
import { cast } from './promise.ts';
import type { Held, State } from './state.ts';

/** Rule 1: the czar's next entry on its tip, with its own Notar. Null when this replica may not propose now. */
export function onPropose(
  state: State,
  out: Outbox,
  offer: { readonly payload: Uint8Array; readonly stateRoot: Hash; readonly next?: NextEpochBody },
): Entry | null {
  if (!mayPropose(state)) return null;
  const payload = offer.next === undefined ? offer.payload : encodeNextEpoch(offer.next);
  const held = propose(state, out, { kind: offer.next === undefined ? 'normal' : 'epochEnd', payload, stateRoot: offer.stateRoot });
  held.check = 'ok';
  state.shown.push(held);
  return held.entry;
}

export function isCzar(state: State): boolean {
  return state.standing.kind === 'voting' && czarOf(state.epoch, state.view) === state.epoch.self;
}

/** Entries above the announced final that this replica would build on, newest last; null when it may not build at all. */
export function mayPropose(state: State): boolean {
  if (!isCzar(state)) return false;
  const tip = ownTip(state);
  if (tip === null) return state.view === 1 && state.announced === state.tip.height && state.shown.length === 0;
  if (!isCertified(state, tip) || endsEpoch(tip.entry.kind)) return false;
  const executed = tip.proof === null ? state.shown.at(-1) === tip : state.tip.hash === tip.entry.hash && state.shown.length === 0;
  return executed && state.shown.every((held) => held.check === 'ok') && unfinalCount(state) < UNFINAL_ENTRIES_MAX;
}

export function unfinalCount(state: State): number {
  const tip = ownTip(state) ?? state.shown.at(-1) ?? null;
  return tip === null ? 0 : Math.max(0, tip.entry.height - state.announced);
}

/** The newest entry that this node proposed in the present view. */
function ownTip(state: State): Held | null {
  const vote = state.promises.notar?.vote;
  if (vote === undefined || vote.kind === 'leave' || vote.view !== state.view) return null;
  return state.entries.get(vote.hash) ?? null;
}

/** QC1 of the own tip. A sole voter's recorded Notar is one: it is never durable after what is recorded behind it. */
function isCertified(state: State, held: Held): boolean {
  if (held.proof !== null || state.epoch.quorum === 1) return true;
  return state.high !== null && state.high.hash === held.entry.hash;
}

function endsEpoch(kind: EntryKind): boolean {
  return kind === 'epochEnd' || kind === 'void';
}

function propose(
  state: State,
  out: Outbox,
  body: { readonly kind: EntryKind; readonly payload: Uint8Array; readonly stateRoot: Hash },
): Held {
  const own = ownTip(state);
  const parent = own?.entry ?? state.tip;
  const { kind, payload, stateRoot } = body;
  const parentView = parent.epoch === state.epoch.number ? parent.view : 0;
  const facts = {
    kind,
    epoch: state.epoch.number,
    view: state.view,
    parentView,
    height: parent.height + 1,
    parent: parent.hash,
    stateRoot,
  };
  const entry = buildEntry(facts, payload, state.crypto);
  const mark = record(state, out, { type: 'entry', entry });
  const held: Held = { entry, mark, check: 'none', justified: own === null ? 'leave' : 'chain', seenAt: state.now, proof: null };
  state.entries.set(entry.hash, held);
  cast(state, out, { kind: 'notar', view: entry.view, height: entry.height, hash: entry.hash });
  return held;
}
