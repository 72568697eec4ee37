import { AppError } from '../../../../src-shared/errors/index.ts';
import type { ChunkPos, Hash } from '../../../../src-shared/units/index.ts';
import { WireError } from '../../../../src-shared/wire/index.ts';
import { decodeMeta } from '../codec/chunk.ts';
import { decodeParts, nameOfEncoded, orDamaged } from '../codec/parts.ts';
import type { Shard, ShardGenesis, WorldKit } from '../door.ts';
import type { Chunk } from '../model/chunk.ts';
import { decodeFacts, decodeManifest } from './manifest.ts';
import { decodePage, namesOfPage, PageIndex, readPages } from './pages.ts';
import { Records } from './records.ts';
import { ShardState } from './shard.ts';
import { decodeItem, readIndex } from './table.ts';
import { ENTITIES, OUTBOX, PLAYERS, SCHEDULE, SESSIONS } from './tables.ts';

const TABLES = [PLAYERS, ENTITIES, SESSIONS, OUTBOX, SCHEDULE];
const PARTS_BEFORE_TABLES = 2;

/** A shard at tick 0. `chunks` are real ones whose blobs the store holds already (an import). */
export function createShard(genesis: ShardGenesis, kit: WorldKit, chunks: Iterable<ChunkPos & { readonly name: Hash }> = []): Shard {
  const pages = new PageIndex(kit);
  for (const { x, z, name } of chunks) pages.set(x, z, name);
  return new ShardState(genesis, { pages, records: new Records(kit) }, kit);
}

/** The blobs that `openShard` wants beside the manifest. Throws AppError `store.blob-damaged`. */
export function blobsOfManifest(manifest: Uint8Array): readonly Hash[] {
  return orDamaged(() => {
    const parts = readManifest(manifest);
    const pages = readPages(parts[1]!).map(({ name }) => name);
    return [...pages, ...TABLES.flatMap(({ tag }, index) => readIndex(parts[PARTS_BEFORE_TABLES + index]!, tag).map(({ name }) => name))];
  });
}

/**
 * The shard of a snapshot. The caller has compared the manifest's name with the certified root; each blob is compared with its name here.
 * Throws AppError `store.blob-missing`, `store.blob-damaged`, `store.format-newer`.
 */
export function openShard(manifest: Uint8Array, blobs: ReadonlyMap<Hash, Uint8Array>, kit: WorldKit): Shard {
  const find = (name: Hash): Uint8Array => {
    const bytes = blobs.get(name);
    if (bytes === undefined) throw new AppError('store.blob-missing', { name });
    if (nameOfEncoded(bytes, kit.digest) !== name) throw new AppError('store.blob-damaged', { name });
    return bytes;
  };
  return orDamaged(() => {
    const parts = readManifest(manifest);
    const facts = decodeFacts(parts[0]!);
    const pages = new PageIndex(kit);
    pages.load(parts[1]!, find);
    const records = new Records(kit);
    records.tables.forEach((table, index) => table.load(parts[PARTS_BEFORE_TABLES + index]!, find));
    records.tick = facts.tick;
    records.nextEntityId = facts.nextEntityId;
    records.reindex();
    return new ShardState(facts, { pages, records }, kit);
  });
}

/**
 * Every blob that this blob of the world names, itself not: pages and buckets of a manifest, chunks of a page, what a chunk or player
 * came from. Whoever walks it from a manifest finds all that must be kept. Throws AppError `store.blob-damaged`.
 */
export function referencesOf(bytes: Uint8Array, kit: WorldKit): readonly Hash[] {
  return orDamaged(() => {
    const { kind, parts } = decodeParts(bytes);
    switch (kind) {
      case 'manifest':
        return blobsOfManifest(bytes);
      case 'page':
        return namesOfPage(decodePage(bytes));
      case 'chunk': {
        const { origin, entities, poi } = decodeMeta(parts[0]!);
        return [origin, entities, poi].filter((name) => name !== null);
      }
      case 'bucket':
        return originsOfBucket(parts, kit);
    }
  });
}

/** What an encoded chunk says of the save that it came from. Throws AppError `store.blob-damaged`. */
export function sourceOfEncoded(bytes: Uint8Array): Pick<Chunk, 'origin' | 'entities' | 'poi' | 'dataVersion'> {
  return orDamaged(() => {
    const { kind, parts } = decodeParts(bytes);
    if (kind !== 'chunk' || parts[0] === undefined) throw new WireError('no chunk', 1);
    const { origin, entities, poi, dataVersion } = decodeMeta(parts[0]);
    return { origin, entities, poi, dataVersion };
  });
}

/** Blob of the save's entities that an encoded chunk names. Throws AppError `store.blob-damaged`. */
export function entitiesOfEncoded(bytes: Uint8Array): Hash | null {
  return orDamaged(() => {
    const { kind, parts } = decodeParts(bytes);
    if (kind !== 'chunk' || parts[0] === undefined) throw new WireError('no chunk', 1);
    return decodeMeta(parts[0]).entities;
  });
}

function originsOfBucket(parts: readonly Uint8Array[], kit: WorldKit): readonly Hash[] {
  const origins = parts.map((part) => {
    if (part[0] === PLAYERS.tag) return decodeItem(PLAYERS, part, kit).origin;
    return part[0] === OUTBOX.tag ? decodeItem(OUTBOX, part, kit).player.origin : null;
  });
  return origins.filter((name) => name !== null);
}

function readManifest(manifest: Uint8Array): readonly Uint8Array[] {
  return decodeManifest(manifest, PARTS_BEFORE_TABLES + TABLES.length);
}
