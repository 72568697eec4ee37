import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createJobs } from '../../src-main/io/workers/index.ts';
import type { Jobs } from '../../src-main/ports/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { inlineJobs } from '../fakes/inlineJobs.ts';
import { memoryLog } from '../fakes/memoryLog.ts';
import { waitFor } from '../fakes/waitFor.ts';
import * as sample from '../fakes/jobs/sample.ts';

declare module '../../src-main/ports/jobs.ts' {
  interface JobKinds {
    readonly 'test.sum': { readonly input: sample.Sum; readonly output: number };
    readonly 'test.refuse': { readonly input: null; readonly output: never };
    readonly 'test.stumble': { readonly input: null; readonly output: never };
    readonly 'test.wait': { readonly input: null; readonly output: never };
    readonly 'test.exit': { readonly input: number; readonly output: never };
    readonly 'test.spin': { readonly input: SharedArrayBuffer; readonly output: never };
    readonly 'test.hoard': { readonly input: null; readonly output: number };
    readonly 'test.double': { readonly input: Uint8Array; readonly output: Uint8Array };
    readonly 'test.returnFunction': { readonly input: null; readonly output: unknown };
    readonly 'test.missing': { readonly input: null; readonly output: null };
  }
}

const at = (name: string): URL => new URL(`../fakes/jobs/sample.ts#${name}`, import.meta.url);

function threads(context: TestContext, count = 2) {
  const log = memoryLog();
  const jobs = createJobs({
    kinds: {
      'test.sum': new URL('../fakes/jobs/sample.ts', import.meta.url),
      'test.refuse': at('refuse'),
      'test.stumble': at('stumble'),
      'test.wait': at('wait'),
      'test.exit': at('exit'),
      'test.spin': at('spin'),
      'test.hoard': at('hoard'),
      'test.double': at('double'),
      'test.returnFunction': at('returnFunction'),
      'test.missing': at('missing'),
    },
    threads: count,
    heapMegabytes: 64,
    log,
  });
  context.after(() => jobs.close());
  return { jobs, log };
}

const BODIES: readonly { readonly name: string; readonly make: (context: TestContext) => Jobs }[] = [
  { name: 'threads', make: (context) => threads(context).jobs },
  {
    name: 'inline',
    make: () =>
      inlineJobs({
        'test.sum': sample.run,
        'test.refuse': sample.refuse,
        'test.stumble': sample.stumble,
        'test.wait': sample.wait,
        'test.double': sample.double,
        'test.returnFunction': sample.returnFunction,
      }),
  },
];

const internal =
  (why: string) =>
  (error: unknown): boolean =>
    error instanceof AppError && error.code === 'node.internal' && error.facts['why'] === why;

for (const { name, make } of BODIES) {
  describe(`Jobs, ${name} body`, () => {
    test('rules 1, 2: each call gets its own output', async (context) => {
      const jobs = make(context);
      const sums = await Promise.all(Array.from({ length: 40 }, (_, i) => jobs.run('test.sum', { numbers: [i, i] })));
      assert.deepEqual(
        sums,
        Array.from({ length: 40 }, (_, i) => 2 * i),
      );
    });

    test('rule 1: a job’s AppError keeps code and facts, anything else is node.internal', async (context) => {
      const jobs = make(context);
      await assert.rejects(
        jobs.run('test.refuse', null),
        (error) => error instanceof AppError && error.code === 'nbt.malformed' && error.facts['offset'] === 7,
      );
      await assert.rejects(jobs.run('test.stumble', null), internal('threw'));
      await assert.rejects(jobs.run('test.returnFunction', null), internal('threw'));
      assert.equal(await jobs.run('test.sum', { numbers: [1] }), 1);
    });

    test('input is copied, a transferred buffer is gone from the caller', async (context) => {
      const jobs = make(context);
      const bytes = Uint8Array.of(1, 2, 3);
      assert.deepEqual(await jobs.run('test.double', bytes), Uint8Array.of(2, 4, 6));
      assert.deepEqual(bytes, Uint8Array.of(1, 2, 3));
      assert.deepEqual(await jobs.run('test.double', bytes, { transfer: [bytes.buffer] }), Uint8Array.of(2, 4, 6));
      assert.equal(bytes.length, 0);
      const uncloneable = { numbers: [1], extra: () => 1 };
      await assert.rejects(jobs.run('test.sum', uncloneable), internal('input-not-cloneable'));
    });

    test('rule 4: aborted before, while waiting and while running, a job rejects with the reason, and others go on', async (context) => {
      const jobs = make(context);
      const reason = new Error('enough');
      await assert.rejects(jobs.run('test.wait', null, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
      const controllers = Array.from({ length: 6 }, () => new AbortController());
      const runs = controllers.map(({ signal }) => jobs.run('test.wait', null, { signal }));
      const rejections = runs.map((run) => assert.rejects(run, (error) => error === reason));
      const sum = jobs.run('test.sum', { numbers: [4, 5] });
      for (const controller of controllers) controller.abort(reason);
      await Promise.all(rejections);
      assert.equal(await sum, 9);
      const late = new AbortController();
      assert.equal(await jobs.run('test.sum', { numbers: [1] }, { signal: late.signal }), 1);
      late.abort();
      assert.equal(await jobs.run('test.sum', { numbers: [2] }), 2);
    });

    test('rule 6: close rejects what waits and runs, and whatever comes later', async (context) => {
      const jobs = make(context);
      const runs = Array.from({ length: 5 }, () => assert.rejects(jobs.run('test.wait', null), internal('closed')));
      await jobs.close();
      await Promise.all(runs);
      await assert.rejects(jobs.run('test.sum', { numbers: [] }), internal('closed'));
      await jobs.close();
    });
  });
}

test('rule 3: a job that ends its thread rejects alone, and the pool goes on', async (context) => {
  const { jobs, log } = threads(context);
  const runs = [jobs.run('test.sum', { numbers: [1] }), ...[2, 3, 4].map((number) => jobs.run('test.sum', { numbers: [number] }))];
  await assert.rejects(jobs.run('test.exit', 3), internal('thread-died'));
  assert.deepEqual(await Promise.all(runs), [1, 2, 3, 4]);
  assert.equal(log.of('workers.thread-died')[0]!['kind'], 'test.exit');
});

test('rule 3: a job that eats its heap rejects alone, the process lives', async (context) => {
  const { jobs } = threads(context);
  const hoard = assert.rejects(jobs.run('test.hoard', null), internal('thread-died'));
  assert.equal(await jobs.run('test.sum', { numbers: [7] }), 7);
  await hoard;
  assert.equal(await jobs.run('test.sum', { numbers: [8] }), 8);
});

test('rule 4: an endless loop is ended by its abort', async (context) => {
  const { jobs } = threads(context, 1);
  const flag = new SharedArrayBuffer(4);
  const controller = new AbortController();
  const run = assert.rejects(jobs.run('test.spin', flag, { signal: controller.signal }), { name: 'AbortError' });
  await waitFor('the loop runs', () => Atomics.load(new Int32Array(flag), 0) > 0);
  controller.abort();
  await run;
  assert.equal(await jobs.run('test.sum', { numbers: [1, 1] }), 2);
});

test('node.internal: a module without the export rejects its jobs only', async (context) => {
  const { jobs } = threads(context);
  await assert.rejects(jobs.run('test.missing', null), internal('threw'));
  assert.equal(await jobs.run('test.sum', { numbers: [3] }), 3);
});
