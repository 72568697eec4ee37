import { join } from 'node:path';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { Hash } from '../../../../src-shared/units/index.ts';
import type {
  ExportChunk,
  ExportDimension,
  ExportOptions,
  ExportProgress,
  ExportReport,
  ExportSource,
  ImportedDimension,
  ImportedWorld,
} from '../door.ts';
import { decodeChunkRecords, decodeLeftoverRecords, type LeftoverRecord } from '../import/records.ts';
import { dimensionOfFolder, folderOfDimension } from '../save/dimensions.ts';
import { TaskThreads } from '../threads/taskThreads.ts';
import { exportFiles } from './files.ts';
import { exportRegions } from './regions.ts';
import { checkExportTarget, codeOf, createExportFolder } from './target.ts';

const THREADS = 2;

/**
 * Writes a world as a save that vanilla opens, into a folder that is empty or does not exist; it is there whole or not at all. Chunks
 * and files that play did not touch have the NBT and bytes that they were imported with.
 *
 * Throws the AppErrors of `checkExportTarget`, `store.blob-missing`, `store.blob-damaged`, `node.no-space`, and the signal's reason.
 */
export async function runExport(source: ExportSource, target: string, options: ExportOptions): Promise<ExportReport> {
  const start = options.clock.now();
  checkDescription(source);
  await checkExportTarget(target, options.dataFolder);
  const folder = await createExportFolder(target).catch(fault);
  const threads = new TaskThreads(options.threads ?? THREADS, options.tables);
  const done = { chunks: 0, files: 0, bytes: 0 };
  const tell = (): void =>
    options.onProgress?.({ chunksDone: done.chunks, filesDone: done.files, bytesDone: done.bytes } satisfies ExportProgress);
  try {
    for (const dimension of source.dimensions) {
      const imported = source.imported?.dimensions.find(({ name }) => name === dimension.name) ?? null;
      await exportRegions(await leftoversOf(imported, source), {
        folder: join(folder.path, imported?.folder ?? folderOfDimension(dimension.name)),
        dimension,
        threads,
        blob: (name) => source.blob(name),
        dataVersion: options.tables.dataVersion,
        seconds: Math.floor(options.clock.wall() / 1000),
        signal: options.signal,
        told: ({ chunks, bytes }) => {
          done.chunks += chunks;
          done.bytes += bytes;
          tell();
        },
      });
    }
    await exportFiles(folder.path, source, {
      signal: options.signal,
      told: ({ bytes }) => {
        done.files += 1;
        done.bytes += bytes;
        tell();
      },
    });
    await folder.finish();
    return { ...done, millis: options.clock.now() - start };
  } catch (error) {
    await folder.discard();
    return fault(error);
  } finally {
    await threads.close();
  }
}

/** A description of a world may come from another machine: nothing in it may lead out of the target. */
function checkDescription({ imported, players }: ExportSource): void {
  for (const { path } of [...(imported?.files ?? []), ...players]) if (!isInside(path)) throw new AppError('world.damaged', { path });
  for (const { folder } of imported?.dimensions ?? []) {
    if (dimensionOfFolder(folder) === null || (folder !== '' && !isInside(folder))) throw new AppError('world.damaged', { path: folder });
  }
}

function isInside(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
}

async function leftoversOf(imported: ImportedDimension | null, source: ExportSource): Promise<Iterable<LeftoverRecord>> {
  return imported === null ? [] : decodeLeftoverRecords(await listOf(imported.leftovers.blob, (name) => source.blob(name)));
}

async function listOf(name: Hash, blob: ExportSource['blob']): Promise<Uint8Array> {
  const bytes = await blob(name);
  if (bytes === null) throw new AppError('store.blob-missing', { name });
  return bytes;
}

/** A world as it was imported, before or without play: what an export of it is made from. */
export async function untouchedSource(imported: ImportedWorld, blob: ExportSource['blob']): Promise<ExportSource> {
  const dimensions: ExportDimension[] = [];
  for (const { name, minY, height, chunks } of imported.dimensions) {
    const records = await listOf(chunks.blob, blob);
    dimensions.push({ name, minY, height, entities: new Map(), chunks: () => asImported(records) });
  }
  return { imported, level: imported.level, dimensions, players: [], blob };
}

function* asImported(records: Uint8Array): Generator<ExportChunk> {
  for (const record of decodeChunkRecords(records)) yield { ...record, imported: record.name };
}

function fault(error: unknown): never {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('node.no-space', {}, { cause: error });
  throw error;
}
