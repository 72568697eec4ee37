import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NodeApi } from '../../src-main/node/index.ts';
import { contract, topicValues, type Job, type Topic, type World } from '../../src-shared/contract/index.ts';
import type { Result } from '../../src-shared/errors/index.ts';

export interface NodeUnderTest {
  readonly api: NodeApi;
  /** A save that can be imported, and its name. */
  readonly save: { readonly path: string; readonly name: string };
  /** A folder without level.dat, and one that has files in it. */
  readonly noWorld: string;
  readonly notEmpty: string;
  /** A folder that does not exist, inside one that does. */
  readonly target: string;
  close(): Promise<void>;
}

const DEADLINE_MILLIS = 60_000;

/** What every NodeApi promises the interface. Run on the real node and on the fake. */
export function nodeApiContract(title: string, open: () => Promise<NodeUnderTest>): void {
  const check = (rule: string, body: (node: NodeUnderTest) => Promise<void>): void => {
    test(`${title}: ${rule}`, async () => {
      const node = await open();
      try {
        await body(node);
      } finally {
        await node.close();
      }
    });
  };
  describe(`NodeApi of ${title}`, () => {
    topicRules(check);
    worldRules(check);
    jobRules(check);
  });
}

type Check = (rule: string, body: (node: NodeUnderTest) => Promise<void>) => void;

function topicRules(check: Check): void {
  check('T1 every topic tells its present value, valid by the contract, before subscribe returns', async ({ api }) => {
    for (const topic of Object.keys(topicValues) as Topic[]) {
      const seen: unknown[] = [];
      api.subscribe(topic, (revised) => seen.push(revised.value))();
      assert.equal(seen.length, 1, topic);
      topicValues[topic].parse(seen[0]);
    }
  });
  check('T2 revisions grow with every change, and nothing comes after the end', async ({ api }) => {
    const revisions: number[] = [];
    const end = api.subscribe('worlds', ({ revision }) => revisions.push(revision));
    value(await api.worlds.create(newWorld('One')));
    assert.ok(revisions.length >= 2);
    assert.deepEqual(
      revisions,
      [...new Set(revisions)].sort((a, b) => a - b),
    );
    end();
    const before = revisions.length;
    value(await api.worlds.create(newWorld('Two')));
    assert.equal(revisions.length, before);
  });
}

function worldRules(check: Check): void {
  check('W1 a created world is in the list and in the topic, stopped', async ({ api }) => {
    const world = value(await api.worlds.create(newWorld('Meadow')));
    contract.worlds.create['~orpc'].outputSchema!.parse(world);
    assert.equal(world.state, 'stopped');
    assert.deepEqual(names(value(await api.worlds.list())), ['Meadow']);
    assert.deepEqual(names(now(api, 'worlds')), ['Meadow']);
  });
  check('W2 world.name-taken', async ({ api }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    assert.equal(code(await api.worlds.create(newWorld('Meadow'))), 'world.name-taken');
  });
  for (const name of ['../escape', 'a/b', '..'])
    check(`W3 world.bad-name for ${name}`, async ({ api }) => {
      assert.equal(code(await api.worlds.create(newWorld(name))), 'world.bad-name');
    });
  check('W4 world.not-found for everything that names a world', async ({ api, target }) => {
    const named = { name: 'Nowhere' };
    const answers = [
      api.worlds.start(named),
      api.worlds.stop(named),
      api.worlds.verify(named),
      api.worlds.export({ ...named, folder: target }),
      api.worlds.delete({ ...named, confirm: 'Nowhere' }),
      api.players.ofWorld({ world: 'Nowhere' }),
      api.players.claim({ world: 'Nowhere', player: 'Anna', as: null }),
    ];
    for (const answer of answers) assert.equal(code(await answer), 'world.not-found');
  });
  check('W5 a started world has an address, starting again changes nothing, a stopped one has none', async ({ api }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    const started = value(await api.worlds.start({ name: 'Meadow' }));
    assert.equal(started.state, 'running');
    assert.match(started.address ?? '', /:\d+$/);
    assert.equal(value(await api.worlds.start({ name: 'Meadow' })).address, started.address);
    assert.equal(now(api, 'worlds')[0]!.state, 'running');
    const stopped = value(await api.worlds.stop({ name: 'Meadow' }));
    assert.deepEqual([stopped.state, stopped.address], ['stopped', null]);
  });
  check('W6 world.other-running', async ({ api }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    value(await api.worlds.create(newWorld('Desert')));
    value(await api.worlds.start({ name: 'Meadow' }));
    assert.equal(code(await api.worlds.start({ name: 'Desert' })), 'world.other-running');
  });
  check('W7 delete wants the name again (world.bad-name) and a stopped world (world.already-running)', async ({ api }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    assert.equal(code(await api.worlds.delete({ name: 'Meadow', confirm: 'meadow' })), 'world.bad-name');
    value(await api.worlds.start({ name: 'Meadow' }));
    assert.equal(code(await api.worlds.delete({ name: 'Meadow', confirm: 'Meadow' })), 'world.already-running');
    value(await api.worlds.stop({ name: 'Meadow' }));
    value(await api.worlds.delete({ name: 'Meadow', confirm: 'Meadow' }));
    assert.deepEqual(now(api, 'worlds'), []);
  });
}

