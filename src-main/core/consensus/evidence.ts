import type { Hash } from '../../../src-shared/units/index.ts';
import {
  ByteReader,
  ByteWriter,
  hashOfHeader,
  readHeader,
  readSignedVote,
  WireError,
  writeHeader,
  writeSignedVote,
  type EntryHeader,
  type SignedVote,
} from '../../../src-shared/wire/index.ts';
import type { GroupConfig, ReplicaCrypto } from './door.ts';
import { epochOfConfig } from './epoch.ts';
import type { Outbox } from './outbox.ts';
import { breaksLeave, type Held, type State } from './state.ts';
import { verifyVote } from './verify.ts';

/**
 * Two signed votes of one voter that no honest voter makes (rule 14).
 * `branch`: in one view a Notar for an entry that opens the view, and one for an entry below it: either heights fell, or a leave
 * certificate justified a second Notar. `header` is that of the opening entry.
 */
export type EvidenceKind = 'notar-twice' | 'final-twice' | 'leave-twice' | 'final-after-leave' | 'branch';

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly first: SignedVote;
  readonly second: SignedVote;
  readonly header?: EntryHeader;
}

const KINDS: readonly EvidenceKind[] = ['notar-twice', 'final-twice', 'leave-twice', 'final-after-leave', 'branch'];

/** Reports each voter once per kind and epoch. */
export function accuse(state: State, out: Outbox, evidence: Evidence): void {
  const { voter } = evidence.first;
  const key = `${voter} ${evidence.kind}`;
  if (state.reported.has(key)) return;
  state.reported.add(key);
  out.events.push({ type: 'evidence', against: state.epoch.voters[voter]!.id, kind: evidence.kind, proof: encodeEvidence(evidence) });
}

/** Looks for voters that voted for this opening entry of its view and for one below it in the same view. */
export function accuseBranches(state: State, out: Outbox, held: Held): void {
  const { entry } = held;
  if (entry.parentView === entry.view) return;
  const here = state.ballots.get(`${entry.view}:${entry.height}`)?.votes.notar;
  for (const ballot of state.ballots.values()) {
    if (ballot.view !== entry.view || ballot.height >= entry.height) continue;
    for (const [voter, first] of ballot.votes.notar.entries()) {
      const second = here?.[voter];
      if (first === null || second?.vote.kind !== 'notar' || second.vote.hash !== entry.hash) continue;
      accuse(state, out, { kind: 'branch', first, second, header: entry });
    }
  }
}

/** Who is proven to have lied, and how; null when the bytes prove nothing in this group and epoch. */
export function verifyEvidence(
  proof: Uint8Array,
  config: GroupConfig,
  crypto: Pick<ReplicaCrypto, 'digest' | 'verify'>,
): { readonly against: string; readonly kind: EvidenceKind } | null {
  let evidence: Evidence;
  try {
    evidence = decodeEvidence(proof);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
  const epoch = epochOfConfig(config, crypto);
  const { kind, first, second } = evidence;
  if (first.voter !== second.voter || !verifyVote(epoch, first, crypto) || !verifyVote(epoch, second, crypto)) return null;
  if (!contradicts(evidence, (header) => hashOfHeader(header, crypto))) return null;
  return { against: epoch.voters[first.voter]!.id, kind };
}

function contradicts({ kind, first, second, header }: Evidence, hashOf: (header: EntryHeader) => Hash): boolean {
  const [a, b] = [first.vote, second.vote];
  switch (kind) {
    case 'notar-twice':
    case 'final-twice': {
      const voted = kind === 'notar-twice' ? 'notar' : 'final';
      return a.kind !== 'leave' && b.kind !== 'leave' && a.kind === voted && b.kind === voted && sameRank(a, b) && a.hash !== b.hash;
    }
    case 'leave-twice':
      return a.kind === 'leave' && b.kind === 'leave' && a.view === b.view && (!sameRank(a.high, b.high) || a.high.hash !== b.high.hash);
    case 'final-after-leave':
      return breaksLeave(a, b);
    case 'branch':
      if (a.kind !== 'notar' || b.kind !== 'notar' || header === undefined) return false;
      return a.view === b.view && a.height < b.height && hashOf(header) === b.hash && header.parentView < header.view;
  }
}

function sameRank(a: { readonly view: number; readonly height: number }, b: { readonly view: number; readonly height: number }): boolean {
  return a.view === b.view && a.height === b.height;
}

function encodeEvidence(evidence: Evidence): Uint8Array {
  const out = new ByteWriter(512);
  out.u8(KINDS.indexOf(evidence.kind));
  writeSignedVote(out, evidence.first);
  writeSignedVote(out, evidence.second);
  if (evidence.header !== undefined) writeHeader(out, evidence.header);
  return out.finish();
}

function decodeEvidence(bytes: Uint8Array): Evidence {
  const input: ByteReader = new ByteReader(bytes);
  const kind = KINDS[input.u8()];
  if (kind === undefined) input.fail('an unknown kind of evidence');
  const pair = { kind, first: readSignedVote(input), second: readSignedVote(input) };
  const evidence = kind === 'branch' ? { ...pair, header: readHeader(input) } : pair;
  input.end();
  return evidence;
}
