import type { Random } from '../../../ports/index.ts';
import { createWhole, makeDurableFolder, removeDurably, removeUnfinished } from '../files.ts';
import { CHECKSUM_BYTES } from '../checksum.ts';
import { RECORDS_AT, SALT_BYTES, encodeHeader, segmentName } from './layout.ts';
import { damageOf, removeAll, repairLog, setAside } from './repair.ts';
import { scanLog, type LogScan } from './scan.ts';
import type { LogParts } from './parts.ts';
import { WriteAheadLog, type LogState } from './writeAheadLog.ts';

export interface LogOpening extends LogParts {
  readonly random: Random;
  /** null: refuse a damaged log with `store.damaged`. Otherwise keep its valid prefix, and the rest beside, under this suffix. */
  readonly keepPrefixAs: string | null;
}

/** 1 look, 2 refuse damage (rule R2), 3 repair, or begin a new log, 4 write the first record of this opening. */
export async function openLog(opening: LogOpening): Promise<WriteAheadLog> {
  const { disk, folder, digest } = opening;
  await makeDurableFolder(disk, folder);
  await removeUnfinished(disk, folder);
  const scan = await readable(opening, await scanLog(disk, folder, digest));
  const log = new WriteAheadLog(opening, scan.salt === null ? await createLog(opening) : await continueLog(opening, scan, scan.salt));
  await log.start();
  return log;
}

async function readable(opening: LogOpening, scan: LogScan): Promise<LogScan> {
  const damage = damageOf(scan);
  if (damage === null) return scan;
  if (opening.keepPrefixAs === null) throw damage;
  await setAside({ ...opening, scan }, opening.keepPrefixAs);
  const hasBeginning = scan.salt !== null && scan.broken!.evidence !== Infinity;
  if (hasBeginning) return scan;
  await removeAll({ ...opening, scan });
  return { ...scan, salt: null };
}

async function createLog({ disk, folder, digest, random, limits }: LogOpening): Promise<LogState> {
  const salt = random.bytes(SALT_BYTES);
  const path = `${folder}/${segmentName(1)}`;
  await createWhole(disk, path, { start: encodeHeader({ salt, number: 1 }, digest), bytes: limits.segmentBytes });
  return {
    salt,
    segments: [{ number: 1, bytes: limits.segmentBytes, end: RECORDS_AT, groups: new Map() }],
    sequence: 0,
    link: new Uint8Array(CHECKSUM_BYTES),
    table: { first: 1, trims: {} },
    file: await disk.open(path, 'write'),
  };
}

async function continueLog(opening: LogOpening, scan: LogScan, salt: Uint8Array): Promise<LogState> {
  const { disk, folder, limits } = opening;
  await repairLog({ ...opening, scan });
  const segments = scan.segments.slice(0, scan.active + 1).filter((segment, i) => i === scan.active || segment.number >= scan.table.first);
  const active = segments.at(-1)!;
  const spare = scan.segments[scan.active + 1];
  if (spare !== undefined && spare.bytes !== limits.segmentBytes) {
    await removeDurably(disk, `${folder}/${segmentName(spare.number)}`);
  }
  return {
    salt,
    segments: segments.map(({ number, bytes, end, groups }) => ({ number, bytes, end, groups })),
    sequence: scan.sequence,
    link: scan.link,
    table: scan.table,
    file: await disk.open(`${folder}/${segmentName(active.number)}`, 'write'),
  };
}
