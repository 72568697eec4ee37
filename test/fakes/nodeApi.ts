import type { NodeApi } from '../../src-main/node/index.ts';
import type {
  FoundSave,
  Job,
  JobOutcome,
  JobProgress,
  LogLine,
  NodeStatus,
  OnlinePlayer,
  Topic,
  TopicValue,
  World,
  WorldImportPlan,
  WorldPlayer,
} from '../../src-shared/contract/index.ts';
import { refuse, type Refusal, type Result } from '../../src-shared/errors/index.ts';

export interface FakeNodeOptions {
  readonly saves?: readonly FoundSave[];
  readonly worlds?: readonly World[];
  readonly plan?: WorldImportPlan;
  readonly worldPlayers?: readonly WorldPlayer[];
  /** true: jobs finish by themselves. false: the test moves them with `progress` and `finish`. */
  readonly jobsRun?: boolean;
}

/** A node in memory behind the real door. Passes the door's contract suite. */
export interface FakeNode {
  readonly api: NodeApi;
  publish<T extends Topic>(topic: T, change: (value: TopicValue<T>) => TopicValue<T>): void;
  /** The next call of `method` ("worlds.start") is refused, or rejects with a fault. */
  failNext(method: string, problem: Refusal | Error): void;
  progress(job: string, change: Partial<JobProgress>): void;
  finish(job: string, outcome: JobOutcome): void;
  readonly calls: readonly string[];
  listeners(): number;
}

const WALL = Date.UTC(2026, 10, 20, 19, 30);

export const STATUS: NodeStatus = {
  node: { peerId: '12D3KooWFakeNode', version: '0.1.0', uptimeSeconds: 4260, observer: false },
  world: null,
  groups: [],
  players: [],
  peers: [],
  tasks: { queued: 0, running: 0, done: 0, verified: 0, rejected: 0 },
  storage: { logBytes: 1_200_000, blobBytes: 81_000_000, snapshots: 2 },
  ui: 'http://127.0.0.1:8123/',
  game: null,
  listen: [],
};

export function fakeWorld(change: Partial<World> & { readonly name: string }): World {
  return {
    state: 'stopped',
    version: '1.21.1',
    dataVersion: 3955,
    playable: true,
    bytes: 1_000_000,
    lastPlayed: null,
    gameMode: 'survival',
    seed: '42',
    icon: null,
    origin: 'created',
    address: null,
    announced: false,
    ...change,
  };
}

export const PLAN: WorldImportPlan = {
  name: 'Amber Valley',
  path: '/saves/Amber Valley',
  version: '1.21.1',
  dataVersion: 3955,
  playable: true,
  dimensions: [
    { name: 'minecraft:overworld', regions: 12, chunks: 8112, bytes: 71_300_000 },
    { name: 'minecraft:the_nether', regions: 4, chunks: 1204, bytes: 9_100_000 },
  ],
  players: [],
  files: 61,
  bytes: 84_200_000,
  estimatedBytes: 97_000_000,
  freeBytes: 212_000_000_000,
  translated: false,
  ignored: ['session.lock'],
  problems: [],
};

const NO_PROGRESS: JobProgress = {
  phase: 'waiting',
  chunksDone: 0,
  chunksTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  chunksPerSecond: 0,
  bytesPerSecond: 0,
  millisLeft: null,
};

type Values = { -readonly [T in Topic]: { revision: number; value: TopicValue<T>; listeners: Set<(revised: never) => void> } };

