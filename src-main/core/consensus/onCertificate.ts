import type { LeaveCertificate, QuorumCertificate } from '../../../src-shared/wire/index.ts';
import { takeCertificate } from './ballot.ts';
import { noticeFork } from './fork.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { isKnownCertificate, isKnownLeave } from './trust.ts';
import { enterView, judgeLeavers, openView } from './view.ts';

/** QC1 or a Final certificate, from anyone. A quorum in a later view is reason enough to follow it there. */
export function onCertificate(state: State, out: Outbox, certificate: QuorumCertificate): void {
  if (!isKnownCertificate(state, certificate)) return;
  takeCertificate(state, out, certificate);
  noticeFork(state, out, certificate);
  if (certificate.view > state.view) enterView(state, certificate.view);
}

/** Rule 4: q left that view. An old one is read only to find who lied, once a fork is known. */
export function onLeaveCertificate(state: State, out: Outbox, certificate: LeaveCertificate): void {
  const useful =
    certificate.view >= state.view || (certificate.view === state.view - 1 && state.leaveCertificate?.view !== certificate.view);
  if (!useful && state.standing.kind !== 'frozen') return;
  if (!isKnownLeave(state, certificate)) return;
  if (useful) openView(state, out, certificate);
  else judgeLeavers(state, out, certificate);
}
