import { xxhash32 } from './xxhash32.ts';

/** Bytes that are no LZ4 stream; the caller knows which chunk. */
export class Lz4Error extends Error {}

/** The stream is whole, but larger than it may be. */
export class Lz4TooLargeError extends Error {}

const MAGIC = [0x4c, 0x5a, 0x34, 0x42, 0x6c, 0x6f, 0x63, 0x6b]; // "LZ4Block"
const HEADER_BYTES = MAGIC.length + 13;
const METHOD_RAW = 0x10;
const METHOD_LZ4 = 0x20;
const CHECKSUM_SEED = 0x9747b28c;
/** The stream keeps 28 bits of the checksum. */
const CHECKSUM_MASK = 0x0fffffff;

/**
 * What `net.jpountz.lz4.LZ4BlockOutputStream` wrote, as vanilla does for chunks with compression 4: blocks of magic, token (method and
 * size class), compressed length, length, checksum (little-endian), bytes; an empty block ends it.
 * Source: https://github.com/lz4/lz4-java/blob/master/src/java/net/jpountz/lz4/LZ4BlockOutputStream.java
 */
export function decompressLz4Stream(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const blocks = findBlocks(bytes, bytesMax);
  const out = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    const target = out.subarray(at, at + block.length);
    if (block.method === METHOD_RAW) target.set(block.content);
    else decompressLz4Block(block.content, target);
    if ((xxhash32(target, CHECKSUM_SEED) & CHECKSUM_MASK) !== block.checksum) throw new Lz4Error('checksum');
    at += block.length;
  }
  return out;
}

interface Block {
  readonly method: number;
  readonly content: Uint8Array;
  readonly length: number;
  readonly checksum: number;
}

/** Every header is checked before anything is allocated. */
function findBlocks(bytes: Uint8Array, bytesMax: number): readonly Block[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Block[] = [];
  let total = 0;
  for (let at = 0; ;) {
    if (at + HEADER_BYTES > bytes.length) throw new Lz4Error('cut short');
    if (MAGIC.some((byte, i) => bytes[at + i] !== byte)) throw new Lz4Error('magic');
    const method = bytes[at + 8]! & 0xf0;
    const compressed = view.getInt32(at + 9, true);
    const length = view.getInt32(at + 13, true);
    const checksum = view.getInt32(at + 17, true);
    at += HEADER_BYTES;
    if (method !== METHOD_RAW && method !== METHOD_LZ4) throw new Lz4Error('method');
    if (length < 0 || compressed < 0 || compressed > bytes.length - at) throw new Lz4Error('length');
    if ((length === 0) !== (compressed === 0) || (method === METHOD_RAW && length !== compressed)) throw new Lz4Error('length');
    if (length === 0) return blocks;
    // LZ4 can not expand more than 255 times.
    if (length > 255 * compressed) throw new Lz4Error('length');
    total += length;
    if (total > bytesMax) throw new Lz4TooLargeError();
    blocks.push({ method, content: bytes.subarray(at, at + compressed), length, checksum });
    at += compressed;
  }
}

const MATCH_LENGTH_MIN = 4;

/**
 * One LZ4 block into exactly `out`. Throws Lz4Error for anything else.
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function decompressLz4Block(bytes: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let to = 0;
  const longLength = (nibble: number): number => {
    let length = nibble;
    if (nibble === 15) {
      for (let more = 255; more === 255;) {
        if (from >= bytes.length) throw new Lz4Error('cut short');
        more = bytes[from++]!;
        length += more;
      }
    }
    return length;
  };
  while (from < bytes.length) {
    const token = bytes[from++]!;
    const literals = longLength(token >> 4);
    if (literals > bytes.length - from || literals > out.length - to) throw new Lz4Error('literals');
    out.set(bytes.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === bytes.length) break;
    if (from + 2 > bytes.length) throw new Lz4Error('cut short');
    const offset = bytes[from]! | (bytes[from + 1]! << 8);
    from += 2;
    const length = longLength(token & 15) + MATCH_LENGTH_MIN;
    if (offset === 0 || offset > to || length > out.length - to) throw new Lz4Error('match');
    // A match may overlap what it writes: byte by byte, in order.
    for (const end = to + length; to < end; to++) out[to] = out[to - offset]!;
  }
  if (to !== out.length) throw new Lz4Error('length');
}
