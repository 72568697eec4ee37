import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runImport, type ImportProgress } from '../../../src-main/io/anvil/index.ts';
import { temporaryFolder } from '../../unit/anvil/temporary.ts';
import { diskStore } from './diskStore.ts';
import { compressed } from '../../unit/anvil/regionBytes.ts';
import { writeNbt } from '../../../src-shared/nbt/index.ts';
import { importOptions, memoryStore, plainChunk, writeLevel, writeRegion } from './saves.ts';

const REGIONS = 20;
const CHUNKS = 24;

/** Many small regions: notes are made while others are still to come. */
function manyRegions(folder: string): string {
  const save = join(folder, 'save');
  writeLevel(save, 3955);
  for (let region = 0; region < REGIONS; region++) {
    const chunks = Array.from({ length: CHUNKS }, (_, index) => ({
      index,
      compression: 2,
      content: compressed(writeNbt(plainChunk(region * 32 + index, 0, index % 2 === 0 ? 'minecraft:stone' : 'minecraft:dirt')), 2),
    }));
    writeRegion(save, `region/r.${region}.0.mca`, chunks);
  }
  return save;
}

test('import: killed, it goes on where it was, does not read again what it has noted, and ends with the same world', async (context) => {
  const folder = temporaryFolder(context);
  const save = manyRegions(folder);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'importChild.ts'), save, join(folder, 'store')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the child was done before it was killed');
  const resumed = diskStore(join(folder, 'store'));
  const seen: ImportProgress[] = [];
  const { world, report } = await runImport(
    save,
    resumed.sink,
    resumed.journal,
    importOptions({ onProgress: (progress) => seen.push(progress) }),
  );
  const whole = memoryStore();
  const expected = await runImport(save, whole.sink, whole.journal, importOptions());
  assert.deepEqual(world, expected.world);
  assert.deepEqual({ ...report, millis: 0 }, { ...expected.report, millis: 0 });
  // Each chunk is two blobs.
  assert.ok(resumed.put() < 2 * REGIONS * CHUNKS, `${resumed.put()} blobs were put again`);
  assert.deepEqual(seen.at(-1), {
    phase: 'done',
    chunksDone: REGIONS * CHUNKS,
    chunksTotal: REGIONS * CHUNKS,
    bytesDone: seen[0]!.bytesTotal,
    bytesTotal: seen[0]!.bytesTotal,
  });
  assert.deepEqual([...new Set(seen.map(({ phase }) => phase))], ['scan', 'chunks', 'files', 'verify', 'done']);
});

test('import: a region that changed between two runs is read again', async (context) => {
  const save = manyRegions(temporaryFolder(context));
  const store = memoryStore();
  await runImport(save, store.sink, store.journal, importOptions());
  const chunk = { index: 0, compression: 2, content: compressed(writeNbt(plainChunk(96, 0, 'minecraft:gold_block')), 2) };
  writeRegion(save, 'region/r.3.0.mca', [chunk]);
  utimesSync(join(save, 'region/r.3.0.mca'), 5, 5);
  const { report } = await runImport(save, store.sink, store.journal, importOptions());
  assert.equal(report.chunks, (REGIONS - 1) * CHUNKS + 1);
});
