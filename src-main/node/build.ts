import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { JOB_HEAP_MEGABYTES, LOG_LINES_SHOWN_MAX } from '../../src-shared/config/index.ts';
import type { NodeStatus } from '../../src-shared/contract/index.ts';
import { createKit, createRules } from '../core/world/index.ts';
import { buildTables } from '../io/game/index.ts';
import { findSaves } from '../io/places/index.ts';
import { createCrypto, lockFolder, openIdentity, realClock, realRandom } from '../io/platform/index.ts';
import { createJobs } from '../io/workers/index.ts';
import type { NodeApi } from './api.ts';
import { JobBoard } from './jobs.ts';
import type { NodeKit } from './kit.ts';
import { createNodeLog, type NodeLog } from './nodeLog.ts';
import type { GameAddress } from './runningWorld.ts';
import { onlinePlayers, statusOf, type Listening } from './status.ts';
import { createTopics, type Topics } from './topics.ts';
import { Worlds } from './worlds.ts';

export interface NodeOptions {
  /** Absolute. Made when it is missing. */
  readonly dataFolder: string;
  /** Where Minecraft joins; null: this machine has no endpoint. */
  readonly game: GameAddress | null;
  readonly auth: 'mojang' | 'offline';
  /** Announce the running world in the local network list. */
  readonly announce: boolean;
  readonly observer: boolean;
  readonly version: string;
}

/** A node that holds its data folder. */
export interface PeerholdNode {
  readonly api: NodeApi;
  readonly log: NodeLog;
  readonly peerId: string;
  /** Starts what was running when the node was last killed or closed. */
  resume(): Promise<void>;
  /** Where the interface listens, for `status`; known only after the bridge was started. */
  listening(where: Listening): void;
  /** Durations of the running world's ticks in milliseconds; 0 when nothing runs. */
  tickQuantile(share: number): number;
  /** Hands over, leaves a complete world behind, lets the folder go. */
  close(): Promise<void>;
}

/** The composition root: every part is made here, by hand, in the order in which it needs the others. */
export async function buildNode(options: NodeOptions): Promise<PeerholdNode> {
  await mkdir(options.dataFolder, { recursive: true });
  const lock = await lockFolder(options.dataFolder);
  const kit = await buildKit(options.dataFolder);
  const started = kit.clock.now();
  let listening: Listening = { ui: null, listen: [] };
  const emptyStatus = await statusOf({ kit, options, worlds: null, listening, started });
  const topics = createTopics({ worlds: [], jobs: [], status: emptyStatus, players: [], log: [] });
  const jobs = new JobBoard(kit.clock, kit.random, (list) => topics.publish('jobs', list));
  const worlds = new Worlds({
    kit,
    jobs,
    game: options.game,
    auth: options.auth,
    announce: options.announce,
    changed: (list) => topics.publish('worlds', list),
  });
  const status = () => statusOf({ kit, options, worlds, listening, started });
  await worlds.open();

  const stopWatching = watch(kit, {
    log: () => topics.publish('log', kit.log.lines(LOG_LINES_SHOWN_MAX)),
    slow: async () => {
      if (topics.watched('players')) topics.publish('players', onlinePlayers(kit, worlds));
      if (topics.watched('status')) topics.publish('status', await status());
    },
  });
  const api = createApi({ kit, topics, jobs, worlds, status });
  return {
    api,
    log: kit.log,
    peerId: kit.identity.peerId,
    resume: () => worlds.resume(),
    listening: (where) => {
      listening = where;
    },
    tickQuantile: (share) => worlds.running?.driver.times.quantile(share) ?? 0,
    close: async () => {
      stopWatching();
      await jobs.close();
      await worlds.close();
      await kit.jobs.close();
      lock.release();
    },
  };
}

interface ApiParts {
  readonly kit: NodeKit;
  readonly topics: Topics;
  readonly jobs: JobBoard;
  readonly worlds: Worlds;
  readonly status: () => Promise<NodeStatus>;
}

/** What an interface may ask, joined to who does it. */
function createApi({ kit, topics, jobs, worlds, status }: ApiParts): NodeApi {
  return {
    worlds: {
      found: async () => ({ ok: true, value: await findSaves() }),
      list: async () => ({ ok: true, value: worlds.list() }),
      plan: ({ path }) => worlds.plan(path),
      import: (input) => worlds.import(input),
      create: (input) => worlds.create(input),
      start: ({ name }) => worlds.start(name),
      stop: ({ name }) => worlds.stop(name),
      export: (input) => worlds.export(input),
      verify: ({ name }) => worlds.verify(name),
      snapshots: ({ name }) => worlds.snapshots(name),
      restore: (input) => worlds.restore(input),
      delete: (input) => worlds.delete(input),
    },
    jobs: {
      list: async () => ({ ok: true, value: jobs.list() }),
      cancel: async ({ id }) => ({ ok: true, value: await jobs.cancel(id).then(() => null) }),
      dismiss: async ({ id }) => {
        jobs.dismiss(id);
        return { ok: true, value: null };
      },
    },
    players: {
      online: async () => ({ ok: true, value: onlinePlayers(kit, worlds) }),
      ofWorld: ({ world }) => worlds.players(world),
      claim: (input) => worlds.claim(input),
    },
    node: {
      status: async () => ({ ok: true, value: await status() }),
      log: async ({ limit }) => ({ ok: true, value: kit.log.lines(limit) }),
    },
    subscribe: (topic, listener) => topics.subscribe(topic, listener),
  };
}

export async function buildKit(dataFolder: string): Promise<NodeKit> {
  const clock = realClock();
  const identity = await openIdentity(dataFolder);
  const crypto = await createCrypto(identity.seed);
  const log = createNodeLog(clock);
  const tables = buildTables('1.21.1');
  return {
    dataFolder,
    identity,
    clock,
    random: realRandom(),
    crypto,
    jobs: createJobs({
      kinds: { generate: new URL('./jobModules/generate.ts', import.meta.url) },
      threads: Math.max(1, availableParallelism() - 1),
      heapMegabytes: JOB_HEAP_MEGABYTES,
      log,
    }),
    log,
    world: createKit(tables, (bytes) => crypto.digest(bytes)),
    rules: createRules(),
  };
}

/** Calls `log` a moment after lines were written, `slow` every second. */
function watch(kit: NodeKit, call: { readonly log: () => void; readonly slow: () => Promise<void> }): () => void {
  const LOG_MILLIS = 100;
  const SLOW_MILLIS = 1000;
  let waiting = false;
  let ended = false;
  const stopLog = kit.log.onLine(() => {
    if (waiting) return;
    waiting = true;
    kit.clock.after(LOG_MILLIS, () => {
      waiting = false;
      if (!ended) call.log();
    });
  });
  const again = (): void => {
    if (ended) return;
    cancel = kit.clock.after(SLOW_MILLIS, () => void call.slow().finally(again));
  };
  let cancel = (): void => undefined;
  again();
  return () => {
    ended = true;
    cancel();
    stopLog();
  };
}
