import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World, WorldImportPlan, WorldPlayer, WorldSnapshot } from '../../src-shared/contract/index.ts';
import { AppError, refuse, type ErrorCode, type Result } from '../../src-shared/errors/index.ts';
import { toHex } from '../../src-shared/units/index.ts';
import { checkExportTarget, planImport } from '../io/anvil/index.ts';
import type { NewWorld, StartedJob } from './api.ts';
import type { JobBoard, Work } from './jobs.ts';
import type { NodeKit } from './kit.ts';
import { runWorld, type GameAddress, type RunningWorld } from './runningWorld.ts';
import { exportSave, importSave, verifyWorld } from './saves.ts';
import { checkWorldName, listWorldFolders, removeWorldFolder, writeWorldFile, type WorldFolder } from './worldFolder.ts';
import { folderBytes } from './folderBytes.ts';
import { foundNewWorld, seedOf } from './world/founding.ts';
import { openWorldStore, withOpenWorld } from './world/recovery.ts';
import { genesisAt, listSnapshots } from './world/snapshots.ts';
import { claimPlayer, playersOfWorld } from './worldPlayers.ts';
import type { OpenWorld } from './world/openWorld.ts';

export interface WorldsOptions {
  readonly kit: NodeKit;
  readonly jobs: JobBoard;
  /** null: no Minecraft endpoint on this machine. */
  readonly game: GameAddress | null;
  readonly auth: 'mojang' | 'offline';
  readonly announce: boolean;
  readonly changed: (worlds: readonly World[]) => void;
}

type Doing = 'starting' | 'stopping';

/** The worlds that this machine keeps: at most one of them runs. */
export class Worlds {
  readonly #options: WorldsOptions;
  readonly #kit: NodeKit;
  readonly #root: string;
  readonly #doing = new Map<string, Doing>();
  readonly #bytes = new Map<string, number>();
  #folders = new Map<string, WorldFolder>();
  #running: RunningWorld | null = null;

  constructor(options: WorldsOptions) {
    this.#options = options;
    this.#kit = options.kit;
    this.#root = join(options.kit.dataFolder, 'worlds');
  }

  get running(): RunningWorld | null {
    return this.#running;
  }

  async open(): Promise<void> {
    this.#folders = new Map((await listWorldFolders(this.#root)).map((folder) => [folder.file.name, folder]));
    await this.#publish();
  }

