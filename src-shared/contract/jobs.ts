import { z } from 'zod';
import { count, done, listOf, problem, procedure, record, text, wallMillis } from './schema.ts';
import { exportReport, importReport, verifyReport } from './worlds.ts';

export const jobPhase = z.enum(['waiting', 'scan', 'chunks', 'files', 'verify', 'done']);

export const jobProgress = record({
  phase: jobPhase,
  chunksDone: count,
  /** 0 while it is not known yet. */
  chunksTotal: count,
  bytesDone: count,
  bytesTotal: count,
  /** Over the last few seconds. */
  chunksPerSecond: z.number().nonnegative(),
  bytesPerSecond: z.number().nonnegative(),
  /** null while there is too little to tell. */
  millisLeft: z.number().nonnegative().nullable(),
});

const finished = wallMillis;

/** How a job stands. A finished one stays until it is dismissed, so that a window opened later still shows the result. */
export const jobOutcome = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('running') }).readonly(),
  z.strictObject({ state: z.literal('imported'), finished, report: importReport }).readonly(),
  z.strictObject({ state: z.literal('exported'), finished, report: exportReport }).readonly(),
  z.strictObject({ state: z.literal('verified'), finished, report: verifyReport }).readonly(),
  z.strictObject({ state: z.literal('failed'), finished, problem }).readonly(),
  z.strictObject({ state: z.literal('cancelled'), finished }).readonly(),
]);

/** A long piece of work that belongs to the node, not to a window. */
export const job = record({
  id: text,
  kind: z.enum(['import', 'export', 'verify']),
  world: text,
  /** Source of an import, target of an export. */
  path: text.nullable(),
  started: wallMillis,
  progress: jobProgress,
  outcome: jobOutcome,
});

export const jobs = {
  list: procedure.output(listOf(job)),
  /** Stops it and removes what it had written. A finished or unknown job: nothing happens. */
  cancel: procedure.input(record({ id: text })).output(done),
  /** Forgets a finished one. */
  dismiss: procedure.input(record({ id: text })).output(done),
};

export type Job = z.infer<typeof job>;
export type JobPhase = z.infer<typeof jobPhase>;
export type JobProgress = z.infer<typeof jobProgress>;
export type JobOutcome = z.infer<typeof jobOutcome>;
