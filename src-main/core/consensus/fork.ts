import type { QuorumCertificate } from '../../../src-shared/wire/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { Outbox } from './outbox.ts';
import { freeze } from './refuse.ts';
import { sendTo } from './send.ts';
import { peerOf, type State } from './state.ts';

/** A peer with another past is shown this node's certificates no more often than this. */
const TESTIMONY_MILLIS = 2000;

/**
 * Rule 14, after the worst: more liars than the voters bear (one of three), and two honest nodes hold different entries as final.
 * A claim of another past proves nothing; it is answered with the certificates of this one, in which the liar's contradiction is found.
 */
export function compareFinals(
  state: State,
  out: Outbox,
  from: string,
  claim: { readonly finalHeight: number; readonly finalHash: Hash },
): void {
  const own = finalHashAt(state, claim.finalHeight);
  if (own === null || own === claim.finalHash || !state.epoch.voters.some((voter) => voter.id === from)) return;
  const peer = peerOf(state, from);
  if (state.now - peer.testifiedAt < TESTIMONY_MILLIS) return;
  peer.testifiedAt = state.now;
  for (const certificate of state.leavings) sendTo(state, out, from, { type: 'leaveCertificate', certificate });
  for (const { certificates } of state.ballots.values())
    for (const certificate of [certificates.notar, certificates.final])
      if (certificate !== null) sendTo(state, out, from, { type: 'certificate', certificate });
}

/** A valid Final certificate over another entry than the final one of its height: this node goes no further by itself. */
export function noticeFork(state: State, out: Outbox, certificate: QuorumCertificate): void {
  const own = certificate.kind === 'final' ? finalHashAt(state, certificate.height) : null;
  if (own !== null && own !== certificate.hash) freeze(state, out, 'agreement.forked');
}

/** Null above the final tip, and below what is kept. */
function finalHashAt(state: State, height: number): Hash | null {
  return state.log[height - (state.log[0]?.entry.height ?? 0)]?.entry.hash ?? null;
}
