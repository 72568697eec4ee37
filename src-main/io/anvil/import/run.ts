import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PROBLEMS_IN_ERROR_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { TaskThreads } from '../threads/taskThreads.ts';
import type { ImportedDimension, ImportedWorld, ImportJournal, ImportOptions, ImportOutcome, ImportProblem, ImportSink } from '../door.ts';
import { dimensionOfPlayer, playersOfSave } from '../player/list.ts';
import { knownNames } from '../player/userCache.ts';
import { rangeOfDimension, shapeOf, type DimensionRange } from '../save/dimensions.ts';
import { readNbtFile } from '../save/nbtFile.ts';
import { listSave, surveySave, type SaveFile, type Survey, type SurveyedDimension } from '../save/survey.ts';
import { importFiles } from './files.ts';
import { importPlaces, type ImportedPlace, type PlaceWork } from './places.ts';
import { CHUNK_RECORD_BYTES, LEFTOVER_RECORD_BYTES, sortRecords } from './records.ts';
import { ProgressMeter } from './progress.ts';
import { SinkFeed } from './sinkFeed.ts';

const THREADS = 2;

/**
 * Copies the save at `path` into `sink`, on worker threads, without ever writing to the save:
 * 1. Look at the save. 2. Region by region: decode, name, compress, store; note in the journal what is durable. 3. All other files,
 * verbatim. 4. Look again: nothing may have changed. 5. The lists of chunks.
 *
 * Throws the AppErrors of `surveySave`, `import.damaged-chunks` (with the list) unless `skipDamaged`, `import.source-changed`, what the
 * sink throws, and the signal's reason. What is in the sink after a throw is named by nothing; with the same journal a further run goes on.
 */
export async function runImport(path: string, sink: ImportSink, journal: ImportJournal, options: ImportOptions): Promise<ImportOutcome> {
  const start = options.clock.now();
  const save = resolve(path);
  const survey = await surveySave(save, options.signal);
  const meter = new ProgressMeter(survey, options.onProgress);
  const threads = new TaskThreads(options.threads ?? THREADS, options.tables);
  // An abort ends the threads: what runs on them fails, and what has been begun ends before the reason is thrown.
  const abort = (): void => void threads.close();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    return await importSurveyed({ survey, sink, journal, options, threads, meter, start });
  } catch (fault) {
    options.signal?.throwIfAborted();
    throw fault;
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await threads.close();
  }
}

interface Run {
  readonly survey: Survey;
  readonly sink: ImportSink;
  readonly journal: ImportJournal;
  readonly options: ImportOptions;
  readonly threads: TaskThreads;
  readonly meter: ProgressMeter;
  readonly start: number;
}

async function importSurveyed({ survey, sink, journal, options, threads, meter, start }: Run): Promise<ImportOutcome> {
  const feed = await SinkFeed.open(sink, threads);
  const ranges = new Map(survey.dimensions.map((dimension) => [dimension, rangeOf(dimension, survey, options)]));
  await meter.countChunks(options.signal);
  const places = await importPlaces(workOf(survey, ranges), {
    survey,
    feed,
    journal,
    tables: options.tables,
    meter,
    signal: options.signal,
  });
  meter.phase('files');
  const files = await importFiles(survey, feed, meter, options.signal);
  meter.phase('verify');
  await refuseChanges(survey, options.signal);
  const problems = [...places.values()].flatMap((done) => done.flatMap((place) => place.problems)).concat(files.problems);
  if (problems.length > 0 && !options.skipDamaged) throw damaged(problems);
  const dimensions: ImportedDimension[] = [];
  for (const [dimension, range] of ranges) dimensions.push(await storeDimension(dimension, range, places.get(dimension) ?? [], feed));
  await sink.sync();
  meter.phase('done');
  const world: ImportedWorld = { level: survey.level, dimensions, files: files.files, players: await importedPlayers(survey) };
  const sum = (of: (place: ImportedPlace) => number): number => [...places.values()].flat().reduce((total, place) => total + of(place), 0);
  return {
    world,
    report: {
      name: survey.level.name,
      chunks: dimensions.reduce((total, { chunks }) => total + chunks.count, 0),
      entities: sum(({ entities }) => entities),
      players: world.players.length,
      files: files.files.length,
      translated: sum(({ translated }) => translated),
      skipped: problems,
      millis: options.clock.now() - start,
    },
  };
}

