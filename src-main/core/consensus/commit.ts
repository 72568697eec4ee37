import type { Hash } from '../../../src-shared/units/index.ts';
import {
  decodeNextEpoch,
  encodeFinalProof,
  type EntryHeader,
  type FinalProof,
  type QuorumCertificate,
} from '../../../src-shared/wire/index.ts';
import { buildEpoch } from './epoch.ts';
import { record, type Outbox } from './outbox.ts';
import type { Held, State } from './state.ts';

/** Entries from the child of the final tip up to `hash`, or null while a body between them is missing or they do not extend the tip. */
export function pathTo(state: State, hash: Hash): readonly Held[] | null {
  const path: Held[] = [];
  let at = hash;
  while (at !== state.tip.hash) {
    const held = state.entries.get(at);
    if (held === undefined || held.entry.height <= state.tip.height) return null;
    path.push(held);
    at = held.entry.parent;
  }
  return path.reverse();
}

/** Rule 3: the Final certificate commits the entry and its ancestors, once their bodies are here. */
export function commit(state: State, out: Outbox): void {
  for (;;) {
    const certificate = state.pendingFinal;
    if (certificate === null) return;
    if (certificate.height <= state.tip.height) {
      state.pendingFinal = null;
      return;
    }
    const path = pathTo(state, certificate.hash);
    if (path === null) return;
    state.pendingFinal = null;
    commitPath(state, out, path, certificate);
  }
}

function commitPath(state: State, out: Outbox, path: readonly Held[], certificate: QuorumCertificate): void {
  for (const held of path) held.mark ??= record(state, out, { type: 'entry', entry: held.entry });
  // A sole voter's Final vote in its log is the certificate; writing it twice would cost a sync.
  if (state.standing.kind !== 'starting' && state.epoch.quorum > 1)
    record(state, out, { type: 'certificate', epoch: state.epoch.number, certificate });
  for (const [i, held] of path.entries()) {
    finalize(state, out, held, proofOf(state, path.slice(i), certificate));
    if (held.entry.kind === 'epochEnd') return;
  }
  forgetBelowTip(state);
}

/** The child of the final tip becomes the final tip. */
export function finalize(state: State, out: Outbox, held: Held, proof: FinalProof): void {
  held.proof = proof;
  state.log.push(held);
  const { hash, height, epoch, view, stateRoot } = held.entry;
  state.tip = { hash, height, epoch, view, stateRoot, proof };
  if (held.entry.kind === 'epochEnd') openEpoch(state, out, held);
}

/** The entry's own certificate where there is one: shorter than the way up to `certificate`. */
function proofOf(state: State, path: readonly Held[], certificate: QuorumCertificate): FinalProof {
  const { view, height, hash } = path[0]!.entry;
  const own = state.ballots.get(`${view}:${height}`)?.certificates.final;
  if (own?.hash === hash) return { headers: [headerOf(path[0]!)], certificate: own };
  return { headers: path.map(headerOf), certificate };
}

function headerOf(held: Held): EntryHeader {
  const { kind, epoch, view, parentView, height, parent, body, stateRoot } = held.entry;
  return { kind, epoch, view, parentView, height, parent, body, stateRoot };
}

/** Votes and entries at or below the final tip decide nothing any more. */
function forgetBelowTip(state: State): void {
  for (const [key, ballot] of state.ballots) if (ballot.height <= state.tip.height) state.ballots.delete(key);
  for (const [hash, held] of state.entries) if (held.proof === null && held.entry.height <= state.tip.height) state.entries.delete(hash);
}

/** Rule 10: the next epoch starts from the hash and the state root of the final EpochEnd; what stands above it in the old one is void. */
function openEpoch(state: State, out: Outbox, end: Held): void {
  const next = decodeNextEpoch(end.entry.payload);
  const { hash, height, stateRoot } = end.entry;
  const { lineage } = state.epoch.record;
  const base = { hash, height, stateRoot };
  const recorded = { lineage, epoch: state.epoch.number + 1, voters: next.voters, learners: next.learners, base };
  state.epoch = buildEpoch(recorded, state.group, state.crypto);
  state.epochs.push(recorded);
  state.learners = next.learners;
  state.view = 1;
  state.viewSince = state.now;
  state.promises = { notar: null, final: null, leave: null };
  state.high = null;
  state.leaveCertificate = null;
  state.pendingFinal = null;
  state.ballots.clear();
  state.waiting.length = 0;
  for (const [key, held] of state.entries) if (held.proof === null) state.entries.delete(key);
  if (state.standing.kind !== 'starting') state.standing = isVoter(state) ? { kind: 'voting' } : { kind: 'following' };
  out.events.push({ type: 'epoch', epoch: state.epoch.number, voters: state.epoch.voters.map((voter) => voter.id) });
}

export function isVoter(state: State): boolean {
  return state.epoch.voters[state.epoch.self]?.incarnation === state.incarnation;
}

/** Gives the driver what is final and whose body is durable, in order. */
export function announce(state: State, out: Outbox): void {
  const first = state.log[0]?.entry.height ?? 0;
  while (state.announced < state.tip.height) {
    const held = state.log[state.announced + 1 - first]!;
    if (held.mark === null || held.mark > state.persisted) return;
    state.announced += 1;
    settleShown(state, out, held);
    out.finals.push({ entry: held.entry, certificate: encodeFinalProof(held.proof!) });
  }
}

/** What became final is no longer unfinal for the driver; if it is not what the driver executed, that is taken back first. */
function settleShown(state: State, out: Outbox, final: Held): void {
  if (state.shown[0] === final) {
    state.shown.shift();
    return;
  }
  dropShown(state, out, 0);
}

/** Takes back everything the driver executed from index `from` on, newest first. */
export function dropShown(state: State, out: Outbox, from: number): void {
  for (const held of state.shown.splice(from).reverse()) {
    held.check = 'none';
    out.dropped.push(held.entry);
  }
}
