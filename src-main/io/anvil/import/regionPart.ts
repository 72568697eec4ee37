import { join } from 'node:path';
import { AppError, refuse, type Refusal } from '../../../../src-shared/errors/index.ts';
import { NbtNames, NbtSkim } from '../../../../src-shared/nbt/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import { ChunkEncoder, type WorldKit } from '../../../core/world/index.ts';
import { ChunkDecoder, type DimensionShape } from '../chunk/decode.ts';
import type { ImportProblem } from '../door.ts';
import { chunkAt, regionName } from '../region/regionHeader.ts';
import { RegionReader } from '../region/regionReader.ts';
import { headerProblems, REGION_KINDS, type RegionKind } from '../save/survey.ts';
import { ContentPacker, type PackedContent } from './content.ts';
import { encodeChunkRecords, encodeLeftoverRecords, type ChunkRecord, type LeftoverRecord } from './records.ts';

/** Some chunks of the three region files of one place. */
export interface ImportPart {
  readonly save: string;
  /** Of the dimension, inside the save. */
  readonly folder: string;
  readonly region: { readonly x: number; readonly z: number };
  /** Those of the three files that are there. */
  readonly kinds: readonly RegionKind[];
  /** Indices `from` (inclusive) to `to` (exclusive). */
  readonly from: number;
  readonly to: number;
  readonly shape: DimensionShape;
}

export interface ImportedPart extends PackedContent {
  /** Chunks that the region file has here, whatever became of them. */
  readonly met: number;
  readonly chunks: Uint8Array;
  readonly leftovers: Uint8Array;
  readonly problems: readonly ImportProblem[];
  readonly entities: number;
  readonly translated: number;
}

/** One per thread: keeps what repeats from part to part. */
export function createRegionImporter(kit: WorldKit): (part: ImportPart) => ImportedPart {
  const tools = { kit, decoder: new ChunkDecoder(kit), encoder: new ChunkEncoder(kit), names: new NbtNames() };
  return (part) => {
    const importing = new ImportingPart(part, tools);
    try {
      return importing.run();
    } finally {
      importing.close();
    }
  };
}

interface Tools {
  readonly kit: WorldKit;
  readonly decoder: ChunkDecoder;
  readonly encoder: ChunkEncoder;
  readonly names: NbtNames;
}

type Readers = Readonly<Record<RegionKind, RegionReader | null>>;

class ImportingPart {
  readonly #part: ImportPart;
  readonly #tools: Tools;
  readonly #readers: Readers;
  readonly #content = new ContentPacker();
  readonly #chunks: ChunkRecord[] = [];
  readonly #leftovers: LeftoverRecord[] = [];
  readonly #problems: ImportProblem[] = [];
  #met = 0;
  #entities = 0;
  #translated = 0;

  constructor(part: ImportPart, tools: Tools) {
    this.#part = part;
    this.#tools = tools;
    this.#readers = { region: this.#open('region'), entities: this.#open('entities'), poi: this.#open('poi') };
  }

