import { fromUtf8 } from '../../../../src-shared/units/index.ts';
import type { Disk, DiskFile } from '../../../ports/index.ts';
import { CHECKSUM_BYTES, type Digest } from '../checksum.ts';
import { Window, endOfContent } from '../window.ts';
import { LOG_FORMAT, RECORDS_AT, decodeHeader, segmentName, segmentNumber, type LogTable } from './layout.ts';
import { Names } from './names.ts';
import { RecordCursor } from './record.ts';

const { record: AT, types: TYPES } = LOG_FORMAT;

/** One segment as it is on disk. */
export interface Segment {
  readonly number: number;
  /** Of the file. */
  readonly bytes: number;
  headerWhole: boolean;
  /** After its last record of the valid prefix. */
  end: number;
  /** After the last byte that is not zero. */
  contentEnd: number;
  /** Last sequence of each group in it. */
  readonly groups: Map<string, number>;
}

/** Where the valid prefix ends although something follows. */
export interface Break {
  readonly number: number;
  readonly offset: number;
  /** Sequence of the first record that is missing. */
  readonly expected: number;
  /** Highest sequence that a record after the break names as synced; 0 when none does. Damage when it reaches `expected`, a tail otherwise. */
  evidence: number;
}

/** What is in the folder of a log. Nothing is changed by looking. */
export interface LogScan {
  /** null when no segment has a header that can be read. */
  readonly salt: Uint8Array | null;
  readonly segments: readonly Segment[];
  /** The last record of the valid prefix: 0 and zeros when there is none. */
  readonly sequence: number;
  readonly link: Uint8Array;
  /** Index in `segments` of the one that the next record goes to, at its `end`. */
  readonly active: number;
  readonly table: LogTable;
  /** In the active segment: from here on no record proves that the one before it was synced. */
  readonly unprovenFrom: number;
  readonly broken: Break | null;
}

/**
 * Rules 2 and 3: 1 list the segments and learn the salt, 2 read records in order as long as each follows the one before, 3 from the first place
 * where that ends look through everything that remains for records that prove a sync, 4 compare with the segments that must be there.
 */
export async function scanLog(disk: Disk, folder: string, digest: Digest): Promise<LogScan> {
  const segments = await listSegments(disk, folder);
  const salt = await readHeaders(disk, folder, segments, digest);
  if (salt === null) return nothing(segments);
  const scan = new Scan(salt, digest);
  for (const segment of segments) {
    const file = await disk.open(`${folder}/${segmentName(segment.number)}`, 'read');
    try {
      await scan.readSegment(file, segment);
    } finally {
      await file.close();
    }
  }
  return scan.result(salt);
}

