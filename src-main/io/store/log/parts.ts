import type { Disk, Log } from '../../../ports/index.ts';
import type { Fate } from '../fate.ts';
import type { Digest } from '../checksum.ts';

export interface LogLimits {
  readonly segmentBytes: number;
  readonly batchBytes: number;
  readonly queuedBytes: number;
  /** At the end of the last segment, for tables only. */
  readonly reserveBytes: number;
  /** Left free on the disk when a segment is made. */
  readonly diskReserveBytes: number;
}

export interface LogParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly digest: Digest;
  readonly log: Log;
  readonly limits: LogLimits;
  readonly fate: Fate;
}
