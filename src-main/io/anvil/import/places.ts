import { IMPORT_PARTS_UNDER_WAY_MAX } from '../../../../src-shared/config/index.ts';
import { concat, type Hash } from '../../../../src-shared/units/index.ts';
import type { GameTables } from '../../../core/world/index.ts';
import type { DimensionShape } from '../chunk/decode.ts';
import type { ImportJournal, ImportProblem } from '../door.ts';
import { REGION_CHUNKS, regionName } from '../region/regionHeader.ts';
import { REGION_KINDS, type RegionPlace, type Survey, type SurveyedDimension } from '../save/survey.ts';
import type { ProgressMeter } from './progress.ts';
import type { ImportedPart } from './regionPart.ts';
import type { SinkFeed } from './sinkFeed.ts';

/** Chunks that a thread does at a time: up to 2 MB of results. */
const PART_CHUNKS = 128;
/** What was stored becomes durable, and is noted, this often. */
const REGIONS_PER_SYNC = 8;
/** Raised when what an import makes of the same bytes changes: notes of older runs are then void. */
const RESULT_FORMAT = 1;

export interface PlaceWork {
  readonly dimension: SurveyedDimension;
  readonly place: RegionPlace;
  readonly shape: DimensionShape;
}

/** What came out of the three region files of one place. */
export interface ImportedPlace {
  readonly met: number;
  readonly chunks: Uint8Array;
  readonly leftovers: Uint8Array;
  readonly problems: readonly ImportProblem[];
  readonly entities: number;
  readonly translated: number;
}

export interface PlaceContext {
  readonly survey: Survey;
  readonly feed: SinkFeed;
  readonly journal: ImportJournal;
  readonly tables: GameTables;
  readonly meter: ProgressMeter;
  readonly signal: AbortSignal | undefined;
}

/**
 * All regions, in parts, a bounded number at a time. A region that the journal knows from an earlier run, with the same files, is not read
 * again. When a part fails nothing new is begun, and what was begun has ended before this rejects.
 */
export async function importPlaces(
  works: readonly PlaceWork[],
  context: PlaceContext,
): Promise<ReadonlyMap<SurveyedDimension, readonly ImportedPlace[]>> {
  const done = new Map<SurveyedDimension, ImportedPlace[]>();
  const notes = new Notes(context);
  const left: PlaceWork[] = [];
  for (const work of works) {
    const known = await notes.find(work);
    if (known === null) left.push(work);
    else {
      add(done, work.dimension, known);
      context.meter.chunks(known.met);
      context.meter.bytes(bytesOf(work));
    }
  }
  const parts = partsOf(left);
  let failed = false;
  const runner = async (): Promise<void> => {
    for (const { work, from, finished } of parts) {
      if (failed) return;
      context.signal?.throwIfAborted();
      const place = finished(await importPart(work, from, context));
      if (place === null) continue;
      add(done, work.dimension, place);
      await notes.add(work, place);
    }
  };
  const runners = Array.from({ length: IMPORT_PARTS_UNDER_WAY_MAX }, () =>
    runner().catch((fault: unknown) => {
      failed = true;
      throw fault;
    }),
  );
  const outcomes = await Promise.allSettled(runners);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  await notes.flush();
  return done;
}

interface Part {
  readonly work: PlaceWork;
  readonly from: number;
  /** The whole place when this was the last of its parts to finish, else null. */
  readonly finished: (part: ImportedPart) => ImportedPlace | null;
}

function* partsOf(works: readonly PlaceWork[]): Generator<Part> {
  for (const work of works) {
    const parts: ImportedPart[] = [];
    const finished = (part: ImportedPart): ImportedPlace | null => {
      parts.push(part);
      return parts.length * PART_CHUNKS === REGION_CHUNKS ? joined(parts) : null;
    };
    for (let from = 0; from < REGION_CHUNKS; from += PART_CHUNKS) yield { work, from, finished };
  }
}

async function importPart({ dimension, place, shape }: PlaceWork, from: number, context: PlaceContext): Promise<ImportedPart> {
  const part = await context.feed.run('importRegion', {
    save: context.survey.path,
    folder: dimension.folder,
    region: { x: place.x, z: place.z },
    kinds: REGION_KINDS.filter((kind) => place.files.some(({ path, bytes }) => bytes > 0 && path.endsWith(`${kind}/${regionName(place)}`))),
    from,
    to: from + PART_CHUNKS,
    shape,
  });
  context.meter.chunks(part.met);
  context.meter.bytes((bytesOf({ place }) * PART_CHUNKS) / REGION_CHUNKS);
  return part;
}

function joined(parts: readonly ImportedPart[]): ImportedPlace {
  return {
    met: parts.reduce((sum, { met }) => sum + met, 0),
    chunks: concat(parts.map(({ chunks }) => chunks)),
    leftovers: concat(parts.map(({ leftovers }) => leftovers)),
    problems: parts.flatMap(({ problems }) => problems),
    entities: parts.reduce((sum, { entities }) => sum + entities, 0),
    translated: parts.reduce((sum, { translated }) => sum + translated, 0),
  };
}

function add<K>(map: Map<K, ImportedPlace[]>, key: K, place: ImportedPlace): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else places.push(place);
}

function bytesOf({ place }: Pick<PlaceWork, 'place'>): number {
  return place.files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A note in the journal. The records are a blob: the journal stays small. */
interface Note {
  readonly stamp: string;
  readonly records: Hash;
  readonly chunksBytes: number;
  readonly met: number;
  readonly problems: readonly ImportProblem[];
  readonly entities: number;
  readonly translated: number;
}

/** What is durable. A region is noted only after a sync that came after all of its content. */
class Notes {
  readonly #context: PlaceContext;
  #waiting: { readonly key: string; readonly note: Note }[] = [];

  constructor(context: PlaceContext) {
    this.#context = context;
  }

  async find(work: PlaceWork): Promise<ImportedPlace | null> {
    const text = this.#context.journal.get(keyOf(work));
    if (text === null) return null;
    const note = JSON.parse(text) as Note;
    if (note.stamp !== this.#stamp(work)) return null;
    const records = await this.#context.feed.sink.get(note.records);
    if (records === null) return null;
    const { chunksBytes } = note;
    return { ...note, chunks: records.subarray(0, chunksBytes), leftovers: records.subarray(chunksBytes) };
  }

  async add(work: PlaceWork, { chunks, leftovers, ...rest }: ImportedPlace): Promise<void> {
    const records = await this.#context.feed.put(concat([chunks, leftovers]));
    this.#waiting.push({ key: keyOf(work), note: { stamp: this.#stamp(work), records, chunksBytes: chunks.length, ...rest } });
    if (this.#waiting.length >= REGIONS_PER_SYNC) await this.flush();
  }

  async flush(): Promise<void> {
    const noted = this.#waiting;
    this.#waiting = [];
    if (noted.length === 0) return;
    await this.#context.feed.sink.sync();
    for (const { key, note } of noted) this.#context.journal.set(key, JSON.stringify(note));
  }

  /** What the result depends on. */
  #stamp({ place, shape }: PlaceWork): string {
    const { survey, tables } = this.#context;
    const files = place.files.map(({ path, bytes, modified }) => `${path} ${bytes} ${modified}`);
    return JSON.stringify([RESULT_FORMAT, tables.version, survey.path, shape, files]);
  }
}

function keyOf({ dimension, place }: PlaceWork): string {
  return `region/${dimension.folder}/${place.x},${place.z}`;
}