async function listSegments(disk: Disk, folder: string): Promise<readonly Segment[]> {
  const found: Segment[] = [];
  for (const { name, bytes } of await disk.list(folder)) {
    const number = segmentNumber(name);
    if (number !== null) found.push({ number, bytes, headerWhole: false, end: RECORDS_AT, contentEnd: 0, groups: new Map() });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** All segments of a log have its salt, so one good copy of a header is enough for all. */
async function readHeaders(disk: Disk, folder: string, segments: readonly Segment[], digest: Digest): Promise<Uint8Array | null> {
  let salt: Uint8Array | null = null;
  for (const segment of segments) {
    const file = await disk.open(`${folder}/${segmentName(segment.number)}`, 'read');
    try {
      const header = decodeHeader(await file.read(0, RECORDS_AT), digest);
      segment.headerWhole = header?.whole === true;
      salt ??= header?.salt ?? null;
    } finally {
      await file.close();
    }
  }
  return salt;
}

function nothing(segments: readonly Segment[]): LogScan {
  const [first] = segments;
  return {
    salt: null,
    segments,
    sequence: 0,
    link: new Uint8Array(CHECKSUM_BYTES),
    active: 0,
    table: { first: 1, trims: {} },
    unprovenFrom: RECORDS_AT,
    // A segment is renamed to its name only after its header was synced: headers that are all gone are damage, of which nobody knows the extent.
    broken: first === undefined ? null : { number: first.number, offset: 0, expected: 1, evidence: Infinity },
  };
}

class Scan {
  private readonly cursor: RecordCursor;
  private readonly names = new Names();
  private readonly segments: Segment[] = [];
  private sequence = 0;
  private readonly link = new Uint8Array(CHECKSUM_BYTES);
  private table: LogTable = { first: 1, trims: {} };
  /** Highest first segment that any whole table after the break names: what came before it was deleted with good reason. */
  private firstClaimed = 0;
  private active = 0;
  private broken: Break | null = null;
  /** Something that is no record follows the records of a segment. It means nothing if the next segment goes on where they end. */
  private doubt: Break | null = null;
  /** Highest synced mark of the valid prefix. */
  private marked = 0;
  /** Where the records of the active segment begin; their sequences have no gaps. */
  private offsets: number[] = [];

  constructor(salt: Uint8Array, digest: Digest) {
    this.cursor = new RecordCursor(salt, digest);
  }

  async readSegment(file: DiskFile, segment: Segment): Promise<void> {
    const before = this.segments.at(-1);
    this.segments.push(segment);
    const window = new Window(file, RECORDS_AT);
    if (before !== undefined && segment.number !== before.number + 1) this.breakAtGap(before);
    if (this.broken === null && (await this.readRecords(window, segment))) this.doubt = null;
    segment.contentEnd = await this.look(window, segment.end);
    if (segment.contentEnd > segment.end) this.doubt ??= this.breakAt(segment);
    const found = this.broken ?? this.doubt;
    if (found !== null) await this.gather(found, new Window(file, segment.end), segment);
  }

  result(salt: Uint8Array): LogScan {
    const { segments, table } = this;
    const [first] = segments;
    // The oldest segments may only be missing when a table says that nobody needs them.
    this.broken ??= this.doubt;
    const firstNeeded = Math.max(table.first, this.firstClaimed);
    if (first !== undefined && first.number > firstNeeded) {
      this.broken = { number: firstNeeded, offset: 0, expected: 1, evidence: Infinity };
    }
    return {
      salt,
      segments,
      sequence: this.sequence,
      link: this.link,
      active: this.active,
      table,
      unprovenFrom: this.unprovenFrom(),
      broken: this.broken,
    };
  }

  private unprovenFrom(): number {
    const { offsets, sequence, marked } = this;
    const provenHere = offsets.length - (sequence - marked);
    return offsets[Math.max(0, provenHere)] ?? this.segments[this.active]?.end ?? RECORDS_AT;
  }

  private breakAt({ number, end }: Segment): Break {
    return { number, offset: end, expected: this.sequence + 1, evidence: 0 };
  }

  /** Each segment was durable before the next was made, and they go one by one from either end: a gap can only be damage. */
  private breakAtGap(before: Segment): void {
    this.broken ??= this.doubt ?? this.breakAt(before);
    this.broken.evidence = Math.max(this.broken.evidence, this.broken.expected);
  }

  /** Step 2. Ends at the first place where no whole record stands that follows; true when there was any. */
  private async readRecords(window: Window, segment: Segment): Promise<boolean> {
    const { cursor } = this;
    for (let at = RECORDS_AT; ; at += cursor.size) {
      if (!window.holds(at, AT.text)) await window.need(at, AT.text);
      let found = cursor.read(window.view, at - window.start);
      if (found === 'longer' && !window.holds(at, cursor.size)) {
        await window.need(at, cursor.size);
        found = cursor.read(window.view, at - window.start);
      }
      const local = at - window.start;
      if (found !== 'found' || !this.follows(window.bytes, local, segment) || !cursor.isWhole(window.bytes, local)) return at > RECORDS_AT;
      this.accept(window.bytes, local, segment, at);
    }
  }

  private follows(bytes: Uint8Array, at: number, segment: Segment): boolean {
    const { cursor, sequence, link } = this;
    // The oldest segment that is left begins with a table, and nothing before it can be compared.
    if (sequence === 0 && segment.number > 1 && segment === this.segments[0]) return cursor.type === TYPES.table && cursor.sequence > 1;
    return cursor.sequence === sequence + 1 && cursor.follows(bytes, at, link);
  }

  private accept(bytes: Uint8Array, local: number, segment: Segment, at: number): void {
    const { cursor } = this;
    this.sequence = cursor.sequence;
    cursor.copyChecksum(bytes, local, this.link);
    if (this.active !== this.segments.length - 1) {
      this.active = this.segments.length - 1;
      this.offsets = [];
    }
    this.offsets.push(at);
    this.marked = cursor.synced;
    segment.end = at + cursor.size;
    if (cursor.type === TYPES.table) this.table = this.tableAt(bytes);
    else segment.groups.set(this.names.decode(bytes, cursor.groupAt, cursor.kindAt), cursor.sequence);
  }

  /** Of the record under the cursor. Its checksum was right, so anything else than a table is a bug of the writer. */
  private tableAt(bytes: Uint8Array): LogTable {
    return JSON.parse(fromUtf8(bytes.subarray(this.cursor.bodyAt, this.cursor.bodyEnd)) ?? '') as LogTable;
  }

  /** Where the content of the rest of the segment ends: `from` when all of it is zeros. */
  private async look(window: Window, from: number): Promise<number> {
    let end = from;
    for (let at = from; ; at = window.end) {
      await window.need(at, 1);
      if (window.end <= at) return end;
      const rest = window.bytes.subarray(at - window.start);
      const content = endOfContent(rest);
      if (content > 0) end = at + content;
    }
  }

  /** Step 3. Records stand at multiples of the alignment, so after a damaged one the next whole one is found again. */
  private async gather(into: Break, window: Window, segment: Segment): Promise<void> {
    const { cursor } = this;
    for (let at = segment.end; at < segment.contentEnd;) {
      if (!window.holds(at, AT.text)) await window.need(at, AT.text);
      let found = cursor.read(window.view, at - window.start);
      if (found === 'longer' && !window.holds(at, cursor.size)) {
        await window.need(at, cursor.size);
        found = cursor.read(window.view, at - window.start);
      }
      if (found === 'found' && cursor.isWhole(window.bytes, at - window.start)) {
        into.evidence = Math.max(into.evidence, cursor.synced);
        if (cursor.type === TYPES.table) this.firstClaimed = Math.max(this.firstClaimed, this.tableAt(window.bytes).first);
        at += cursor.size;
      } else {
        at += AT.align;
      }
    }
  }
}
