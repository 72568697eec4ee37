import { AppError } from '../../../../src-shared/errors/index.ts';
import { concat, equalBytes, toUtf8 } from '../../../../src-shared/units/index.ts';
import { checksumOf, isChecked, type Digest } from '../checksum.ts';

/**
 * The log's format, version 1. All numbers are little-endian; u64 stay below 2^53. The codecs take every offset from here, and a test pins the
 * hash of it: a change needs a new version.
 *
 * A segment `NNNNNNNN.seg` is two copies of its header, then records, then zeros. A record is padded with zeros to a multiple of `align`.
 */
export const LOG_FORMAT = {
  version: 1,
  header: { bytes: 4096, copies: 2, checksum: 0, magic: 16, version: 24, salt: 32, number: 40, end: 48, magicText: 'PEERHLOG' },
  record: {
    align: 16,
    /** First 16 bytes of the digest of everything after it, padding excluded. */
    checksum: 0,
    /** Checksum of the record before; zeros in the first. */
    link: 16,
    /** 8 random bytes of this log: tells its records from bytes that only look like records, above all inside of bodies. */
    salt: 32,
    sequence: 40,
    /** Highest sequence that was known to be on the medium when this one was written. */
    synced: 48,
    bodyLength: 56,
    type: 60,
    groupLength: 61,
    kindLength: 62,
    /** Group, kind (both UTF-8), body. */
    text: 64,
  },
  /** `data` is a record of a caller; `table` is JSON `{first, trims}`: the first segment still needed, and per group the first sequence kept. */
  types: { data: 1, table: 2 },
} as const;

export const RECORDS_AT = LOG_FORMAT.header.bytes * LOG_FORMAT.header.copies;
export const SALT_BYTES = 8;

/** What every opening and every new segment repeats, so that the segments before may go. */
export interface LogTable {
  readonly first: number;
  readonly trims: Readonly<Record<string, number>>;
}

export function segmentName(number: number): string {
  return `${String(number).padStart(8, '0')}.seg`;
}

/** null for any other file. */
export function segmentNumber(name: string): number | null {
  const digits = /^(\d{8,15})\.seg$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Both copies of the header. */
export function encodeHeader({ salt, number }: { readonly salt: Uint8Array; readonly number: number }, digest: Digest): Uint8Array {
  const { header } = LOG_FORMAT;
  const bytes = new Uint8Array(header.bytes);
  const view = new DataView(bytes.buffer);
  bytes.set(toUtf8(header.magicText), header.magic);
  view.setUint32(header.version, LOG_FORMAT.version, true);
  bytes.set(salt, header.salt);
  setU64(view, header.number, number);
  bytes.set(checksumOf(bytes.subarray(header.magic, header.end), digest), header.checksum);
  return concat(Array.from({ length: header.copies }, () => bytes));
}

/** Salt of the first copy that is whole; null when none is. Throws `store.format-newer`. */
export function decodeHeader(bytes: Uint8Array, digest: Digest): { readonly salt: Uint8Array; readonly whole: boolean } | null {
  const { header } = LOG_FORMAT;
  const copies = Array.from({ length: header.copies }, (_, i) => bytes.subarray(i * header.bytes, (i + 1) * header.bytes));
  const good = copies.filter((copy) => isWhole(copy, digest));
  const [first] = good;
  if (first === undefined) return null;
  const version = new DataView(first.buffer, first.byteOffset).getUint32(header.version, true);
  if (version > LOG_FORMAT.version) throw new AppError('store.format-newer', { part: 'log', found: version, known: LOG_FORMAT.version });
  return { salt: first.slice(header.salt, header.salt + SALT_BYTES), whole: good.length === header.copies };
}

function isWhole(copy: Uint8Array, digest: Digest): boolean {
  const { header } = LOG_FORMAT;
  if (copy.length < header.bytes) return false;
  return (
    isChecked(copy, { at: header.checksum, from: header.magic, to: header.end }, digest) &&
    equalBytes(toUtf8(header.magicText), copy.subarray(header.magic, header.magic + header.magicText.length))
  );
}

export function setU64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 2 ** 32, true);
  view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
}

export function getU64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}
