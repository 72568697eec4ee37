import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkExportTarget, createExportFolder } from '../../../src-main/io/anvil/export/target.ts';
import { temporaryFolder } from './temporary.ts';

test('export: a folder that is empty, or is not there, may become a save', async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'empty'));
  await checkExportTarget(join(folder, 'empty'), join(folder, 'data'));
  await checkExportTarget(join(folder, 'a/b/new'), join(folder, 'data'));
  await checkExportTarget(join(folder, 'data-beside'), join(folder, 'data'));
});

test('export export.target-not-empty: a folder with anything in it, or a file', async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(checkExportTarget(folder, join(folder, 'data')), { code: 'export.target-not-empty' });
  await assert.rejects(checkExportTarget(join(folder, 'file'), join(folder, 'data')), { code: 'export.target-not-empty' });
});

test('export export.target-inside-world: in our data folder, through a link too, or inside a save', async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'data/worlds'), { recursive: true });
  mkdirSync(join(folder, 'save/datapacks'), { recursive: true });
  writeFileSync(join(folder, 'save/level.dat'), '');
  symlinkSync(join(folder, 'data'), join(folder, 'link'));
  for (const path of ['data/worlds/new', 'link/new', 'save/datapacks/new', 'save/new'])
    await assert.rejects(checkExportTarget(join(folder, path), join(folder, 'data')), { code: 'export.target-inside-world' });
});

test('export: the target is there whole or not at all', async (context) => {
  const folder = temporaryFolder(context);
  const target = join(folder, 'world');
  const first = await createExportFolder(target);
  writeFileSync(join(first.path, 'level.dat'), 'x');
  assert.equal(existsSync(target), false);
  await first.discard();
  assert.deepEqual(readdirSync(folder), []);
  mkdirSync(target);
  const second = await createExportFolder(target);
  writeFileSync(join(second.path, 'level.dat'), 'x');
  await second.finish();
  assert.deepEqual(readdirSync(folder), ['world']);
  assert.deepEqual(readdirSync(target), ['level.dat']);
});
