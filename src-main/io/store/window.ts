import type { DiskFile } from '../../ports/index.ts';

/** Read ahead of the parser, in pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** A piece begins this far before the end of the one before: most things that cross the border are whole in the next piece, and nothing is copied. */
const OVERLAP_BYTES = 64 * 1024;

/**
 * A moving view of a file for a parser that goes forward: `need` makes a range available in `bytes`, and what was there before is overwritten. The
 * next piece is read while the current one is parsed.
 */
export class Window {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  /** Position of `bytes[0]` in the file. */
  start: number;
  private readonly file: DiskFile;
  private ahead: { readonly start: number; readonly bytes: Promise<Uint8Array> } | null = null;
  /** One is looked at while the next piece is read into the other. */
  private readonly memory: (Uint8Array | null)[] = [null, null];
  private turn = 0;

  constructor(file: DiskFile, start: number) {
    this.file = file;
    this.start = start;
  }

  get end(): number {
    return this.start + this.bytes.length;
  }

  /** True when `length` bytes from `at` on (never before an earlier `at`) are in the window, or all that the file has of them. */
  holds(at: number, length: number): boolean {
    return at >= this.start && Math.min(at + length, this.file.size) <= this.end;
  }

  async need(at: number, length: number): Promise<void> {
    while (!this.holds(at, length)) {
      const { start, bytes } = this.ahead ?? this.read(this.end);
      const next = await bytes;
      const end = start + next.length;
      if (end <= this.end) return;
      this.take(at, start, next);
      this.ahead = end < this.file.size ? this.read(Math.max(start, end - OVERLAP_BYTES)) : null;
    }
  }

  private read(start: number): { readonly start: number; readonly bytes: Promise<Uint8Array> } {
    this.turn = 1 - this.turn;
    const memory = (this.memory[this.turn] ??= new Uint8Array(Math.min(PIECE_BYTES, this.file.size - start)));
    const bytes = this.file.read(start, PIECE_BYTES, memory);
    // The caller may never ask for it.
    bytes.catch(() => undefined);
    return { start, bytes };
  }

  /** What lies before `at` may go. */
  private take(at: number, start: number, next: Uint8Array): void {
    if (at >= start) {
      this.start = start;
      this.bytes = next;
    } else {
      const kept = this.bytes.subarray(at - this.start, start - this.start);
      const joined = new Uint8Array(kept.length + next.length);
      joined.set(kept);
      joined.set(next, kept.length);
      this.start = at;
      this.bytes = joined;
    }
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }
}

const ZEROS = new Uint8Array(64 * 1024);

/** Position after the last byte that is not zero; 0 when all are. */
export function endOfContent(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0) {
    const length = Math.min(end, ZEROS.length);
    const piece = bytes.subarray(end - length, end);
    if (Buffer.compare(piece, ZEROS.subarray(0, length)) !== 0) break;
    end -= length;
  }
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}
