import { z } from 'zod';
import { count, facts, listOf, procedure, record, text, wallMillis } from './schema.ts';
import { onlinePlayer } from './players.ts';

const group = record({
  group: text,
  kind: z.enum(['council', 'shard']),
  epoch: count,
  view: count,
  height: count,
  finalHeight: count,
  stateRoot: text,
  role: z.enum(['czar', 'voter', 'learner', 'observer']),
  czar: text,
  voters: listOf(text),
  learners: listOf(text),
  frozen: z.boolean(),
  lagEntries: count,
});

const peer = record({
  peerId: text,
  member: text,
  path: z.enum(['direct', 'relay']),
  transport: text,
  rttMillis: z.number().nonnegative(),
  quota: record({ cores: z.number(), memoryBytes: count, diskBytes: count, uploadBits: count, downloadBits: count }).nullable(),
  reputation: z.number(),
});

/** `peerhold status --json`, word for word. Extended, never changed. */
export const status = record({
  node: record({ peerId: text, version: text, uptimeSeconds: count, observer: z.boolean() }),
  world: record({ name: text, version: text, dataVersion: count, ruleset: text }).nullable(),
  groups: listOf(group),
  players: listOf(onlinePlayer),
  peers: listOf(peer),
  tasks: record({ queued: count, running: count, done: count, verified: count, rejected: count }),
  storage: record({ logBytes: count, blobBytes: count, snapshots: count }),
  ui: text.nullable(),
  game: text.nullable(),
  listen: listOf(text),
});

/** One event of the node: a stable name and facts, as `node --json` prints them. */
export const logLine = record({
  sequence: count,
  at: wallMillis,
  level: z.enum(['info', 'warn']),
  event: text,
  facts,
});

export const node = {
  status: procedure.output(status),
  /** The newest lines, oldest first. */
  log: procedure.input(record({ limit: z.int().min(1).max(1000) })).output(listOf(logLine)),
};

export type NodeStatus = z.infer<typeof status>;
export type LogLine = z.infer<typeof logLine>;
