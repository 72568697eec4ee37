import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  compareWorlds,
  decodeChunkRecords,
  planImport,
  runExport,
  runImport,
  untouchedSource,
  type ImportOutcome,
} from '../../../src-main/io/anvil/index.ts';
import { nameOfEncoded } from '../../../src-main/core/world/index.ts';
import { worldKit } from '../../unit/anvil/kit.ts';
import { temporaryFolder } from '../../unit/anvil/temporary.ts';
import { clock, fingerprint, importOptions, memoryStore, needsWorlds, realWorld, tables, writeLevel, type MemoryStore } from './saves.ts';

async function exported(save: string, target: string): Promise<ImportOutcome & { readonly store: MemoryStore }> {
  const store = memoryStore();
  const outcome = await runImport(save, store.sink, store.journal, importOptions());
  const source = await untouchedSource(outcome.world, (name) => store.blob(name));
  await runExport(source, target, { tables, clock, dataFolder: join(target, '../data') });
  return { ...outcome, store };
}

test(
  'import and export: every chunk, entity, player and file of a real 1.19 save is equal tag by tag, the save itself as it was',
  needsWorlds,
  async (context) => {
    const save = realWorld('survival-1.19');
    const before = fingerprint(save);
    const target = join(temporaryFolder(context), 'out');
    const { world, report, store } = await exported(save, target);
    assert.deepEqual(await compareWorlds(save, target), []);
    assert.equal(fingerprint(save), before);
    assert.deepEqual(
      { ...report, millis: 0 },
      { name: 'world', chunks: 3951, entities: 17_943, players: 6, files: 103, translated: 1028, skipped: [], millis: 0 },
    );
    assert.equal(world.level.version, '1.19');
    // Every name is the name of what is stored under it.
    const kit = await worldKit();
    const nether = world.dimensions.find(({ name }) => name === 'minecraft:the_nether')!;
    const records = [...decodeChunkRecords((await store.blob(nether.chunks.blob))!)];
    assert.equal(records.length, 312);
    for (const { name } of records.slice(0, 50)) assert.equal(nameOfEncoded((await store.blob(name))!, kit.digest), name);
    const sorted = records.toSorted((a, b) => a.z - b.z || a.x - b.x);
    assert.deepEqual(records, sorted);
  },
);

test('import and export: a 1.21.11 save, newer than what can be played, is equal tag by tag', needsWorlds, async (context) => {
  const save = realWorld('vanilla-1.21.11-nolight');
  assert.equal((await planImport(save)).playable, false);
  const target = join(temporaryFolder(context), 'out');
  const { world } = await exported(save, target);
  assert.deepEqual(await compareWorlds(save, target), []);
  assert.deepEqual(
    world.players.map(({ source }) => source),
    ['level.dat'],
  );
});

test('import and export: the 1.21.1 region, with a level.dat that the test adds', needsWorlds, async (context) => {
  const folder = temporaryFolder(context);
  const save = join(folder, 'save');
  writeLevel(save, 3955);
  mkdirSync(join(save, 'region'));
  cpSync(join(realWorld('regions-by-version'), '1.21.1'), join(save, 'region'), { recursive: true });
  const { report } = await exported(save, join(folder, 'out'));
  assert.deepEqual([report.chunks, report.skipped], [16, []]);
  assert.deepEqual(await compareWorlds(save, join(folder, 'out')), []);
});

test('import and export: a snapshot of 1.13 with all block states', needsWorlds, async (context) => {
  const save = realWorld('snapshot-18w22a');
  const target = join(temporaryFolder(context), 'out');
  const { report } = await exported(save, target);
  assert.equal(report.chunks, 625);
  assert.deepEqual(await compareWorlds(save, target), []);
});

test('compareWorlds: finds what differs in regions, tags and other files', needsWorlds, async (context) => {
  const folder = temporaryFolder(context);
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  writeLevel(a, 3955);
  writeLevel(b, 3954);
  cpSync(join(realWorld('regions-by-version'), '1.21.1'), join(a, 'region'), { recursive: true });
  const differences = await compareWorlds(a, b);
  assert.equal(differences.length, 226);
  assert.ok(differences.some(({ file, what }) => file === 'level.dat' && what.startsWith('Data.')));
  assert.ok(differences.some(({ file, position, what }) => file === 'region/r.0.0.mca' && position !== null && what === 'missing'));
});
