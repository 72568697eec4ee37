import { xxhash32 } from '../../../src-main/io/anvil/region/xxhash32.ts';

/** A plain LZ4 block encoder (greedy, one hash table), enough to make streams as `LZ4BlockOutputStream` does. */
export function compressLz4Block(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  const seen = new Map<number, number>();
  const length = (value: number): void => {
    for (let rest = value; ; rest -= 255) {
      out.push(Math.min(rest, 255));
      if (rest < 255) return;
    }
  };
  let literalsFrom = 0;
  const sequence = (to: number, match: { readonly offset: number; readonly length: number } | null): void => {
    const literals = to - literalsFrom;
    out.push((Math.min(literals, 15) << 4) | (match === null ? 0 : Math.min(match.length - 4, 15)));
    if (literals >= 15) length(literals - 15);
    out.push(...bytes.subarray(literalsFrom, to));
    if (match === null) return;
    out.push(match.offset & 255, match.offset >> 8);
    if (match.length - 4 >= 15) length(match.length - 19);
  };
  // The last 5 bytes are literals, and the last match begins 12 before the end.
  for (let at = 0; at + 12 < bytes.length;) {
    const key = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    const from = seen.get(key);
    seen.set(key, at);
    if (from === undefined || at - from > 0xffff) {
      at += 1;
      continue;
    }
    let matched = 4;
    while (at + matched < bytes.length - 5 && bytes[from + matched] === bytes[at + matched]) matched += 1;
    sequence(at, { offset: at - from, length: matched });
    at += matched;
    literalsFrom = at;
  }
  sequence(bytes.length, null);
  return Uint8Array.from(out);
}

/** The stream of vanilla's `region-file-compression=lz4`: blocks of 64 KiB, raw where LZ4 does not help, and an empty one. */
export function compressLz4Stream(bytes: Uint8Array, blockBytes = 65_536): Uint8Array {
  const parts: Uint8Array[] = [];
  const block = (method: number, content: Uint8Array, length: number, checksum: number): void => {
    const head = Buffer.alloc(21);
    head.write('LZ4Block', 'latin1');
    head[8] = method | 6;
    head.writeInt32LE(content.length, 9);
    head.writeInt32LE(length, 13);
    head.writeInt32LE(checksum, 17);
    parts.push(head, content);
  };
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const plain = bytes.subarray(at, at + blockBytes);
    const compressed = compressLz4Block(plain);
    const helps = compressed.length < plain.length;
    block(helps ? 0x20 : 0x10, helps ? compressed : plain, plain.length, xxhash32(plain, 0x9747b28c) & 0x0fffffff);
  }
  block(0x10, new Uint8Array(0), 0, 0);
  return Buffer.concat(parts);
}
