/** The entry of a thread: one task at a time, as `TaskThreads` sends them. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBLAKE3 } from 'hash-wasm';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { createKit, type GameTables } from '../../../core/world/index.ts';
import { createChunkEncoder } from '../export/encodeChunks.ts';
import { createFileImporter } from '../import/filePart.ts';
import { createRegionImporter } from '../import/regionPart.ts';
import type { Answer, Question } from './tasks.ts';

const port = parentPort!;
const blake3 = await createBLAKE3();
const kit = createKit((workerData as { readonly tables: GameTables }).tables, (bytes) => blake3.init().update(bytes).digest('binary'));
const importRegion = createRegionImporter(kit);
const importFile = createFileImporter(kit.digest);
const encodeChunks = createChunkEncoder(kit);

port.on('message', (question: Question) => {
  try {
    const output = perform(question);
    port.postMessage({ ok: true, output } satisfies Answer, [output.bytes.buffer as ArrayBuffer]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    port.postMessage({ ok: false, code: error.code, facts: error.facts } satisfies Answer);
  }
});

function perform(question: Question): (Answer & { readonly ok: true })['output'] {
  switch (question.kind) {
    case 'importRegion':
      return importRegion(question.input);
    case 'importFile':
      return importFile(question.input);
    case 'encodeChunks':
      return encodeChunks(question.input);
  }
}
