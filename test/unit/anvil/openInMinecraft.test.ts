import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isOpenInMinecraft } from '../../../src-main/io/anvil/save/openInMinecraft.ts';
import { temporaryFolder } from './temporary.ts';

const SNOWMAN = Buffer.from('☃');

/** SQLite takes the same kind of lock as Java, on a range inside the one that Java locks. */
const HOLD = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  process.stdout.write('held');
  process.stdin.on('end', () => process.exit()).resume();
`;

test('session.lock: held by another process, and again free when that ends', async (context) => {
  const save = temporaryFolder(context);
  const file = join(save, 'session.lock');
  writeFileSync(file, '');
  const holder = spawn(process.execPath, ['-e', HOLD, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  assert.equal(await isOpenInMinecraft(save), true);
  holder.stdin.end();
  await once(holder, 'exit');
  assert.equal(await isOpenInMinecraft(save), false);
});

test('session.lock: free, missing, or no file is no sign of a Minecraft, and it is not changed', async (context) => {
  const save = temporaryFolder(context);
  assert.equal(await isOpenInMinecraft(save), false);
  writeFileSync(join(save, 'session.lock'), SNOWMAN);
  assert.equal(await isOpenInMinecraft(save), false);
  assert.deepEqual(readFileSync(join(save, 'session.lock')), SNOWMAN);
  mkdirSync(join(save, 'other/session.lock'), { recursive: true });
  assert.equal(await isOpenInMinecraft(join(save, 'other')), false);
});
