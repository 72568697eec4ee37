import { WireError, decodeNextEpoch, type Entry } from '../../../src-shared/wire/index.ts';
import { ownTip } from './czar.ts';
import { dropShown, pathTo } from './commit.ts';
import { record, type Outbox } from './outbox.ts';
import { cast } from './promise.ts';
import { refuse } from './refuse.ts';
import { compareRank, endsEpoch, type Held, type State } from './state.ts';

/** Gives the driver what this voter would build or vote on: one chain above the finals, whatever is not on it taken back. */
export function showChain(state: State, out: Outbox): void {
  if (state.standing.kind !== 'voting' || state.announced !== state.tip.height) return;
  const target = targetOf(state);
  const path = target === null ? null : pathTo(state, target.entry.hash);
  if (path === null) return;
  let same = 0;
  while (same < path.length && state.shown[same] === path[same]) same += 1;
  // A shorter chain is no reason to take anything back: what stands above it may still become final.
  if (same === path.length) return;
  dropShown(state, out, same);
  for (const held of path.slice(same)) {
    held.check = 'asked';
    state.shown.push(held);
    out.checks.push(held.entry);
  }
}

/** Rule 2. One Notar at most: for the newest justified proposal of the present view whose whole chain was checked. */
export function voteNotar(state: State, out: Outbox): void {
  if (state.standing.kind !== 'voting') return;
  const held = state.shown.findLast((shown) => mayNotar(state, shown));
  if (held === undefined) return;
  const wrong = malformed(state, held);
  if (wrong !== null) {
    refuse(state, out, held, { code: wrong, stateRoot: null });
    return;
  }
  if (!isChecked(state, held)) return;
  const { view, height, hash } = held.entry;
  held.mark ??= record(state, out, { type: 'entry', entry: held.entry });
  cast(state, out, { kind: 'notar', view, height, hash });
}

/** Heights rise within a view; a leave certificate (or the base) justifies only the first Notar in it. */
function mayNotar(state: State, held: Held): boolean {
  const { epoch, view, height } = held.entry;
  if (epoch !== state.epoch.number || view !== state.view || held.justified === null) return false;
  const last = state.promises.notar?.vote;
  if (last?.kind !== 'notar' || last.view !== view) return true;
  return height > last.height && held.justified === 'chain';
}

function isChecked(state: State, held: Held): boolean {
  return state.shown.slice(0, state.shown.indexOf(held) + 1).every((shown) => shown.check === 'ok');
}

/** What the replica itself can judge: what may stand where, and that nothing but `normal` changes the state. */
function malformed(state: State, held: Held): string | null {
  const { entry } = held;
  const parent = entry.parent === state.tip.hash ? null : state.unfinal.get(entry.parent)?.entry;
  if (parent === undefined) return null;
  const above = parent !== null && endsEpoch(parent);
  if (above !== (entry.kind === 'void')) return 'agreement.void-misplaced';
  if (entry.view > 1 && entry.parentView < entry.view && entry.kind !== 'empty' && entry.kind !== 'void')
    return 'agreement.opening-not-empty';
  if (entry.kind !== 'normal' && entry.stateRoot !== (parent ?? state.tip).stateRoot) return 'agreement.roots-differ';
  return entry.kind === 'epochEnd' && !decodes(entry) ? 'agreement.epoch-malformed' : null;
}

function decodes(entry: Entry): boolean {
  try {
    decodeNextEpoch(entry.payload);
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

/** The newest of what this voter could vote for or build on; proposals with a certificate before those without. */
function targetOf(state: State): Held | null {
  const own = ownTip(state);
  if (own !== null && own.entry.view === state.view) return own;
  let best: Held | null = state.high === null ? null : (state.unfinal.get(state.high.hash) ?? null);
  for (const held of state.unfinal.values()) {
    const { epoch, view } = held.entry;
    if (held.justified === null || epoch !== state.epoch.number || view !== state.view || held.check === 'refused') continue;
    if (best === null || compareRank(held.entry, best.entry) > 0) best = held;
  }
  return best;
}
