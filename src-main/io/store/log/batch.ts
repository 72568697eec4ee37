import { toUtf8 } from '../../../../src-shared/units/index.ts';
import type { Digest } from '../checksum.ts';
import { LOG_FORMAT, RECORDS_AT, type LogTable } from './layout.ts';
import { encodeRecord, recordBytes, type RecordText } from './record.ts';

/** One call of `append` that waits, or the wish for a table. */
export interface Waiter {
  /** null: the table, as it is when it is written. */
  readonly texts: readonly RecordText[] | null;
  /** Of the records that were written already. */
  readonly sequences: number[];
  readonly bytes: number;
  readonly resolve: (sequences: readonly number[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** The state of the log's end: what the next record builds on. */
export interface LogEnd {
  readonly sequence: number;
  readonly link: Uint8Array;
  readonly offset: number;
}

/** One write: records one after another, from as many waiters as fit. */
export interface Batch {
  readonly bytes: Uint8Array;
  readonly end: LogEnd;
  /** Waiters whose last record is in it. */
  readonly done: readonly Waiter[];
  /** Waiters of which it holds some records, and how many. */
  readonly parts: readonly { readonly waiter: Waiter; readonly sequences: readonly number[] }[];
  /** Last sequence of each group (of data, not tables). */
  readonly groups: ReadonlyMap<string, number>;
  /** The table, when it holds it. */
  readonly table: LogTable | null;
}

interface Around {
  readonly salt: Uint8Array;
  readonly synced: number;
  readonly digest: Digest;
  readonly table: LogTable;
  readonly groupOf: (text: RecordText) => string;
}

/** Bytes that may be taken in the segment: data leaves a reserve to tables. */
export interface Room {
  readonly data: number;
  readonly table: number;
}

/**
 * Takes from the front of `queue` what fits into the room, and into `scratch`, where it is written. The first record of a segment is always a table. Changes nothing
 * else: the batch counts only when it was written and synced.
 */
export function fillBatch(queue: readonly Waiter[], end: LogEnd, room: Room, scratch: Uint8Array, around: Around): Batch {
  const groups = new Map<string, number>();
  const parts: { waiter: Waiter; sequences: number[] }[] = [];
  const done: Waiter[] = [];
  const table = tableText(around.table);
  let { sequence, link } = end;
  let at = 0;
  const put = (text: RecordText): boolean => {
    const bytes = recordBytes(text);
    if (at + bytes > Math.min(text === table ? room.table : room.data, scratch.length)) return false;
    sequence += 1;
    link = encodeRecord(scratch, at, text, { salt: around.salt, link, sequence, synced: around.synced }, around.digest);
    at += bytes;
    return true;
  };
  let hasTable = end.offset === RECORDS_AT && queue[0]?.texts !== null && put(table);
  for (const waiter of queue) {
    const texts = waiter.texts ?? [table];
    const part = { waiter, sequences: [] as number[] };
    parts.push(part);
    for (let i = waiter.sequences.length; i < texts.length && put(texts[i]!); i++) {
      part.sequences.push(sequence);
      if (waiter.texts === null) hasTable = true;
      else groups.set(around.groupOf(texts[i]!), sequence);
    }
    if (waiter.sequences.length + part.sequences.length < texts.length) break;
    done.push(waiter);
  }
  const bytes = scratch.subarray(0, at);
  return { bytes, end: { sequence, link, offset: end.offset + at }, done, parts, groups, table: hasTable ? around.table : null };
}

export function tableText(table: LogTable): RecordText {
  return { type: LOG_FORMAT.types.table, group: NONE, kind: NONE, body: toUtf8(JSON.stringify(table)) };
}

const NONE = new Uint8Array(0);
