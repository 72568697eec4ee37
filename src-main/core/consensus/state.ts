import type { Hash } from '../../../src-shared/units/index.ts';
import type {
  Anchor,
  Entry,
  EpochRecord,
  FinalProof,
  LeaveCertificate,
  QuorumCertificate,
  SignedVote,
} from '../../../src-shared/wire/index.ts';
import type { ReplicaCrypto } from './door.ts';
import type { Epoch } from './epoch.ts';

/** What this replica may do. Only `voting` casts Notar and Final votes. */
export type Standing =
  /** Replaying its records. */
  | { readonly kind: 'starting' }
  /** No voter of this epoch, or one whose incarnation was not admitted. */
  | { readonly kind: 'following' }
  /** A restarted voter that asks the others for its promises (rule 11). `answers`: who answered. */
  | { readonly kind: 'asking'; readonly answers: Set<string>; askedAt: number }
  | { readonly kind: 'voting' }
  /** Left the present view (rule 4). */
  | { readonly kind: 'left' }
  /** n views in a row ended in refusals (rule 16). */
  | { readonly kind: 'frozen'; readonly reason: string };

/** An entry whose body is here. */
export interface Held {
  readonly entry: Entry;
  /** Mark of the record of its body; 0 = was on disk at start; null = not recorded yet. */
  mark: number | null;
  check: 'none' | 'asked' | 'ok' | 'refused';
  /** How its proposal was justified: by a leave certificate (or the epoch's base), or by the QC1 of its parent; null: it came without. */
  justified: 'leave' | 'chain' | null;
  readonly seenAt: number;
  /** Set when it is final. */
  proof: FinalProof | null;
}

/** The votes on one rank. One vote of a kind per voter: a second, different one is evidence. */
export interface Ballot {
  readonly view: number;
  readonly height: number;
  readonly votes: { readonly notar: (SignedVote | null)[]; readonly final: (SignedVote | null)[] };
  readonly certificates: { notar: QuorumCertificate | null; final: QuorumCertificate | null };
}

/** Own newest promises in this epoch; each kind only ever rises in rank. All are on disk or on the way in front of any message. */
export interface Promises {
  notar: SignedVote | null;
  final: SignedVote | null;
  leave: SignedVote | null;
}

/** A vote that waits for its record. */
export interface Waiting {
  readonly mark: number;
  readonly signed: SignedVote;
}

/** One replica's whole state; owned and mutated by the modules of this folder only. */
export interface State {
  readonly crypto: ReplicaCrypto;
  readonly group: { readonly world: Hash; readonly group: string; readonly self: string };
  now: number;
  epoch: Epoch;
  /** Every epoch from the anchor's on, the present one last. */
  readonly epochs: EpochRecord[];
  learners: readonly string[];
  incarnation: number;
  standing: Standing;
  view: number;
  viewSince: number;
  promises: Promises;
  /** Highest QC1 of this epoch; null = the epoch's base. */
  high: QuorumCertificate | null;
  /** Entitles the czar of this view to propose first; null in view 1. */
  leaveCertificate: LeaveCertificate | null;
  /** A Final certificate above the final tip whose bodies are not all here. */
  pendingFinal: QuorumCertificate | null;
  readonly ballots: Map<string, Ballot>;
  /** Unfinal entries and the kept final ones, by hash. */
  readonly entries: Map<Hash, Held>;
  /** Kept final entries, heights without gaps, the newest last. */
  readonly log: Held[];
  /** Where the records start: everything below is in a durable snapshot. */
  anchor: Anchor;
  /** The newest final entry. */
  tip: Anchor;
  /** Height of the newest final that was given to the driver. */
  announced: number;
  /** What the driver has executed above the announced final, parents first. */
  readonly shown: Held[];
  mark: number;
  persisted: number;
  readonly waiting: Waiting[];
}

export function ballotAt(state: State, rank: { readonly view: number; readonly height: number }): Ballot {
  const key = `${rank.view}:${rank.height}`;
  let ballot = state.ballots.get(key);
  if (ballot === undefined) {
    const empty = (): (SignedVote | null)[] => state.epoch.voters.map(() => null);
    ballot = {
      view: rank.view,
      height: rank.height,
      votes: { notar: empty(), final: empty() },
      certificates: { notar: null, final: null },
    };
    state.ballots.set(key, ballot);
  }
  return ballot;
}

/** -1, 0 or 1 by view, then height. */
export function compareRank(
  a: { readonly view: number; readonly height: number },
  b: { readonly view: number; readonly height: number },
): number {
  return a.view === b.view ? Math.sign(a.height - b.height) : Math.sign(a.view - b.view);
}
