import { ENTRY_BYTES_MAX, LEARNERS_MAX, VOTERS_MAX } from '../config/index.ts';
import type { Hash } from '../units/index.ts';
import { toHex, toUtf8 } from '../units/index.ts';
import { ByteReader, ByteWriter } from './bytes.ts';

/**
 * What an entry does to its group: `normal` carries commands and effects; `empty` changes nothing (a new czar proposes it so that what it
 * inherited becomes final); `epochEnd` is the last of its epoch and carries the next one; `void` stands above an epochEnd that was not
 * final yet and never counts.
 */
export type EntryKind = 'normal' | 'empty' | 'epochEnd' | 'void';

/** What the entry's hash covers. The parent's hash binds the whole past, the body's digest the payload. */
export interface EntryHeader {
  readonly kind: EntryKind;
  readonly epoch: number;
  readonly view: number;
  /** View of the parent within this epoch, 0 for the epoch's base: shows to anyone whether this is the first entry of its view. */
  readonly parentView: number;
  readonly height: number;
  readonly parent: Hash;
  /** Digest of the payload. */
  readonly body: Hash;
  readonly stateRoot: Hash;
}

export interface Entry extends EntryHeader {
  readonly hash: Hash;
  readonly payload: Uint8Array;
}

/** A voter of an epoch. `incarnation` counts the times it came back after losing its disk (agreement, rule 11). */
export interface VoterEntry {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly incarnation: number;
}

/** Payload of an epochEnd: who votes next, in the order of succession, and the bytes that cite the council's decision. */
export interface NextEpochBody {
  readonly voters: readonly VoterEntry[];
  readonly learners: readonly string[];
  readonly cite: Uint8Array;
}

/** BLAKE3-256 from outside: 32 bytes. */
export interface Hasher {
  digest(bytes: Uint8Array): Uint8Array;
}

const KINDS: readonly EntryKind[] = ['normal', 'empty', 'epochEnd', 'void'];
const ENTRY_DOMAIN = toUtf8('peerhold/entry/1');
const ID_BYTES_MAX = 128;
const CITE_BYTES_MAX = 4096;

export function hashOfHeader(header: EntryHeader, hasher: Hasher): Hash {
  const out = new ByteWriter(160);
  out.raw(ENTRY_DOMAIN);
  writeHeader(out, header);
  return toHex(hasher.digest(out.finish())) as Hash;
}

/** Completes an entry from its header's facts and its payload: digest of the body, then the hash. */
export function buildEntry(facts: Omit<EntryHeader, 'body'>, payload: Uint8Array, hasher: Hasher): Entry {
  const header: EntryHeader = { ...facts, body: toHex(hasher.digest(payload)) as Hash };
  return { ...header, hash: hashOfHeader(header, hasher), payload };
}

export function writeHeader(out: ByteWriter, header: EntryHeader): void {
  out.u8(KINDS.indexOf(header.kind));
  out.varint(header.epoch);
  out.varint(header.view);
  out.varint(header.parentView);
  out.varint(header.height);
  out.hash(header.parent);
  out.hash(header.body);
  out.hash(header.stateRoot);
}

export function readHeader(input: ByteReader): EntryHeader {
  const kind = KINDS[input.u8()];
  if (kind === undefined) input.fail('an unknown kind of entry');
  const epoch = input.varint();
  const view = input.varint();
  const parentView = input.varint();
  const height = input.varint();
  if (parentView > view) input.fail('a parent of a later view');
  return { kind, epoch, view, parentView, height, parent: input.hash(), body: input.hash(), stateRoot: input.hash() };
}

/** The digest of the body is not sent: it follows from the payload. */
export function writeEntry(out: ByteWriter, entry: Entry): void {
  out.u8(KINDS.indexOf(entry.kind));
  out.varint(entry.epoch);
  out.varint(entry.view);
  out.varint(entry.parentView);
  out.varint(entry.height);
  out.hash(entry.parent);
  out.hash(entry.stateRoot);
  out.bytes(entry.payload);
}

/** Reads an entry and computes its hash. Throws WireError. */
export function readEntry(input: ByteReader, hasher: Hasher): Entry {
  const kind = KINDS[input.u8()];
  if (kind === undefined) input.fail('an unknown kind of entry');
  const epoch = input.varint();
  const view = input.varint();
  const parentView = input.varint();
  const height = input.varint();
  if (parentView > view) input.fail('a parent of a later view');
  const parent = input.hash();
  const stateRoot = input.hash();
  const payload = input.bytes(ENTRY_BYTES_MAX);
  if (payload.length !== 0 && (kind === 'empty' || kind === 'void')) input.fail('a payload in an empty entry');
  return buildEntry({ kind, epoch, view, parentView, height, parent, stateRoot }, payload, hasher);
}

export function encodeNextEpoch(next: NextEpochBody): Uint8Array {
  const out = new ByteWriter(512);
  writeVoters(out, next.voters);
  out.varint(next.learners.length);
  for (const id of next.learners) out.text(id);
  out.bytes(next.cite);
  return out.finish();
}

/** Throws WireError. */
export function decodeNextEpoch(bytes: Uint8Array): NextEpochBody {
  const input: ByteReader = new ByteReader(bytes);
  const voters = readVoters(input);
  const learners = Array.from({ length: input.count(LEARNERS_MAX) }, () => input.text(ID_BYTES_MAX));
  const cite = input.bytes(CITE_BYTES_MAX);
  input.end();
  return { voters, learners, cite };
}

export function writeVoters(out: ByteWriter, voters: readonly VoterEntry[]): void {
  out.varint(voters.length);
  for (const voter of voters) {
    out.text(voter.id);
    out.raw(voter.publicKey);
    out.varint(voter.incarnation);
  }
}

/** 1 to `VOTERS_MAX` voters with distinct ids. */
export function readVoters(input: ByteReader): readonly VoterEntry[] {
  const count = input.count(VOTERS_MAX, 34);
  if (count === 0) input.fail('an epoch without voters');
  const voters: VoterEntry[] = [];
  for (let i = 0; i < count; i++) {
    const id = input.text(ID_BYTES_MAX);
    if (voters.some((voter) => voter.id === id)) input.fail('a voter named twice');
    voters.push({ id, publicKey: input.raw(32), incarnation: input.varint() });
  }
  return voters;
}
