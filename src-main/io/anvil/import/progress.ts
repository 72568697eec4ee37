import type { ImportProgress } from '../door.ts';
import { readHeader, type RegionPlace, type Survey } from '../save/survey.ts';

/** Counts what an import has done and tells it. */
export class ProgressMeter {
  readonly #survey: Survey;
  readonly #tell: ((progress: ImportProgress) => void) | undefined;
  #now: { -readonly [K in keyof ImportProgress]: ImportProgress[K] };

  constructor(survey: Survey, tell: ((progress: ImportProgress) => void) | undefined) {
    this.#survey = survey;
    this.#tell = tell;
    const places = survey.dimensions.flatMap((dimension) => dimension.places);
    const bytesTotal = [...survey.files, ...places.flatMap(({ files }) => files)].reduce((sum, { bytes }) => sum + bytes, 0);
    this.#now = { phase: 'scan', chunksDone: 0, chunksTotal: 0, bytesDone: 0, bytesTotal };
  }

  /** Reads the headers of all regions: how many chunks there are to come. */
  async countChunks(signal: AbortSignal | undefined): Promise<void> {
    this.#told();
    if (this.#tell !== undefined) {
      for (const { places } of this.#survey.dimensions) {
        for (const place of places) {
          signal?.throwIfAborted();
          this.#now.chunksTotal += await countPlace(this.#survey.path, place);
        }
      }
    }
    this.phase('chunks');
  }

  phase(phase: ImportProgress['phase']): void {
    this.#now.phase = phase;
    this.#told();
  }

  chunks(count: number): void {
    this.#now.chunksDone += count;
    this.#told();
  }

  bytes(count: number): void {
    this.#now.bytesDone += count;
    this.#told();
  }

  #told(): void {
    this.#tell?.({ ...this.#now });
  }
}

async function countPlace(save: string, { files }: RegionPlace): Promise<number> {
  const region = files.find(({ path }) => /(^|\/)region\/[^/]+\.mca$/.test(path));
  return region === undefined || region.bytes === 0 ? 0 : (await readHeader(save, region)).chunks;
}
