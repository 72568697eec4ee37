import { join } from 'node:path';
import type { Catalogue } from '../door.ts';
import { openBackups, restoreBackups, type BackupParts, type Backups } from './backups.ts';
import type { CatalogueBody } from './body.ts';
import { memoryCatalogue } from './memory.ts';
import { openSqliteCatalogue } from './sqlite.ts';

export interface OpenedCatalogue {
  readonly catalogue: Catalogue;
  close(): Promise<void>;
}

/** `root`: absolute folder of the SQLite file; null keeps the catalogue in memory. An empty catalogue gets back what the backups hold. */
export async function openCatalogue(parts: BackupParts, root: string | null): Promise<OpenedCatalogue> {
  const body = openBody(parts, root);
  let closed = false;
  try {
    const backups = await openBackups(parts, body);
    if (body.keys('').length === 0 && body.facts('snapshots', 1).length === 0) {
      const facts = await restoreBackups(parts, body);
      if (facts > 0) parts.log.warn('store.catalogue-restored', { facts });
    }
    return {
      catalogue: withBackups(parts, body, backups),
      close: async () => {
        if (closed) return;
        closed = true;
        if (parts.fate.dead === null) await backups.flush();
        body.close();
      },
    };
  } catch (error) {
    body.close();
    throw error;
  }
}

function openBody({ fate, clock, log }: BackupParts, root: string | null): CatalogueBody {
  if (root === null) return memoryCatalogue();
  const { body, rebuilt } = openSqliteCatalogue({ file: join(root, 'catalogue.db'), fate, setAsideAs: String(clock.wall()) });
  if (rebuilt) log.warn('store.catalogue-set-aside', { file: `catalogue.db.damaged-${clock.wall()}` });
  return body;
}

function withBackups({ fate }: BackupParts, body: CatalogueBody, backups: Backups): Catalogue {
  return {
    get: (key) => {
      fate.check();
      return body.get(key);
    },
    set: (key, value) => {
      fate.check();
      body.set(key, value);
      backups.noteKey(key);
    },
    delete: (key) => {
      fate.check();
      body.delete(key);
      backups.noteKey(key);
    },
    keys: (prefix) => {
      fate.check();
      return body.keys(prefix);
    },
    addFact: (table, height, value) => {
      fate.check();
      body.addFact(table, height, value);
      if (table === 'snapshots') backups.noteSnapshot();
    },
    facts: (table, limit) => {
      fate.check();
      return body.facts(table, limit);
    },
  };
}
