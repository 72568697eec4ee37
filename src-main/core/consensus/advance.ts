import { BATCH_ENTRIES_MAX, ENTRIES_KEPT_BYTES_MAX, ENTRIES_KEPT_MAX } from '../../../src-shared/config/index.ts';
import { announce, commit } from './commit.ts';
import { isCzar, openWithEmpty } from './czar.ts';
import { fetchMissing } from './fetch.ts';
import { showChain, voteNotar } from './follow.ts';
import { ask } from './onAsk.ts';
import type { Outbox } from './outbox.ts';
import { cast, release } from './promise.ts';
import { sendTo } from './send.ts';
import { compareRank, type State } from './state.ts';
import { currentRole } from './status.ts';
import { fence, isUnfinished } from './timing.ts';
import { enterView, followLeavers } from './view.ts';

/**
 * Acts on what is known; every step ends here, whatever it brought.
 * 1. Promises that are durable leave and count.
 * 2. Rule 4: the next view opens, or this voter leaves with the others. A QC1 shows where a quorum is.
 * 3. Rule 3: Final for the highest QC1 of the present view; what is final is committed and given to the driver.
 * 4. Rules 5 and 2: a new czar opens its view; a voter has the newest proposal executed and votes for it.
 * 5. What is missing is asked for.
 */
export function advance(state: State, out: Outbox): void {
  release(state, out);
  if (state.high !== null && state.high.view > state.view) enterView(state, state.high.view);
  followLeavers(state, out);
  voteFinal(state, out);
  commit(state, out);
  announce(state, out);
  tellLearners(state, out);
  openWithEmpty(state, out);
  showChain(state, out);
  voteNotar(state, out);
  ask(state, out);
  fetchMissing(state, out);
  if (!isUnfinished(state)) state.timers.progressAt = state.now;
  fence(state, out);
  wantSnapshot(state, out);
  tellRole(state, out);
}

/** Rule 3. The highest is enough: its Final certificate commits the ancestors. */
function voteFinal(state: State, out: Outbox): void {
  const { high } = state;
  if (state.standing.kind !== 'voting' || high === null || high.view !== state.view) return;
  const last = state.promises.final?.vote;
  if (last !== undefined && last.kind !== 'leave' && compareRank(last, high) >= 0) return;
  cast(state, out, { kind: 'final', view: high.view, height: high.height, hash: high.hash });
}

/** Learners that keep up get finals from the czar at once; the others fetch. */
function tellLearners(state: State, out: Outbox): void {
  if (out.finals.length === 0 || !isCzar(state)) return;
  const told = state.log.slice(-out.finals.length).filter((held) => held.entry.epoch === state.epoch.number);
  const last = told.at(-1);
  if (last === undefined || told.length > BATCH_ENTRIES_MAX) return;
  const finals = told.map((held) => held.entry);
  for (const id of state.learners)
    if (id !== state.group.self) sendTo(state, out, id, { type: 'batch', finals, proof: last.proof, tail: [], tailCertificate: null });
}

function wantSnapshot(state: State, out: Outbox): void {
  if (state.snapshotWanted || out.finals.length === 0) return;
  const above = state.log.length - Math.max(0, state.anchor.height - (state.log[0]?.entry.height ?? 0) + 1);
  if (above < ENTRIES_KEPT_MAX && bytesAbove(state, above) < ENTRIES_KEPT_BYTES_MAX) return;
  state.snapshotWanted = true;
  out.events.push({ type: 'snapshotWanted' });
}

function bytesAbove(state: State, count: number): number {
  let bytes = 0;
  for (let i = state.log.length - count; i < state.log.length; i++) bytes += state.log[i]!.entry.payload.length;
  return bytes;
}

function tellRole(state: State, out: Outbox): void {
  const role = currentRole(state);
  const told = state.role;
  if (told !== null && told.role === role.role && told.view === role.view && told.czar === role.czar) return;
  state.role = role;
  out.events.push({ type: 'role', ...role });
}
