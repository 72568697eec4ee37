import { BATCH_ENTRIES_MAX, EPOCHS_KEPT_MAX, VOTES_IN_MESSAGE_MAX } from '../config/index.ts';
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
import { readEntry, writeEntry, type Entry, type Hasher } from './entry.ts';
import { readAnchor, writeAnchor, type Anchor } from './records.ts';
import {
  BOOT_BYTES,
  readSignedStatement,
  readSignedVote,
  SIGNATURE_BYTES,
  writeSignedStatement,
  writeSignedVote,
  type SignedStatement,
  type SignedVote,
} from './vote.ts';

/** What entitles a czar to propose: the epoch's base (view 1), a leave certificate (first of a later view), or the parent's QC1. */
export type Justification =
  | { readonly kind: 'base' }
  | { readonly kind: 'leave'; readonly certificate: LeaveCertificate }
  | { readonly kind: 'chain'; readonly certificate: QuorumCertificate };

/** A vote's rank as far as a restarted voter needs it (rule 11). */
export interface Promised {
  readonly notar: { readonly view: number; readonly height: number } | null;
  readonly final: { readonly view: number; readonly height: number } | null;
  readonly leave: number;
}

/** An epoch's last entry with its proof. */
export interface EpochProof {
  readonly entry: Entry;
  readonly proof: FinalProof;
}

export type AgreementMessage =
  /** The czar's Notar signs the proposal. */
  | { readonly type: 'proposal'; readonly entry: Entry; readonly czar: number; readonly signature: Uint8Array; readonly by: Justification }
  /** Own votes; `high` is the QC1 that a Leave among them names. */
  | { readonly type: 'votes'; readonly votes: readonly SignedVote[]; readonly high: QuorumCertificate | null }
  | { readonly type: 'statement'; readonly signed: SignedStatement }
  | { readonly type: 'certificate'; readonly certificate: QuorumCertificate }
  | { readonly type: 'leaveCertificate'; readonly certificate: LeaveCertificate }
  | { readonly type: 'heartbeat'; readonly view: number; readonly finalHeight: number }
  | { readonly type: 'ping'; readonly sent: number; readonly view: number; readonly finalHeight: number; readonly finalHash: Hash }
  | { readonly type: 'pong'; readonly sent: number; readonly view: number; readonly finalHeight: number; readonly finalHash: Hash }
  /** Entries above a final height, towards `want` when that is known. */
  | { readonly type: 'fetch'; readonly above: number; readonly want: Hash | null }
  /** Final entries of one epoch without gaps with the proof of the last; then unfinal ones, the last of them under `tailCertificate`. */
  | {
      readonly type: 'batch';
      readonly finals: readonly Entry[];
      readonly proof: FinalProof | null;
      readonly tail: readonly Entry[];
      readonly tailCertificate: QuorumCertificate | null;
    }
  /** The log that was asked for is gone; the state at `anchor` is there. `chain` leads to its epoch. */
  | { readonly type: 'offer'; readonly chain: readonly EpochProof[]; readonly anchor: Anchor }
  /** To a restarted voter's question: the highest of its promises that were seen. */
  | { readonly type: 'answer'; readonly boot: Uint8Array; readonly promised: Promised };

/** A message with what precedes every one: the sender's epoch and the run of its process. */
export interface Envelope {
  readonly epoch: number;
  readonly boot: Uint8Array;
  readonly message: AgreementMessage;
}

const VERSION = 1;
const TYPES = [
  'proposal',
  'votes',
  'statement',
  'certificate',
  'leaveCertificate',
  'heartbeat',
  'ping',
  'pong',
  'fetch',
  'batch',
  'offer',
  'answer',
] as const;
const JUSTIFICATIONS = ['base', 'leave', 'chain'] as const;

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const out = new ByteWriter(512);
  out.u8(VERSION);
  out.u8(TYPES.indexOf(envelope.message.type));
  out.varint(envelope.epoch);
  out.raw(envelope.boot);
  writeMessage(out, envelope.message);
  return out.finish();
}

/** Throws WireError. Signatures and hashes of parents are not verified here. */
export function decodeEnvelope(bytes: Uint8Array, hasher: Hasher): Envelope {
  const input: ByteReader = new ByteReader(bytes);
  if (input.u8() !== VERSION) input.fail('an unknown version');
  const type = TYPES[input.u8()];
  if (type === undefined) input.fail('an unknown kind of message');
  const epoch = input.varint();
  const boot = input.raw(BOOT_BYTES);
  const message = readMessage(input, type, hasher);
  input.end();
  return { epoch, boot, message };
}

function writeMessage(out: ByteWriter, message: AgreementMessage): void {
  switch (message.type) {
    case 'proposal':
      writeEntry(out, message.entry);
      out.u8(message.czar);
      out.raw(message.signature);
      writeJustification(out, message.by);
      break;
    case 'votes':
      out.varint(message.votes.length);
      for (const vote of message.votes) writeSignedVote(out, vote);
      writeOptional(out, message.high);
      break;
    case 'statement':
      writeSignedStatement(out, message.signed);
      break;
    case 'certificate':
      writeQuorumCertificate(out, message.certificate);
      break;
    case 'leaveCertificate':
      writeLeaveCertificate(out, message.certificate);
      break;
    case 'heartbeat':
      out.varint(message.view);
      out.varint(message.finalHeight);
      break;
    case 'ping':
    case 'pong':
      out.varint(message.sent);
      out.varint(message.view);
      out.varint(message.finalHeight);
      out.hash(message.finalHash);
      break;
    case 'fetch':
    case 'batch':
    case 'offer':
      writeCatchUp(out, message);
      break;
    case 'answer':
      out.raw(message.boot);
      writePromised(out, message.promised);
      break;
  }
}