function rangeOf(dimension: SurveyedDimension, survey: Survey, { tables }: ImportOptions): DimensionRange {
  return rangeOfDimension(dimension.name, survey.level.dataVersion, survey.data, tables);
}

function workOf(survey: Survey, ranges: ReadonlyMap<SurveyedDimension, DimensionRange>): readonly PlaceWork[] {
  return survey.dimensions.flatMap((dimension) =>
    // Empty region files are common: there is nothing to do in a place of nothing else.
    dimension.places
      .filter(({ files }) => files.some(({ bytes }) => bytes > 0))
      .map((place) => ({ dimension, place, shape: shapeOf(ranges.get(dimension)!) })),
  );
}

async function storeDimension(
  { name, folder }: SurveyedDimension,
  { minY, height }: DimensionRange,
  places: readonly ImportedPlace[],
  feed: SinkFeed,
): Promise<ImportedDimension> {
  const chunks = sortRecords(
    places.map((place) => place.chunks),
    CHUNK_RECORD_BYTES,
  );
  const leftovers = sortRecords(
    places.map((place) => place.leftovers),
    LEFTOVER_RECORD_BYTES,
  );
  return {
    name,
    folder,
    minY,
    height,
    chunks: { blob: await feed.put(chunks), count: chunks.length / CHUNK_RECORD_BYTES },
    leftovers: { blob: await feed.put(leftovers), count: leftovers.length / LEFTOVER_RECORD_BYTES },
  };
}

/** The save may have been played or edited meanwhile: then what was copied belongs to no one moment. */
async function refuseChanges(survey: Survey, signal: AbortSignal | undefined): Promise<void> {
  const stamp = ({ bytes, modified }: SaveFile): string => `${bytes} ${modified}`;
  const before = new Map(
    [...survey.files, ...survey.dimensions.flatMap(({ places }) => places.flatMap(({ files }) => files))].map((file) => [
      file.path,
      stamp(file),
    ]),
  );
  for (const file of (await listSave(survey.path, signal)).files) {
    if (before.get(file.path) !== stamp(file)) throw new AppError('import.source-changed', { file: file.path });
    before.delete(file.path);
  }
  for (const file of before.keys()) throw new AppError('import.source-changed', { file });
}

function damaged(problems: readonly ImportProblem[]): AppError {
  const lines = problems.map(({ file, position, code }) => `${file}${position === null ? '' : ` (${position.x}, ${position.z})`}: ${code}`);
  return new AppError('import.damaged-chunks', { count: problems.length, chunks: lines.slice(0, PROBLEMS_IN_ERROR_MAX) });
}

async function importedPlayers(survey: Survey): Promise<ImportedWorld['players']> {
  const names = await knownNames(survey.path);
  const players: ImportedWorld['players'][number][] = [];
  for (const { uuid, source } of playersOfSave(survey)) {
    const player = await readListedPlayer(survey, source);
    const dimension = player === null ? 'minecraft:overworld' : dimensionOfPlayer(player);
    players.push({ uuid, source, name: names.get(uuid) ?? null, dimension });
  }
  return players;
}

/** null for a file that can not be read: it is kept all the same. */
async function readListedPlayer(survey: Survey, source: string): Promise<NbtCompound | null> {
  if (source === 'level.dat') return nbt.getCompound(survey.data, 'Player');
  try {
    return readNbtFile(await readFile(join(survey.path, source)));
  } catch {
    return null;
  }
}
