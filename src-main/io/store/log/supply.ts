import type { DiskFile } from '../../../ports/index.ts';
import { createWhole, isNoSpace } from '../files.ts';
import { encodeHeader, segmentName } from './layout.ts';
import type { LogParts } from './parts.ts';

export interface FreshSegment {
  readonly number: number;
  readonly bytes: number;
  readonly file: DiskFile;
}

/** Keeps one empty segment ahead, made in the background, so that neither time nor space is missing when the active one is full (rule R7). */
export class SegmentSupply {
  /** What the disk had when a segment was last wanted. */
  freeBytes = 0;
  private readonly parts: LogParts;
  private readonly salt: Uint8Array;
  private next: number;
  private spare: FreshSegment | null = null;
  private making: Promise<void> | null = null;

  constructor(parts: LogParts, salt: Uint8Array, next: number) {
    this.parts = parts;
    this.salt = salt;
    this.next = next;
  }

  get ready(): boolean {
    return this.spare !== null;
  }

  get spareBytes(): number {
    return this.spare?.bytes ?? 0;
  }

  /** Begins to make the next segment, unless it is there or under way. */
  prepare(): void {
    if (this.spare !== null || this.making !== null) return;
    this.making = this.make()
      .catch((error: unknown) => void this.parts.fate.die(error))
      .finally(() => {
        this.making = null;
      });
  }

  /** The next segment, open for writing; null when the disk has no space for it. */
  async take(): Promise<FreshSegment | null> {
    if (this.spare === null) {
      this.prepare();
      await this.settled();
    }
    this.parts.fate.check();
    const { spare } = this;
    this.spare = null;
    return spare;
  }

  async settled(): Promise<void> {
    while (this.making !== null) await this.making;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.spare?.file.close();
  }

  private async make(): Promise<void> {
    const { disk, folder, limits, digest, log } = this.parts;
    const { segmentBytes } = limits;
    const number = this.next;
    const path = `${folder}/${segmentName(number)}`;
    const found = await disk.size(path);
    this.freeBytes = await disk.freeBytes();
    if (found === null && this.freeBytes < segmentBytes + limits.diskReserveBytes) {
      log.warn('store.space-low', { freeBytes: this.freeBytes, neededBytes: segmentBytes + limits.diskReserveBytes });
      return;
    }
    try {
      // Recovery left an empty one of the right size, or none.
      if (found === null) await createWhole(disk, path, { start: encodeHeader({ salt: this.salt, number }, digest), bytes: segmentBytes });
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      log.warn('store.space-low', { freeBytes: this.freeBytes, neededBytes: segmentBytes });
      return;
    }
    this.spare = { number, bytes: segmentBytes, file: await disk.open(path, 'write') };
    this.next += 1;
  }
}
