import { HEADERS_IN_CERTIFICATE_MAX, PROPOSALS_PER_RANK_MAX } from '../../../src-shared/config/index.ts';
import type { AgreementMessage, Entry, Justification, SignedVote } from '../../../src-shared/wire/index.ts';
import { countVote, isCounted, takeCertificate } from './ballot.ts';
import { czarOf } from './epoch.ts';
import { accuseBranches } from './evidence.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { heardOfCzar } from './timing.ts';
import { isKnownCertificate, isKnownLeave, mayCount } from './trust.ts';
import { enterView, openView } from './view.ts';

/**
 * Rules 1 and 2.
 * 1. It is of this epoch, of the present view or a later one, signed by that view's czar.
 * 2. What justifies it is verified and taken in: it may open the view.
 * 3. The body is kept; whether to vote is decided when everything else that came is known (`follow.ts`).
 */
export function onProposal(state: State, out: Outbox, from: string, message: AgreementMessage & { readonly type: 'proposal' }): void {
  const { entry, by } = message;
  const { view, height, hash } = entry;
  if (entry.epoch !== state.epoch.number || view < state.view || message.czar !== czarOf(state.epoch, view)) return;
  const signed: SignedVote = { voter: message.czar, vote: { kind: 'notar', view, height, hash }, signature: message.signature };
  const fits = height > state.tip.height && height <= state.tip.height + HEADERS_IN_CERTIFICATE_MAX;
  if (!fits || !(isCounted(state, signed) || mayCount(state, signed)) || !isJustified(state, entry, by)) return;
  takeJustification(state, out, view, by);
  countVote(state, out, signed);
  keep(state, out, entry, by);
  state.timers.abreastAt = state.now;
  heardOfCzar(state, from, view);
}

/** Rule 1. Everything is verified before anything is taken in. */
function isJustified(state: State, entry: Entry, by: Justification): boolean {
  const { base } = state.epoch.record;
  switch (by.kind) {
    case 'base':
      return entry.view === 1 && entry.parentView === 0 && entry.parent === base.hash && entry.height === base.height + 1;
    case 'chain': {
      const { kind, view, height, hash } = by.certificate;
      if (kind !== 'notar' || view !== entry.view || entry.parentView !== view || hash !== entry.parent || height !== entry.height - 1)
        return false;
      return isKnownCertificate(state, by.certificate);
    }
    case 'leave': {
      const high = by.certificate.high ?? { view: 0, height: base.height, hash: base.hash };
      const fits = high.hash === entry.parent && high.height === entry.height - 1 && high.view === entry.parentView;
      return fits && by.certificate.view === entry.view - 1 && isKnownLeave(state, by.certificate);
    }
  }
}

function takeJustification(state: State, out: Outbox, view: number, by: Justification): void {
  if (by.kind === 'leave') openView(state, out, by.certificate);
  if (by.kind === 'chain') takeCertificate(state, out, by.certificate);
  if (view > state.view) enterView(state, view);
}

function keep(state: State, out: Outbox, entry: Entry, by: Justification): void {
  const justified = by.kind === 'chain' ? 'chain' : 'leave';
  const known = state.unfinal.get(entry.hash);
  if (known !== undefined) {
    known.justified ??= justified;
    return;
  }
  const sameRank = [...state.unfinal.values()].filter((held) => held.entry.view === entry.view && held.entry.height === entry.height);
  if (sameRank.length >= PROPOSALS_PER_RANK_MAX) return;
  const held = { entry, mark: null, check: 'none', justified, seenAt: state.now, proof: null } as const;
  state.unfinal.set(entry.hash, { ...held });
  accuseBranches(state, out, held);
}
