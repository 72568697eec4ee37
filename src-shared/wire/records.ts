import { LEARNERS_MAX } from '../config/index.ts';
import type { Hash } from '../units/index.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import {
  readFinalProof,
  readLeaveCertificate,
  readQuorumCertificate,
  writeFinalProof,
  writeLeaveCertificate,
  writeQuorumCertificate,
  type FinalProof,
  type LeaveCertificate,
  type QuorumCertificate,
} from './certificate.ts';
import { readEntry, readVoters, writeEntry, writeVoters, type Entry, type Hasher, type VoterEntry } from './entry.ts';
import { readSignedVote, writeSignedVote, type SignedVote } from './vote.ts';

/** Who votes in an epoch and what it starts from. */
export interface EpochRecord {
  readonly lineage: number;
  readonly epoch: number;
  readonly voters: readonly VoterEntry[];
  readonly learners: readonly string[];
  readonly base: { readonly hash: Hash; readonly height: number; readonly stateRoot: Hash };
}

/** A final entry as the place that a log or a snapshot starts from. */
export interface Anchor {
  readonly hash: Hash;
  readonly height: number;
  readonly epoch: number;
  readonly view: number;
  readonly stateRoot: Hash;
  /** Null only for the base of an epoch that was given and not decided (genesis, forced epoch). */
  readonly proof: FinalProof | null;
}

/** What one group's replica writes to the machine's log. `base` stands for everything before it. */
export type ConsensusRecord =
  | {
      readonly type: 'base';
      readonly epoch: EpochRecord;
      readonly anchor: Anchor;
      /** How often this node came back after losing its disk, as it knows (rule 11). */
      readonly incarnation: number;
    }
  | { readonly type: 'entry'; readonly entry: Entry }
  /** The entry that the proof names is final, and so are its ancestors; its body was recorded before. */
  | { readonly type: 'proof'; readonly epoch: number; readonly proof: FinalProof }
  /** The last entry of an earlier epoch, kept for those who come back (rule 10). */
  | { readonly type: 'epochProof'; readonly entry: Entry; readonly proof: FinalProof }
  /** Own votes only. */
  | { readonly type: 'vote'; readonly epoch: number; readonly signed: SignedVote }
  | { readonly type: 'certificate'; readonly epoch: number; readonly certificate: QuorumCertificate }
  | { readonly type: 'leaveCertificate'; readonly epoch: number; readonly certificate: LeaveCertificate }
  /** This node found that its log lacks promises that it made: it may not vote before it is admitted with this incarnation. */
  | { readonly type: 'incarnation'; readonly incarnation: number };

const TYPES = ['base', 'entry', 'proof', 'epochProof', 'vote', 'certificate', 'leaveCertificate', 'incarnation'] as const;
const ID_BYTES_MAX = 128;

export function encodeRecord(record: ConsensusRecord): Uint8Array {
  const out = new ByteWriter(512);
  out.u8(TYPES.indexOf(record.type));
  switch (record.type) {
    case 'base':
      writeEpoch(out, record.epoch);
      writeAnchor(out, record.anchor);
      out.varint(record.incarnation);
      break;
    case 'entry':
      writeEntry(out, record.entry);
      break;
    case 'proof':
      out.varint(record.epoch);
      writeFinalProof(out, record.proof);
      break;
    case 'epochProof':
      writeEntry(out, record.entry);
      writeFinalProof(out, record.proof);
      break;
    case 'vote':
      out.varint(record.epoch);
      writeSignedVote(out, record.signed);
      break;
    case 'certificate':
      out.varint(record.epoch);
      writeQuorumCertificate(out, record.certificate);
      break;
    case 'leaveCertificate':
      out.varint(record.epoch);
      writeLeaveCertificate(out, record.certificate);
      break;
    case 'incarnation':
      out.varint(record.incarnation);
      break;
  }
  return out.finish();
}

/** Throws WireError. */
export function decodeRecord(bytes: Uint8Array, hasher: Hasher): ConsensusRecord {
  const input: ByteReader = new ByteReader(bytes);
  const type = TYPES[input.u8()];
  if (type === undefined) input.fail('an unknown kind of record');
  const record = readRecord(input, type, hasher);
  input.end();
  return record;
}

export function writeEpoch(out: ByteWriter, epoch: EpochRecord): void {
  out.varint(epoch.lineage);
  out.varint(epoch.epoch);
  writeVoters(out, epoch.voters);
  out.varint(epoch.learners.length);
  for (const id of epoch.learners) out.text(id);
  out.hash(epoch.base.hash);
  out.varint(epoch.base.height);
  out.hash(epoch.base.stateRoot);
}

export function readEpoch(input: ByteReader): EpochRecord {
  const lineage = input.varint();
  const epoch = input.varint();
  const voters = readVoters(input);
  const learners = Array.from({ length: input.count(LEARNERS_MAX) }, () => input.text(ID_BYTES_MAX));
  const base = { hash: input.hash(), height: input.varint(), stateRoot: input.hash() };
  return { lineage, epoch, voters, learners, base };
}

export function writeAnchor(out: ByteWriter, anchor: Anchor): void {
  out.hash(anchor.hash);
  out.varint(anchor.height);
  out.varint(anchor.epoch);
  out.varint(anchor.view);
  out.hash(anchor.stateRoot);
  out.bool(anchor.proof !== null);
  if (anchor.proof !== null) writeFinalProof(out, anchor.proof);
}

export function readAnchor(input: ByteReader): Anchor {
  const hash = input.hash();
  const height = input.varint();
  const epoch = input.varint();
  const view = input.varint();
  const stateRoot = input.hash();
  return { hash, height, epoch, view, stateRoot, proof: input.bool() ? readFinalProof(input) : null };
}

function readRecord(input: ByteReader, type: (typeof TYPES)[number], hasher: Hasher): ConsensusRecord {
  switch (type) {
    case 'base':
      return { type, epoch: readEpoch(input), anchor: readAnchor(input), incarnation: input.varint() };
    case 'entry':
      return { type, entry: readEntry(input, hasher) };
    case 'proof':
      return { type, epoch: input.varint(), proof: readFinalProof(input) };
    case 'epochProof':
      return { type, entry: readEntry(input, hasher), proof: readFinalProof(input) };
    case 'vote':
      return { type, epoch: input.varint(), signed: readSignedVote(input) };
    case 'certificate':
      return { type, epoch: input.varint(), certificate: readQuorumCertificate(input) };
    case 'leaveCertificate':
      return { type, epoch: input.varint(), certificate: readLeaveCertificate(input) };
    case 'incarnation':
      return { type, incarnation: input.varint() };
  }
}
