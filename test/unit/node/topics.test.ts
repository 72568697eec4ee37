import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNodeLog } from '../../../src-main/node/nodeLog.ts';
import { createTopics } from '../../../src-main/node/topics.ts';
import { LOG_LINES_SHOWN_MAX } from '../../../src-shared/config/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { STATUS } from '../../fakes/nodeApi.ts';

test('topics: a listener gets the present value at once, every change with a growing revision, and nothing after the end', () => {
  const topics = createTopics({ worlds: [], jobs: [], status: STATUS, players: [], log: [] });
  const seen: number[] = [];
  assert.equal(topics.watched('jobs'), false);
  const end = topics.subscribe('jobs', ({ revision }) => seen.push(revision));
  assert.equal(topics.watched('jobs'), true);
  topics.publish('jobs', []);
  topics.publish('worlds', []);
  topics.publish('jobs', []);
  end();
  topics.publish('jobs', []);
  assert.deepEqual(seen, [1, 2, 3]);
});

test('log: keeps the newest lines, and its facts are plain values', () => {
  const clock = fakeClock({ wall: 5 });
  const log = createNodeLog(clock);
  const heard: string[] = [];
  log.onLine(({ event }) => heard.push(event));
  log.warn('first', { count: 1, text: 'a', none: null, missing: undefined, list: [1, 2] });
  assert.deepEqual(log.lines(1), [
    { sequence: 1, at: 5, level: 'warn', event: 'first', facts: { count: 1, text: 'a', none: null, list: '[1,2]' } },
  ]);
  for (let i = 0; i < LOG_LINES_SHOWN_MAX; i++) log.event(`line ${i}`);
  assert.equal(log.lines(10_000).length, LOG_LINES_SHOWN_MAX);
  assert.equal(log.lines(2).at(-1)!.event, `line ${LOG_LINES_SHOWN_MAX - 1}`);
  assert.equal(heard.length, LOG_LINES_SHOWN_MAX + 1);
});
