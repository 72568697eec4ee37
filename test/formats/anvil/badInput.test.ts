import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  compareWorlds,
  planImport,
  runExport,
  runImport,
  untouchedSource,
  type ImportOptions,
  type ImportOutcome,
  type ImportProblem,
} from '../../../src-main/io/anvil/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { nbt, writeNbt } from '../../../src-shared/nbt/index.ts';
import { compressed, regionBytes, type PlantedChunk } from '../../unit/anvil/regionBytes.ts';
import { temporaryFolder } from '../../unit/anvil/temporary.ts';
import { clock, fingerprint, importOptions, memoryStore, plainChunk, tables, writeLevel, writeRegion } from './saves.ts';

function chunk(index: number, compression = 2): PlantedChunk {
  return { index, compression, content: compressed(writeNbt(plainChunk(index % 32, Math.floor(index / 32))), compression) };
}

function save(folder: string, chunks: readonly PlantedChunk[] = [chunk(0), chunk(33)]): string {
  const path = join(folder, 'save');
  writeLevel(path, 3955);
  writeRegion(path, 'region/r.0.0.mca', chunks);
  return path;
}

async function imported(path: string, more: Partial<ImportOptions> = {}, store = memoryStore()): Promise<ImportOutcome> {
  return runImport(path, store.sink, store.journal, importOptions(more));
}

async function exportedTo(path: string, target: string, more: Partial<ImportOptions> = {}): Promise<ImportOutcome> {
  const store = memoryStore();
  const outcome = await imported(path, more, store);
  await runExport(await untouchedSource(outcome.world, (name) => store.blob(name)), target, {
    tables,
    clock,
    dataFolder: join(target, '../data'),
  });
  return outcome;
}

const lines = (problems: readonly ImportProblem[]): readonly string[] =>
  problems.map(({ file, position, code }) => `${file} ${position === null ? '-' : `${position.x},${position.z}`} ${code}`);

test('import.not-a-world: a folder without level.dat, a file, nothing at all', async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'file'), '');
  for (const path of [folder, join(folder, 'file'), join(folder, 'nowhere')]) {
    await assert.rejects(planImport(path), { code: 'import.not-a-world' });
    await assert.rejects(imported(path), { code: 'import.not-a-world' });
  }
});

test('import.damaged-level: 0 bytes, cut short, no NBT, no Data', async (context) => {
  const path = save(temporaryFolder(context));
  const level = readFileSync(join(path, 'level.dat'));
  for (const bytes of [new Uint8Array(0), level.subarray(0, 40), Buffer.from('nonsense'), gzipSync(writeNbt(nbt.compound({})))]) {
    writeFileSync(join(path, 'level.dat'), bytes);
    await assert.rejects(planImport(path), { code: 'import.damaged-level' });
  }
});

test('import.too-old: a save from before 1.13 says which', async (context) => {
  const path = join(temporaryFolder(context), 'save');
  writeLevel(path, 1343);
  await assert.rejects(
    planImport(path),
    (error: AppError) =>
      error.code === 'import.too-old' && error.facts['dataVersion'] === 1343 && error.facts['version'] === 'made by a test',
  );
});

test('import: a newer version than we speak imports and is not playable', async (context) => {
  const path = join(temporaryFolder(context), 'save');
  writeLevel(path, 5000);
  writeRegion(path, 'dimensions/minecraft/overworld/region/r.0.0.mca', [chunk(0)]);
  assert.equal((await planImport(path)).playable, false);
  const { world } = await imported(path);
  assert.deepEqual(
    world.dimensions.map(({ name, folder, chunks }) => [name, folder, chunks.count]),
    [['minecraft:overworld', 'dimensions/minecraft/overworld', 1]],
  );
});

