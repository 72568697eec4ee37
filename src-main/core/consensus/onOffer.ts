import type { Hash } from '../../../src-shared/units/index.ts';
import {
  decodeNextEpoch,
  WireError,
  type AgreementMessage,
  type Anchor,
  type EpochProof,
  type EpochRecord,
} from '../../../src-shared/wire/index.ts';
import { EPOCHS_KEPT_MAX } from '../../../src-shared/config/index.ts';
import { dropShown, enterEpoch } from './commit.ts';
import { writeLogAnew } from './compact.ts';
import { buildEpoch, type Epoch } from './epoch.ts';
import type { Outbox } from './outbox.ts';
import type { State } from './state.ts';
import { verifyFinalProof } from './verify.ts';

/** Rules 10 and 12: a certified state instead of a log that is gone. The chain of EpochEnds leads from the own epoch to the anchor's. */
export function onOffer(state: State, out: Outbox, from: string, message: AgreementMessage & { readonly type: 'offer' }): void {
  const { chain, anchor } = message;
  if (anchor.height <= state.tip.height || state.offered?.anchor.hash === anchor.hash) return;
  const epochs = followChain(state, chain);
  const proving = epochs?.find((epoch) => epoch.number === anchor.epoch);
  if (epochs === null || proving === undefined || !isProven(state, proving, anchor)) return;
  state.offered = { anchor, chain, epochs: epochs.map((epoch) => epoch.record) };
  out.events.push({ type: 'snapshotOffered', from, height: anchor.height, hash: anchor.hash, stateRoot: anchor.stateRoot });
}

/** The driver has the state: the log starts there. Promises of the present epoch keep binding. */
export function onInstalled(state: State, out: Outbox, hash: Hash): void {
  const { offered } = state;
  if (offered?.anchor.hash !== hash || offered.anchor.height <= state.tip.height) return;
  state.offered = null;
  dropShown(state, out, 0);
  state.log.length = 0;
  state.anchor = offered.anchor;
  state.tip = offered.anchor;
  state.announced = offered.anchor.height;
  state.snapshot = null;
  const opened = offered.epochs.findLast((epoch) => epoch.base.height <= offered.anchor.height)!;
  state.epochs.splice(0, state.epochs.length, opened);
  state.chain.push(...offered.chain.filter(({ entry }) => entry.height <= offered.anchor.height));
  state.chain.splice(0, Math.max(0, state.chain.length - EPOCHS_KEPT_MAX));
  for (const [key, held] of state.unfinal) if (held.entry.height <= state.tip.height) state.unfinal.delete(key);
  if (opened.epoch !== state.epoch.number) {
    enterEpoch(state, opened);
    out.events.push({ type: 'epoch', epoch: opened.epoch, voters: opened.voters.map((voter) => voter.id) });
  }
  writeLogAnew(state, out);
}

/** The epochs that the chain proves, from the own one on; null when a link fails. */
function followChain(state: State, chain: readonly EpochProof[]): readonly Epoch[] | null {
  const epochs: Epoch[] = [state.epoch];
  for (const { entry, proof } of chain) {
    const epoch = epochs.at(-1)!;
    if (verifyFinalProof(epoch, proof, state.crypto)?.hash !== entry.hash || entry.kind !== 'epochEnd') return null;
    const next = epochAfter(epoch, entry);
    if (next === null) return null;
    epochs.push(buildEpoch(next, state.group, state.crypto));
  }
  return epochs;
}

function epochAfter(epoch: Epoch, end: EpochProof['entry']): EpochRecord | null {
  try {
    const { voters, learners } = decodeNextEpoch(end.payload);
    const base = { hash: end.hash, height: end.height, stateRoot: end.stateRoot };
    return { lineage: epoch.record.lineage, epoch: epoch.number + 1, voters, learners, base };
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

function isProven(state: State, epoch: Epoch, anchor: Anchor): boolean {
  const proven = anchor.proof === null ? null : verifyFinalProof(epoch, anchor.proof, state.crypto);
  if (proven === null) return false;
  return (
    proven.hash === anchor.hash && proven.height === anchor.height && proven.view === anchor.view && proven.stateRoot === anchor.stateRoot
  );
}