export function createFakeNode(options: FakeNodeOptions = {}): FakeNode {
  const plan = options.plan ?? PLAN;
  const calls: string[] = [];
  const failures = new Map<string, Refusal | Error>();
  const topic = <V>(value: V) => ({ revision: 1, value, listeners: new Set<(revised: never) => void>() });
  const values: Values = {
    worlds: topic<readonly World[]>(options.worlds ?? []),
    jobs: topic<readonly Job[]>([]),
    status: topic(STATUS),
    players: topic<readonly OnlinePlayer[]>([]),
    log: topic<readonly LogLine[]>([]),
  };
  const publish: FakeNode['publish'] = (name, change) => {
    const held = values[name];
    held.revision += 1;
    held.value = change(held.value as never) as never;
    for (const listener of held.listeners) listener({ revision: held.revision, value: held.value } as never);
  };

  const worldsNow = () => values.worlds.value;
  const setWorld = (name: string, change: Partial<World>): World => {
    publish('worlds', (worlds) => worlds.map((world) => (world.name === name ? { ...world, ...change } : world)));
    return worldsNow().find((world) => world.name === name)!;
  };
  const missing = (name: string) => (worldsNow().some((world) => world.name === name) ? null : refuse('world.not-found', { name }));
  const unusable = (name: string) => (/^[^/\\.:]+$/.test(name) ? null : refuse('world.bad-name', { name }));
  const taken = (name: string) => (missing(name) === null ? refuse('world.name-taken', { name }) : null);

  /** Every method: noted, failed on request, then its own refusals in order, then its value. */
  const method = async <T>(name: string, refusals: readonly (Refusal | null)[], value: () => T): Promise<Result<T>> => {
    calls.push(name);
    const failure = failures.get(name);
    failures.delete(name);
    if (failure instanceof Error) throw failure;
    const refusal = failure ?? refusals.find((item) => item !== null);
    return refusal ?? { ok: true, value: value() };
  };

  const setJob = (id: string, change: (job: Job) => Job) =>
    publish('jobs', (jobs) => jobs.map((job) => (job.id === id ? change(job) : job)));
  const finish: FakeNode['finish'] = (id, outcome) => {
    const job = values.jobs.value.find((item) => item.id === id)!;
    if (outcome.state === 'imported') setWorld(job.world, { state: 'stopped' });
    else if (job.kind === 'import') publish('worlds', (worlds) => worlds.filter((world) => world.name !== job.world));
    setJob(id, (item) => ({ ...item, progress: { ...item.progress, phase: 'done', millisLeft: null }, outcome }));
  };
  let jobCount = 0;
  const startJob = (kind: Job['kind'], world: string, path: string | null, outcome: JobOutcome): { readonly job: string } => {
    jobCount += 1;
    const id = `job-${jobCount}`;
    const progress = { ...NO_PROGRESS, chunksTotal: 9316, bytesTotal: plan.bytes };
    publish('jobs', (jobs) => [...jobs, { id, kind, world, path, started: WALL, progress, outcome: { state: 'running' } }]);
    if (options.jobsRun !== false) queueMicrotask(() => finish(id, outcome));
    return { job: id };
  };
  const isRunning = (name: string) => worldsNow().some((world) => world.name === name && world.state === 'running');
  const otherRuns = (name: string) => {
    const other = worldsNow().find((world) => world.state === 'running' && world.name !== name);
    return other === undefined ? null : refuse('world.other-running', { name, running: other.name });
  };
  const report = { chunks: 9316, files: plan.files, millis: 8400 };

  const api: NodeApi = {
    worlds: {
      found: () => method('worlds.found', [], () => options.saves ?? []),
      list: () => method('worlds.list', [], worldsNow),
      plan: ({ path }) => method('worlds.plan', [path.includes('no-world') ? refuse('import.not-a-world', { path }) : null], () => plan),
      import: ({ path, name }) => {
        const chosen = name ?? plan.name;
        const noWorld = path.includes('no-world') ? refuse('import.not-a-world', { path }) : null;
        return method('worlds.import', [noWorld, unusable(chosen), taken(chosen)], () => {
          publish('worlds', (worlds) => [...worlds, fakeWorld({ name: chosen, state: 'importing', origin: 'imported' })]);
          const outcome = { name: chosen, ...report, entities: 214, players: plan.players.length, translated: 0, skipped: plan.problems };
          return startJob('import', chosen, path, { state: 'imported', finished: WALL + 8400, report: outcome });
        });
      },
      create: ({ name, seed, mode }) =>
        method('worlds.create', [unusable(name), taken(name)], () => {
          const world = fakeWorld({ name, seed: seed ?? '-3912874512', gameMode: mode });
          publish('worlds', (worlds) => [...worlds, world]);
          return world;
        }),
      start: ({ name }) =>
        method('worlds.start', [missing(name), otherRuns(name)], () =>
          isRunning(name)
            ? worldsNow().find((world) => world.name === name)!
            : setWorld(name, { state: 'running', address: '127.0.0.1:25565', announced: true }),
        ),
      stop: ({ name }) =>
        method('worlds.stop', [missing(name)], () => setWorld(name, { state: 'stopped', address: null, announced: false })),
      export: ({ name, folder }) => {
        const full = folder.includes('not-empty') ? refuse('export.target-not-empty', { folder }) : null;
        return method('worlds.export', [missing(name), full], () =>
          startJob('export', name, folder, {
            state: 'exported',
            finished: WALL,
            report: { name, folder, ...report, bytes: plan.bytes },
          }),
        );
      },
      snapshots: ({ name }) => method('worlds.snapshots', [missing(name)], () => []),
      restore: ({ name, snapshot }) =>
        method('worlds.restore', [missing(name), refuse('world.snapshot-not-found', { snapshot })], () => fakeWorld({ name })),
      verify: ({ name }) =>
        method('worlds.verify', [missing(name)], () =>
          startJob('verify', name, null, {
            state: 'verified',
            finished: WALL,
            report: { name, stateRoot: 'a3'.repeat(32), chunks: 9316, damaged: [] },
          }),
        ),
      delete: ({ name, confirm }) => {
        const unsure = name === confirm ? null : refuse('world.bad-name', { name: confirm });
        const busy = isRunning(name) ? refuse('world.already-running', { name }) : null;
        return method('worlds.delete', [missing(name), unsure, busy], () => {
          publish('worlds', (worlds) => worlds.filter((world) => world.name !== name));
          return null;
        });
      },
    },
    jobs: {
      list: () => method('jobs.list', [], () => values.jobs.value),
      cancel: ({ id }) =>
        method('jobs.cancel', [], () => {
          const job = values.jobs.value.find((item) => item.id === id);
          if (job?.outcome.state === 'running') finish(id, { state: 'cancelled', finished: WALL });
          return null;
        }),
      dismiss: ({ id }) =>
        method('jobs.dismiss', [], () => {
          publish('jobs', (jobs) => jobs.filter((job) => job.id !== id || job.outcome.state === 'running'));
          return null;
        }),
    },
    players: {
      online: () => method('players.online', [], () => values.players.value),
      ofWorld: ({ world }) => method('players.ofWorld', [missing(world)], () => options.worldPlayers ?? []),
      claim: ({ world, player }) => {
        const known = options.worldPlayers?.some((item) => item.uuid === player || item.name === player) === true;
        return method('players.claim', [missing(world), known ? null : refuse('world.player-not-found', { player })], () => null);
      },
    },
    node: {
      status: () => method('node.status', [], () => values.status.value),
      log: ({ limit }) => method('node.log', [], () => values.log.value.slice(-limit)),
    },
    subscribe(name, listener) {
      const held = values[name];
      const own = (revised: never): void => listener(revised);
      held.listeners.add(own);
      listener({ revision: held.revision, value: held.value as never });
      return () => held.listeners.delete(own);
    },
  };
  return {
    api,
    publish,
    failNext: (name, problem) => failures.set(name, problem),
    progress: (id, change) => setJob(id, (job) => ({ ...job, progress: { ...job.progress, ...change } })),
    finish,
    calls,
    listeners: () => Object.values(values).reduce((sum, { listeners }) => sum + listeners.size, 0),
  };
}