test('import.world-open: while a Minecraft holds session.lock', async (context) => {
  const path = save(temporaryFolder(context));
  writeFileSync(join(path, 'session.lock'), '');
  const hold =
    "const d = new (require('node:sqlite').DatabaseSync)(process.argv[1]); d.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE'); console.log(1); process.stdin.resume()";
  const holder = spawn(process.execPath, ['-e', hold, join(path, 'session.lock')], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await assert.rejects(planImport(path), { code: 'import.world-open' });
  await assert.rejects(imported(path), { code: 'import.world-open' });
  holder.kill();
  await once(holder, 'exit');
  const { world } = await imported(path);
  assert.equal(
    world.files.some((file) => file.path === 'session.lock'),
    false,
  );
});

test('import: gzip, LZ4, uncompressed and .mcc chunks come in, and go out as zlib with equal tags', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder, [
    chunk(1, 1),
    chunk(2, 2),
    chunk(3, 3),
    chunk(4, 4),
    { index: 5, compression: 0x84, content: new Uint8Array(0) },
  ]);
  writeFileSync(join(path, 'region/c.5.0.mcc'), chunk(5, 4).content);
  const { report, world } = await exportedTo(path, join(folder, 'out'));
  assert.deepEqual([report.chunks, report.skipped, world.files.map((file) => file.path)], [5, [], ['level.dat']]);
  assert.deepEqual(await compareWorlds(path, join(folder, 'out')), []);
});

test('import: a chunk of more than 1 MiB goes out in a file of its own', async (context) => {
  const folder = temporaryFolder(context);
  const noise = new Int8Array(3_000_000).map((_, i) => (Math.imul(i ^ (i >>> 7), 0x9e3779b1) >>> 9) ^ (Math.imul(i, i) >>> 5));
  const large = writeNbt(plainChunk(0, 0, 'minecraft:stone', { mod: { type: 'byteArray', value: noise } }));
  const path = save(folder, [{ index: 0, compression: 0x82, content: new Uint8Array(0) }]);
  writeFileSync(join(path, 'region/c.0.0.mcc'), compressed(large, 2));
  await exportedTo(path, join(folder, 'out'));
  assert.equal(existsSync(join(folder, 'out/region/c.0.0.mcc')), true);
  assert.deepEqual(await compareWorlds(path, join(folder, 'out')), []);
});

const DAMAGED: readonly PlantedChunk[] = [
  chunk(0),
  { ...chunk(1), content: chunk(1).content.subarray(0, 30) },
  { ...chunk(2), length: 90_000 },
  { ...chunk(3), compression: 99 },
  { ...chunk(4), compression: 0x82, content: new Uint8Array(0) },
  { ...chunk(5), sector: 70_000 },
  { ...chunk(6), content: compressed(writeNbt(plainChunk(6, 0)).subarray(0, 90), 2) },
  chunk(7),
];

const REPORT = [
  'region/r.0.0.mca 1,0 import.chunk-truncated',
  'region/r.0.0.mca 2,0 import.chunk-truncated',
  'region/r.0.0.mca 3,0 import.chunk-compression-unknown',
  'region/r.0.0.mca 4,0 import.chunk-external-missing',
  'region/r.0.0.mca 5,0 import.region-damaged',
  'region/r.0.0.mca 6,0 import.chunk-damaged',
];

test('import.damaged-chunks: damage ends an import with the whole list', async (context) => {
  const path = save(temporaryFolder(context), DAMAGED);
  await assert.rejects(imported(path), (error: AppError) => {
    assert.equal(error.code, 'import.damaged-chunks');
    assert.equal(error.facts['count'], 6);
    assert.deepEqual(
      error.facts['chunks'],
      REPORT.map((line) => line.replace(/^(\S+) (\S+),(\S+) /, '$1 ($2, $3): ')),
    );
    return true;
  });
});

test('import --skip-damaged: each damaged chunk is reported by file and position, nothing else is lost', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder, DAMAGED);
  const { report } = await exportedTo(path, join(folder, 'out'), { skipDamaged: true });
  assert.deepEqual(lines(report.skipped), REPORT);
  assert.equal(report.chunks, 2);
  const differences = await compareWorlds(path, join(folder, 'out'));
  assert.deepEqual(
    differences.map(({ position }) => position!.x),
    [1, 2, 3, 4, 5, 6],
  );
});

test('import: 0-byte regions are no damage; a header cut short is, and so is a file that can not be read', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder);
  writeFileSync(join(path, 'region/r.5.5.mca'), '');
  mkdirSync(join(path, 'entities'));
  writeFileSync(join(path, 'entities/r.0.0.mca'), '');
  assert.deepEqual((await imported(path)).report.skipped, []);
  writeFileSync(join(path, 'region/r.6.6.mca'), new Uint8Array(100));
  assert.deepEqual(lines((await imported(path, { skipDamaged: true })).report.skipped), ['region/r.6.6.mca - import.region-damaged']);
  assert.deepEqual(lines((await planImport(path)).problems), ['region/r.6.6.mca - import.region-damaged']);
  await assert.rejects(imported(path), { code: 'import.damaged-chunks' });
});

