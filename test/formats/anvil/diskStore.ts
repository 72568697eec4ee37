import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { ImportJournal, ImportSink } from '../../../src-main/io/anvil/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';

export interface DiskStore {
  readonly sink: ImportSink;
  readonly journal: ImportJournal;
  /** Blobs put by this process. */
  readonly put: () => number;
}

/** Blobs as files and a journal of JSON lines: what a killed process leaves behind is there for the next. */
export function diskStore(folder: string, noted: () => void = () => undefined): DiskStore {
  mkdirSync(join(folder, 'blobs'), { recursive: true });
  const file = join(folder, 'journal');
  const notes = new Map<string, string>();
  if (existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) notes.set(...(JSON.parse(line) as [string, string]));
  }
  let count = 0;
  const path = (name: Hash, zstd: boolean): string => join(folder, 'blobs', zstd ? `${name}.zst` : name);
  return {
    put: () => count,
    sink: {
      putMany: async (items) => {
        for (const { name, bytes, zstd } of items) writeFileSync(path(name, zstd === true), bytes);
        count += items.length;
      },
      sync: async () => undefined,
      get: async (name) => {
        if (existsSync(path(name, false))) return new Uint8Array(readFileSync(path(name, false)));
        return existsSync(path(name, true)) ? new Uint8Array(zstdDecompressSync(readFileSync(path(name, true)))) : null;
      },
    },
    journal: {
      get: (key) => notes.get(key) ?? null,
      set: (key, value) => {
        notes.set(key, value);
        appendFileSync(file, `${JSON.stringify([key, value])}\n`);
        noted();
      },
    },
  };
}
