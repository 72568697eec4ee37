import type { CatalogueBody, FactTable } from './body.ts';

/** For tests and the simulation: gone with the process. */
export function memoryCatalogue(): CatalogueBody {
  const values = new Map<string, string>();
  const tables = new Map<FactTable, { readonly height: number; readonly value: string }[]>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    delete: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort(byBytes),
    addFact: (table, height, value) => {
      tables.set(table, [...(tables.get(table) ?? []), { height, value }]);
    },
    facts: (table, limit) => (tables.get(table) ?? []).toReversed().slice(0, Math.max(0, limit)),
    close: () => undefined,
  };
}

/** As SQLite compares text: by UTF-8 bytes. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