function jobRules(check: Check): void {
  check('J1 import.not-a-world for plan and import', async ({ api, noWorld }) => {
    assert.equal(code(await api.worlds.plan({ path: noWorld })), 'import.not-a-world');
    assert.equal(code(await api.worlds.import({ path: noWorld, name: null, skipDamaged: false })), 'import.not-a-world');
    assert.deepEqual(now(api, 'jobs'), []);
  });
  check('J2 a plan writes nothing; an import ends as a stopped world and a report that stays until dismissed', async ({ api, save }) => {
    const plan = value(await api.worlds.plan({ path: save.path }));
    contract.worlds.plan['~orpc'].outputSchema!.parse(plan);
    assert.equal(plan.name, save.name);
    assert.deepEqual(now(api, 'worlds'), []);
    const job = await finished(api, value(await api.worlds.import({ path: save.path, name: null, skipDamaged: true })).job);
    assert.equal(job.outcome.state, 'imported');
    assert.deepEqual(
      now(api, 'worlds').map((world) => [world.name, world.state, world.origin]),
      [[save.name, 'stopped', 'imported']],
    );
    value(await api.jobs.dismiss({ id: job.id }));
    assert.deepEqual(now(api, 'jobs'), []);
  });
  check('J3 world.name-taken for an import under the name of a world', async ({ api, save }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    assert.equal(code(await api.worlds.import({ path: save.path, name: 'Meadow', skipDamaged: true })), 'world.name-taken');
  });
  check('J4 verify and export end with their reports; export.target-not-empty', async ({ api, target, notEmpty }) => {
    value(await api.worlds.create(newWorld('Meadow')));
    assert.equal(code(await api.worlds.export({ name: 'Meadow', folder: notEmpty })), 'export.target-not-empty');
    const verify = await finished(api, value(await api.worlds.verify({ name: 'Meadow' })).job);
    assert.equal(verify.outcome.state, 'verified');
    const exported = await finished(api, value(await api.worlds.export({ name: 'Meadow', folder: target })).job);
    assert.equal(exported.outcome.state, 'exported');
  });
  check('J5 cancelling or dismissing an unknown job changes nothing', async ({ api }) => {
    value(await api.jobs.cancel({ id: 'none' }));
    value(await api.jobs.dismiss({ id: 'none' }));
    assert.deepEqual(now(api, 'jobs'), []);
  });
}

function newWorld(name: string) {
  return { name, seed: '42', version: null, mode: 'survival' as const };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(`${result.code} ${JSON.stringify(result.facts)}`);
  return result.value;
}

function code(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.code;
}

function names(worlds: readonly World[]): readonly string[] {
  return worlds.map((world) => world.name);
}

function now(api: NodeApi, topic: 'worlds'): readonly World[];
function now(api: NodeApi, topic: 'jobs'): readonly Job[];
function now(api: NodeApi, topic: 'worlds' | 'jobs'): readonly (World | Job)[] {
  let seen: readonly (World | Job)[] = [];
  api.subscribe(topic, (revised) => {
    seen = revised.value;
  })();
  return seen;
}

/** The job once it is no longer running. */
function finished(api: NodeApi, id: string): Promise<Job> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`job ${id} did not finish in time`)), DEADLINE_MILLIS);
    const end = api.subscribe('jobs', ({ value }) => {
      const job = value.find((item) => item.id === id);
      if (job === undefined || job.outcome.state === 'running') return;
      clearTimeout(deadline);
      queueMicrotask(() => end());
      resolve(job);
    });
  });
}
