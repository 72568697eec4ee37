import type { AgreementMessage, Entry } from '../../../src-shared/wire/index.ts';
import { HEADERS_IN_CERTIFICATE_MAX } from '../../../src-shared/config/index.ts';
import { takeCertificate } from './ballot.ts';
import { commitPath, pathTo } from './commit.ts';
import type { Outbox } from './outbox.ts';
import { freeze } from './refuse.ts';
import type { State } from './state.ts';
import { isKnownCertificate } from './trust.ts';
import { verifyFinalProof } from './verify.ts';

/**
 * Entries that were missing here.
 * 1. The finals are linked to the final tip, and the proof names the last of them.
 * 2. A proof for another past than this node's is a fork: more liars than the voters can bear (rule 14).
 * 3. The tail is taken when its top is certified: the hashes then vouch for all below.
 */
export function onBatch(state: State, out: Outbox, message: AgreementMessage & { readonly type: 'batch' }): void {
  const epoch = state.epoch.number;
  const finals = message.finals.filter((entry) => entry.height > state.tip.height);
  if (finals.length > 0) takeFinals(state, out, finals, message.proof);
  if (state.epoch.number === epoch) takeTail(state, out, message);
}

function takeFinals(
  state: State,
  out: Outbox,
  finals: readonly Entry[],
  proof: (AgreementMessage & { readonly type: 'batch' })['proof'],
): void {
  const first = finals[0]!;
  const last = finals.at(-1)!;
  if (proof === null || first.height !== state.tip.height + 1 || !isLinked(state, finals)) return;
  const proven = verifyFinalProof(state.epoch, proof, state.crypto);
  if (proven?.hash !== last.hash) return;
  if (first.parent !== state.tip.hash) {
    freeze(state, out, 'agreement.forked');
    return;
  }
  for (const entry of finals) keep(state, entry);
  const path = pathTo(state, last.hash)!;
  const beyond = proof.headers.slice(1);
  commitPath(state, out, path, { hash: last.hash, height: last.height, beyond, certificate: proof.certificate });
  state.timers.fetchedAt = -Infinity;
}

function takeTail(state: State, out: Outbox, message: AgreementMessage & { readonly type: 'batch' }): void {
  const { tail, tailCertificate } = message;
  const first = tail[0];
  const top = tail.at(-1);
  if (first === undefined || top === undefined || top.height > state.tip.height + HEADERS_IN_CERTIFICATE_MAX) return;
  if (top.height <= state.tip.height || !isLinked(state, tail)) return;
  if (tailCertificate?.hash === top.hash && tailCertificate.kind === 'notar' && isKnownCertificate(state, tailCertificate))
    takeCertificate(state, out, tailCertificate);
  if (state.high?.hash !== top.hash && state.deciding?.hash !== top.hash) return;
  const held = state.unfinal.size;
  for (const entry of tail) if (entry.height > state.tip.height) keep(state, entry);
  // Only what brought something earns an immediate next question: two nodes must never talk in circles.
  if (state.unfinal.size > held) state.timers.fetchedAt = -Infinity;
}

function isLinked(state: State, entries: readonly Entry[]): boolean {
  return entries.every(
    (entry, i) =>
      entry.epoch === state.epoch.number &&
      (i === 0 || (entry.parent === entries[i - 1]!.hash && entry.height === entries[i - 1]!.height + 1)),
  );
}

function keep(state: State, entry: Entry): void {
  if (state.unfinal.has(entry.hash)) return;
  state.unfinal.set(entry.hash, { entry, mark: null, check: 'none', justified: null, seenAt: state.now, proof: null });
}
