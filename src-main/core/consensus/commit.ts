import { EPOCHS_KEPT_MAX } from '../../../src-shared/config/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { decodeNextEpoch, encodeFinalProof, type Entry, type EntryHeader, type FinalProof } from '../../../src-shared/wire/index.ts';
import { buildEpoch } from './epoch.ts';
import { answersNeeded } from './quorum.ts';
import { record, type Outbox } from './outbox.ts';
import { restartStandstill } from './view.ts';
import type { Deciding, Held, Seen, Standing, State } from './state.ts';

/** Ballots this far below the final tip are kept: a second vote that comes late is still evidence. */
const BALLOTS_KEPT_HEIGHTS = 64;

/** Entries from the child of the final tip up to `hash`, or null while a body between them is missing or they do not extend the tip. */
export function pathTo(state: State, hash: Hash): readonly Held[] | null {
  const path: Held[] = [];
  let at = hash;
  while (at !== state.tip.hash) {
    const held = state.unfinal.get(at);
    if (held === undefined || held.entry.height <= state.tip.height) return null;
    path.push(held);
    at = held.entry.parent;
  }
  return path.reverse();
}

/** Rule 3: the Final certificate commits the entry and its ancestors, once their bodies are here. */
export function commit(state: State, out: Outbox): void {
  const { deciding } = state;
  if (deciding === null) return;
  if (deciding.height <= state.tip.height) {
    state.deciding = null;
    return;
  }
  const path = pathTo(state, deciding.hash);
  if (path === null) return;
  state.deciding = null;
  commitPath(state, out, path, deciding);
}

export function commitPath(state: State, out: Outbox, path: readonly Held[], deciding: Deciding): void {
  for (const held of path) held.mark ??= record(state, out, { type: 'entry', entry: held.entry });
  const epoch = state.epoch.number;
  if (state.standing.kind !== 'starting' && !isOwnVerdict(state, deciding)) {
    const headers = [headerOf(path.at(-1)!.entry), ...deciding.beyond];
    record(state, out, { type: 'proof', epoch, proof: { headers, certificate: deciding.certificate } });
  }
  for (const [i, held] of path.entries()) {
    finalize(state, out, held, proofOf(state, path.slice(i), deciding));
    if (held.entry.kind === 'epochEnd') return;
  }
  forgetBelowTip(state);
}

/** A sole voter's Final vote in its log is the certificate; writing it twice would cost a sync. */
function isOwnVerdict(state: State, { certificate }: Deciding): boolean {
  if (state.epoch.quorum > 1 || state.epoch.self === -1) return false;
  return state.ballots.get(`${certificate.view}:${certificate.height}`)?.certificates.final?.hash === certificate.hash;
}

/** The child of the final tip becomes the final tip. */
function finalize(state: State, out: Outbox, held: Held, proof: FinalProof): void {
  const { hash, height, epoch, view, stateRoot, kind } = held.entry;
  held.proof = proof;
  state.unfinal.delete(hash);
  state.log.push(held);
  state.tip = { hash, height, epoch, view, stateRoot, proof };
  state.timers.progressAt = state.now;
  if (view === state.view) state.timers.failedViews = 0;
  if (kind === 'normal') state.refusals.clear();
  restartStandstill(state);
  if (kind === 'epochEnd') openEpoch(state, out, held.entry, proof);
}

/** The entry's own certificate where there is one: shorter than the way up to the deciding one. */
function proofOf(state: State, path: readonly Held[], deciding: Deciding): FinalProof {
  const { view, height, hash } = path[0]!.entry;
  const own = state.ballots.get(`${view}:${height}`)?.certificates.final;
  if (own?.hash === hash) return { headers: [headerOf(path[0]!.entry)], certificate: own };
  return { headers: [...path.map((held) => headerOf(held.entry)), ...deciding.beyond], certificate: deciding.certificate };
}

