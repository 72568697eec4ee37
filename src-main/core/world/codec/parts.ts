import { AppError } from '../../../../src-shared/errors/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter, WireError } from '../../../../src-shared/wire/index.ts';
import type { Digest } from '../door.ts';

/**
 * The one form of all blobs of the world: format, kind, number of parts, each part with its length, and a tail that the name does
 * not cover (light). The name is the digest over a node tag, format, kind and the digests of the parts in order, so that
 * whoever knows the digests of unchanged parts names the whole without encoding it.
 */
export const BLOB_FORMAT = 1;

export type BlobKind = 'chunk' | 'page' | 'bucket' | 'manifest';
const KINDS: readonly BlobKind[] = ['chunk', 'page', 'bucket', 'manifest'];

/** First byte of what a name hashes. Every part starts with a tag of its own above this, so that a part can not pass for a node. */
const NODE_TAG = 0;
const DIGEST_BYTES = 32;

export interface Parts {
  readonly parts: readonly Uint8Array[];
  readonly tail: Uint8Array;
}

export function encodeParts(kind: BlobKind, { parts, tail }: Parts): Uint8Array {
  let capacity = 8 + tail.length;
  for (const part of parts) capacity += part.length + 4;
  const writer = new ByteWriter(capacity);
  putPartsHead(writer, kind, parts.length);
  for (const part of parts) writer.bytes(part);
  writer.raw(tail);
  return writer.view();
}

/** What stands before the parts: each with its length, then the tail. */
export function putPartsHead(writer: ByteWriter, kind: BlobKind, count: number): void {
  writer.u8(BLOB_FORMAT);
  writer.u8(KINDS.indexOf(kind));
  writer.varint(count);
}

/** Parts are views of `bytes`. Throws WireError, and AppError `store.format-newer` for a format that a newer version wrote. */
export function decodeParts(bytes: Uint8Array): Parts & { readonly kind: BlobKind } {
  const reader = new ByteReader(bytes);
  const format = reader.u8();
  if (format > BLOB_FORMAT) throw new AppError('store.format-newer', { format, known: BLOB_FORMAT });
  if (format !== BLOB_FORMAT) reader.fail(`format ${format}`);
  const kind = KINDS[reader.u8()] ?? reader.fail('an unknown kind of blob');
  const count = reader.count(Number.MAX_SAFE_INTEGER, 2);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const part = reader.view(reader.count(Number.MAX_SAFE_INTEGER));
    if (part[0] === undefined || part[0] === NODE_TAG) reader.fail('a part without a tag');
    parts.push(part);
  }
  return { kind, parts, tail: reader.view(reader.remaining) };
}

export function nameOfParts(kind: BlobKind, hashes: readonly Uint8Array[], digest: Digest): Uint8Array {
  const node = new Uint8Array(3 + hashes.length * DIGEST_BYTES);
  node[0] = NODE_TAG;
  node[1] = BLOB_FORMAT;
  node[2] = KINDS.indexOf(kind);
  hashes.forEach((hash, index) => node.set(hash, 3 + index * DIGEST_BYTES));
  return digest(node);
}

/** The name of any blob of the world: what a receiver compares before it trusts the bytes. Throws AppError `store.blob-damaged`. */
export function nameOfEncoded(bytes: Uint8Array, digest: Digest): Hash {
  return orDamaged(() => {
    const { kind, parts } = decodeParts(bytes);
    return toHex(
      nameOfParts(
        kind,
        parts.map((part) => digest(part)),
        digest,
      ),
    ) as Hash;
  });
}

/** Turns malformed bytes into the fault `store.blob-damaged`; bugs pass through. */
export function orDamaged<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof WireError) throw new AppError('store.blob-damaged', { reason: cause.message }, { cause });
    throw cause;
  }
}
