import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EXPORT_CHUNKS_UNDER_WAY_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { nbt, readNbt, writeNbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { chunkKey, parseChunkKey, type Hash } from '../../../../src-shared/units/index.ts';
import { sourceOfEncoded } from '../../../core/world/index.ts';
import type { ExportChunk, ExportDimension, ExportEntity } from '../door.ts';
import { ENTITY_FILES_SINCE } from '../chunk/versions.ts';
import type { LeftoverRecord } from '../import/records.ts';
import { REGION_SIDE } from '../region/regionHeader.ts';
import { RegionWriter } from '../region/regionWriter.ts';
import type { RegionKind } from '../save/survey.ts';
import type { ChunkToEncode } from './encodeChunks.ts';
import type { TaskThreads } from '../threads/taskThreads.ts';

export interface RegionContext {
  /** Folder of the dimension in the export. */
  readonly folder: string;
  readonly dimension: ExportDimension;
  readonly threads: TaskThreads;
  readonly blob: (name: Hash) => Promise<Uint8Array | null>;
  /** Data version of what is new where nothing old is. */
  readonly dataVersion: number;
  /** Stamp of the chunks: seconds since 1970. */
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
  readonly told: (written: { readonly chunks: number; readonly bytes: number }) => void;
}

/** Everything that stands at one chunk's place. */
interface Place {
  chunk: ExportChunk | null;
  readonly leftovers: Partial<Record<RegionKind, Hash>>;
}

type Region = Map<string, Place>;

/** All region files of a dimension, one region after the other; chunks of a region are encoded on threads while the next are fetched. */
export async function exportRegions(leftovers: Iterable<LeftoverRecord>, context: RegionContext): Promise<void> {
  const regions = await sortIntoRegions(leftovers, context.dimension);
  for (const [key, region] of regions) {
    context.signal?.throwIfAborted();
    await new RegionExport(parseChunkKey(key as ReturnType<typeof chunkKey>), context).run(region);
  }
}

async function sortIntoRegions(leftovers: Iterable<LeftoverRecord>, dimension: ExportDimension): Promise<ReadonlyMap<string, Region>> {
  const regions = new Map<string, Region>();
  const placeAt = (x: number, z: number): Place => {
    const key = chunkKey(Math.floor(x / REGION_SIDE), Math.floor(z / REGION_SIDE));
    const region = regions.get(key) ?? new Map<string, Place>();
    regions.set(key, region);
    const place = region.get(chunkKey(x, z)) ?? { chunk: null, leftovers: {} };
    region.set(chunkKey(x, z), place);
    return place;
  };
  for await (const chunk of dimension.chunks()) placeAt(chunk.x, chunk.z).chunk = chunk;
  for (const { kind, x, z, blob } of leftovers) placeAt(x, z).leftovers[kind] = blob;
  for (const key of dimension.entities.keys()) {
    const { x, z } = parseChunkKey(key);
    placeAt(x, z);
  }
  return regions;
}

class RegionExport {
  readonly #region: { readonly x: number; readonly z: number };
  readonly #context: RegionContext;
  readonly #writers = new Map<RegionKind, RegionWriter>();
  /** Chunks go into their files one batch after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(region: { readonly x: number; readonly z: number }, context: RegionContext) {
    this.#region = region;
    this.#context = context;
  }

  async run(region: Region): Promise<void> {
    try {
      const places = [...region].map(([key, place]) => ({ ...parseChunkKey(key as ReturnType<typeof chunkKey>), ...place }));
      const under: Promise<void>[] = [];
      for (let at = 0; at < places.length; at += EXPORT_CHUNKS_UNDER_WAY_MAX) {
        this.#context.signal?.throwIfAborted();
        const fetched = await Promise.all(places.slice(at, at + EXPORT_CHUNKS_UNDER_WAY_MAX).map((place) => this.#itemsAt(place)));
        // Two batches at a time: one is encoded while the next is fetched.
        await under.at(-2);
        under.push(this.#encode(fetched.flat()));
        under.at(-1)!.catch(() => undefined);
      }
      await Promise.all(under);
      for (const writer of this.#writers.values()) {
        await writer.finish();
        this.#context.told({ chunks: 0, bytes: writer.bytes });
      }
    } catch (fault) {
      await Promise.all([...this.#writers.values()].map((writer) => writer.discard().catch(() => undefined)));
      throw fault;
    }
  }

  async #encode(items: readonly ChunkToEncode[]): Promise<void> {
    const { chunks, bytes } = await this.#context.threads.run('encodeChunks', { chunks: items });
    const before = this.#writing;
    this.#writing = (async () => {
      await before;
      let at = 0;
      for (const chunk of chunks) {
        const writer = await this.#writer(chunk.kind);
        await writer.write(chunk.index, bytes.subarray(at, at + chunk.bytes));
        at += chunk.bytes;
      }
    })();
    await this.#writing;
    this.#context.told({ chunks: chunks.filter(({ kind }) => kind === 'region').length, bytes: 0 });
  }

  /** 1. The chunk, or what vanilla had begun there. 2. Its entities. 3. Its points of interest. */
  async #itemsAt({ x, z, chunk, leftovers }: Place & { readonly x: number; readonly z: number }): Promise<readonly ChunkToEncode[]> {
    const index = (z - this.#region.z * REGION_SIDE) * REGION_SIDE + x - this.#region.x * REGION_SIDE;
    const living = this.#context.dimension.entities.get(chunkKey(x, z)) ?? [];
    const encoded = chunk === null ? null : await this.#fetch(chunk.name);
    const source = encoded === null ? null : sourceOfEncoded(encoded);
    const [origin, entities, poi] = await Promise.all([
      this.#fetchOrNull(chunk === null ? leftovers.region : source!.origin),
      this.#fetchOrNull(source?.entities ?? leftovers.entities),
      this.#fetchOrNull(source?.poi ?? leftovers.poi),
    ]);
    const items: ChunkToEncode[] = [];
    const standsInside = source !== null && source.origin !== null && source.dataVersion < ENTITY_FILES_SINCE;
    const isUntouched = chunk === null || (chunk.name === chunk.imported && !(standsInside && living.length > 0));
    if (isUntouched) {
      if (origin !== null) items.push({ type: 'verbatim', kind: 'region', index, nbt: origin });
      if (poi !== null) items.push({ type: 'verbatim', kind: 'poi', index, nbt: poi });
    } else {
      const inside = standsInside && living.length > 0 ? writeNbt(entityList(living, source.dataVersion)) : null;
      items.push({ type: 'chunk', index, chunk: encoded!, origin, poi, entities: inside });
    }
    const beside = standsInside ? entities : this.#entityChunk({ x, z }, entities, living, source?.dataVersion ?? null);
    if (beside !== null) items.push({ type: 'verbatim', kind: 'entities', index, nbt: beside });
    return items;
  }

  /** NBT of an entity file's chunk: the save's as it is, or with those of the state added. Null for none. */
  #entityChunk(
    { x, z }: { readonly x: number; readonly z: number },
    saved: Uint8Array | null,
    living: readonly ExportEntity[],
    chunkVersion: number | null,
  ): Uint8Array | null {
    if (living.length === 0) return saved;
    const { name, root } = saved === null ? { name: '', root: null } : readNbt(saved);
    const known = living.flatMap(({ dataVersion }) => dataVersion ?? []);
    const oldest = known.length > 0 ? Math.min(...known) : (chunkVersion ?? this.#context.dataVersion);
    const dataVersion = (root === null ? null : nbt.getNumber(root, 'DataVersion')) ?? oldest;
    const added = nbt.getList(entityList(living, dataVersion), 'Entities') ?? [];
    const position = { Position: nbt.intArray(Int32Array.of(x, z)), DataVersion: nbt.int(dataVersion) };
    const all = [...((root === null ? null : nbt.getList(root, 'Entities')) ?? []), ...added];
    return writeNbt(nbt.withTags(root ?? nbt.compound(position), { Entities: nbt.list('compound', all) }), { name });
  }

  async #writer(kind: RegionKind): Promise<RegionWriter> {
    const known = this.#writers.get(kind);
    if (known !== undefined) return known;
    const folder = join(this.#context.folder, kind);
    await mkdir(folder, { recursive: true });
    const writer = await RegionWriter.create(folder, this.#region, this.#context.seconds);
    this.#writers.set(kind, writer);
    return writer;
  }

  async #fetch(name: Hash): Promise<Uint8Array> {
    const bytes = await this.#context.blob(name);
    if (bytes === null) throw new AppError('store.blob-missing', { name });
    return bytes;
  }

  async #fetchOrNull(name: Hash | null | undefined): Promise<Uint8Array | null> {
    return name === null || name === undefined ? null : this.#fetch(name);
  }
}

function entityList(living: readonly ExportEntity[], dataVersion: number): NbtCompound {
  const entities: readonly Nbt[] = living.map((entity) => entity.toNbt(dataVersion));
  return nbt.compound({ Entities: nbt.list('compound', entities) });
}