  list(): readonly World[] {
    return [...this.#folders.values()].map((folder) => this.#worldOf(folder));
  }

  async plan(path: string): Promise<Result<WorldImportPlan>> {
    return refused(async () => ({ ...(await planImport(path)), freeBytes: await this.#freeBytes() }));
  }

  async create(input: NewWorld): Promise<Result<World>> {
    const bad = this.#checkNewName(input.name);
    if (bad !== null) return bad;
    if (input.version !== null && input.version !== this.#kit.world.tables.version)
      return refuse('node.bad-option', { option: 'version', value: input.version });
    const founded = this.#kit.clock.wall();
    const seed = seedOf(input.seed ?? new DataView(this.#kit.random.bytes(8).buffer).getBigInt64(0).toString());
    const path = this.#newPath();
    const store = await openWorldStore(this.#kit, path);
    const genesis = await closing(store, () =>
      foundNewWorld(store, this.#kit.world, { name: input.name, seed, gameMode: input.mode, founded }),
    );
    const { version, dataVersion } = this.#kit.world.tables;
    await this.#keep(
      await writeWorldFile(path, {
        format: 1,
        id: path.slice(this.#root.length + 1),
        name: input.name,
        origin: 'created',
        version,
        dataVersion,
        playable: true,
        gameMode: input.mode,
        seed,
        lastPlayed: null,
        icon: null,
        importing: null,
        genesis,
        imported: null,
        report: null,
      }),
    );
    return { ok: true, value: this.#worldOf(this.#folders.get(input.name)!) };
  }

  async import(input: { readonly path: string; readonly name: string | null; readonly skipDamaged: boolean }): Promise<Result<StartedJob>> {
    const planned = await this.plan(input.path);
    if (!planned.ok) return planned;
    const name = input.name ?? planned.value.name;
    const unfinished = this.#folders.get(name);
    const resumes =
      unfinished?.file.genesis === null && unfinished.file.importing?.path === input.path && this.#options.jobs.busyWith(name) === null;
    const bad = resumes ? null : this.#checkNewName(name);
    if (bad !== null) return bad;
    const job = this.#options.jobs.start('import', name, input.path, async (context) => {
      const path = resumes ? unfinished.path : this.#newPath();
      const save = {
        ...context,
        path,
        source: input.path,
        name,
        id: path.slice(this.#root.length + 1),
        plan: planned.value,
        skipDamaged: input.skipDamaged,
      };
      const outcome = await importSave(this.#kit, save, (folder) => this.#keep(folder)).catch(async (fault: unknown) => {
        await this.#forget(name, path);
        throw fault;
      });
      await this.#keep(outcome.folder);
      return { state: 'imported', finished: this.#kit.clock.wall(), report: { ...outcome.report, name } };
    });
    return { ok: true, value: { job } };
  }

  /** Resolves when Minecraft can join. */
  async start(name: string): Promise<Result<World>> {
    const folder = this.#folders.get(name);
    if (folder === undefined) return refuse('world.not-found', { name });
    if (this.#running?.folder.file.name === name) return { ok: true, value: this.#worldOf(folder) };
    const refusal = this.#whyNotStart(folder);
    if (refusal !== null) return refusal;
    const result = await this.#while(name, 'starting', () =>
      refused(async () => {
        const game = { address: this.#options.game!, auth: this.#options.auth, announce: this.#options.announce };
        const running = await runWorld(this.#kit, folder, game, (fault) => void this.#died(name, fault));
        this.#running = running;
        this.#folders.set(name, await writeWorldFile(folder.path, { ...folder.file, lastPlayed: this.#kit.clock.wall() }));
        await writeFile(this.#runningFile, JSON.stringify({ name }), { flush: true });
        this.#kit.log.event('world.started', { name, game: `${running.gateway.host}:${running.gateway.port}` });
      }),
    );
    return result.ok ? { ok: true, value: this.#worldOf(this.#folders.get(name)!) } : result;
  }

  async stop(name: string): Promise<Result<World>> {
    if (!this.#folders.has(name)) return refuse('world.not-found', { name });
    if (this.#running?.folder.file.name === name) {
      await this.#stopRunning();
      await rm(this.#runningFile, { force: true });
    }
    return { ok: true, value: this.#worldOf(this.#folders.get(name)!) };
  }

  async export(input: { readonly name: string; readonly folder: string }): Promise<Result<StartedJob>> {
    const folder = this.#folders.get(input.name);
    if (folder === undefined) return refuse('world.not-found', { name: input.name });
    const checked = await refused(() => checkExportTarget(input.folder, this.#kit.dataFolder));
    if (!checked.ok) return checked;
    return this.#startJob('export', folder, input.folder, async (context) => {
      const report = await this.#withWorld(folder, (world, snapshot) =>
        exportSave(this.#kit, world, { ...context, name: input.name, target: input.folder, snapshot }),
      );
      return { state: 'exported', finished: this.#kit.clock.wall(), report };
    });
  }

  async verify(name: string): Promise<Result<StartedJob>> {
    const folder = this.#folders.get(name);
    if (folder === undefined) return refuse('world.not-found', { name });
    return this.#startJob('verify', folder, null, async (context) => {
      const report = await this.#withWorld(folder, (world) => verifyWorld(this.#kit, world, { ...context, name }));
      return { state: 'verified', finished: this.#kit.clock.wall(), report };
    });
  }

  async snapshots(name: string): Promise<Result<readonly WorldSnapshot[]>> {
    const folder = this.#folders.get(name);
    if (folder === undefined) return refuse('world.not-found', { name });
    if (folder.file.genesis === null) return { ok: true, value: [] };
    return refused(() => this.#withWorld(folder, async (world) => listSnapshots(world.store)));
  }

  async restore(input: { readonly name: string; readonly snapshot: string }): Promise<Result<World>> {
    const folder = this.#folders.get(input.name);
    if (folder === undefined) return refuse('world.not-found', { name: input.name });
    const { name, genesis } = folder.file;
    if (this.#running?.folder.file.name === name) return refuse('world.already-running', { name });
    if (this.#doing.has(name) || this.#options.jobs.busyWith(name) !== null) return refuse('world.busy', { name });
    if (genesis === null) return refuse('world.damaged', { name });
    return refused(async () => {
      const store = await openWorldStore(this.#kit, folder.path);
      const restored = await closing(store, async () => genesisAt(store, genesis, input.snapshot));
      await this.#keep(await writeWorldFile(folder.path, { ...folder.file, genesis: restored }));
      this.#kit.log.event('world.restored', { name, snapshot: input.snapshot, lineage: restored.lineage });
      return this.#worldOf(this.#folders.get(name)!);
    });
  }

  async delete(input: { readonly name: string; readonly confirm: string }): Promise<Result<null>> {
    const folder = this.#folders.get(input.name);
    if (folder === undefined) return refuse('world.not-found', { name: input.name });
    if (input.confirm !== input.name) return refuse('world.bad-name', { name: input.confirm });
    if (this.#running?.folder.file.name === input.name) return refuse('world.already-running', { name: input.name });
    if (this.#doing.has(input.name) || this.#options.jobs.busyWith(input.name) !== null) return refuse('world.busy', { name: input.name });
    await this.#forget(input.name, folder.path);
    return { ok: true, value: null };
  }

  async players(name: string): Promise<Result<readonly WorldPlayer[]>> {
    const folder = this.#folders.get(name);
    if (folder === undefined) return refuse('world.not-found', { name });
    if (folder.file.genesis === null) return { ok: true, value: [] };
    return refused(() => this.#withWorld(folder, async (world) => playersOfWorld(world)));
  }

  async claim(input: { readonly world: string; readonly player: string; readonly as: string | null }): Promise<Result<null>> {
    const folder = this.#folders.get(input.world);
    if (folder === undefined) return refuse('world.not-found', { name: input.world });
    return refused(() => this.#withWorld(folder, (world) => claimPlayer(world, input).then(() => null)));
  }

  /** Starts again what was running when the node was killed or closed. */
  async resume(): Promise<void> {
    const text = await readFile(this.#runningFile, 'utf8').catch(() => null);
    if (text === null || this.#options.game === null) return;
    const { name } = JSON.parse(text) as { readonly name: string };
    const started = await this.start(name);
    if (!started.ok) this.#kit.log.warn('world.not-resumed', { name, code: started.code });
  }

  async close(): Promise<void> {
    if (this.#running !== null) await this.#stopRunning();
  }

  #whyNotStart(folder: WorldFolder): ReturnType<typeof refuse> | null {
    const { name, playable, genesis, version } = folder.file;
    if (this.#doing.has(name) || this.#options.jobs.busyWith(name) !== null) return refuse('world.busy', { name });
    if (this.#running !== null || this.#doing.size > 0)
      return refuse('world.other-running', { name, running: this.#running?.folder.file.name ?? [...this.#doing.keys()][0]! });
    if (!playable) return refuse('world.too-new-to-play', { name, version });
    if (genesis === null) return refuse('world.damaged', { name });
    return this.#options.game === null ? refuse('node.bad-option', { option: '--game', value: 'off' }) : null;
  }

  async #stopRunning(): Promise<void> {
    const running = this.#running!;
    const { name } = running.folder.file;
    await this.#while(name, 'stopping', async () => {
      await running.stop();
      this.#running = null;
      const folder = this.#folders.get(name)!;
      this.#folders.set(name, await writeWorldFile(folder.path, { ...folder.file, lastPlayed: this.#kit.clock.wall() }));
      this.#kit.log.event('world.stopped', { name });
    });
  }

  /** The world can not go on: players are told, the folder stays as it is for the next start to recover. */
  async #died(name: string, fault: unknown): Promise<void> {
    if (this.#running?.folder.file.name !== name) return;
    const running = this.#running;
    this.#running = null;
    const code: ErrorCode = fault instanceof AppError ? fault.code : 'node.internal';
    this.#kit.log.warn('world.died', { name, code, message: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
    await running.abandon();
    await this.#publish();
  }

  #startJob(kind: 'export' | 'verify', folder: WorldFolder, path: string | null, work: Work): Result<StartedJob> {
    const { name, genesis } = folder.file;
    if (genesis === null) return refuse('world.damaged', { name });
    if (this.#doing.has(name) || this.#options.jobs.busyWith(name) !== null) return refuse('world.busy', { name });
    return { ok: true, value: { job: this.#options.jobs.start(kind, name, path, work) } };
  }

  /** The running world, or one opened for as long as `work` takes. `snapshot` calls back at its moment. */
  #withWorld<T>(
    folder: WorldFolder,
    work: (world: OpenWorld, snapshot: (onCollected: () => void) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const running = this.#running;
    if (running?.folder.file.name === folder.file.name) return work(running.world, (onCollected) => running.driver.snapshot(onCollected));
    return withOpenWorld(this.#kit, folder, (world) => work(world, (onCollected) => world.snapshot(onCollected)));
  }

  async #while<T>(name: string, doing: Doing, work: () => Promise<T>): Promise<T> {
    this.#doing.set(name, doing);
    await this.#publish();
    try {
      return await work();
    } finally {
      this.#doing.delete(name);
      await this.#publish();
    }
  }

  async #keep(folder: WorldFolder): Promise<void> {
    this.#folders.set(folder.file.name, folder);
    await this.#publish();
  }

  async #forget(name: string, path: string): Promise<void> {
    this.#folders.delete(name);
    await removeWorldFolder(path);
    await this.#publish();
  }

  async #publish(): Promise<void> {
    for (const { path, file } of this.#folders.values())
      if (this.#running?.folder.path !== path) this.#bytes.set(file.name, await folderBytes(path));
    this.#options.changed(this.list());
  }

  #worldOf({ file }: WorldFolder): World {
    const running = this.#running?.folder.file.name === file.name ? this.#running : null;
    const importing = file.genesis === null ? (this.#options.jobs.busyWith(file.name) === null ? 'damaged' : 'importing') : null;
    return {
      name: file.name,
      state: this.#doing.get(file.name) ?? importing ?? (running === null ? 'stopped' : 'running'),
      version: file.version,
      dataVersion: file.dataVersion,
      playable: file.playable,
      bytes: this.#bytes.get(file.name) ?? 0,
      lastPlayed: file.lastPlayed,
      gameMode: file.gameMode,
      seed: file.seed,
      icon: file.icon,
      origin: file.origin,
      address: running === null ? null : `${running.gateway.host}:${running.gateway.port}`,
      announced: running !== null && this.#options.announce,
    };
  }

  #checkNewName(name: string): ReturnType<typeof refuse> | null {
    if (this.#folders.has(name) || this.#options.jobs.busyWith(name) !== null) return refuse('world.name-taken', { name });
    return checkWorldName(name);
  }

  #newPath(): string {
    return join(this.#root, toHex(this.#kit.random.bytes(6)));
  }

  get #runningFile(): string {
    return join(this.#kit.dataFolder, 'running.json');
  }

  async #freeBytes(): Promise<number> {
    await mkdir(this.#root, { recursive: true });
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize;
  }
}

/** Turns an AppError into the refusal that it is for whoever asked. */
async function refused<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (fault) {
    if (fault instanceof AppError) return refuse(fault.code, fault.facts);
    throw fault;
  }
}

async function closing<T>(store: { close(): Promise<void> }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await store.close();
  }
}
