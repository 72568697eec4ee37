import { AppError } from '../../../../src-shared/errors/index.ts';
import type { Disk, DiskFile } from '../../../ports/index.ts';
import type { StoredRecord } from '../door.ts';
import type { Digest } from '../checksum.ts';
import { Window } from '../window.ts';
import { LOG_FORMAT, RECORDS_AT, segmentName } from './layout.ts';
import { Names } from './names.ts';
import { RecordCursor } from './record.ts';

const { record: AT, types: TYPES } = LOG_FORMAT;

interface Source {
  readonly disk: Disk;
  readonly folder: string;
  readonly salt: Uint8Array;
  readonly digest: Digest;
  /** Segments of the valid prefix, and where it ends in each. */
  readonly segments: readonly { readonly number: number; readonly end: number }[];
  /** First sequence that is kept of a group; 0 for all. */
  readonly keptFrom: (group: string) => number;
}

/**
 * The records of a prefix that `scanLog` has just found valid, as far as they are kept. Checksums were compared then; here only the places of records are,
 * so that a large log is hashed once. Small bodies
 * share slabs of memory, so that one that is kept does not keep megabytes.
 */
export async function* recoveredRecords(source: Source): AsyncGenerator<readonly StoredRecord[]> {
  const cursor = new RecordCursor(source.salt, source.digest);
  const names = new Names();
  const slabs = new Slabs();
  for (const { number, end } of source.segments) {
    if (end <= RECORDS_AT) continue;
    const file = await source.disk.open(`${source.folder}/${segmentName(number)}`, 'read');
    try {
      yield* ofSegment(file, { ...source, number, end, cursor, names, slabs });
    } finally {
      await file.close();
    }
  }
}

interface Place extends Source {
  readonly number: number;
  readonly end: number;
  readonly cursor: RecordCursor;
  readonly names: Names;
  readonly slabs: Slabs;
}

/** In groups as large as the window: an await for each record would cost more than the record. */
async function* ofSegment(file: DiskFile, place: Place): AsyncGenerator<readonly StoredRecord[]> {
  const window = new Window(file, RECORDS_AT);
  let at = RECORDS_AT;
  while (at < place.end) {
    await window.need(at, AT.text);
    const records: StoredRecord[] = [];
    at = take(window, at, place, records);
    yield records;
    if (at < place.end) await window.need(at, Math.max(AT.text, place.cursor.size));
  }
}

/** Takes every record that is in the window whole; returns where the next one begins. */
function take(window: Window, from: number, { cursor, names, slabs, end, number, keptFrom }: Place, records: StoredRecord[]): number {
  const { bytes, view } = window;
  for (let at = from; at < end; at += cursor.size) {
    const found = cursor.read(view, at - window.start);
    if (found === 'longer' && !window.holds(at, cursor.size)) return at;
    if (found !== 'found')
      throw new AppError('store.damaged', { part: 'log', file: segmentName(number), offset: at, lastWhole: null, syncedThrough: null });
    if (cursor.type !== TYPES.data) continue;
    const group = names.decode(bytes, cursor.groupAt, cursor.kindAt);
    if (cursor.sequence < keptFrom(group)) continue;
    const kind = names.decode(bytes, cursor.kindAt, cursor.bodyAt);
    records.push({ sequence: cursor.sequence, group, kind, body: slabs.copy(bytes, cursor.bodyAt, cursor.bodyEnd) });
  }
  return end;
}

const SLAB_BYTES = 64 * 1024;

/** An allocation for each small body would cost more than the body. */
class Slabs {
  private slab = new Uint8Array(0);
  private used = 0;

  copy(source: Uint8Array, from: number, to: number): Uint8Array {
    const length = to - from;
    if (length > SLAB_BYTES / 8) return source.slice(from, to);
    if (this.used + length > this.slab.length) {
      this.slab = new Uint8Array(SLAB_BYTES);
      this.used = 0;
    }
    const copy = this.slab.subarray(this.used, this.used + length);
    copy.set(source.subarray(from, to));
    this.used += length;
    return copy;
  }
}

/** One by one, without the two promises per item that an async generator adds. `onEnd` runs once, however the iteration ends. */
export function oneByOne(source: AsyncGenerator<readonly StoredRecord[]>, onEnd: () => void): AsyncIterable<StoredRecord> {
  let records: readonly StoredRecord[] = [];
  let index = 0;
  const next = async (): Promise<IteratorResult<StoredRecord>> => {
    try {
      while (index >= records.length) {
        const result = await source.next();
        if (result.done === true) {
          onEnd();
          return { done: true, value: undefined };
        }
        records = result.value;
        index = 0;
      }
    } catch (error) {
      onEnd();
      throw error;
    }
    return { done: false, value: records[index++]! };
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => (index < records.length ? Promise.resolve({ done: false, value: records[index++]! }) : next()),
      return: async () => {
        onEnd();
        await source.return(undefined);
        return { done: true, value: undefined };
      },
    }),
  };
}
