import { AppError } from '../../../../src-shared/errors/index.ts';
import type { Disk, DiskFile, Log } from '../../../ports/index.ts';
import { makeDurableFolder, removeDurably } from '../files.ts';
import type { Digest } from '../checksum.ts';
import { RECORDS_AT, encodeHeader, segmentName } from './layout.ts';
import type { LogScan, Segment } from './scan.ts';

/** Copied, zeroed and rewritten in pieces of this size. */
const PIECE_BYTES = 1024 * 1024;

interface Repair {
  readonly disk: Disk;
  readonly folder: string;
  readonly scan: LogScan;
  readonly digest: Digest;
  readonly log: Log;
}

/**
 * Makes the folder hold exactly the valid prefix, durably: 1 segments after the active one that hold anything go, 2 bad headers are written again, 3 what follows
 * the prefix becomes zeros (or an old record could follow a new one that is equal to the one it followed), 4 records that no later one proves synced are written
 * again: after a sync that failed in an earlier life they may be in the cache only, and a sync alone would not write them, 5 one sync, 6 only now, with
 * the table that says so on the medium, segments that nobody needs go.
 */
export async function repairLog({ disk, folder, scan, digest, log }: Repair): Promise<void> {
  const { segments, active, salt, table } = scan;
  const last = segments[active];
  if (last === undefined || salt === null) return;
  const unneeded = segments.filter(({ number }) => number < table.first && number < last.number);
  const leftovers = segments.filter(({ number, contentEnd }, i) => i > active && (contentEnd > RECORDS_AT || number > last.number + 1));
  for (const segment of leftovers.toReversed()) await removeSegment(disk, folder, segment);
  for (const segment of segments.filter((one) => !one.headerWhole && !unneeded.includes(one) && !leftovers.includes(one))) {
    log.warn('store.log-header-mended', { segment: segment.number });
    await onSegment(disk, folder, segment, (file) => file.write(0, encodeHeader({ salt, number: segment.number }, digest)));
  }
  if (scan.broken !== null) {
    log.warn('store.log-tail-cut', {
      segment: last.number,
      offset: last.end,
      bytes: Math.max(0, last.contentEnd - last.end),
      sequence: scan.sequence,
    });
  }
  await onSegment(disk, folder, last, async (file) => {
    for (let at = last.end; at < last.contentEnd; at += PIECE_BYTES)
      await file.write(at, new Uint8Array(Math.min(PIECE_BYTES, last.contentEnd - at)));
    for (let at = scan.unprovenFrom; at < last.end; at += PIECE_BYTES)
      await file.write(at, await file.read(at, Math.min(PIECE_BYTES, last.end - at)));
  });
  for (const segment of unneeded) await removeSegment(disk, folder, segment);
}

/** A person agreed to go on with the valid prefix: everything from the break on is kept beside, for people, before it is cut. */
export async function setAside({ disk, folder, scan, log }: Repair, suffix: string): Promise<void> {
  const from = scan.broken?.number ?? Infinity;
  const target = `${folder}/damaged`;
  await makeDurableFolder(disk, target);
  for (const segment of scan.segments.filter(({ number }) => number >= from)) {
    const name = segmentName(segment.number);
    await copyFile(disk, `${folder}/${name}`, `${target}/${name}.${suffix}`);
    log.warn('store.log-set-aside', { segment: segment.number, file: `${target}/${name}.${suffix}` });
  }
  await disk.syncFolder(target);
}

/** Segments of a log of which not even the beginning is there: moved beside whole, a new log starts. */
export async function removeAll({ disk, folder, scan }: Repair): Promise<void> {
  for (const segment of scan.segments.toReversed()) await removeSegment(disk, folder, segment);
}

/** What recovery says when rule 2 finds damage. */
export function damageOf(scan: LogScan): AppError | null {
  const { broken } = scan;
  if (broken === null || broken.evidence < broken.expected) return null;
  const { number, offset, expected, evidence } = broken;
  return new AppError('store.damaged', {
    part: 'log',
    file: segmentName(number),
    offset,
    lastWhole: expected - 1,
    syncedThrough: Number.isFinite(evidence) ? evidence : null,
  });
}

/** One at a time, each durable: a power cut may undo any subset of removals that were not synced, and a gap would look like damage. */
async function removeSegment(disk: Disk, folder: string, { number }: Segment): Promise<void> {
  await removeDurably(disk, `${folder}/${segmentName(number)}`);
}

async function onSegment(disk: Disk, folder: string, { number }: Segment, action: (file: DiskFile) => Promise<void>): Promise<void> {
  const file = await disk.open(`${folder}/${segmentName(number)}`, 'write');
  try {
    await action(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function copyFile(disk: Disk, from: string, to: string): Promise<void> {
  const source = await disk.open(from, 'read');
  const target = await disk.open(to, 'create');
  try {
    for (let at = 0; at < source.size; at += PIECE_BYTES) await target.write(at, await source.read(at, PIECE_BYTES));
    await target.sync();
  } finally {
    await source.close();
    await target.close();
  }
}
