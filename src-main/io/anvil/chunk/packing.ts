/**
 * Numbers of `bits` each in big-endian longs, the first in the lowest bits. Until 20w17a ('tight') one may cross from a long into the next;
 * since then ('padded') each long holds as many as fit.
 */
export type Packing = 'tight' | 'padded';

export function longsFor(count: number, bits: number, packing: Packing): number {
  return packing === 'tight' ? Math.ceil((count * bits) / 64) : Math.ceil(count / Math.floor(64 / bits));
}

/** `bytes` holds the longs from `start` on; `bits` 1 to 16. Fills the first `count` of `out`. */
export function unpack(
  from: { readonly bytes: Uint8Array; readonly start: number },
  layout: { readonly bits: number; readonly packing: Packing; readonly count: number },
  out: Uint16Array,
): void {
  if (layout.packing === 'padded') unpackPadded(from.bytes, from.start, layout.bits, layout.count, out);
  else unpackTight(from.bytes, from.start, layout.bits, layout.count, out);
}

function unpackPadded(bytes: Uint8Array, start: number, bits: number, count: number, out: Uint16Array): void {
  const perLong = Math.floor(64 / bits);
  const mask = (1 << bits) - 1;
  for (let at = start, i = 0; i < count; at += 8) {
    const high = word(bytes, at);
    const low = word(bytes, at + 4);
    const end = Math.min(count, i + perLong);
    for (let shift = 0; i < end; i++, shift += bits) {
      const value = shift >= 32 ? high >>> (shift - 32) : shift + bits <= 32 ? low >>> shift : (low >>> shift) | (high << (32 - shift));
      out[i] = value & mask;
    }
  }
}

function unpackTight(bytes: Uint8Array, start: number, bits: number, count: number, out: Uint16Array): void {
  const mask = (1 << bits) - 1;
  for (let i = 0, bit = 0; i < count; i++, bit += bits) {
    const index = bit >>> 5;
    const shift = bit & 31;
    let value = halfLong(bytes, start, index) >>> shift;
    if (shift + bits > 32) value |= halfLong(bytes, start, index + 1) << (32 - shift);
    out[i] = value & mask;
  }
}

/** The 32-bit words in order of the bits they hold: the low half of a long first. */
function halfLong(bytes: Uint8Array, start: number, index: number): number {
  return word(bytes, start + 8 * (index >>> 1) + ((index & 1) === 0 ? 4 : 0));
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

/** The other way round: longs as NBT keeps them. */
export function pack(values: ArrayLike<number>, bits: number, packing: Packing): BigInt64Array {
  const longs = new BigInt64Array(longsFor(values.length, bits, packing));
  const words = new DataView(longs.buffer);
  const or = (bit: number, value: number): void => {
    // Longs are written by their halves in the machine's own order, as BigInt64Array reads them.
    const at = LITTLE_ENDIAN ? 4 * (bit >>> 5) : 8 * (bit >>> 6) + ((bit & 32) === 0 ? 4 : 0);
    words.setUint32(at, words.getUint32(at, LITTLE_ENDIAN) | value, LITTLE_ENDIAN);
  };
  const perLong = Math.floor(64 / bits);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bit = packing === 'tight' ? i * bits : Math.floor(i / perLong) * 64 + (i % perLong) * bits;
    const shift = bit & 31;
    or(bit, value << shift);
    if (shift + bits > 32) or(bit + 32, value >>> (32 - shift));
  }
  return longs;
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
