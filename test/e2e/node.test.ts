import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import nbt from 'prismarine-nbt';
import { Vec3 } from 'vec3';
import { status as statusSchema } from '../../src-shared/contract/index.ts';
import { compareWorlds } from '../../src-main/io/anvil/index.ts';
import { eventually, joinBot, leaveBot } from './support/bots.ts';
import { makeFolder, peerhold, startNodeProcess } from './support/nodeProcess.ts';
import { realSave } from './support/worlds.ts';

test('node.folder-in-use: a second node on the folder refuses, the first goes on', { timeout: 60_000 }, async () => {
  const folder = makeFolder();
  const node = await startNodeProcess(folder.path);
  try {
    await assert.rejects(startNodeProcess(folder.path), /node\.folder-in-use/);
    assert.equal((await peerhold(folder.path, 'status')).code, 0);
  } finally {
    assert.equal(await node.stop(), 0);
    folder.remove();
  }
});

test('node.port-taken: the world does not start, the node goes on', { timeout: 60_000 }, async () => {
  const folder = makeFolder();
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  assert.equal((await peerhold(folder.path, 'world', 'create', 'World')).code, 0);
  const node = await startNodeProcess(folder.path, ['--game', `127.0.0.1:${port}`]);
  try {
    const refused = await peerhold(folder.path, 'world', 'start', 'World');
    assert.deepEqual([refused.code, refused.value.error.code], [1, 'node.port-taken']);
    taken.close();
    assert.equal((await peerhold(folder.path, 'world', 'start', 'World')).code, 0);
  } finally {
    taken.close();
    assert.equal(await node.stop(), 0);
    folder.remove();
  }
});

test('status, exit codes and a graceful end, as the commands promise', { timeout: 90_000 }, async () => {
  const folder = makeFolder();
  assert.deepEqual((await peerhold(folder.path, 'world', 'start', 'World')).value.error.code, 'node.not-running');
  assert.equal((await peerhold(folder.path, 'world', 'nonsense')).code, 2);
  assert.equal((await peerhold(folder.path, 'world', 'create', 'World', '--seed', 'hello')).value.seed, '99162322');
  assert.equal((await peerhold(folder.path, 'world', 'create', 'World')).value.error.code, 'world.name-taken');
  const node = await startNodeProcess(folder.path);
  const started = await peerhold(folder.path, 'world', 'start', 'World');
  const again = await peerhold(folder.path, 'world', 'start', 'World');
  assert.equal(again.value.address, started.value.address, 'start on a running world changes nothing');
  const bot = await joinBot(started.value.address, 'Anna');
  try {
    const seen = statusSchema.parse((await peerhold(folder.path, 'status')).value);
    assert.deepEqual(
      seen.groups.map(({ group, kind, role }) => [group, kind, role]),
      [
        ['council', 'council', 'czar'],
        ['overworld', 'shard', 'czar'],
        ['nether', 'shard', 'czar'],
        ['end', 'shard', 'czar'],
      ],
    );
    assert.deepEqual([seen.players.length, seen.players[0]?.name, seen.players[0]?.shard], [1, 'Anna', 'overworld']);
    const left = new Promise<string>((resolve) => bot.once('kicked', resolve));
    const start = performance.now();
    assert.equal(await node.stop(), 0);
    assert.ok(performance.now() - start < 10_000, 'leaves within 10 s');
    await left;
  } finally {
    await node.kill();
    folder.remove();
  }
});

test('two players on one machine see each other, chat, and what the other builds', { timeout: 90_000 }, async () => {
  const folder = makeFolder();
  await peerhold(folder.path, 'world', 'create', 'World', '--mode', 'creative');
  const node = await startNodeProcess(folder.path);
  try {
    const { address } = (await peerhold(folder.path, 'world', 'start', 'World')).value;
    const anna = await joinBot(address, 'Anna');
    const ben = await joinBot(address, 'Ben');
    await eventually('Anna sees Ben', () => anna.players['Ben']?.entity);
    await eventually('Ben sees Anna', () => ben.players['Anna']?.entity);
    const heard: string[] = [];
    ben.on('message', (message) => {
      heard.push(message.toString());
    });
    anna.chat('hello');
    await eventually('Ben hears Anna', () => heard.includes('<Anna> hello'));
    const below = anna.blockAt(anna.entity.position.offset(0, -1, 0))!;
    await eventually('Ben has the chunk', () => ben.blockAt(below.position));
    await anna.dig(below, true);
    await eventually('Ben sees the hole', () => ben.blockAt(below.position)?.name === 'air');
    await leaveBot(anna);
    await eventually('Ben sees Anna leave', () => ben.players['Anna'] === undefined);
    await leaveBot(ben);
    assert.equal(await node.stop(), 0);
  } finally {
    await node.kill();
    folder.remove();
  }
});

/** Imports by one command, exports by another: what comes out equals what went in, tag by tag, and the source is as it was. */
async function roundTrip(save: string): Promise<{ readonly report: any; readonly differences: readonly unknown[] }> {
  const folder = makeFolder();
  try {
    const data = join(folder.path, 'data');
    const before = stateOf(save);
    const imported = await peerhold(data, 'world', 'import', save, '--name', 'Round');
    assert.equal(imported.code, 0, JSON.stringify(imported.value));
    const target = join(folder.path, 'out');
    const exported = await peerhold(data, 'world', 'export', 'Round', target);
    assert.equal(exported.code, 0, JSON.stringify(exported.value));
    const verified = await peerhold(data, 'world', 'verify', 'Round');
    assert.deepEqual(verified.value.damaged, []);
    assert.equal(stateOf(save), before, 'no file of the source changed');
    return { report: imported.value, differences: await compareWorlds(save, target) };
  } finally {
    folder.remove();
  }
}

function stateOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((file) => [file, statSync(join(folder, file)).size, statSync(join(folder, file)).mtimeMs].join(' '))
    .join('\n');
}

for (const name of ['survival-1.19', 'vanilla-1.21.11-nolight']) {
  test(`F2: ${name} comes out as it went in`, { timeout: 240_000 }, async (context) => {
    const save = realSave(name, context);
    if (save === null) return;
    const { report, differences } = await roundTrip(save);
    context.diagnostic(`${report.chunks} chunks, ${report.entities} entities, ${report.files} files: ${differences.length} differences`);
    assert.deepEqual(differences.slice(0, 5), []);
  });
}

test('F2: the 1.21.1 region, with a level.dat of its own, comes out as it went in', { timeout: 120_000 }, async (context) => {
  const regions = realSave('regions-by-version/1.21.1', context);
  if (regions === null) return;
  const folder = makeFolder();
  const save = join(folder.path, 'save');
  mkdirSync(join(save, 'region'), { recursive: true });
  for (const file of readdirSync(regions, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.mca')))
    cpSync(join(regions, file), join(save, 'region', file.split('/').at(-1)!));
  const { comp, int, string, long } = nbt;
  const level = comp({
    Data: comp({
      LevelName: string('Region'),
      DataVersion: int(3955),
      version: int(19133),
      LastPlayed: long([0, 1]),
      GameType: int(0),
      SpawnX: int(0),
      SpawnY: int(64),
      SpawnZ: int(0),
      Version: comp({ Id: int(3955), Name: string('1.21.1') }),
    }),
  });
  writeFileSync(join(save, 'level.dat'), gzipSync(nbt.writeUncompressed({ ...level, name: '' } as never, 'big')));
  try {
    const { report, differences } = await roundTrip(save);
    context.diagnostic(`${report.chunks} chunks: ${differences.length} differences`);
    assert.deepEqual(differences.slice(0, 5), []);
  } finally {
    folder.remove();
  }
});

test('world.too-new-to-play: a 1.21.11 world is kept, but does not start', { timeout: 120_000 }, async (context) => {
  const save = realSave('vanilla-1.21.11-nolight', context);
  if (save === null) return;
  const folder = makeFolder();
  await peerhold(folder.path, 'world', 'import', save, '--name', 'New');
  const node = await startNodeProcess(folder.path);
  try {
    const refused = await peerhold(folder.path, 'world', 'start', 'New');
    assert.deepEqual([refused.code, refused.value.error.code], [1, 'world.too-new-to-play']);
  } finally {
    assert.equal(await node.stop(), 0);
    assert.equal(existsSync(join(folder.path, 'running.json')), false);
    folder.remove();
  }
});

test('a world is set back to a snapshot, in a new lineage', { timeout: 120_000 }, async () => {
  const folder = makeFolder();
  await peerhold(folder.path, 'world', 'create', 'World', '--mode', 'creative');
  const node = await startNodeProcess(folder.path);
  try {
    const dug: { x: number; y: number; z: number }[] = [];
    for (let evening = 0; evening < 2; evening++) {
      const { address } = (await peerhold(folder.path, 'world', 'start', 'World')).value;
      const bot = await joinBot(address, 'Anna');
      const below = await eventually('ground', () => bot.blockAt(bot.entity.position.offset(evening + 1, -1, 0)));
      await bot.dig(below, true);
      dug.push(below.position);
      await leaveBot(bot);
      assert.equal((await peerhold(folder.path, 'world', 'stop', 'World')).code, 0);
    }
    const snapshots = (await peerhold(folder.path, 'world', 'snapshots', 'World')).value;
    assert.equal(snapshots.length, 2);
    assert.equal((await peerhold(folder.path, 'world', 'restore', 'World', 'none')).value.error.code, 'world.snapshot-not-found');
    assert.equal((await peerhold(folder.path, 'world', 'restore', 'World', snapshots[1].id)).code, 0);
    const { address } = (await peerhold(folder.path, 'world', 'start', 'World')).value;
    const bot = await joinBot(address, 'Anna');
    const [first, second] = dug.map((pos) => new Vec3(pos.x, pos.y, pos.z)) as [Vec3, Vec3];
    await eventually('the second hole is gone', () => bot.blockAt(second) !== null && bot.blockAt(second)!.name !== 'air');
    assert.equal(bot.blockAt(first)!.name, 'air');
    await bot.dig(bot.blockAt(second)!, true);
    await leaveBot(bot);
    assert.equal(await node.stop(), 0);
    const again = await startNodeProcess(folder.path);
    assert.equal(
      (await peerhold(folder.path, 'world', 'snapshots', 'World')).value[0].lineage,
      1,
      'what is played on stands in the new lineage',
    );
    assert.equal(await again.stop(), 0);
  } finally {
    await node.kill();
    folder.remove();
  }
});
