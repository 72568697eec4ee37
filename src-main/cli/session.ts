import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectInterface, ask, type ContractClient, type InterfaceConnection } from '../bridge/index.ts';
import { buildNode, type NodeApi } from '../node/index.ts';
import type { Job } from '../../src-shared/contract/index.ts';
import { AppError, type Result } from '../../src-shared/errors/index.ts';
import { PRODUCT_VERSION } from './version.ts';

const FILE = 'interface.json';

/** What a running node leaves in its folder so that the command line finds it. Holds the token: readable by the owner only. */
export interface InterfaceFile {
  readonly pid: number;
  readonly url: string;
}

export async function writeInterfaceFile(dataFolder: string, file: InterfaceFile): Promise<void> {
  await rm(join(dataFolder, FILE), { force: true });
  await writeFile(join(dataFolder, FILE), JSON.stringify(file), { mode: 0o600 });
}

export async function removeInterfaceFile(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, FILE), { force: true });
}

/** The part of the node that commands use, whoever answers. */
export type CommandApi = Pick<NodeApi, 'worlds' | 'jobs' | 'players' | 'node'> & {
  /** Resolves when the job is no longer running; tells every change on the way. */
  followJob(id: string, changed: (job: Job) => void): Promise<Job>;
};

/** Talks to the node that runs on the folder, or opens the folder itself for as long as `work` takes. */
export async function withApi<T>(dataFolder: string, work: (api: CommandApi, running: boolean) => Promise<T>): Promise<T> {
  const connection = await connectRunning(dataFolder);
  if (connection !== null) {
    try {
      return await work(remoteApi(connection.client), true);
    } finally {
      connection.close();
    }
  }
  const node = await buildNode({ dataFolder, game: null, auth: 'mojang', announce: false, observer: false, version: PRODUCT_VERSION });
  try {
    return await work({ ...node.api, followJob: (id, changed) => followLocally(node.api, id, changed) }, false);
  } finally {
    await node.close();
  }
}

async function connectRunning(dataFolder: string): Promise<InterfaceConnection | null> {
  const text = await readFile(join(dataFolder, FILE), 'utf8').catch(() => null);
  if (text === null) return null;
  const { url } = JSON.parse(text) as InterfaceFile;
  // The file of a killed node may be left over: then nobody answers there.
  return connectInterface(url).catch(() => null);
}

function remoteApi(client: ContractClient): CommandApi {
  const { worlds, jobs, players, node } = client;
  return {
    worlds: {
      found: () => ask(worlds.found()),
      list: () => ask(worlds.list()),
      plan: (input) => ask(worlds.plan(input)),
      import: (input) => ask(worlds.import(input)),
      create: (input) => ask(worlds.create(input)),
      start: (input) => ask(worlds.start(input)),
      stop: (input) => ask(worlds.stop(input)),
      export: (input) => ask(worlds.export(input)),
      verify: (input) => ask(worlds.verify(input)),
      snapshots: (input) => ask(worlds.snapshots(input)),
      restore: (input) => ask(worlds.restore(input)),
      delete: (input) => ask(worlds.delete(input)),
    },
    jobs: { list: () => ask(jobs.list()), cancel: (input) => ask(jobs.cancel(input)), dismiss: (input) => ask(jobs.dismiss(input)) },
    players: {
      online: () => ask(players.online()),
      ofWorld: (input) => ask(players.ofWorld(input)),
      claim: (input) => ask(players.claim(input)),
    },
    node: { status: () => ask(node.status()), log: (input) => ask(node.log(input)) },
    followJob: async (id, changed) => {
      for await (const { value } of await client.topics.jobs()) {
        const job = value.find((item) => item.id === id);
        if (job === undefined) continue;
        changed(job);
        if (job.outcome.state !== 'running') return job;
      }
      throw new Error('the node ended while the job ran');
    },
  };
}

function followLocally(api: NodeApi, id: string, changed: (job: Job) => void): Promise<Job> {
  return new Promise((resolve) => {
    const end = api.subscribe('jobs', ({ value }) => {
      const job = value.find((item) => item.id === id);
      if (job === undefined) return;
      changed(job);
      if (job.outcome.state === 'running') return;
      queueMicrotask(() => end());
      resolve(job);
    });
  });
}

/** The value, or the refusal as the fault that ends the command. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new AppError(result.code, result.facts);
}
