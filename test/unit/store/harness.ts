/** One store on the simulated disk, small enough that segments and packs fill up, and an independent reader of its log. */
import { createHash } from 'node:crypto';
import {
  inlineZstd,
  openStore,
  type LogRecord,
  type Store,
  type StoreLimits,
  type StoreOptions,
  type StoredRecord,
} from '../../../src-main/io/store/index.ts';
import type { Clock, Disk } from '../../../src-main/ports/index.ts';
import { AppError, type ErrorCode } from '../../../src-shared/errors/index.ts';
import { toHex, type Hash } from '../../../src-shared/units/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { fakeCrypto } from '../../fakes/fakeCrypto.ts';
import type { MemoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog, type MemoryLog } from '../../fakes/memoryLog.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';

export const TINY: StoreLimits = {
  segmentBytes: 32 * 1024,
  batchBytes: 16 * 1024,
  queuedBytes: 1024 * 1024,
  reserveBytes: 2048,
  diskReserveBytes: 0,
  packBytes: 16 * 1024,
  packsOpen: 3,
};

const CRYPTO = fakeCrypto(new Uint8Array(32));

export function optionsOn(
  disk: Disk,
  { clock = fakeClock(), log = memoryLog(), seed = 'store', ...options }: Partial<StoreOptions> & { readonly seed?: string } = {},
): StoreOptions {
  return { disk, folder: null, crypto: CRYPTO, random: seededRandom(seed), clock, log, zstd: inlineZstd(), limits: TINY, ...options };
}

export function openOn(machine: Pick<MemoryDisk, 'disk'>, options: Parameters<typeof optionsOn>[1] = {}): Promise<Store> {
  return openStore(optionsOn(machine.disk, options));
}

export async function recovered(store: Store): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = [];
  for await (const record of store.recover()) records.push(record);
  return records;
}

export function record(group: string, text: string, bytes = 0): LogRecord {
  const head = new TextEncoder().encode(`${text};`);
  const body = new Uint8Array(Math.max(head.length, bytes)).fill(46);
  body.set(head);
  return { group, kind: 'test', body };
}

export function textOf({ body }: LogRecord): string {
  return new TextDecoder().decode(body.subarray(0, body.indexOf(59)));
}

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/** A name as a caller would make it. */
export function nameOf(bytes: Uint8Array): Hash {
  return toHex(sha256(bytes)) as Hash;
}

export const hasCode =
  (code: ErrorCode) =>
  (error: unknown): boolean =>
    error instanceof AppError && error.code === code;

/** Lets everything happen that waits for nothing but the clock, in steps. */
export async function passTime(clock: ReturnType<typeof fakeClock>, millis: number): Promise<void> {
  await clock.advance(millis);
}

export interface RawRecord {
  readonly segment: string;
  readonly from: number;
  /** Padding excluded. */
  readonly to: number;
  readonly sequence: number;
  readonly synced: number;
  readonly type: number;
  readonly group: string;
  /** Of a record that `record` made. */
  readonly text: string;
  readonly body: string;
}

/**
 * The log's valid prefix read in the plainest way from the bytes of its segments, with the format's numbers written out once more: an oracle for
 * recovery that shares no code with it.
 */
export function readLogPlainly(segments: readonly (readonly [name: string, bytes: Uint8Array])[]): readonly RawRecord[] {
  const records: RawRecord[] = [];
  let previous: Buffer = Buffer.alloc(16);
  let salt: Buffer | null = null;
  for (const [, bytes] of segments) {
    for (const copy of [0, 4096]) {
      const header = Buffer.from(bytes.subarray(copy, copy + 4096));
      if (header.length === 4096 && header.subarray(0, 16).equals(Buffer.from(sha256(header.subarray(16, 48)).subarray(0, 16))))
        salt ??= header.subarray(32, 40);
    }
  }
  if (salt === null) return [];
  for (const [segment, raw] of segments) {
    const bytes = Buffer.from(raw);
    for (let at = 8192; at + 64 <= bytes.length;) {
      const [bodyLength, type, group, kind] = [bytes.readUInt32LE(at + 56), bytes[at + 60]!, bytes[at + 61]!, bytes[at + 62]!];
      const end = at + 64 + group + kind + bodyLength;
      const sequence = Number(bytes.readBigUInt64LE(at + 40));
      const checksum = Buffer.from(sha256(bytes.subarray(at + 16, end)).subarray(0, 16));
      const follows =
        records.length === 0 ? true : sequence === records.at(-1)!.sequence + 1 && bytes.subarray(at + 16, at + 32).equals(previous);
      if (end > bytes.length || !bytes.subarray(at + 32, at + 40).equals(salt) || !bytes.subarray(at, at + 16).equals(checksum) || !follows)
        break;
      previous = checksum;
      const body = bytes.subarray(end - bodyLength, end);
      const text = type === 1 ? body.subarray(0, Math.max(0, body.indexOf(59))).toString() : '';
      const place = { segment, from: at, to: end, sequence, synced: Number(bytes.readBigUInt64LE(at + 48)) };
      records.push({ ...place, type, group: bytes.subarray(at + 64, at + 64 + group).toString(), text, body: body.toString() });
      at = Math.ceil(end / 16) * 16;
    }
  }
  return records;
}

export function segmentsOf(machine: MemoryDisk): readonly (readonly [string, Uint8Array])[] {
  const names = machine.paths.filter((path) => /^log\/\d+\.seg$/.test(path));
  return names.map((path) => [path, machine.content(path)!] as const);
}

export type { Clock, MemoryLog };
