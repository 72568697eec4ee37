/** A varint of the protocol: 32 bits, little-endian groups of 7, negative numbers as their two's complement (5 bytes). */
export const VARINT_BYTES_MAX = 5;

/** null while bytes are missing. Throws RangeError when it is longer than a varint may be. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let i = 0; i < VARINT_BYTES_MAX; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  throw new RangeError('a varint of more than 5 bytes');
}

export function varintBytes(value: number): number {
  let rest = value >>> 7;
  let count = 1;
  for (; rest !== 0; rest >>>= 7) count += 1;
  return count;
}

/** Returns the offset behind it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  let end = at;
  for (; rest > 0x7f; rest >>>= 7) bytes[end++] = (rest & 0x7f) | 0x80;
  bytes[end++] = rest;
  return end;
}
