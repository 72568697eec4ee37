/** UTF-8 without TextEncoder: the core has no ambient globals. Lone surrogates become U+FFFD, as in the Encoding standard. */
export function toUtf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(out);
}

/** Strict UTF-8. Returns null for anything but the shortest valid form, so that equal strings have equal bytes. */
export function fromUtf8(bytes: Uint8Array): string | null {
  let out = '';
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    if (first < 0x80) {
      out += String.fromCharCode(first);
      at += 1;
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const decoded = first < 0xc2 || first > 0xf4 ? null : decodeLong(bytes, at, length);
    if (decoded === null) return null;
    out += String.fromCodePoint(decoded);
    at += length;
  }
  return out;
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000] as const;

function decodeLong(bytes: Uint8Array, at: number, length: number): number | null {
  if (at + length > bytes.length) return null;
  let code = bytes[at]! & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return null;
    code = code * 64 + (next & 63);
  }
  const valid = code >= SMALLEST[length]! && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? code : null;
}
