import { UNFINAL_ENTRIES_MAX } from '../../../src-shared/config/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { buildEntry, type EntryKind } from '../../../src-shared/wire/index.ts';
import { pathTo } from './commit.ts';
import { czarOf } from './epoch.ts';
import { record, type Outbox } from './outbox.ts';
import { cast } from './promise.ts';
import { endsEpoch, type Held, type State } from './state.ts';

export function isCzar(state: State): boolean {
  return state.standing.kind === 'voting' && czarOf(state.epoch, state.view) === state.epoch.self;
}

/** The newest entry that this node proposed in the present view; null before the first, or when it is final. */
export function ownTip(state: State): Held | null {
  const vote = state.promises.notar?.vote;
  if (vote?.kind !== 'notar' || vote.view !== state.view) return null;
  return state.unfinal.get(vote.hash) ?? null;
}

/**
 * Rules 1, 8, 10: whether the driver's next entry would be taken. It must stand on the newest own entry of this view (which needs QC1), or,
 * in view 1, on the epoch's base; and the driver must have executed exactly what it stands on.
 */
export function mayPropose(state: State): boolean {
  if (!isCzar(state) || unfinalCount(state) >= UNFINAL_ENTRIES_MAX) return false;
  const tip = ownTip(state);
  if (tip === null) {
    const first = state.promises.notar?.vote.view !== state.view;
    const stands = first ? state.view === 1 && state.tip.hash === state.epoch.record.base.hash : state.tip.view === state.view;
    return stands && state.shown.length === 0 && state.announced === state.tip.height;
  }
  if (!isCertified(state, tip) || endsEpoch(tip.entry)) return false;
  return state.shown.at(-1) === tip && state.shown.every((held) => held.check === 'ok');
}

/** Entries above the newest final that the driver was given. */
export function unfinalCount(state: State): number {
  const tip = ownTip(state) ?? state.shown.at(-1);
  return Math.max(0, (tip?.entry.height ?? state.tip.height) - state.announced);
}

/** Whether the own tip waits for its QC1. A sole voter's recorded Notar is one: it is never durable after what is recorded behind it. */
export function isCertified(state: State, held: Held): boolean {
  if (state.epoch.quorum === 1) return true;
  return state.ballots.get(`${held.entry.view}:${held.entry.height}`)?.certificates.notar?.hash === held.entry.hash;
}

/** Rule 5: the new czar proposes at once, on the highest QC1 of the leave certificate, so that what it inherited becomes final. */
export function openWithEmpty(state: State, out: Outbox): void {
  if (!isCzar(state) || state.view === 1 || state.promises.notar?.vote.view === state.view) return;
  const certificate = state.leaveCertificate;
  if (certificate?.view !== state.view - 1) return;
  const parent = certificate.high?.hash ?? state.epoch.record.base.hash;
  const path = pathTo(state, parent);
  if (path === null) return;
  const on = path.at(-1)?.entry ?? state.tip;
  const ended = path.some((held) => endsEpoch(held.entry));
  propose(state, out, on, { kind: ended ? 'void' : 'empty', payload: new Uint8Array(), stateRoot: on.stateRoot });
}

/** Records the entry and the own Notar; it is sent when both are durable. */
export function propose(
  state: State,
  out: Outbox,
  parent: { readonly hash: Hash; readonly height: number; readonly epoch: number; readonly view: number },
  body: { readonly kind: EntryKind; readonly payload: Uint8Array; readonly stateRoot: Hash },
): Held {
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
  const justified = parentView === state.view ? 'chain' : 'leave';
  const held: Held = { entry, mark, check: 'none', justified, seenAt: state.now, proof: null };
  state.unfinal.set(entry.hash, held);
  cast(state, out, { kind: 'notar', view: entry.view, height: entry.height, hash: entry.hash });
  return held;
}
