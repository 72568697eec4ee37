import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chunkName, decodeChunk, encodeChunk, withBlock, type Chunk } from '../../../src-main/core/world/index.ts';
import {
  compareWorlds,
  runExport,
  runImport,
  untouchedSource,
  type ExportEntity,
  type ExportSource,
} from '../../../src-main/io/anvil/index.ts';
import { RegionReader } from '../../../src-main/io/anvil/region/regionReader.ts';
import { readNbtFile } from '../../../src-main/io/anvil/save/nbtFile.ts';
import { nbt, readNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { chunkKey, type Hash } from '../../../src-shared/units/index.ts';
import { worldKit } from '../../unit/anvil/kit.ts';
import { temporaryFolder } from '../../unit/anvil/temporary.ts';
import { clock, importOptions, memoryStore, needsWorlds, realWorld, tables, writeLevel } from './saves.ts';

const kit = await worldKit();

interface Imported {
  readonly save: string;
  readonly target: string;
  readonly source: ExportSource;
  readonly chunks: readonly Chunk[];
  /** The same world with other chunks: those with the position of one that is there replace it. */
  readonly with: (chunks: readonly Chunk[]) => ExportSource;
}

/** A save of single chunks with a level.dat, imported. */
async function imported(folder: string, name: string, dataVersion: number): Promise<Imported> {
  const save = join(folder, 'save');
  writeLevel(save, dataVersion, { DayTime: nbt.long(1000n) });
  cpSync(join(realWorld('single-chunks'), name), save, { recursive: true });
  const store = memoryStore();
  const { world } = await runImport(save, store.sink, store.journal, importOptions());
  const blobs = new Map<Hash, Uint8Array>();
  const blob = async (hash: Hash): Promise<Uint8Array | null> => blobs.get(hash) ?? store.blob(hash);
  const source = await untouchedSource(world, blob);
  const [dimension] = source.dimensions;
  const before = [...(dimension!.chunks() as Iterable<{ x: number; z: number; name: Hash; imported: Hash | null }>)];
  const chunks = await Promise.all(before.map(async (entry) => decodeChunk((await blob(entry.name))!, kit)));
  const withChunks = (changed: readonly Chunk[]): ExportSource => {
    const list = new Map(before.map((entry) => [chunkKey(entry.x, entry.z), entry]));
    for (const chunk of changed) {
      const key = chunkKey(chunk.x, chunk.z);
      const hash = chunkName(chunk, kit);
      blobs.set(hash, encodeChunk(chunk, kit));
      list.set(key, { x: chunk.x, z: chunk.z, name: hash, imported: list.get(key)?.imported ?? null });
    }
    return { ...source, dimensions: [{ ...dimension!, chunks: () => [...list.values()] }] };
  };
  return { save, target: join(folder, 'out'), source, chunks, with: withChunks };
}

function dug(chunk: Chunk, block = 'minecraft:gold_block'): Chunk {
  const index = chunk.sections.findLastIndex(({ blocks }) => blocks.solid > 0);
  const sections = chunk.sections.map((section, i) =>
    i === index ? { ...section, blocks: withBlock(section.blocks, 7, kit.states.idOf(block), kit.states) } : section,
  );
  return { ...chunk, sections, light: null };
}

function item(uuidEnd: number): ExportEntity {
  return {
    dataVersion: null,
    toNbt: (dataVersion) => nbt.compound({ id: nbt.text('minecraft:item'), WrittenFor: nbt.int(dataVersion), Number: nbt.int(uuidEnd) }),
  };
}

function at(save: string, kind: string, x: number, z: number): NbtCompound | null {
  const region = { x: x >> 5, z: z >> 5 };
  const reader = new RegionReader(join(save, kind), region);
  const found = reader.read((z & 31) * 32 + (x & 31));
  reader.close();
  return found?.ok === true ? readNbt(found.value).root : null;
}

const exportOptions = (target: string) => ({ tables, clock, dataFolder: join(target, '../data'), threads: 1 });

test(
  'export: a touched chunk goes out in the version of its source, its points of interest are to be looked for again, the rest as it came',
  needsWorlds,
  async (context) => {
    const world = await imported(temporaryFolder(context), '1_18_1', 2865);
    const chunk = world.chunks.find(({ poi }) => poi !== null)!;
    await runExport(world.with([dug(chunk)]), world.target, exportOptions(world.target));
    const differences = await compareWorlds(world.save, world.target);
    assert.deepEqual(
      differences.map(({ file, position }) => [file.split('/')[0], position]),
      [
        ['poi', { x: chunk.x, z: chunk.z }],
        ['region', { x: chunk.x, z: chunk.z }],
      ],
    );
    const written = at(world.target, 'region', chunk.x, chunk.z)!;
    assert.equal(nbt.getNumber(written, 'DataVersion'), chunk.dataVersion);
    assert.equal(nbt.getNumber(written, 'isLightOn'), 0);
    const poi = nbt.getCompound(at(world.target, 'poi', chunk.x, chunk.z)!, 'Sections')!;
    for (const section of poi.value.values()) assert.equal(nbt.getNumber(section as NbtCompound, 'Valid'), 0);
    // What was written is a save that imports, with the block in it.
    const store = memoryStore();
    const again = await runImport(world.target, store.sink, store.journal, importOptions());
    assert.deepEqual([again.report.chunks, again.report.skipped], [2, []]);
  },
);

test(
  'export: a chunk of which only the entities were taken over keeps its NBT; its entities are those of the state',
  needsWorlds,
  async (context) => {
    const world = await imported(temporaryFolder(context), '1_20_4', 3700);
    const chunk = world.chunks.find(({ entities }) => entities !== null)!;
    const source = world.with([{ ...chunk, entities: null }]);
    const entities = new Map([[chunkKey(chunk.x, chunk.z), [item(1), { ...item(2), dataVersion: 3698 }]]]);
    await runExport({ ...source, dimensions: [{ ...source.dimensions[0]!, entities }] }, world.target, exportOptions(world.target));
    const differences = await compareWorlds(world.save, world.target);
    assert.deepEqual(
      differences.map(({ file }) => file.split('/')[0]),
      ['entities'],
    );
    const written = at(world.target, 'entities', chunk.x, chunk.z)!;
    assert.equal(nbt.getNumber(written, 'DataVersion'), 3698);
    assert.deepEqual(
      nbt
        .getList(written, 'Entities')!
        .map((tag) => [nbt.getNumber(tag as NbtCompound, 'Number'), nbt.getNumber(tag as NbtCompound, 'WrittenFor')]),
      [
        [1, 3698],
        [2, 3698],
      ],
    );
  },
);

test(
  "export: what was dropped into a chunk whose entities nobody took over comes after the save's own; one without a chunk is kept too",
  needsWorlds,
  async (context) => {
    const world = await imported(temporaryFolder(context), '1_20_4', 3700);
    const chunk = world.chunks.find(({ entities }) => entities !== null)!;
    const before = nbt.getList(at(world.save, 'entities', chunk.x, chunk.z)!, 'Entities')!;
    const entities = new Map([
      [chunkKey(chunk.x, chunk.z), [item(1)]],
      [chunkKey(500, 500), [item(2)]],
    ]);
    await runExport(
      { ...world.source, dimensions: [{ ...world.source.dimensions[0]!, entities }] },
      world.target,
      exportOptions(world.target),
    );
    const list = nbt.getList(at(world.target, 'entities', chunk.x, chunk.z)!, 'Entities')!;
    assert.equal(list.length, before.length + 1);
    assert.deepEqual(list.slice(0, -1), before);
    const alone = at(world.target, 'entities', 500, 500)!;
    assert.deepEqual(
      [nbt.getNumber(alone, 'DataVersion'), [...(alone.value.get('Position') as { value: Int32Array }).value]],
      [3955, [500, 500]],
    );
  },
);

test('export: before 1.17 entities of the state stand in the chunk', needsWorlds, async (context) => {
  const world = await imported(temporaryFolder(context), '1_16_5', 2586);
  const [chunk] = world.chunks;
  const before = nbt.getList(nbt.getCompound(at(world.save, 'region', chunk!.x, chunk!.z)!, 'Level')!, 'Entities')!;
  const entities = new Map([[chunkKey(chunk!.x, chunk!.z), [item(1)]]]);
  await runExport(
    { ...world.source, dimensions: [{ ...world.source.dimensions[0]!, entities }] },
    world.target,
    exportOptions(world.target),
  );
  const differences = await compareWorlds(world.save, world.target);
  assert.deepEqual(
    differences.map(({ what }) => what),
    [`Level.Entities[${before.length}]`],
  );
  const after = nbt.getList(nbt.getCompound(at(world.target, 'region', chunk!.x, chunk!.z)!, 'Level')!, 'Entities')!;
  assert.equal(nbt.getNumber(after.at(-1) as NbtCompound, 'WrittenFor'), chunk!.dataVersion);
});

test('export: a chunk that was generated here is a full chunk of 1.21.1', needsWorlds, async (context) => {
  const world = await imported(temporaryFolder(context), '1_20_4', 3700);
  const made: Chunk = {
    ...dug(world.chunks[0]!),
    x: 300,
    z: -300,
    origin: null,
    entities: null,
    poi: null,
    dataVersion: 3955,
    blockEntities: new Map(),
  };
  await runExport(world.with([made]), world.target, exportOptions(world.target));
  const written = at(world.target, 'region', 300, -300)!;
  assert.deepEqual(
    [nbt.getNumber(written, 'DataVersion'), nbt.getText(written, 'Status'), nbt.getNumber(written, 'yPos')],
    [3955, 'minecraft:full', -4],
  );
  const store = memoryStore();
  assert.equal((await runImport(world.target, store.sink, store.journal, importOptions())).report.chunks, 6);
});

test('export: level.dat changes only in the facts that play changed; players in their own files', needsWorlds, async (context) => {
  const world = await imported(temporaryFolder(context), '1_20_4', 3700);
  const player = nbt.compound({ DataVersion: nbt.int(3955), Health: nbt.float(3) });
  const source: ExportSource = {
    ...world.source,
    level: { ...world.source.level, dayTime: 6000, raining: true },
    players: [{ path: 'playerdata/01234567-89ab-cdef-0123-456789abcdef.dat', nbt: player }],
  };
  await runExport(source, world.target, exportOptions(world.target));
  const differences = await compareWorlds(world.save, world.target);
  assert.deepEqual(
    differences.map(({ file, what }) => `${file} ${what}`),
    ['level.dat Data.DayTime', 'playerdata/01234567-89ab-cdef-0123-456789abcdef.dat extra'],
  );
  const data = nbt.getCompound(readNbtFile(readFileSync(join(world.target, 'level.dat'))), 'Data')!;
  assert.deepEqual([nbt.getNumber(data, 'DayTime'), nbt.getNumber(data, 'raining'), nbt.getText(data, 'LevelName')], [6000, 1, 'Made']);
});

test('export: a world that was born here is a save of 1.21.1 that imports', needsWorlds, async (context) => {
  const world = await imported(temporaryFolder(context), '1_20_4', 3700);
  const born: Chunk = { ...world.chunks[0]!, origin: null, entities: null, poi: null, dataVersion: 3955 };
  const source = world.with([born]);
  const chunks = [{ x: born.x, z: born.z, name: chunkName(born, kit), imported: null }];
  const fresh: ExportSource = {
    ...source,
    imported: null,
    level: { ...source.level, dataVersion: 3955, version: '1.21.1', seed: '42' },
    dimensions: [{ ...source.dimensions[0]!, chunks: () => chunks }],
  };
  await runExport(fresh, world.target, exportOptions(world.target));
  const store = memoryStore();
  const { world: again } = await runImport(world.target, store.sink, store.journal, importOptions());
  assert.deepEqual(
    [again.level.seed, again.level.dataVersion, again.dimensions[0]!.chunks.count, again.dimensions[0]!.name],
    ['42', 3955, 1, 'minecraft:overworld'],
  );
});