  run(): ImportedPart {
    for (let index = this.#part.from; index < this.#part.to; index++) this.#importPosition(index);
    return {
      ...this.#content.finish(),
      met: this.#met,
      chunks: encodeChunkRecords(this.#chunks),
      leftovers: encodeLeftoverRecords(this.#leftovers),
      problems: this.#problems,
      entities: this.#entities,
      translated: this.#translated,
    };
  }

  close(): void {
    for (const kind of REGION_KINDS) this.#readers[kind]?.close();
  }

  /** 1. Entities and points of interest, which the chunk names. 2. The chunk. 3. What has no chunk to be named by is a leftover. */
  #importPosition(index: number): void {
    const { x, z } = chunkAt(this.#part.region, index);
    const entities = this.#keep('entities', index);
    const poi = this.#keep('poi', index);
    const bytes = this.#read('region', index);
    if (bytes !== null && this.#importChunk({ x, z }, bytes, { entities, poi })) return;
    if (entities !== null) this.#leftovers.push({ kind: 'entities', x, z, blob: entities });
    if (poi !== null) this.#leftovers.push({ kind: 'poi', x, z, blob: poi });
  }

  /** False when it is no chunk that can be played. */
  #importChunk(
    pos: { readonly x: number; readonly z: number },
    bytes: Uint8Array,
    beside: { readonly entities: Hash | null; readonly poi: Hash | null },
  ): boolean {
    const origin = this.#hash(bytes);
    const decoded = this.#tools.decoder.decode(bytes, { ...pos, ...beside, origin, shape: this.#part.shape });
    if (!('kind' in decoded)) {
      this.#report('region', pos, decoded);
      // Readable, only too old to be played.
      if (decoded.code === 'import.too-old') this.#leave(pos, origin, bytes);
      return false;
    }
    if (decoded.kind === 'unfinished') {
      this.#leave(pos, origin, bytes);
      return false;
    }
    const { name, bytes: encoded } = this.#tools.encoder.encode(decoded.chunk);
    this.#content.put(origin, bytes);
    this.#content.put(name, encoded);
    this.#chunks.push({ ...pos, name });
    this.#entities += decoded.entities;
    if (decoded.translated) this.#translated += 1;
    return true;
  }

  #leave({ x, z }: { readonly x: number; readonly z: number }, blob: Hash, bytes: Uint8Array): void {
    this.#content.put(blob, bytes);
    this.#leftovers.push({ kind: 'region', x, z, blob });
  }

  /** NBT that is kept as it is, if there is any and it can be read to its end. */
  #keep(kind: 'entities' | 'poi', index: number): Hash | null {
    const bytes = this.#read(kind, index);
    if (bytes === null) return null;
    const entities = this.#countEntities(bytes);
    if (typeof entities !== 'number') {
      this.#report(kind, chunkAt(this.#part.region, index), entities);
      return null;
    }
    this.#entities += entities;
    const blob = this.#hash(bytes);
    this.#content.put(blob, bytes);
    return blob;
  }

  #countEntities(bytes: Uint8Array): number | Refusal {
    try {
      const skim = new NbtSkim(bytes, this.#tools.names);
      let entities = 0;
      skim.root();
      for (let name = skim.next(); name !== null; name = skim.next()) {
        if (name !== 'Entities') skim.skip();
        else {
          entities = skim.list('compound');
          for (let left = entities; left > 0; left--) skim.element('compound');
        }
      }
      return entities;
    } catch (error) {
      if (error instanceof AppError) return refuse('import.chunk-damaged', error.facts);
      throw error;
    }
  }

  #read(kind: RegionKind, index: number): Uint8Array | null {
    const found = this.#readers[kind]?.read(index) ?? null;
    if (found === null) return null;
    if (kind === 'region') this.#met += 1;
    if (found.ok) return found.value;
    this.#report(kind, chunkAt(this.#part.region, index), found);
    return null;
  }

  #open(kind: RegionKind): RegionReader | null {
    if (!this.#part.kinds.includes(kind)) return null;
    const folder = join(this.#part.save, this.#part.folder, kind);
    const isFirst = this.#part.from === 0;
    try {
      const reader = new RegionReader(folder, this.#part.region);
      if (isFirst) this.#problems.push(...headerProblems(this.#file(kind), reader.header.cutShort));
      return reader;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (isFirst) this.#problems.push({ file: this.#file(kind), position: null, code: 'import.file-unreadable', facts: { cause } });
      return null;
    }
  }

  #report(kind: RegionKind, position: { readonly x: number; readonly z: number }, { code, facts }: Refusal): void {
    this.#problems.push({ file: this.#file(kind), position: { x: position.x, z: position.z }, code, facts });
  }

  #file(kind: RegionKind): string {
    const { folder, region } = this.#part;
    return `${folder === '' ? '' : `${folder}/`}${kind}/${regionName(region)}`;
  }

  #hash(bytes: Uint8Array): Hash {
    return toHex(this.#tools.kit.digest(bytes)) as Hash;
  }
}
