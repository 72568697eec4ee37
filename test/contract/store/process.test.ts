/** The store on the real disk, in real processes. */
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createHasher, lockFolder, realClock, realDisk, realRandom } from '../../../src-main/io/platform/index.ts';
import { openStore, type Store } from '../../../src-main/io/store/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { waitFor } from '../../fakes/waitFor.ts';

const APPENDER = join(import.meta.dirname, 'appender.ts');
const ROUNDS = Number(process.env['PEERHOLD_STORE_KILLS'] ?? 5);

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'peerhold-store-'));
  context.after(() => rmSync(path, { recursive: true }));
  return path;
}

async function open(path: string): Promise<Store> {
  return openStore({
    disk: realDisk(path),
    folder: path,
    crypto: await createHasher(),
    random: realRandom(),
    clock: realClock(),
    log: memoryLog(),
  });
}

/** Its whole lines so far: the last one may be cut by the kill. */
function start(
  path: string,
  from: number,
  below: readonly string[] = [],
): { child: ChildProcess; lines: () => readonly string[]; ended: Promise<unknown> } {
  const command = [...below, process.execPath, '--disable-warning=ExperimentalWarning', APPENDER, path, String(from)];
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000, killSignal: 'SIGKILL' });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  return { child, lines: () => said.split('\n').slice(0, -1), ended: once(child, 'close') };
}

test('R3: kill -9 at random moments loses no acknowledged record and no synced blob, and repeats none', async (context) => {
  const path = folder(context);
  const random = seededRandom(Date.now());
  const said = new Set<string>();
  let from = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { child, lines, ended } = start(path, from);
    const wanted = random.between(20, 400);
    await waitFor('the process works', () => lines().length > wanted, 30_000);
    child.kill('SIGKILL');
    await ended;
    for (const line of lines()) said.add(line);
    from += 1_000_000;

    const store = await open(path);
    const seen: string[] = [];
    for await (const { body } of store.recover()) seen.push(`record ${new TextDecoder().decode(body.subarray(0, body.indexOf(59)))}`);
    assert.equal(new Set(seen).size, seen.length, 'none twice');
    const found = new Set(seen);
    for (const line of said) {
      if (line.startsWith('record')) assert.ok(found.has(line), `${line} was acknowledged and is gone`);
      if (line.startsWith('blob')) assert.ok((await store.blobs.get(line.slice(5) as Hash)) !== null, `${line} was synced and is gone`);
    }
    assert.ok(store.blobs.has(store.catalogue.get('newest') as Hash));
    await store.close();
  }
  context.diagnostic(`${ROUNDS} kills, ${said.size} acknowledgements, 0 lost`);
});

test('node.folder-in-use: a second process on the folder is refused and disturbs nothing', async (context) => {
  const path = folder(context);
  const lock = await lockFolder(path);
  const store = await open(path);
  await store.append([{ group: 'g', kind: 'k', body: new Uint8Array(5) }]);
  const second = start(path, 0);
  await second.ended;
  assert.deepEqual(second.lines(), ['node.folder-in-use']);
  await store.append([{ group: 'g', kind: 'k', body: new Uint8Array(6) }]);
  await store.close();
  lock.release();
  const again = await open(path);
  let count = 0;
  for await (const { body } of again.recover()) count += body.length;
  assert.equal(count, 11);
  await again.close();
});

test('R1, store.sync-failed: the first EIO that the kernel gives a real process ends its store, and nothing that it acknowledged is missing', async (context) => {
  const hasStrace = spawnSync('strace', ['-V']).status === 0;
  if (!hasStrace) {
    assert.ok(!(process.env['PEERHOLD_REQUIRE'] ?? '').includes('strace'), 'this test needs strace: apt-get install strace');
    context.skip('needs strace (apt-get install strace), which injects the fault below the process');
    return;
  }
  for (const after of [9, 40, 150]) {
    const path = folder(context);
    // Exactly one sync fails. Those behind it would succeed: a store that tried again would go on.
    const inject = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync', '-e', `inject=fdatasync:error=EIO:when=${after}`];
    const { lines, ended } = start(path, 0, inject);
    await ended;
    assert.ok(lines().length > 1, 'it worked for a while');
    assert.equal(lines().at(-1), 'store.sync-failed');
    const store = await open(path);
    const found = new Set<string>();
    for await (const { body } of store.recover()) found.add(`record ${new TextDecoder().decode(body.subarray(0, body.indexOf(59)))}`);
    for (const line of lines()) {
      if (line.startsWith('record')) assert.ok(found.has(line), `${line} was acknowledged and is gone`);
      if (line.startsWith('blob')) assert.ok((await store.blobs.get(line.slice(5) as Hash)) !== null, `${line} was synced and is gone`);
    }
    await store.close();
  }
});
