import { HEADERS_IN_CERTIFICATE_MAX, VOTERS_MAX } from '../config/index.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readHeader, writeHeader, type EntryHeader } from './entry.ts';
import { readRanked, SIGNATURE_BYTES, writeRanked, type RankedHash } from './vote.ts';

/** q votes of one kind over one entry: QC1 (`notar`) or the Final certificate (`final`). Voters strictly rise. */
export interface QuorumCertificate extends RankedHash {
  readonly kind: 'notar' | 'final';
  readonly votes: readonly { readonly voter: number; readonly signature: Uint8Array }[];
}

/** q Leave votes of one view, each with the QC1 it names, and the highest of those QC1 itself (null: the epoch's base). Voters strictly rise. */
export interface LeaveCertificate {
  readonly view: number;
  readonly votes: readonly { readonly voter: number; readonly high: RankedHash; readonly signature: Uint8Array }[];
  readonly high: QuorumCertificate | null;
}

/**
 * Proof that an entry is final: its header, the headers of its descendants up to the one that the Final certificate is over (usually none),
 * and that certificate.
 */
export interface FinalProof {
  readonly headers: readonly EntryHeader[];
  readonly certificate: QuorumCertificate;
}

export function writeQuorumCertificate(out: ByteWriter, certificate: QuorumCertificate): void {
  out.bool(certificate.kind === 'final');
  writeRanked(out, certificate);
  out.varint(certificate.votes.length);
  for (const vote of certificate.votes) {
    out.u8(vote.voter);
    out.raw(vote.signature);
  }
}

/** Throws WireError. Nothing is verified but the form. */
export function readQuorumCertificate(input: ByteReader): QuorumCertificate {
  const kind = input.bool() ? 'final' : 'notar';
  const ranked = readRanked(input);
  const votes: { voter: number; signature: Uint8Array }[] = [];
  const count = input.count(VOTERS_MAX, 1 + SIGNATURE_BYTES);
  for (let i = 0; i < count; i++) {
    const voter = input.u8();
    if (i > 0 && voter <= votes[i - 1]!.voter) input.fail('voters out of order');
    votes.push({ voter, signature: input.raw(SIGNATURE_BYTES) });
  }
  return { kind, ...ranked, votes };
}

export function writeLeaveCertificate(out: ByteWriter, certificate: LeaveCertificate): void {
  out.varint(certificate.view);
  out.varint(certificate.votes.length);
  for (const vote of certificate.votes) {
    out.u8(vote.voter);
    writeRanked(out, vote.high);
    out.raw(vote.signature);
  }
  out.bool(certificate.high !== null);
  if (certificate.high !== null) writeQuorumCertificate(out, certificate.high);
}

/** Throws WireError. Nothing is verified but the form. */
export function readLeaveCertificate(input: ByteReader): LeaveCertificate {
  const view = input.varint();
  const votes: { voter: number; high: RankedHash; signature: Uint8Array }[] = [];
  const count = input.count(VOTERS_MAX, 35 + SIGNATURE_BYTES);
  for (let i = 0; i < count; i++) {
    const voter = input.u8();
    if (i > 0 && voter <= votes[i - 1]!.voter) input.fail('voters out of order');
    const high = readRanked(input);
    if (high.view > view) input.fail('a leave vote that names a certificate of a later view');
    votes.push({ voter, high, signature: input.raw(SIGNATURE_BYTES) });
  }
  return { view, votes, high: input.bool() ? readQuorumCertificate(input) : null };
}

export function encodeFinalProof(proof: FinalProof): Uint8Array {
  const out = new ByteWriter(512);
  writeFinalProof(out, proof);
  return out.finish();
}

/** Throws WireError. */
export function decodeFinalProof(bytes: Uint8Array): FinalProof {
  const input: ByteReader = new ByteReader(bytes);
  const proof = readFinalProof(input);
  input.end();
  return proof;
}

export function writeFinalProof(out: ByteWriter, proof: FinalProof): void {
  out.varint(proof.headers.length);
  for (const header of proof.headers) writeHeader(out, header);
  writeQuorumCertificate(out, proof.certificate);
}

export function readFinalProof(input: ByteReader): FinalProof {
  const count = input.count(HEADERS_IN_CERTIFICATE_MAX, 100);
  if (count === 0) input.fail('a proof without an entry');
  const headers = Array.from({ length: count }, () => readHeader(input));
  const certificate = readQuorumCertificate(input);
  if (certificate.kind !== 'final') input.fail('a proof without a Final certificate');
  return { headers, certificate };
}
