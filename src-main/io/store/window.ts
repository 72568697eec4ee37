import type { DiskFile } from '../../ports/index.ts';

/** Read ahead of the parser, in pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * A moving view of a file for a parser that goes forward: `need` makes a range available in `bytes`. The next piece is read while the current
 * one is parsed.
 */
export class Window {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  /** Position of `bytes[0]` in the file. */
  start: number;
  private readonly file: DiskFile;
  private ahead: Promise<Uint8Array> | null = null;

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
      const next = await (this.ahead ?? this.file.read(this.end, PIECE_BYTES));
      const end = this.end + next.length;
      this.ahead = end < this.file.size ? this.file.read(end, PIECE_BYTES) : null;
      // The caller may never ask for it again.
      this.ahead?.catch(() => undefined);
      this.append(at, next);
      if (next.length === 0) return;
    }
  }

  /** Keeps what lies at or after `at`, and adds `next`. */
  private append(at: number, next: Uint8Array): void {
    const kept = this.bytes.subarray(Math.min(Math.max(0, at - this.start), this.bytes.length));
    const joined = new Uint8Array(kept.length + next.length);
    joined.set(kept);
    joined.set(next, kept.length);
    this.start = this.end - kept.length;
    this.bytes = joined;
    this.view = new DataView(joined.buffer);
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
