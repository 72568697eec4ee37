/**
 * Java's modified UTF-8 (`DataInput.readUTF`): each UTF-16 unit by itself in one to three bytes, NUL as C0 80, so that lone surrogates
 * and NUL survive. Accepts what Java accepts, longer forms than needed included; they are written back in the shortest form.
 */

/** null when the bytes are no modified UTF-8. */
export function readModifiedUtf8(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  let at = start;
  while (at < end) {
    const first = bytes[at]!;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
      continue;
    }
    const length = first >= 0xe0 ? 3 : 2;
    if (first < 0xc0 || first >= 0xf0 || at + length > end) return null;
    let unit = length === 3 ? first & 0x0f : first & 0x1f;
    for (let i = 1; i < length; i++) {
      const next = bytes[at + i]!;
      if ((next & 0xc0) !== 0x80) return null;
      unit = (unit << 6) | (next & 0x3f);
    }
    text += String.fromCharCode(unit);
    at += length;
  }
  return text;
}

export function modifiedUtf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80 || unit === 0) length += unit >= 0x800 ? 2 : 1;
  }
  return length;
}

/** `out` has room for `modifiedUtf8Length(text)` bytes from `start` on. */
export function writeModifiedUtf8(text: string, out: Uint8Array, start: number): void {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80 && unit !== 0) out[at++] = unit;
    else if (unit < 0x800) {
      out[at++] = 0xc0 | (unit >> 6);
      out[at++] = 0x80 | (unit & 0x3f);
    } else {
      out[at++] = 0xe0 | (unit >> 12);
      out[at++] = 0x80 | ((unit >> 6) & 0x3f);
      out[at++] = 0x80 | (unit & 0x3f);
    }
  }
}
