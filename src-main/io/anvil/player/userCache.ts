import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseUuid, type Uuid } from '../../../../src-shared/units/index.ts';

const BYTES_MAX = 4 * 1024 * 1024;

/** Names of players that a server remembered: `usercache.json` lies beside its worlds, or was copied into one. */
export async function knownNames(save: string): Promise<ReadonlyMap<Uuid, string>> {
  const names = new Map<Uuid, string>();
  for (const folder of [dirname(save), save]) {
    for (const entry of await readEntries(join(folder, 'usercache.json'))) {
      const { uuid, name } = (entry ?? {}) as { readonly uuid?: unknown; readonly name?: unknown };
      const parsed = typeof uuid === 'string' ? parseUuid(uuid) : null;
      if (parsed !== null && typeof name === 'string' && /^\w{1,16}$/.test(name)) names.set(parsed, name);
    }
  }
  return names;
}

async function readEntries(file: string): Promise<readonly unknown[]> {
  try {
    if ((await stat(file)).size > BYTES_MAX) return [];
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
