import { FILE_PART_BYTES } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { Hash } from '../../../../src-shared/units/index.ts';
import type { ImportedFile, ImportProblem } from '../door.ts';
import type { SaveFile, Survey } from '../save/survey.ts';
import type { ProgressMeter } from './progress.ts';
import type { SinkFeed } from './sinkFeed.ts';

const FILES_AT_ONCE = 4;

/** Every file that is no region, verbatim. One that can not be read is a problem; the others are kept. */
export async function importFiles(
  survey: Survey,
  feed: SinkFeed,
  meter: ProgressMeter,
  signal: AbortSignal | undefined,
): Promise<{ readonly files: readonly ImportedFile[]; readonly problems: readonly ImportProblem[] }> {
  const files: ImportedFile[] = [];
  const problems: ImportProblem[] = [];
  const keep = async (file: SaveFile): Promise<void> => {
    try {
      const [blob, ...more] = await importFile(survey, file, feed);
      files.push({ path: file.path, blob: blob!, ...(more.length > 0 ? { more } : {}), bytes: file.bytes, modified: file.modified });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'import.file-unreadable') throw error;
      problems.push({ file: file.path, position: null, code: error.code, facts: error.facts });
    }
    meter.bytes(file.bytes);
  };
  for (let at = 0; at < survey.files.length; at += FILES_AT_ONCE) {
    signal?.throwIfAborted();
    const kept = await Promise.allSettled(survey.files.slice(at, at + FILES_AT_ONCE).map(keep));
    for (const outcome of kept) if (outcome.status === 'rejected') throw outcome.reason;
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), problems };
}

async function importFile(survey: Survey, { path, bytes }: SaveFile, feed: SinkFeed): Promise<readonly Hash[]> {
  const names: Hash[] = [];
  for (let offset = 0; offset === 0 || offset < bytes; offset += FILE_PART_BYTES) {
    const part = { save: survey.path, path, offset, bytes: Math.min(FILE_PART_BYTES, bytes - offset) };
    names.push((await feed.run('importFile', part)).names[0]!);
  }
  return names;
}
