import { AppError } from '../../../../src-shared/errors/index.ts';
import type { DiskFile } from '../../../ports/index.ts';
import type { LogRecord, StoredRecord } from '../door.ts';
import { isNoSpace, removeDurably } from '../files.ts';
import { Turns } from '../turns.ts';
import { fillBatch, tableText, type Batch, type LogEnd, type Room, type Waiter } from './batch.ts';
import { LOG_FORMAT, RECORDS_AT, segmentName, type LogTable } from './layout.ts';
import { Names } from './names.ts';
import type { LogParts } from './parts.ts';
import { recordBytes, type RecordText } from './record.ts';
import { oneByOne, recoveredRecords } from './recovered.ts';
import { SegmentSupply } from './supply.ts';

/** A log as recovery left it: `segments` oldest first, the last one active. */
export interface LogState {
  readonly salt: Uint8Array;
  readonly segments: readonly LiveSegment[];
  readonly sequence: number;
  readonly link: Uint8Array;
  readonly table: LogTable;
  readonly file: DiskFile;
}

interface LiveSegment {
  readonly number: number;
  readonly bytes: number;
  readonly end: number;
  readonly groups: Map<string, number>;
}

/** Turns of the microtask queue that callers get to join a batch: those who were answered by the sync before, and those who came in the same turn. */
const JOIN_TURNS = 8;

/** Smallest piece of memory that batches are built in. */
const SCRATCH_BYTES = 64 * 1024;

/** Group commit: one loop writes all that waits, syncs once, answers all, and begins again. */
export class WriteAheadLog {
  private readonly parts: LogParts;
  private readonly supply: SegmentSupply;
  private readonly names = new Names();
  private readonly groupNames = new Map<Uint8Array, string>();
  private readonly salt: Uint8Array;
  private readonly segments: LiveSegment[];
  private readonly trims: Map<string, number>;
  private readonly recovered: { readonly segments: readonly LiveSegment[]; readonly trims: ReadonlyMap<string, number> };
  /** As the newest table on the medium says. */
  private first: number;
  private file: DiskFile;
  private end: LogEnd;
  private synced: number;
  /** Sequence up to which some record on the medium names everything as synced. */
  private marked = 0;
  private lastData = 0;
  /** After a write that found no space: up to here the file may hold parts of it. */
  private dirtyTo = 0;
  private scratch = new Uint8Array(SCRATCH_BYTES);
  private queue: Waiter[] = [];
  private queuedBytes = 0;
  private flushing: Promise<void> | null = null;
  /** A table that is not yet part of a batch: it will say everything that is known when it is. */
  private tableWaits: Promise<unknown> | null = null;
  private readonly removing = new Turns();
  private recovering = false;
  private closed = false;

  constructor(parts: LogParts, state: LogState) {
    this.parts = parts;
    this.salt = state.salt;
    this.segments = [...state.segments];
    this.trims = new Map(Object.entries(state.table.trims));
    this.recovered = { segments: [...state.segments], trims: new Map(this.trims) };
    this.first = state.table.first;
    this.file = state.file;
    this.end = { sequence: state.sequence, link: state.link, offset: this.active.end };
    this.synced = state.sequence;
    this.supply = new SegmentSupply(parts, state.salt, this.active.number + 1);
  }

  append(records: readonly LogRecord[]): Promise<readonly number[]> {
    const texts = records.map((record) => this.textOf(record));
    const refusal = this.refusal();
    if (refusal !== null) return Promise.reject(refusal);
    if (texts.length === 0) return Promise.resolve([]);
    return this.wait(texts);
  }

  /** Every kept record as of opening. */
  recover(): AsyncIterable<StoredRecord> {
    const { disk, folder, digest } = this.parts;
    const { segments, trims } = this.recovered;
    const source = recoveredRecords({ disk, folder, salt: this.salt, digest, segments, keptFrom: (group) => trims.get(group) ?? 0 });
    this.recovering = true;
    return oneByOne(source, () => {
      this.recovering = false;
    });
  }

