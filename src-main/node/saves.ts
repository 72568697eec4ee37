import type { WorldExportReport, WorldImportPlan, WorldVerifyReport } from '../../src-shared/contract/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { chunkKey, chunkOf, toUtf8, type ChunkKey, type Hash } from '../../src-shared/units/index.ts';
import { dayTimeAt } from '../core/pool/index.ts';
import { nameOfEncoded, type Player, type Shard } from '../core/world/index.ts';
import {
  runExport,
  runImport,
  writeEntity,
  writePlayer,
  type ExportDimension,
  type ExportEntity,
  type ExportPlayer,
  type ExportSource,
  type ImportedWorld,
  type ImportReport,
  type LevelFacts,
} from '../io/anvil/index.ts';
import type { Step } from './jobs.ts';
import type { NodeKit } from './kit.ts';
import { foundImportedWorld, readChunkNames } from './world/founding.ts';
import type { OpenWorld } from './world/openWorld.ts';
import { openWorldStore } from './world/recovery.ts';
import { savedPlayers } from './world/savedPlayers.ts';
import { writeWorldFile, type WorldFile, type WorldFolder } from './worldFolder.ts';

interface JobContext {
  readonly signal: AbortSignal;
  progress(step: Step): void;
}

export interface ImportSave extends JobContext {
  /** The world's folder in our data folder. */
  readonly path: string;
  /** The save. Read, never written. */
  readonly source: string;
  readonly name: string;
  readonly id: string;
  readonly plan: WorldImportPlan;
  readonly skipDamaged: boolean;
}

/**
 * 1. Note that an import is under way, so that a killed one can go on. 2. Copy every chunk and file into blobs. 3. Found the world on
 * them. Only then it is in the list as complete. `known` hears of the folder as soon as it exists.
 */
export async function importSave(
  kit: NodeKit,
  save: ImportSave,
  known: (folder: WorldFolder) => Promise<void>,
): Promise<{ readonly folder: WorldFolder; readonly report: ImportReport }> {
  const { path, source, name, plan, skipDamaged } = save;
  const started: WorldFile = {
    format: 1,
    id: save.id,
    name,
    origin: 'imported',
    version: plan.version,
    dataVersion: plan.dataVersion,
    playable: plan.playable,
    gameMode: 'survival',
    seed: '0',
    lastPlayed: null,
    icon: null,
    importing: { path: source, skipDamaged },
    genesis: null,
    imported: null,
    report: null,
  };
  await known(await writeWorldFile(path, started));
  const store = await openWorldStore(kit, path);
  try {
    const journal = {
      get: (key: string) => store.catalogue.get(`import/${key}`),
      set: (key: string, value: string) => store.catalogue.set(`import/${key}`, value),
    };
    const { world, report } = await runImport(source, store.blobs, journal, {
      tables: kit.world.tables,
      clock: kit.clock,
      skipDamaged,
      signal: save.signal,
      onProgress: (step) => save.progress(step),
    });
    const description = toUtf8(JSON.stringify(world));
    const imported = kit.crypto.hash(description);
    await store.blobs.put(imported, description);
    const genesis = await foundImportedWorld(store, kit.world, world, { name, description: imported, founded: kit.clock.wall() });
    store.catalogue.addFact('reports', 0, JSON.stringify(report));
    const { level } = world;
    const icon = await iconOf(world, (blob) => store.blobs.get(blob));
    const complete: WorldFile = {
      ...started,
      version: level.version,
      dataVersion: level.dataVersion,
      gameMode: level.gameMode,
      seed: level.seed,
      lastPlayed: level.lastPlayed,
      icon,
      importing: null,
      genesis,
      imported,
      report,
    };
    return { folder: await writeWorldFile(path, complete), report };
  } finally {
    await store.close();
  }
}

async function iconOf(world: ImportedWorld, get: (blob: Hash) => Promise<Uint8Array | null>): Promise<string | null> {
  const ICON_BYTES_MAX = 64 * 1024;
  const file = world.files.find(({ path, bytes }) => path === 'icon.png' && bytes <= ICON_BYTES_MAX);
  const bytes = file === undefined ? null : await get(file.blob);
  return bytes === null ? null : Buffer.from(bytes).toString('base64');
}

export interface ExportSave extends JobContext {
  readonly name: string;
  readonly target: string;
  /** Makes a snapshot and calls back at its moment, before anything else happens in the world. */
  readonly snapshot: (onCollected: () => void) => Promise<void>;
}

/** Writes the world as it is at one moment as an ordinary save. */
export async function exportSave(kit: NodeKit, world: OpenWorld, save: ExportSave): Promise<WorldExportReport> {
  const importedNames = await namesAtImport(world);
  let captured: ExportSource | null = null;
  await save.snapshot(() => {
    captured = capture(kit, world, importedNames);
  });
  if (captured === null) throw new Error('a snapshot without its moment');
  const source: ExportSource = captured;
  const players = await playersOf(kit, world);
  const report = await runExport({ ...source, players }, save.target, {
    tables: kit.world.tables,
    clock: kit.clock,
    dataFolder: kit.dataFolder,
    signal: save.signal,
    onProgress: ({ chunksDone, bytesDone }) => save.progress({ phase: 'chunks', chunksDone, chunksTotal: 0, bytesDone, bytesTotal: 0 }),
  });
  return { name: save.name, folder: save.target, ...report };
}

