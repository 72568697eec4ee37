import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { lockFolder, openIdentity, peerIdOf } from '../../../src-main/io/platform/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';

const DOOR = new URL('../../../src-main/io/platform/index.ts', import.meta.url).href;

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'peerhold-folder-'));
  context.after(() => rmSync(path, { recursive: true }));
  return path;
}

const inUse = (error: unknown): boolean => error instanceof AppError && error.code === 'node.folder-in-use';

/** Another process that takes the folder and says `held` or the code of its refusal. */
async function otherProcess(path: string) {
  const source = `const { lockFolder } = await import(${JSON.stringify(DOOR)});
    try { await lockFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => 0, 1000); } catch (error) { console.log(error.code); }`;
  const child = spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    said: said.toString().trim(),
    kill: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

test('node.folder-in-use: a second process is refused while the first lives, by whatever path, and not after its kill -9', async (context) => {
  const path = folder(context);
  const link = join(folder(context), 'link');
  symlinkSync(path, link);
  const first = await otherProcess(path);
  assert.equal(first.said, 'held');
  const second = await otherProcess(path);
  assert.equal(second.said, 'node.folder-in-use');
  await second.kill();
  await assert.rejects(lockFolder(link), inUse);
  await first.kill();
  const lock = await lockFolder(link);
  assert.equal((await otherProcess(path)).said, 'node.folder-in-use');
  lock.release();
  lock.release();
  const third = await otherProcess(path);
  assert.equal(third.said, 'held');
  await third.kill();
});

test('node.folder-in-use: one process can not take a folder twice, two folders it can', async (context) => {
  const [a, b] = [folder(context), folder(context)];
  const lock = await lockFolder(a);
  await assert.rejects(lockFolder(a), inUse);
  const other = await lockFolder(b);
  assert.deepEqual(readdirSync(a), ['in-use.lock']);
  assert.equal(statSync(join(a, 'in-use.lock')).size, 0);
  lock.release();
  other.release();
  (await lockFolder(a)).release();
});

test('node.disk-failed: a folder that is not there can not be taken', async () => {
  await assert.rejects(
    lockFolder(join(tmpdir(), 'peerhold-nowhere', 'x')),
    (error) => error instanceof AppError && error.code === 'node.disk-failed',
  );
});

test('identity: made once, readable by the owner only, the same ever after, one winner when two make it at once', async (context) => {
  const path = folder(context);
  const made = await Promise.all([openIdentity(path), openIdentity(path), openIdentity(path)]);
  const again = await openIdentity(path);
  for (const identity of made) assert.deepEqual(identity, again);
  assert.equal(again.seed.length, 32);
  assert.equal(again.peerId, peerIdOf(again.publicKey));
  assert.match(again.peerId, /^12D3Koo/);
  assert.deepEqual(readdirSync(path), ['identity.key']);
  if (process.platform !== 'win32') assert.equal(statSync(join(path, 'identity.key')).mode & 0o777, 0o600);
});

test('node.identity-damaged: a key that can not be read is never replaced', async (context) => {
  const path = folder(context);
  await openIdentity(path);
  const file = join(path, 'identity.key');
  for (const content of ['', 'abc', readFileSync(file, 'utf8').slice(2)]) {
    writeFileSync(file, content);
    await assert.rejects(openIdentity(path), (error) => error instanceof AppError && error.code === 'node.identity-damaged');
    assert.equal(readFileSync(file, 'utf8'), content);
  }
});