  /** 1 remember, 2 write a table that says so, 3 when it is durable, delete the segments that nobody needs. */
  async trim(group: string, sequence: number): Promise<void> {
    const refusal = this.refusal();
    if (refusal !== null) throw refusal;
    this.trims.set(group, Math.max(this.trims.get(group) ?? 0, Math.min(sequence, this.end.sequence + 1)));
    await this.writeTable();
    await this.removing.take(() => this.removeForgotten());
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.bytes, this.supply.spareBytes);
  }

  /** The first record of every opening: it names everything that was recovered as synced. */
  async start(): Promise<void> {
    this.supply.prepare();
    try {
      await this.writeTable();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store.full') throw error;
      this.parts.log.warn('store.full', { ...error.facts });
    }
  }

  /** Waits for what was appended before. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    while (this.flushing !== null) await this.flushing;
    // Or the last records would count as a tail if they were damaged while nobody runs.
    if (this.parts.fate.dead === null && this.marked < this.lastData) await this.writeTable().catch(() => undefined);
    await this.supply.close();
    await this.file.close();
  }

  private get active(): LiveSegment {
    return this.segments.at(-1)!;
  }

  private refusal(): AppError | null {
    const { fate, limits } = this.parts;
    if (fate.dead !== null) return fate.dead;
    if (this.closed) return new AppError('node.internal', { why: 'store-closed' });
    return this.queuedBytes > limits.queuedBytes ? new AppError('store.full', { queuedBytes: this.queuedBytes }) : null;
  }

  private textOf({ group, kind, body }: LogRecord): RecordText {
    const text = { type: LOG_FORMAT.types.data, group: this.names.encode(group), kind: this.names.encode(kind), body };
    // Half a segment: a table and a record always fit into an empty one.
    const bytesMax = (this.parts.limits.segmentBytes - RECORDS_AT) / 2;
    if (recordBytes(text) > bytesMax) throw new RangeError(`a log record of ${recordBytes(text)} bytes, at most ${bytesMax}`);
    this.groupNames.set(text.group, group);
    return text;
  }

  private wait(texts: readonly RecordText[] | null): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      const bytes = texts?.reduce((sum, text) => sum + recordBytes(text), 0) ?? 0;
      this.queue.push({ texts, sequences: [], bytes, resolve, reject });
      this.queuedBytes += bytes;
      this.flushing ??= this.flush();
    });
  }

  private writeTable(): Promise<unknown> {
    this.tableWaits ??= this.wait(null);
    return this.tableWaits;
  }

  private async flush(): Promise<void> {
    while (this.queue.length > 0) {
      for (let turn = 0; turn < JOIN_TURNS; turn++) await Promise.resolve();
      try {
        const room = await this.findRoom();
        if (room !== null) await this.commit(this.nextBatch(room));
      } catch (error) {
        this.kill(error);
      }
    }
    this.flushing = null;
  }

  /** What the next batch may take of the active segment, after a new one was begun if need be; null when the waiting were refused. */
  private async findRoom(): Promise<Room | null> {
    const forTable = this.queue[0]!.texts === null;
    const room = this.room();
    if ((forTable ? room.table : room.data) >= this.nextBytes()) return room;
    const fresh = await this.supply.take();
    if (fresh === null) {
      this.refuse(forTable);
      return null;
    }
    await this.file.close();
    this.segments.push({ number: fresh.number, bytes: fresh.bytes, end: RECORDS_AT, groups: new Map() });
    this.file = fresh.file;
    this.end = { ...this.end, offset: RECORDS_AT };
    this.dirtyTo = 0;
    this.supply.prepare();
    return this.room();
  }

  /** Data leaves the reserve alone until the next segment is there. */
  private room(): Room {
    const table = this.active.bytes - this.end.offset;
    return { table, data: this.supply.ready ? table : table - this.parts.limits.reserveBytes };
  }

  /** Of the next record, and of the table that comes before it in a fresh segment. */
  private nextBytes(): number {
    const [next] = this.queue;
    const table = recordBytes(tableText(this.table()));
    return next!.texts === null ? table : recordBytes(next!.texts[next!.sequences.length]!) + (this.end.offset === RECORDS_AT ? table : 0);
  }

  /** Rule R7: the disk has no place for another segment. What waits is refused, what was answered stays, and tables go on as long as the reserve lasts. */
  private refuse(tables: boolean): void {
    const refused = this.queue.filter((waiter) => tables || waiter.texts !== null);
    this.queue = this.queue.filter((waiter) => !tables && waiter.texts === null);
    for (const waiter of refused) this.answer(waiter, new AppError('store.full', { freeBytes: this.supply.freeBytes }));
  }

  private nextBatch(room: Room): Batch {
    const table = this.table();
    const bytes = Math.min(
      room.table,
      Math.max(this.parts.limits.batchBytes, this.nextBytes()),
      this.queuedBytes + 2 * recordBytes(tableText(table)),
    );
    this.grow(Math.max(bytes, this.dirtyTo - this.end.offset));
    const batch = fillBatch(this.queue, this.end, room, this.scratch, {
      salt: this.salt,
      synced: this.synced,
      digest: this.parts.digest,
      table,
      groupOf: (text) => this.groupNames.get(text.group)!,
    });
    if (batch.bytes.length === 0) throw new RangeError('a batch without a record');
    if (batch.parts.some(({ waiter }) => waiter.texts === null)) this.tableWaits = null;
    return batch;
  }

  private grow(bytes: number): void {
    if (this.scratch.length < bytes) this.scratch = new Uint8Array(Math.max(bytes, 2 * this.scratch.length));
  }

  /** 1 write, 2 sync, 3 take over the new end, 4 answer. */
  private async commit(batch: Batch): Promise<void> {
    const { offset } = this.end;
    let { bytes } = batch;
    if (this.dirtyTo > batch.end.offset) {
      // Zeros over the rest of a write that was refused: its records must not be found behind these.
      this.scratch.fill(0, bytes.length, this.dirtyTo - offset);
      bytes = this.scratch.subarray(0, this.dirtyTo - offset);
    }
    try {
      await this.file.write(offset, bytes);
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      // Copy-on-write file systems can be out of space inside of a reserved file. A failed write, unlike a failed sync, is honest.
      this.dirtyTo = Math.max(this.dirtyTo, offset + bytes.length);
      this.refuse(true);
      return;
    }
    await this.file.sync();
    this.parts.fate.check();
    this.dirtyTo = 0;
    this.marked = this.synced;
    this.end = batch.end;
    this.synced = batch.end.sequence;
    const { number, bytes: size, groups } = this.active;
    this.segments[this.segments.length - 1] = { number, bytes: size, end: batch.end.offset, groups };
    for (const [group, sequence] of batch.groups) {
      groups.set(group, sequence);
      this.lastData = Math.max(this.lastData, sequence);
    }
    if (batch.table !== null) this.first = batch.table.first;
    for (const { waiter, sequences } of batch.parts) for (const sequence of sequences) waiter.sequences.push(sequence);
    this.queue = this.queue.slice(batch.done.length);
    for (const waiter of batch.done) this.answer(waiter, null);
  }

  private answer(waiter: Waiter, error: AppError | null): void {
    this.queuedBytes -= waiter.bytes;
    if (error === null) {
      waiter.resolve(waiter.sequences);
      return;
    }
    if (waiter.texts === null) this.tableWaits = null;
    waiter.reject(error);
  }

  private kill(error: unknown): void {
    const cause = this.parts.fate.die(error);
    const refused = this.queue;
    this.queue = [];
    for (const waiter of refused) this.answer(waiter, cause);
  }

  /** Groups that no segment holds need no mention: their later records are kept by being later. */
  private table(): LogTable {
    const present = new Set(this.segments.flatMap(({ groups }) => [...groups.keys()]));
    const trims = [...this.trims].filter(([group]) => present.has(group)).sort(([a], [b]) => (a < b ? -1 : 1));
    return { first: this.firstNeeded(), trims: Object.fromEntries(trims) };
  }

  private firstNeeded(): number {
    const needed = this.segments.find(
      (segment) => segment === this.active || [...segment.groups].some(([group, last]) => last >= (this.trims.get(group) ?? 0)),
    );
    return needed!.number;
  }

  private async removeForgotten(): Promise<void> {
    const { disk, folder, fate, log } = this.parts;
    while (fate.dead === null && !this.recovering && this.segments[0]!.number < this.first) {
      const gone = this.segments.shift()!;
      try {
        // Durable before the next one: a power cut must not leave a gap.
        await removeDurably(disk, `${folder}/${segmentName(gone.number)}`);
      } catch (error) {
        throw fate.die(error);
      }
      log.event('store.log-segment-removed', { segment: gone.number, bytes: gone.bytes });
    }
  }
}
