import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync, zstdDecompressSync } from 'node:zlib';
import { buildTables } from '../../../src-main/io/game/index.ts';
import type { ImportJournal, ImportOptions, ImportSink } from '../../../src-main/io/anvil/index.ts';
import type { Clock } from '../../../src-main/ports/index.ts';
import { nbt, writeNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { regionBytes } from '../../unit/anvil/regionBytes.ts';

const WORLDS = join(import.meta.dirname, '../../../../shared/worlds');
const required = (process.env['PEERHOLD_REQUIRE'] ?? '').split(/[\s,]+/).includes('worlds');

/** For tests of real saves: skipped with a reason where the folder is missing, unless PEERHOLD_REQUIRE names it. */
export const needsWorlds = existsSync(WORLDS) || required ? {} : { skip: 'the folder ../shared/worlds with real saves is not here' };

/** A real save. Read-only. */
export function realWorld(name: string): string {
  const path = join(WORLDS, name);
  if (!existsSync(path)) throw new Error(`PEERHOLD_REQUIRE names worlds, and ${name} is not in ../shared/worlds`);
  return path;
}

export const tables = buildTables('1.21.1');

export const clock: Clock = { now: () => performance.now(), wall: () => 1_700_000_000_000, after: () => () => undefined };

export interface MemoryStore {
  readonly sink: ImportSink;
  readonly journal: ImportJournal;
  /** Uncompressed. */
  readonly blobs: ReadonlyMap<Hash, Uint8Array>;
  blob(name: Hash): Promise<Uint8Array | null>;
}

/** Blobs and notes in memory. `put` is called with the number of blobs so far before every batch. */
export function memoryStore(put: (blobs: number) => void = () => undefined): MemoryStore {
  const stored = new Map<Hash, { readonly bytes: Uint8Array; readonly zstd?: boolean }>();
  const notes = new Map<string, string>();
  const blob = async (name: Hash): Promise<Uint8Array | null> => {
    const found = stored.get(name);
    if (found === undefined) return null;
    return found.zstd === true ? new Uint8Array(zstdDecompressSync(found.bytes)) : found.bytes;
  };
  return {
    sink: {
      putMany: async (items) => {
        put(stored.size);
        for (const { name, ...content } of items) stored.set(name, content);
      },
      sync: async () => undefined,
      get: blob,
    },
    journal: { get: (key) => notes.get(key) ?? null, set: (key, value) => void notes.set(key, value) },
    blobs: stored as ReadonlyMap<Hash, { readonly bytes: Uint8Array }> as never,
    blob,
  };
}

export function importOptions(more: Partial<ImportOptions> = {}): ImportOptions {
  return { tables, clock, skipDamaged: false, threads: 1, ...more };
}

/** level.dat of a save that a test makes. */
export function writeLevel(save: string, dataVersion: number, more: Parameters<typeof nbt.compound>[0] = {}): void {
  mkdirSync(save, { recursive: true });
  const version = nbt.compound({ Name: nbt.text('made by a test'), Id: nbt.int(dataVersion) });
  const data = nbt.compound({ LevelName: nbt.text('Made'), DataVersion: nbt.int(dataVersion), Version: version, ...more });
  writeFileSync(join(save, 'level.dat'), gzipSync(writeNbt(nbt.compound({ Data: data }))));
}

/** A full chunk of 1.21.1 at a position, all of one block. */
export function plainChunk(x: number, z: number, block = 'minecraft:stone', more: Parameters<typeof nbt.compound>[0] = {}): NbtCompound {
  const section = nbt.compound({
    Y: nbt.byte(0),
    block_states: nbt.compound({ palette: nbt.list('compound', [nbt.compound({ Name: nbt.text(block) })]) }),
    biomes: nbt.compound({ palette: nbt.list('string', [nbt.text('minecraft:plains')]) }),
  });
  return nbt.compound({
    DataVersion: nbt.int(3955),
    xPos: nbt.int(x),
    zPos: nbt.int(z),
    Status: nbt.text('minecraft:full'),
    sections: nbt.list('compound', [section]),
    ...more,
  });
}

/** A region file with the chunks at the given indices, written by the test's own code. */
export function writeRegion(save: string, file: string, chunks: Parameters<typeof regionBytes>[0]): void {
  mkdirSync(join(save, file, '..'), { recursive: true });
  writeFileSync(join(save, file), regionBytes(chunks));
}

/** Path, size, time and content of every file: equal before and after whatever must not change anything. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    `${a.parentPath}/${a.name}` < `${b.parentPath}/${b.name}` ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}
