import { BLOB_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import type { DiskFile } from '../../../ports/index.ts';
import type { Digest } from '../checksum.ts';
import { Window } from '../window.ts';
import { PACK_FORMAT, decodeItem, itemBytes, peekItem, type IndexEntry } from './layout.ts';

const { item: ITEM } = PACK_FORMAT;

/** An item may be a little longer than its content: zstd never grows data by more. */
export const STORED_BYTES_MAX = BLOB_BYTES_MAX + 1024 * 1024;

export interface PackScan {
  /** In the order of the pack; a name may come twice. */
  readonly entries: readonly IndexEntry[];
  /** After the last whole item. */
  readonly end: number;
  /** Bytes before `end` that belong to no whole item. */
  readonly skippedBytes: number;
}

/** Every whole item from `from` on. Blobs do not depend on each other: one that is damaged costs itself only. */
export async function scanPack(file: DiskFile, from: number, salt: Uint8Array, digest: Digest): Promise<PackScan> {
  const window = new Window(file, from);
  const entries: IndexEntry[] = [];
  let end = from;
  let skippedBytes = 0;
  for (let at = from; at + ITEM.content <= file.size;) {
    if (!window.holds(at, ITEM.content)) await window.need(at, ITEM.content);
    const bytes = peekItem(window.bytes, window.view, at - window.start, salt, STORED_BYTES_MAX);
    if (bytes !== null && !window.holds(at, ITEM.content + bytes)) await window.need(at, ITEM.content + bytes);
    const item = bytes === null ? null : decodeItem(window.bytes, at - window.start, bytes, digest);
    if (item === null || bytes === null) {
      at += ITEM.align;
      continue;
    }
    entries.push({ name: item.name.slice(), offset: at, bytes });
    skippedBytes += at - end;
    at += itemBytes(bytes);
    end = at;
  }
  return { entries, end, skippedBytes };
}
