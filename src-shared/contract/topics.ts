import { eventIterator } from '@orpc/contract';
import type { z } from 'zod';
import { job } from './jobs.ts';
import { logLine, status } from './node.ts';
import { onlinePlayer } from './players.ts';
import { count, listOf, procedure, record } from './schema.ts';
import { world } from './worlds.ts';

/**
 * Topics carry whole values: whoever listens gets the present one at once and the newest after every change. A slow listener
 * misses values in between and never the last. `revision` grows with every change while the node lives.
 */
export const topicValues = {
  worlds: listOf(world),
  jobs: listOf(job),
  status,
  players: listOf(onlinePlayer),
  /** The newest `LOG_LINES_SHOWN_MAX` lines, oldest first. */
  log: listOf(logLine),
};

export const topics = {
  worlds: procedure.output(eventIterator(record({ revision: count, value: topicValues.worlds }))),
  jobs: procedure.output(eventIterator(record({ revision: count, value: topicValues.jobs }))),
  status: procedure.output(eventIterator(record({ revision: count, value: topicValues.status }))),
  players: procedure.output(eventIterator(record({ revision: count, value: topicValues.players }))),
  log: procedure.output(eventIterator(record({ revision: count, value: topicValues.log }))),
};

export type Topic = keyof typeof topicValues;
export type TopicValue<T extends Topic> = z.infer<(typeof topicValues)[T]>;
export interface Revised<T> {
  readonly revision: number;
  readonly value: T;
}