async function namesAtImport(world: OpenWorld): Promise<ReadonlyMap<string, ReadonlyMap<string, Hash>>> {
  const dimensions = new Map<string, ReadonlyMap<string, Hash>>();
  for (const { name, chunks } of world.imported?.dimensions ?? []) {
    const bytes = await world.store.blobs.get(chunks.blob);
    if (bytes === null) throw new AppError('store.blob-missing', { name: chunks.blob });
    dimensions.set(name, new Map([...readChunkNames(bytes)].map((chunk) => [chunkKey(chunk.x, chunk.z), chunk.name])));
  }
  return dimensions;
}

function capture(kit: NodeKit, world: OpenWorld, importedNames: ReadonlyMap<string, ReadonlyMap<string, Hash>>): ExportSource {
  const dimensions = [...world.shards.values()].map(({ shard }): ExportDimension => {
    const names = importedNames.get(shard.dimension);
    const chunks = [...shard.chunkNames()].map(({ x, z, name }) => ({ x, z, name, imported: names?.get(chunkKey(x, z)) ?? null }));
    const entities = new Map<ChunkKey, ExportEntity[]>();
    for (const entity of shard.entities()) {
      const { x, z } = chunkOf(entity.pose);
      entities.set(chunkKey(x, z), [...(entities.get(chunkKey(x, z)) ?? []), writeEntity(entity, { tick: shard.tick, kit: kit.world })]);
    }
    return { name: shard.dimension, minY: shard.minY, height: shard.height, chunks: () => chunks, entities };
  });
  return { imported: world.imported, level: levelNow(kit, world), dimensions, players: [], blob: (name) => world.store.blobs.get(name) };
}

/** level.dat's facts as play has changed them. */
function levelNow(kit: NodeKit, world: OpenWorld): LevelFacts {
  const { council } = world.council;
  const { tick } = world.overworld.shard;
  const imported = world.imported?.level ?? null;
  return {
    name: imported?.name ?? council.world.name,
    version: imported?.version ?? council.world.version,
    dataVersion: imported?.dataVersion ?? kit.world.tables.dataVersion,
    seed: council.world.seed,
    spawn: council.spawn,
    gameMode: council.world.gameMode,
    difficulty: council.difficulty,
    hardcore: council.world.hardcore,
    allowCommands: imported?.allowCommands ?? council.world.gameMode === 'creative',
    dayTime: dayTimeAt(council, tick),
    gameRules: council.gameRules,
    raining: council.weather.kind !== 'clear' && tick < council.weather.untilTick,
    thundering: council.weather.kind === 'thunder' && tick < council.weather.untilTick,
    lastPlayed: imported !== null && tick === 0 ? imported.lastPlayed : kit.clock.wall(),
  };
}

async function playersOf(kit: NodeKit, world: OpenWorld): Promise<readonly ExportPlayer[]> {
  const saved = world.imported === null ? [] : savedPlayers(world.imported);
  const { claims } = world.council.council;
  const written: ExportPlayer[] = [];
  for (const { shard } of world.shards.values()) {
    for (const player of shard.players()) {
      const from =
        saved.find(({ key, player: other }) => claims[key] === player.uuid || (claims[key] === undefined && other.uuid === player.uuid)) ??
        null;
      const inLevel = from?.inLevel ?? false;
      const origin = await originOf(world, player);
      const nbt = writePlayer(origin, player, {
        dimension: shard.dimension,
        kit: kit.world,
        tick: shard.tick,
        inLevel,
      });
      written.push({ path: inLevel ? 'level.dat' : `playerdata/${player.uuid}.dat`, nbt });
    }
  }
  return written;
}

async function originOf(world: OpenWorld, player: Player): Promise<Uint8Array | null> {
  return player.origin === null ? null : world.store.blobs.get(player.origin);
}

/** Reads back every chunk of every dimension and compares it with its name; every blob of the save must be there. */
export async function verifyWorld(
  kit: NodeKit,
  world: OpenWorld,
  context: JobContext & { readonly name: string },
): Promise<WorldVerifyReport> {
  const damaged: WorldVerifyReport['damaged'][number][] = [];
  const shards = [...world.shards.values()].map(({ shard }) => ({ shard, chunks: [...shard.chunkNames()] }));
  const total = shards.reduce((sum, { chunks }) => sum + chunks.length, 0);
  let done = 0;
  for (const { shard, chunks } of shards) {
    for (const { x, z, name } of chunks) {
      context.signal.throwIfAborted();
      const code = await checkChunk(kit, world, shard, { x, z, name });
      if (code !== null) damaged.push({ file: shard.dimension, position: { x, z }, code, facts: { name } });
      done += 1;
      if (done % 64 === 0) context.progress({ phase: 'verify', chunksDone: done, chunksTotal: total, bytesDone: done, bytesTotal: total });
    }
  }
  for (const file of world.imported?.files ?? []) {
    for (const blob of [file.blob, ...(file.more ?? [])]) {
      if (!world.store.blobs.has(blob))
        damaged.push({ file: file.path, position: null, code: 'store.blob-missing', facts: { name: blob } });
    }
  }
  return { name: context.name, stateRoot: world.overworld.shard.root(), chunks: total, damaged };
}

async function checkChunk(
  kit: NodeKit,
  world: OpenWorld,
  shard: Shard,
  { x, z, name }: { readonly x: number; readonly z: number; readonly name: Hash },
): Promise<'store.blob-missing' | 'store.blob-damaged' | null> {
  if (shard.chunk(x, z) !== null) return null;
  try {
    const bytes = await world.store.blobs.get(name);
    if (bytes === null) return 'store.blob-missing';
    return nameOfEncoded(bytes, kit.world.digest) === name ? null : 'store.blob-damaged';
  } catch (fault) {
    if (fault instanceof AppError) return 'store.blob-damaged';
    throw fault;
  }
}