test('import: a chunk from before 1.13 in a newer save is reported, and kept for export', async (context) => {
  const folder = temporaryFolder(context);
  const old = writeNbt(nbt.compound({ Level: nbt.compound({ xPos: nbt.int(1), zPos: nbt.int(0) }), DataVersion: nbt.int(1343) }));
  const path = save(folder, [chunk(0), { index: 1, compression: 2, content: compressed(old, 2) }]);
  const { report, world } = await exportedTo(path, join(folder, 'out'), { skipDamaged: true });
  assert.deepEqual(lines(report.skipped), ['region/r.0.0.mca 1,0 import.too-old']);
  assert.deepEqual([world.dimensions[0]!.chunks.count, world.dimensions[0]!.leftovers.count], [1, 1]);
  assert.deepEqual(await compareWorlds(path, join(folder, 'out')), []);
});

test('import: a damaged entity chunk costs only itself', async (context) => {
  const path = save(temporaryFolder(context));
  const entities = (x: number): Uint8Array =>
    writeNbt(
      nbt.compound({
        DataVersion: nbt.int(3955),
        Position: nbt.intArray(Int32Array.of(x, 0)),
        Entities: nbt.list('compound', [nbt.compound({ id: nbt.text('minecraft:cow') })]),
      }),
    );
  writeRegion(path, 'entities/r.0.0.mca', [
    { index: 0, compression: 2, content: compressed(entities(0).subarray(0, 30), 2) },
    { index: 9, compression: 2, content: compressed(entities(9), 2) },
  ]);
  const { report, world } = await imported(path, { skipDamaged: true });
  assert.deepEqual(
    [lines(report.skipped), report.chunks, report.entities, world.dimensions[0]!.leftovers.count],
    [['entities/r.0.0.mca 0,0 import.chunk-damaged'], 2, 1, 1],
  );
});

test('import: a region file of more than 2 GB is read at its places', async (context) => {
  const path = save(temporaryFolder(context));
  const sector = 550_000;
  const file = openSync(join(path, 'region/r.1.0.mca'), 'w');
  // Position 32, 0 is the first of region 1, 0.
  const content = regionBytes([{ index: 0, compression: 2, content: compressed(writeNbt(plainChunk(32, 0)), 2), sector }]);
  writeSync(file, content.subarray(0, 8192), 0, 8192, 0);
  writeSync(file, content.subarray(8192), 0, content.length - 8192, sector * 4096);
  ftruncateSync(file, 2_500_000_000);
  closeSync(file);
  const before = process.memoryUsage.rss();
  assert.equal((await imported(path)).report.chunks, 3);
  assert.ok(process.memoryUsage.rss() - before < 600 * 1024 * 1024);
});

test('import node.no-space: what the sink throws ends the import, and with the same journal a further run goes on', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(
    folder,
    Array.from({ length: 200 }, (_, i) => chunk(i)),
  );
  let full = true;
  const store = memoryStore((blobs) => {
    if (full && blobs > 100) throw new AppError('node.no-space', { path: 'blobs' });
  });
  await assert.rejects(imported(path, {}, store), { code: 'node.no-space' });
  full = false;
  assert.equal((await imported(path, {}, store)).report.chunks, 200);
});

test('import.source-changed: a file that changed, came or went during the import', async (context) => {
  const folder = temporaryFolder(context);
  const changes: readonly ((path: string) => void)[] = [
    (path) => appendFileSync(join(path, 'region/r.0.0.mca'), 'x'),
    (path) => utimesSync(join(path, 'level.dat'), 1, 1),
    (path) => writeFileSync(join(path, 'region/r.9.9.mca'), ''),
    (path) => rmSync(join(path, 'note.txt')),
  ];
  for (const [i, change] of changes.entries()) {
    const path = save(join(folder, String(i)));
    writeFileSync(join(path, 'note.txt'), 'kept');
    let once = false;
    const store = memoryStore(() => {
      if (!once) change(path);
      once = true;
    });
    await assert.rejects(imported(path, {}, store), { code: 'import.source-changed' });
  }
});

test('import: an abort ends it with its reason', async (context) => {
  const path = save(temporaryFolder(context));
  const abort = new AbortController();
  const reason = new AppError('import.cancelled');
  const store = memoryStore(() => abort.abort(reason));
  await assert.rejects(imported(path, { signal: abort.signal }, store), reason);
  await assert.rejects(imported(path, { signal: AbortSignal.abort(reason) }), reason);
});

