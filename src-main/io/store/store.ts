import {
  DISK_RESERVE_BYTES,
  LOG_BATCH_BYTES_MAX,
  LOG_QUEUED_BYTES_MAX,
  LOG_RESERVE_BYTES,
  LOG_SEGMENT_BYTES,
  PACKS_OPEN_MAX,
  PACK_BYTES,
} from '../../../src-shared/config/index.ts';
import { openBlobs } from './blobs/blobs.ts';
import { threadedZstd } from './blobs/zstd.ts';
import { openCatalogue } from './catalogue/openCatalogue.ts';
import type { Store, StoreLimits, StoreOptions } from './door.ts';
import { Fate } from './fate.ts';
import { openLog } from './log/openLog.ts';

const LIMITS: StoreLimits = {
  segmentBytes: LOG_SEGMENT_BYTES,
  batchBytes: LOG_BATCH_BYTES_MAX,
  queuedBytes: LOG_QUEUED_BYTES_MAX,
  reserveBytes: LOG_RESERVE_BYTES,
  diskReserveBytes: DISK_RESERVE_BYTES,
  packBytes: PACK_BYTES,
  packsOpen: PACKS_OPEN_MAX,
};

/**
 * Opens the store, or makes it: 1 the log (verified, repaired, or refused with `store.damaged`), 2 the blobs, 3 the catalogue. Throws `store.format-newer`
 * when a later version wrote it, `node.no-space` when a new one does not fit.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { disk, random, clock, log, crypto, zstd = threadedZstd(), onDamage = 'refuse' } = options;
  const limits = { ...LIMITS, ...options.limits };
  const fate = new Fate();
  fate.failed.catch((error: unknown) => log.warn('store.died', { error }));
  const shared = { disk, log, limits, fate, random, digest: (bytes: Uint8Array) => crypto.digest(bytes) };
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const part of opened) await part.close();
  };
  try {
    const wal = await openLog({ ...shared, folder: 'log', keepPrefixAs: onDamage === 'refuse' ? null : String(clock.wall()) });
    opened.push(wal);
    const blobs = await openBlobs({ ...shared, folder: 'blobs', zstd });
    opened.push(blobs);
    const kept = await openCatalogue({ ...shared, folder: 'backup', clock }, options.folder);
    opened.push(kept);
    return {
      append: (records) => wal.append(records),
      recover: () => wal.recover(),
      trim: (group, sequence) => wal.trim(group, sequence),
      blobs,
      catalogue: kept.catalogue,
      failed: fate.failed,
      usage: () => Promise.resolve({ logBytes: wal.bytes, blobBytes: blobs.bytes, blobs: blobs.table.live }),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
