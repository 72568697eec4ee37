import type { Hash } from '../units/index.ts';
import { ByteWriter, type ByteReader } from './bytes.ts';

/** What every signature covers besides its own fields. */
export interface SignatureDomain {
  readonly world: Hash;
  readonly lineage: number;
  readonly group: string;
  readonly epoch: number;
  /** Hash of the epoch's configuration: voters in order, incarnations, and the base it starts from. */
  readonly configuration: Hash;
}

/** `rank = (view, height)`, with the entry it stands for. */
export interface RankedHash {
  readonly view: number;
  readonly height: number;
  readonly hash: Hash;
}

/** A promise of one voter. `leave` names the highest QC1 that the voter knew (the epoch's base has view 0). */
export type Vote =
  | ({ readonly kind: 'notar' } & RankedHash)
  | ({ readonly kind: 'final' } & RankedHash)
  | { readonly kind: 'leave'; readonly view: number; readonly high: RankedHash };

/**
 * Signed statements that promise nothing: what a voter found when it executed an entry, that a state is on its disk, and the question of a
 * restarted voter (`boot` names the run of its process).
 */
export type Statement =
  | ({ readonly kind: 'refuse'; readonly stateRoot: Hash | null; readonly code: string } & RankedHash)
  | { readonly kind: 'durable'; readonly height: number; readonly hash: Hash; readonly stateRoot: Hash }
  | { readonly kind: 'ask'; readonly boot: Uint8Array };

export interface SignedVote {
  /** Index in the epoch's order of voters. */
  readonly voter: number;
  readonly vote: Vote;
  readonly signature: Uint8Array;
}

export interface SignedStatement {
  readonly voter: number;
  readonly statement: Statement;
  readonly signature: Uint8Array;
}

export const SIGNATURE_BYTES = 64;
const VOTE_KINDS = ['notar', 'final', 'leave'] as const;
export const BOOT_BYTES = 8;
const STATEMENT_KINDS = ['refuse', 'durable', 'ask'] as const;
const CODE_BYTES_MAX = 64;

/** The bytes that are signed: domain tag, world, lineage, group, epoch, configuration, then the vote's own fields. */
export function signedBytesOfVote(domain: SignatureDomain, vote: Vote): Uint8Array {
  const out = new ByteWriter(256);
  writeDomain(out, domain, vote.kind);
  writeVoteFields(out, vote);
  return out.finish();
}

export function signedBytesOfStatement(domain: SignatureDomain, statement: Statement): Uint8Array {
  const out = new ByteWriter(256);
  writeDomain(out, domain, statement.kind);
  writeStatementFields(out, statement);
  return out.finish();
}

export function writeSignedVote(out: ByteWriter, signed: SignedVote): void {
  out.u8(VOTE_KINDS.indexOf(signed.vote.kind));
  out.u8(signed.voter);
  writeVoteFields(out, signed.vote);
  out.raw(signed.signature);
}

/** Throws WireError. The signature is not verified here. */
export function readSignedVote(input: ByteReader): SignedVote {
  const kind = VOTE_KINDS[input.u8()];
  if (kind === undefined) input.fail('an unknown kind of vote');
  const voter = input.u8();
  const vote: Vote = kind === 'leave' ? readLeave(input) : { kind, ...readRanked(input) };
  return { voter, vote, signature: input.raw(SIGNATURE_BYTES) };
}

export function writeSignedStatement(out: ByteWriter, signed: SignedStatement): void {
  out.u8(STATEMENT_KINDS.indexOf(signed.statement.kind));
  out.u8(signed.voter);
  writeStatementFields(out, signed.statement);
  out.raw(signed.signature);
}

/** Throws WireError. The signature is not verified here. */
export function readSignedStatement(input: ByteReader): SignedStatement {
  const kind = STATEMENT_KINDS[input.u8()];
  if (kind === undefined) input.fail('an unknown kind of statement');
  const voter = input.u8();
  const statement = readStatementFields(input, kind);
  return { voter, statement, signature: input.raw(SIGNATURE_BYTES) };
}

export function writeRanked(out: ByteWriter, ranked: RankedHash): void {
  out.varint(ranked.view);
  out.varint(ranked.height);
  out.hash(ranked.hash);
}

export function readRanked(input: ByteReader): RankedHash {
  return { view: input.varint(), height: input.varint(), hash: input.hash() };
}

function writeDomain(out: ByteWriter, domain: SignatureDomain, kind: string): void {
  out.text(`peerhold/${kind}/1`);
  out.hash(domain.world);
  out.varint(domain.lineage);
  out.text(domain.group);
  out.varint(domain.epoch);
  out.hash(domain.configuration);
}

function writeVoteFields(out: ByteWriter, vote: Vote): void {
  if (vote.kind !== 'leave') {
    writeRanked(out, vote);
    return;
  }
  out.varint(vote.view);
  writeRanked(out, vote.high);
}

function readLeave(input: ByteReader): Vote {
  const view = input.varint();
  const high = readRanked(input);
  if (high.view > view) input.fail('a leave vote that names a certificate of a later view');
  return { kind: 'leave', view, high };
}

function writeStatementFields(out: ByteWriter, statement: Statement): void {
  if (statement.kind === 'ask') {
    out.raw(statement.boot);
    return;
  }
  if (statement.kind === 'durable') {
    out.varint(statement.height);
    out.hash(statement.hash);
    out.hash(statement.stateRoot);
    return;
  }
  writeRanked(out, statement);
  out.bool(statement.stateRoot !== null);
  if (statement.stateRoot !== null) out.hash(statement.stateRoot);
  out.text(statement.code);
}

function readStatementFields(input: ByteReader, kind: Statement['kind']): Statement {
  switch (kind) {
    case 'refuse': {
      const ranked = readRanked(input);
      const stateRoot = input.bool() ? input.hash() : null;
      return { kind, ...ranked, stateRoot, code: input.text(CODE_BYTES_MAX) };
    }
    case 'durable':
      return { kind, height: input.varint(), hash: input.hash(), stateRoot: input.hash() };
    case 'ask':
      return { kind, boot: input.raw(BOOT_BYTES) };
  }
}