export function headerOf(entry: Entry): EntryHeader {
  const { kind, epoch, view, parentView, height, parent, body, stateRoot } = entry;
  return { kind, epoch, view, parentView, height, parent, body, stateRoot };
}

/** Votes and entries far below the final tip decide nothing any more. */
function forgetBelowTip(state: State): void {
  const { height } = state.tip;
  for (const [key, ballot] of state.ballots) if (ballot.height <= height - BALLOTS_KEPT_HEIGHTS) state.ballots.delete(key);
  for (const [hash, held] of state.unfinal) if (held.entry.height <= height && !state.shown.includes(held)) state.unfinal.delete(hash);
}

/** Rule 10: the next epoch starts from the hash and the state root of the final EpochEnd; what stands above it in the old one is void. */
function openEpoch(state: State, out: Outbox, end: Entry, proof: FinalProof): void {
  const next = decodeNextEpoch(end.payload);
  const { hash, height, stateRoot } = end;
  const { lineage } = state.epoch.record;
  const base = { hash, height, stateRoot };
  const opened = { lineage, epoch: state.epoch.number + 1, voters: next.voters, learners: next.learners, base };
  state.epochs.push(opened);
  state.chain.push({ entry: end, proof });
  if (state.chain.length > EPOCHS_KEPT_MAX) state.chain.shift();
  enterEpoch(state, opened);
  out.events.push({ type: 'epoch', epoch: state.epoch.number, voters: state.epoch.voters.map((voter) => voter.id) });
}

/** Nothing that was promised, voted or proposed in another epoch means anything in this one. */
export function enterEpoch(state: State, opened: State['epoch']['record']): void {
  state.epoch = buildEpoch(opened, state.group, state.crypto);
  state.learners = opened.learners;
  state.view = 1;
  state.viewSince = state.now;
  state.promises = { notar: null, final: null, leave: null };
  state.high = null;
  state.leaveHigh = null;
  state.leaveCertificate = null;
  state.leavings.length = 0;
  state.deciding = null;
  state.ballots.clear();
  state.seen = freshSeen(state);
  state.waiting.length = 0;
  state.refusals.clear();
  state.reported.clear();
  state.timers.heardAt = state.now;
  state.timers.abreastAt = state.now;
  state.timers.failedViews = 0;
  for (const [key, held] of state.unfinal) if (!state.shown.includes(held)) state.unfinal.delete(key);
  if (state.standing.kind !== 'starting') state.standing = openingStanding(state);
}

/**
 * Rule 11: a run whose disk may not be the last one's asks in every epoch that it comes to as a voter, not in its first only: it may have
 * voted there before the loss, however it learns of that epoch now. A sole voter has nobody to ask.
 */
export function openingStanding(state: State): Standing {
  if (!isVoter(state)) return { kind: 'following' };
  if (state.mustAsk && answersNeeded(state.epoch.voters.length) > 0) return { kind: 'asking', answers: new Set(), askedAt: -Infinity };
  return { kind: (state.promises.leave?.vote.view ?? 0) >= state.view ? 'left' : 'voting' };
}

export function freshSeen(state: Pick<State, 'epoch'>): Seen[] {
  return state.epoch.voters.map(() => ({ notar: null, final: null, leave: null }));
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
  const above = state.shown[0];
  if (above !== undefined && above.entry.epoch !== state.epoch.number) dropShown(state, out, 0);
}

/** What became final is no longer unfinal for the driver; if it is not what the driver executed, that is taken back first. */
function settleShown(state: State, out: Outbox, final: Held): void {
  if (state.shown[0]?.entry.hash === final.entry.hash) state.shown.shift();
  else dropShown(state, out, 0);
}

/** Takes back everything the driver executed from index `from` on, newest first. */
export function dropShown(state: State, out: Outbox, from: number): void {
  for (const held of state.shown.splice(from).reverse()) {
    held.check = 'none';
    out.dropped.push(held.entry);
    if (held.entry.height <= state.tip.height || held.entry.epoch !== state.epoch.number) state.unfinal.delete(held.entry.hash);
  }
}
