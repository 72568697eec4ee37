import { fromUtf8, toUtf8 } from '../../../../src-shared/units/index.ts';

/** Names kept at most; beyond it the table starts again, so that a stream of new names can not fill the memory. */
const KNOWN_MAX = 4096;

/** Groups and kinds are few and come again in every record: each is decoded and encoded once. */
export class Names {
  private readonly byText = new Map<string, Uint8Array>();
  private readonly recent: { text: string; bytes: Uint8Array }[] = [];

  /** UTF-8 of the name. RangeError above 255 bytes. */
  encode(text: string): Uint8Array {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const bytes = toUtf8(text);
    if (bytes.length > 255) throw new RangeError(`a name of ${bytes.length} bytes in the log`);
    if (this.byText.size >= KNOWN_MAX) this.byText.clear();
    this.byText.set(text, bytes);
    return bytes;
  }

  decode(source: Uint8Array, from: number, to: number): string {
    for (let i = 0; i < this.recent.length; i++) {
      const known = this.recent[i]!;
      if (!isAt(source, from, to, known.bytes)) continue;
      if (i > 0) [this.recent[i - 1], this.recent[i]] = [known, this.recent[i - 1]!];
      return known.text;
    }
    const bytes = source.slice(from, to);
    const text = fromUtf8(bytes) ?? '';
    if (this.recent.length >= KNOWN_MAX) this.recent.length = 0;
    this.recent.push({ text, bytes });
    return text;
  }
}

function isAt(source: Uint8Array, from: number, to: number, wanted: Uint8Array): boolean {
  if (to - from !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (source[from + i] !== wanted[i]) return false;
  return true;
}
