import { LOG_RECORD_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { CHECKSUM_BYTES, checksumOf, type Digest } from '../checksum.ts';
import { LOG_FORMAT, SALT_BYTES, getU64, setU64 } from './layout.ts';

const { record: AT, types: TYPES } = LOG_FORMAT;

/** The most a record can take, padding included. */
export const RECORD_BYTES_MAX = padded(AT.text + 255 + 255 + LOG_RECORD_BYTES_MAX);

export interface RecordText {
  readonly type: number;
  /** UTF-8, at most 255 bytes each. */
  readonly group: Uint8Array;
  readonly kind: Uint8Array;
  readonly body: Uint8Array;
}

/** Where a record stands: what makes it the one that follows the one before. */
export interface RecordPlace {
  readonly salt: Uint8Array;
  readonly link: Uint8Array;
  readonly sequence: number;
  readonly synced: number;
}

/** Bytes of the record on disk, padding included. */
export function recordBytes({ group, kind, body }: RecordText): number {
  return padded(AT.text + group.length + kind.length + body.length);
}

/** Writes the record into `bytes` at `at`, padding included; returns its checksum, the next record's link. */
export function encodeRecord(bytes: Uint8Array, at: number, text: RecordText, place: RecordPlace, digest: Digest): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  bytes.set(place.link, at + AT.link);
  bytes.set(place.salt, at + AT.salt);
  setU64(view, AT.sequence, place.sequence);
  setU64(view, AT.synced, place.synced);
  view.setUint32(AT.bodyLength, text.body.length, true);
  view.setUint8(AT.type, text.type);
  view.setUint8(AT.groupLength, text.group.length);
  view.setUint8(AT.kindLength, text.kind.length);
  view.setUint8(AT.kindLength + 1, 0);
  let end = at + AT.text;
  for (const part of [text.group, text.kind, text.body]) {
    bytes.set(part, end);
    end += part.length;
  }
  bytes.fill(0, end, at + recordBytes(text));
  const checksum = checksumOf(bytes.subarray(at + CHECKSUM_BYTES, end), digest);
  bytes.set(checksum, at + AT.checksum);
  return checksum;
}

/**
 * Looks at one record after another without allocating: the fields hold what the last successful `read` found. Positions are those of the
 * bytes that were given.
 */
export class RecordCursor {
  sequence = 0;
  synced = 0;
  type = 0;
  /** Padding included. */
  size = 0;
  groupAt = 0;
  kindAt = 0;
  bodyAt = 0;
  bodyEnd = 0;
  private readonly saltLow: number;
  private readonly saltHigh: number;
  private readonly digest: Digest;

  constructor(salt: Uint8Array, digest: Digest) {
    const view = new DataView(salt.buffer, salt.byteOffset, SALT_BYTES);
    this.saltLow = view.getUint32(0, true);
    this.saltHigh = view.getUint32(4, true);
    this.digest = digest;
  }

  /**
   * 'none' when no record of this log begins at `at`; 'longer' when its end lies beyond the bytes (only `size` is set); 'found' otherwise: then
   * the record is whole if `isWhole` says so.
   */
  read(view: DataView, at: number): 'none' | 'longer' | 'found' {
    if (at + AT.text > view.byteLength) {
      this.size = AT.text;
      return 'longer';
    }
    if (view.getUint32(at + AT.salt, true) !== this.saltLow || view.getUint32(at + AT.salt + 4, true) !== this.saltHigh) return 'none';
    const bodyLength = view.getUint32(at + AT.bodyLength, true);
    this.type = view.getUint8(at + AT.type);
    if (bodyLength > LOG_RECORD_BYTES_MAX || (this.type !== TYPES.data && this.type !== TYPES.table)) return 'none';
    this.groupAt = at + AT.text;
    this.kindAt = this.groupAt + view.getUint8(at + AT.groupLength);
    this.bodyAt = this.kindAt + view.getUint8(at + AT.kindLength);
    this.bodyEnd = this.bodyAt + bodyLength;
    this.size = padded(this.bodyEnd - at);
    if (this.bodyEnd > view.byteLength) return 'longer';
    this.sequence = getU64(view, at + AT.sequence);
    this.synced = getU64(view, at + AT.synced);
    return 'found';
  }

  /** True when the record found at `at` has its checksum. */
  isWhole(bytes: Uint8Array, at: number): boolean {
    return hasBytes(bytes, at + AT.checksum, this.digest(bytes.subarray(at + CHECKSUM_BYTES, this.bodyEnd)));
  }

  follows(bytes: Uint8Array, at: number, link: Uint8Array): boolean {
    return hasBytes(bytes, at + AT.link, link);
  }

  copyChecksum(bytes: Uint8Array, at: number, into: Uint8Array): void {
    for (let i = 0; i < CHECKSUM_BYTES; i++) into[i] = bytes[at + AT.checksum + i]!;
  }
}

function hasBytes(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < CHECKSUM_BYTES; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function padded(length: number): number {
  return Math.ceil(length / AT.align) * AT.align;
}
