import { equalBytes } from '../../../src-shared/units/index.ts';

/** BLAKE3-256, or what the simulation puts in its place. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

/** What the formats keep of a digest: enough against chance, and no attacker can choose it (each log and pack has its secret salt). */
export const CHECKSUM_BYTES = 16;

export function checksumOf(bytes: Uint8Array, digest: Digest): Uint8Array {
  return digest(bytes).subarray(0, CHECKSUM_BYTES);
}

/** True when the checksum of `bytes[from, to)` stands at `at`. */
export function isChecked(
  bytes: Uint8Array,
  range: { readonly at: number; readonly from: number; readonly to: number },
  digest: Digest,
): boolean {
  return equalBytes(checksumOf(bytes.subarray(range.from, range.to), digest), bytes.subarray(range.at, range.at + CHECKSUM_BYTES));
}
