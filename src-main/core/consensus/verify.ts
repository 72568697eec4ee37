import type { Hash } from '../../../src-shared/units/index.ts';
import {
  decodeFinalProof,
  hashOfHeader,
  signedBytesOfVote,
  WireError,
  type EntryHeader,
  type FinalProof,
  type LeaveCertificate,
  type QuorumCertificate,
  type SignedVote,
} from '../../../src-shared/wire/index.ts';
import type { GroupConfig, ReplicaCrypto } from './door.ts';
import { epochOfConfig, type Epoch } from './epoch.ts';
import { compareRank } from './state.ts';

type Verifier = Pick<ReplicaCrypto, 'digest' | 'verify'>;

export function verifyVote(epoch: Epoch, signed: SignedVote, crypto: Pick<ReplicaCrypto, 'verify'>): boolean {
  const voter = epoch.voters[signed.voter];
  return voter !== undefined && crypto.verify(voter.publicKey, signedBytesOfVote(epoch.domain, signed.vote), signed.signature);
}

/** q distinct voters of this epoch over one rank and entry. `known` spares votes that were verified before. */
export function verifyQuorumCertificate(
  epoch: Epoch,
  certificate: QuorumCertificate,
  crypto: Pick<ReplicaCrypto, 'verify'>,
  known: (signed: SignedVote) => boolean = () => false,
): boolean {
  if (!hasQuorum(epoch, certificate.votes)) return false;
  const { kind, view, height, hash } = certificate;
  return certificate.votes.every((vote) => {
    const signed: SignedVote = { voter: vote.voter, vote: { kind, view, height, hash }, signature: vote.signature };
    return known(signed) || verifyVote(epoch, signed, crypto);
  });
}

/** q distinct Leave votes of one view, and the highest QC1 that any of them names (rule 4). */
export function verifyLeaveCertificate(epoch: Epoch, certificate: LeaveCertificate, crypto: Pick<ReplicaCrypto, 'verify'>): boolean {
  if (!hasQuorum(epoch, certificate.votes)) return false;
  const high = certificate.high ?? { view: 0, height: epoch.record.base.height, hash: epoch.record.base.hash };
  if (!certificate.votes.some((vote) => compareRank(vote.high, high) === 0 && vote.high.hash === high.hash)) return false;
  if (certificate.votes.some((vote) => compareRank(vote.high, high) > 0)) return false;
  const { view } = certificate;
  const signed = certificate.votes.every((vote) =>
    verifyVote(epoch, { voter: vote.voter, vote: { kind: 'leave', view, high: vote.high }, signature: vote.signature }, crypto),
  );
  return signed && (certificate.high === null || isQc1(epoch, certificate.high, crypto));
}

/**
 * Verifies the certificate that `finals` carries: that the entry named by the result is final in the group and epoch of `config`.
 * Null for anything malformed, of another domain, short of a quorum, or over an entry that never counts (`void`).
 */
export function verifyCertificate(
  certificate: Uint8Array,
  config: GroupConfig,
  crypto: Verifier,
): (EntryHeader & { readonly hash: Hash }) | null {
  let proof: FinalProof;
  try {
    proof = decodeFinalProof(certificate);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
  return verifyFinalProof(epochOfConfig(config, crypto), proof, crypto);
}

/** The proven entry's header with its hash, or null. */
export function verifyFinalProof(epoch: Epoch, proof: FinalProof, crypto: Verifier): (EntryHeader & { readonly hash: Hash }) | null {
  const hashes = proof.headers.map((header) => hashOfHeader(header, crypto));
  const first = proof.headers[0]!;
  const last = proof.headers.length - 1;
  const linked = proof.headers.every(
    (header, i) => header.epoch === epoch.number && (i === 0 || (header.parent === hashes[i - 1] && header.height === first.height + i)),
  );
  if (!linked || first.kind === 'void' || first.height <= epoch.record.base.height) return null;
  // Above an epochEnd nothing of this epoch counts but what is void: a chain that says otherwise was made by liars.
  if (proof.headers.some((header, i) => i > 0 && endsEpoch(proof.headers[i - 1]!) && header.kind !== 'void')) return null;
  const { certificate } = proof;
  if (certificate.hash !== hashes[last] || certificate.height !== first.height + last) return null;
  if (certificate.kind !== 'final' || certificate.view !== proof.headers[last]!.view) return null;
  return verifyQuorumCertificate(epoch, certificate, crypto) ? { ...first, hash: hashes[0]! } : null;
}

function endsEpoch(header: EntryHeader): boolean {
  return header.kind === 'epochEnd' || header.kind === 'void';
}

function isQc1(epoch: Epoch, certificate: QuorumCertificate, crypto: Pick<ReplicaCrypto, 'verify'>): boolean {
  return certificate.kind === 'notar' && verifyQuorumCertificate(epoch, certificate, crypto);
}

/** Counts each voter once, whatever the decoder let through. */
function hasQuorum(epoch: Epoch, votes: readonly { readonly voter: number }[]): boolean {
  const voters = new Set(votes.map((vote) => vote.voter));
  return voters.size === votes.length && voters.size >= epoch.quorum;
}
