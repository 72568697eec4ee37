import { resolve } from 'node:path';
import type { Job, World } from '../../src-shared/contract/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import type { Output } from './output.ts';
import { valueOf, withApi, type CommandApi } from './session.ts';
import { isSet, textOf, wordAt, type Typed } from './words.ts';

type WorldCommand = (api: CommandApi, typed: Typed, out: Output) => Promise<void>;

/** `peerhold world ...`, one entry a word. */
const COMMANDS: Readonly<Record<string, WorldCommand>> = {
  list: async (api, _typed, out) => {
    const worlds = valueOf(await api.worlds.list());
    out.json(
      worlds.map(({ name, state, version, dataVersion, bytes, lastPlayed }) => ({ name, state, version, dataVersion, bytes, lastPlayed })),
    );
    out.lines(worlds.map(describeWorld));
  },
  create: async (api, typed, out) => {
    const mode = textOf(typed, 'mode') ?? 'survival';
    if (mode !== 'survival' && mode !== 'creative') throw new AppError('node.bad-option', { option: '--mode', value: mode });
    const world = valueOf(
      await api.worlds.create({ name: wordAt(typed, 2, 'NAME'), seed: textOf(typed, 'seed'), version: textOf(typed, 'version'), mode }),
    );
    out.json(world);
    out.lines([describeWorld(world)]);
  },
  import: async (api, typed, out) => {
    const path = resolve(wordAt(typed, 2, 'PATH'));
    if (isSet(typed, 'plan')) {
      const plan = valueOf(await api.worlds.plan({ path }));
      out.json(plan);
      out.lines([JSON.stringify(plan, null, 2)]);
      return;
    }
    const { job } = valueOf(await api.worlds.import({ path, name: textOf(typed, 'name'), skipDamaged: isSet(typed, 'skip-damaged') }));
    report(await follow(api, job, out), out);
  },
  export: async (api, typed, out) => {
    const { job } = valueOf(await api.worlds.export({ name: wordAt(typed, 2, 'NAME'), folder: resolve(wordAt(typed, 3, 'DIR')) }));
    report(await follow(api, job, out), out);
  },
  verify: async (api, typed, out) => {
    const { job } = valueOf(await api.worlds.verify({ name: wordAt(typed, 2, 'NAME') }));
    report(await follow(api, job, out), out);
  },
  snapshots: async (api, typed, out) => {
    const snapshots = valueOf(await api.worlds.snapshots({ name: wordAt(typed, 2, 'NAME') }));
    out.json(snapshots);
    out.lines(snapshots.map(({ id, at, height }) => `${id}  ${new Date(at).toISOString()}  height ${height}`));
  },
  restore: async (api, typed, out) => {
    const world = valueOf(await api.worlds.restore({ name: wordAt(typed, 2, 'NAME'), snapshot: wordAt(typed, 3, 'SNAPSHOT') }));
    out.json(world);
    out.lines([describeWorld(world)]);
  },
  start: async (api, typed, out) => {
    const world = valueOf(await api.worlds.start({ name: wordAt(typed, 2, 'NAME') }));
    out.json(world);
    out.lines([describeWorld(world)]);
  },
  stop: async (api, typed, out) => {
    const world = valueOf(await api.worlds.stop({ name: wordAt(typed, 2, 'NAME') }));
    out.json(world);
    out.lines([describeWorld(world)]);
  },
  delete: async (api, typed, out) => {
    const name = wordAt(typed, 2, 'NAME');
    valueOf(await api.worlds.delete({ name, confirm: textOf(typed, 'confirm') ?? '' }));
    out.json({ name, deleted: true });
    out.lines([`${name} is deleted.`]);
  },
  claim: async (api, typed, out) => {
    const input = { world: wordAt(typed, 2, 'NAME'), player: wordAt(typed, 3, 'PLAYER'), as: textOf(typed, 'as') };
    valueOf(await api.players.claim(input));
    out.json(input);
    out.lines([`${input.player} is claimed.`]);
  },
};

/** Commands that make no sense without a node that runs on. */
const NEEDS_NODE = new Set(['start', 'stop']);

export async function runWorldCommand(typed: Typed, dataFolder: string, out: Output): Promise<void> {
  const word = wordAt(typed, 1, 'world command');
  const command = COMMANDS[word];
  if (command === undefined) throw new AppError('node.bad-option', { option: 'world', value: word });
  await withApi(dataFolder, async (api, running) => {
    if (!running && NEEDS_NODE.has(word)) throw new AppError('node.not-running', { folder: dataFolder });
    await command(api, typed, out);
  });
}

function follow(api: CommandApi, id: string, out: Output): Promise<Job> {
  return api.followJob(id, ({ progress }) =>
    out.progress(`${progress.phase} ${progress.chunksDone}/${progress.chunksTotal} chunks, ${Math.round(progress.chunksPerSecond)}/s`),
  );
}

/** The report of a finished job, or its problem as the fault that ends the command. */
function report(job: Job, out: Output): void {
  const { outcome } = job;
  switch (outcome.state) {
    case 'imported':
    case 'exported':
    case 'verified':
      out.json(outcome.report);
      out.lines([JSON.stringify(outcome.report, null, 2)]);
      return;
    case 'failed':
      throw new AppError(outcome.problem.code, outcome.problem.facts);
    case 'cancelled':
      throw new AppError('import.cancelled');
    case 'running':
      throw new Error('a finished job still runs');
  }
}

function describeWorld(world: World): string {
  return `${world.name}  ${world.state}  ${world.version ?? 'unknown version'}  ${(world.bytes / 1e6).toFixed(1)} MB${world.address === null ? '' : `  ${world.address}`}`;
}
