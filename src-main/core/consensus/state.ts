import type { Hash } from '../../../src-shared/units/index.ts';
import type {
  Anchor,
  Entry,
  EntryHeader,
  EpochProof,
  EpochRecord,
  FinalProof,
  LeaveCertificate,
  QuorumCertificate,
  RankedHash,
  SignedVote,
  Vote,
} from '../../../src-shared/wire/index.ts';
import type { ReplicaCrypto, ReplicaStatus } from './door.ts';
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

/** The highest promises of one voter in this epoch that were seen, whoever sent them. */
export interface Seen {
  notar: RankedHash | null;
  final: SignedVote | null;
  leave: { readonly signed: SignedVote; readonly high: QuorumCertificate | null } | null;
}

/** A Final certificate above the final tip whose bodies are not all here. `beyond`: headers between the entry and the certificate's. */
export interface Deciding {
  readonly hash: Hash;
  readonly height: number;
  readonly beyond: readonly EntryHeader[];
  readonly certificate: QuorumCertificate;
}

export interface Peer {
  heardAt: number | null;
  roundTrip: { readonly smoothed: number; readonly variance: number } | null;
  finalHeight: number;
  /** Since when it claims to be ahead of this node; null = it does not. */
  aheadSince: number | null;
  boot: string | null;
  readonly oldBoots: string[];
  connected: boolean;
  /** Height of the newest snapshot that is durable there. */
  durableHeight: number;
  testifiedAt: number;
}

/** Times of the clock that the inputs carry, in ms. */
export interface Timers {
  /** Last valid sign of this view's czar, or the entry into the view. */
  heardAt: number;
  /** Last sign that the czar knows what is final here. */
  abreastAt: number;
  /** Last time something moved: a certificate, a final, a view. */
  progressAt: number;
  /** Last time this czar spoke to all. */
  spokeAt: number;
  pingedAt: number;
  pings: number;
  standstillAt: number;
  standstillPause: number;
  fetchedAt: number;
  fetchPause: number;
  fetches: number;
  /** Views left since something of a view became final. */
  failedViews: number;
}

/** One replica's whole state; owned and mutated by the modules of this folder only. */
export interface State {
  readonly crypto: ReplicaCrypto;
  readonly group: { readonly world: Hash; readonly group: string; readonly self: string };
  readonly boot: Uint8Array;
  /** Nothing shows that the disk is the one of the last run (rule 11). */
  readonly mustAsk: boolean;
  now: number;
  epoch: Epoch;
  /** Every epoch from the anchor's on, the present one last. */
  readonly epochs: EpochRecord[];
  /** The EpochEnds that led here. */
  readonly chain: EpochProof[];
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
  /** The newest leave certificates of this epoch, for whoever finds another past (rule 14). */
  readonly leavings: LeaveCertificate[];
  /** The QC1 that the newest own Leave names; null = the epoch's base, or no Leave. */
  leaveHigh: QuorumCertificate | null;
  deciding: Deciding | null;
  readonly ballots: Map<string, Ballot>;
  seen: Seen[];
  /** Entries that are not final, by hash. */
  readonly unfinal: Map<Hash, Held>;
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
  /** Own votes that wait for their records. */
  readonly waiting: { readonly mark: number; readonly signed: SignedVote }[];
  readonly peers: Map<string, Peer>;
  readonly timers: Timers;
  /** Commands that wait for execution: when they came (rule 9). */
  readonly commands: Map<string, number>;
  fenced: boolean;
  /** Views that ended in a refusal since the last final entry with commands, and the voters that refused in each (rule 16). */
  readonly refusals: Map<number, Set<number>>;
  /** Voters and kinds of lies that were reported in this epoch. */
  readonly reported: Set<string>;
  /** Own snapshot that waits until q voters hold one as new (rule 12). */
  snapshot: number | null;
  offered: { readonly anchor: Anchor; readonly epochs: readonly EpochRecord[]; readonly chain: readonly EpochProof[] } | null;
  snapshotWanted: boolean;
  role: { readonly role: ReplicaStatus['role']; readonly view: number; readonly czar: string } | null;
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

export function peerOf(state: State, id: string): Peer {
  let peer = state.peers.get(id);
  if (peer === undefined) {
    peer = {
      heardAt: null,
      roundTrip: null,
      finalHeight: 0,
      aheadSince: null,
      boot: null,
      oldBoots: [],
      connected: true,
      durableHeight: 0,
      testifiedAt: -Infinity,
    };
    state.peers.set(id, peer);
  }
  return peer;
}

export function highRank(state: State): RankedHash {
  const { base } = state.epoch.record;
  return state.high ?? { view: 0, height: base.height, hash: base.hash };
}

/** -1, 0 or 1 by view, then height. */
export function compareRank(
  a: { readonly view: number; readonly height: number },
  b: { readonly view: number; readonly height: number },
): number {
  return a.view === b.view ? Math.sign(a.height - b.height) : Math.sign(a.view - b.view);
}

/** A Final for something above the QC1 that the same voter named when it left that view, or a later one. */
export function breaksLeave(final: Vote, leave: Vote): boolean {
  return final.kind === 'final' && leave.kind === 'leave' && final.view <= leave.view && compareRank(final, leave.high) > 0;
}

export function endsEpoch(entry: { readonly kind: string }): boolean {
  return entry.kind === 'epochEnd' || entry.kind === 'void';
}