function writeCatchUp(out: ByteWriter, message: AgreementMessage & { readonly type: 'fetch' | 'batch' | 'offer' }): void {
  switch (message.type) {
    case 'fetch':
      out.varint(message.above);
      out.bool(message.want !== null);
      if (message.want !== null) out.hash(message.want);
      break;
    case 'batch':
      writeEntries(out, message.finals);
      out.bool(message.proof !== null);
      if (message.proof !== null) writeFinalProof(out, message.proof);
      writeEntries(out, message.tail);
      writeOptional(out, message.tailCertificate);
      break;
    case 'offer':
      out.varint(message.chain.length);
      for (const { entry, proof } of message.chain) {
        writeEntry(out, entry);
        writeFinalProof(out, proof);
      }
      writeAnchor(out, message.anchor);
      break;
  }
}

function readMessage(input: ByteReader, type: (typeof TYPES)[number], hasher: Hasher): AgreementMessage {
  switch (type) {
    case 'proposal': {
      const entry = readEntry(input, hasher);
      return { type, entry, czar: input.u8(), signature: input.raw(SIGNATURE_BYTES), by: readJustification(input) };
    }
    case 'votes': {
      const votes = Array.from({ length: input.count(VOTES_IN_MESSAGE_MAX, 66) }, () => readSignedVote(input));
      return { type, votes, high: readOptional(input) };
    }
    case 'statement':
      return { type, signed: readSignedStatement(input) };
    case 'certificate':
      return { type, certificate: readQuorumCertificate(input) };
    case 'leaveCertificate':
      return { type, certificate: readLeaveCertificate(input) };
    case 'heartbeat':
      return { type, view: input.varint(), finalHeight: input.varint() };
    case 'ping':
    case 'pong':
      return { type, sent: input.varint(), view: input.varint(), finalHeight: input.varint(), finalHash: input.hash() };
    case 'fetch':
    case 'batch':
    case 'offer':
      return readCatchUp(input, type, hasher);
    case 'answer':
      return { type, boot: input.raw(BOOT_BYTES), promised: readPromised(input) };
  }
}

function readCatchUp(input: ByteReader, type: 'fetch' | 'batch' | 'offer', hasher: Hasher): AgreementMessage {
  switch (type) {
    case 'fetch':
      return { type, above: input.varint(), want: input.bool() ? input.hash() : null };
    case 'batch': {
      const finals = readEntries(input, hasher);
      const proof = input.bool() ? readFinalProof(input) : null;
      return { type, finals, proof, tail: readEntries(input, hasher), tailCertificate: readOptional(input) };
    }
    case 'offer': {
      const chain = Array.from({ length: input.count(EPOCHS_KEPT_MAX, 200) }, () => {
        const entry = readEntry(input, hasher);
        return { entry, proof: readFinalProof(input) };
      });
      return { type, chain, anchor: readAnchor(input) };
    }
  }
}

function writeJustification(out: ByteWriter, by: Justification): void {
  out.u8(JUSTIFICATIONS.indexOf(by.kind));
  if (by.kind === 'leave') writeLeaveCertificate(out, by.certificate);
  if (by.kind === 'chain') writeQuorumCertificate(out, by.certificate);
}

function readJustification(input: ByteReader): Justification {
  const kind = JUSTIFICATIONS[input.u8()];
  if (kind === undefined) input.fail('an unknown justification');
  if (kind === 'leave') return { kind, certificate: readLeaveCertificate(input) };
  if (kind === 'chain') return { kind, certificate: readQuorumCertificate(input) };
  return { kind };
}

function writeOptional(out: ByteWriter, certificate: QuorumCertificate | null): void {
  out.bool(certificate !== null);
  if (certificate !== null) writeQuorumCertificate(out, certificate);
}

function readOptional(input: ByteReader): QuorumCertificate | null {
  return input.bool() ? readQuorumCertificate(input) : null;
}

function writeEntries(out: ByteWriter, entries: readonly Entry[]): void {
  out.varint(entries.length);
  for (const entry of entries) writeEntry(out, entry);
}

function readEntries(input: ByteReader, hasher: Hasher): readonly Entry[] {
  return Array.from({ length: input.count(BATCH_ENTRIES_MAX, 69) }, () => readEntry(input, hasher));
}

function writePromised(out: ByteWriter, promised: Promised): void {
  for (const rank of [promised.notar, promised.final]) {
    out.bool(rank !== null);
    if (rank === null) continue;
    out.varint(rank.view);
    out.varint(rank.height);
  }
  out.varint(promised.leave);
}

function readPromised(input: ByteReader): Promised {
  const readRank = (): { view: number; height: number } | null => (input.bool() ? { view: input.varint(), height: input.varint() } : null);
  return { notar: readRank(), final: readRank(), leave: input.varint() };
}
