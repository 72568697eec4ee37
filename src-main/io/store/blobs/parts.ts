import type { Disk, Log, Random } from '../../../ports/index.ts';
import type { Digest } from '../checksum.ts';
import type { Zstd } from '../door.ts';
import type { Fate } from '../fate.ts';
import type { PackId } from './layout.ts';

export interface PackParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly digest: Digest;
  readonly random: Random;
  readonly log: Log;
}

/** One pack as far as it may be used: `bytes` ends after its last whole item. */
export interface Pack extends PackId {
  bytes: number;
}

export interface BlobLimits {
  readonly packBytes: number;
  readonly packsOpen: number;
  /** Left free on the disk. */
  readonly diskReserveBytes: number;
}

export interface BlobParts extends PackParts {
  readonly limits: BlobLimits;
  readonly fate: Fate;
  readonly zstd: Zstd;
}
