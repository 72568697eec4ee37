import { basename, resolve } from 'node:path';
import { PLAYABLE_DATA_VERSION_MAX } from '../../../../src-shared/config/index.ts';
import type { ImportPlan, ImportProblem, PlanOptions } from '../door.ts';
import { playersOfSave } from '../player/list.ts';
import { readHeader, surveySave, type SaveFile, type SurveyedDimension } from '../save/survey.ts';

/** Bytes in our store for each byte of a save's regions: the source's NBT and the canonical chunk, both compressed. */
const STORED_PER_SAVED = 1.8;

/** What an import of the save at `path` would do. Reads only. Throws the AppErrors of `surveySave`. */
export async function planImport(path: string, options: PlanOptions = {}): Promise<ImportPlan> {
  const save = resolve(path);
  const survey = await surveySave(save, options.signal);
  const { level } = survey;
  const problems: ImportProblem[] = [];
  const dimensions: ImportPlan['dimensions'][number][] = [];
  for (const dimension of survey.dimensions) {
    const counted = await countDimension(save, dimension, options.signal);
    dimensions.push(counted.plan);
    problems.push(...counted.problems);
  }
  const regionBytes = dimensions.reduce((sum, { bytes }) => sum + bytes, 0);
  const fileBytes = survey.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    name: level.name === '' ? basename(save) : level.name,
    path: save,
    version: level.version,
    dataVersion: level.dataVersion,
    playable: level.dataVersion <= PLAYABLE_DATA_VERSION_MAX,
    dimensions,
    players: playersOfSave(survey).map(({ uuid, source }) => ({ uuid, singlePlayer: source === 'level.dat' })),
    files: survey.files.length,
    bytes: regionBytes + fileBytes,
    estimatedBytes: Math.ceil(regionBytes * STORED_PER_SAVED + fileBytes),
    translated: level.dataVersion !== PLAYABLE_DATA_VERSION_MAX,
    ignored: survey.ignored,
    problems,
  };
}

async function countDimension(
  save: string,
  dimension: SurveyedDimension,
  signal: AbortSignal | undefined,
): Promise<{ readonly plan: ImportPlan['dimensions'][number]; readonly problems: readonly ImportProblem[] }> {
  const problems: ImportProblem[] = [];
  const files = dimension.places.flatMap((place) => place.files);
  let regions = 0;
  let chunks = 0;
  for (const file of files) {
    signal?.throwIfAborted();
    if (!file.path.endsWith('.mca') || file.bytes === 0) continue;
    const header = await readHeader(save, file);
    problems.push(...header.problems);
    if (isTerrain(file)) {
      regions += 1;
      chunks += header.chunks;
    }
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { plan: { name: dimension.name, regions, chunks, bytes }, problems };
}

function isTerrain({ path }: SaveFile): boolean {
  return /(^|\/)region\/[^/]+$/.test(path);
}