test('import: links, locks and old versions are left out and named in the plan; all other files come out as they went in', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder);
  writeFileSync(join(folder, 'secret'), 'not part of the save');
  symlinkSync(join(folder, 'secret'), join(path, 'link.txt'));
  symlinkSync(folder, join(path, 'loop'));
  for (const name of ['session.lock', 'level.dat_old', 'playerdata/0123456789abcdef0123456789abcdef.dat_old']) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), 'x');
  }
  for (const name of [
    'empty',
    'datapacks/pack/pack.mcmeta',
    'odd name ☃.bin',
    'data/map_0.dat',
    'region/notes.txt',
    'DIM7/region/r.0.0.mca',
  ])
    copyInto(path, name, name === 'empty' ? '' : `content of ${name}`);
  copyInto(path, 'large.bin', Buffer.alloc(40 * 1024 * 1024, 'abc'));
  const before = fingerprint(path.replace('save', 'save/region'));
  const plan = await planImport(path);
  assert.deepEqual(plan.ignored, [
    'level.dat_old',
    'link.txt',
    'loop',
    'playerdata/0123456789abcdef0123456789abcdef.dat_old',
    'session.lock',
  ]);
  const { world } = await exportedTo(path, join(folder, 'out'));
  assert.equal(world.files.length, plan.files);
  assert.equal(world.files.find((file) => file.path === 'large.bin')!.more!.length, 2);
  assert.deepEqual(
    (await compareWorlds(path, join(folder, 'out'))).map(({ file }) => file),
    [],
  );
  assert.equal(fingerprint(path.replace('save', 'save/region')), before);
});

function copyInto(path: string, name: string, content: string | Uint8Array): void {
  mkdirSync(join(path, name, '..'), { recursive: true });
  writeFileSync(join(path, name), content);
}

test('import: names of players are those that a server remembered', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder);
  const uuid = '01234567-89ab-cdef-0123-456789abcdef';
  copyInto(path, `playerdata/${uuid}.dat`, gzipSync(writeNbt(nbt.compound({ Dimension: nbt.text('minecraft:the_end') }))));
  copyInto(path, 'playerdata/ffffffff-89ab-cdef-0123-456789abcdef.dat', 'damaged');
  copyInto(folder, 'usercache.json', JSON.stringify([{ uuid, name: 'Ben' }, null, { uuid: 3 }]));
  const { world } = await imported(path);
  assert.deepEqual(
    world.players.map(({ name, dimension }) => [name, dimension]),
    [
      ['Ben', 'minecraft:the_end'],
      [null, 'minecraft:overworld'],
    ],
  );
});

test('export store.blob-missing: content that is gone leaves nothing behind', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder);
  const store = memoryStore();
  const { world } = await imported(path, {}, store);
  const source = await untouchedSource(world, (name) => store.blob(name));
  let left = 3;
  const holey = { ...source, blob: async (name: Parameters<typeof source.blob>[0]) => (left-- > 0 ? source.blob(name) : null) };
  await assert.rejects(runExport(holey, join(folder, 'out'), { tables, clock, dataFolder: join(folder, 'data') }), {
    code: 'store.blob-missing',
  });
  assert.equal(existsSync(join(folder, 'out')), false);
  assert.equal(existsSync(join(folder, '.out.peerhold-export')), false);
});

test('export world.damaged: a description from elsewhere can not write outside the target', async (context) => {
  const folder = temporaryFolder(context);
  const path = save(folder);
  const store = memoryStore();
  const { world } = await imported(path, {}, store);
  for (const bad of ['../evil', '/evil', 'a/../../evil', 'C:evil', 'a\\evil']) {
    const files = world.files.map((file) => ({ ...file, path: bad }));
    const source = await untouchedSource({ ...world, files }, (name) => store.blob(name));
    await assert.rejects(runExport(source, join(folder, 'out'), { tables, clock, dataFolder: join(folder, 'data') }), {
      code: 'world.damaged',
    });
  }
  const dimensions = world.dimensions.map((dimension) => ({ ...dimension, folder: '../evil' }));
  const source = await untouchedSource({ ...world, dimensions }, (name) => store.blob(name));
  await assert.rejects(runExport(source, join(folder, 'out'), { tables, clock, dataFolder: join(folder, 'data') }), {
    code: 'world.damaged',
  });
  assert.equal(existsSync(join(folder, 'evil')), false);
});
