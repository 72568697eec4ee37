import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { Job } from '../../../src-shared/contract/index.ts';
import { JobBoard, type Step } from '../../../src-main/node/jobs.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';

const REPORT = { name: 'w', stateRoot: '', chunks: 1, damaged: [] };

function board() {
  const clock = fakeClock();
  const published: (readonly Job[])[] = [];
  return { clock, published, jobs: new JobBoard(clock, seededRandom(1), (list) => published.push(list)) };
}

test('jobs: a job that ends stays with its report until it is dismissed', async () => {
  const { jobs, published } = board();
  const id = jobs.start('verify', 'w', null, async () => ({ state: 'verified', finished: 7, report: REPORT }));
  assert.equal(published.at(-1)![0]!.outcome.state, 'running');
  assert.equal(jobs.busyWith('w')?.id, id);
  assert.deepEqual(await jobs.outcome(id), { state: 'verified', finished: 7, report: REPORT });
  assert.equal(jobs.busyWith('w'), null);
  jobs.dismiss(id);
  assert.deepEqual(jobs.list(), []);
  assert.deepEqual(published.at(-1), []);
});

test('jobs: a running job can not be dismissed, and cancelling it waits until it has ended', async () => {
  const { jobs } = board();
  const id = jobs.start(
    'import',
    'w',
    '/save',
    ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  jobs.dismiss(id);
  assert.equal(jobs.list().length, 1);
  await jobs.cancel(id);
  assert.equal((await jobs.outcome(id))!.state, 'cancelled');
});

test('jobs: a fault becomes its code and facts, anything else node.internal', async () => {
  const { jobs } = board();
  const known = jobs.start('export', 'w', '/out', () => Promise.reject(new AppError('node.no-space', { free: 1 })));
  assert.deepEqual(((await jobs.outcome(known)) as { problem: unknown }).problem, { code: 'node.no-space', facts: { free: 1 } });
  const unknown = jobs.start('export', 'v', '/out', () => Promise.reject(new TypeError('oops')));
  assert.deepEqual(((await jobs.outcome(unknown)) as { problem: unknown }).problem, { code: 'node.internal', facts: { message: 'oops' } });
});

test('jobs: rate and time left come from the last seconds', async () => {
  const { jobs, clock } = board();
  const steps = Promise.withResolvers<(step: Step) => void>();
  const end = Promise.withResolvers<void>();
  const id = jobs.start('verify', 'w', null, async (context) => {
    steps.resolve((step) => context.progress(step));
    await end.promise;
    return { state: 'verified', finished: 0, report: REPORT };
  });
  const progress = await steps.promise;
  const at = (bytesDone: number): Step => ({ phase: 'chunks', chunksDone: bytesDone / 10, chunksTotal: 100, bytesDone, bytesTotal: 1000 });
  progress(at(0));
  await clock.advance(1000);
  progress(at(100));
  await clock.advance(1000);
  progress(at(200));
  const job = jobs.list()[0]!;
  assert.equal(job.progress.bytesPerSecond, 100);
  assert.equal(job.progress.chunksPerSecond, 10);
  assert.equal(job.progress.millisLeft, 8000);
  end.resolve();
  await jobs.outcome(id);
  assert.equal(jobs.list()[0]!.progress.phase, 'done');
});
