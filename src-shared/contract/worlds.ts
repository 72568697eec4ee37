import { z } from 'zod';
import { count, done, errorCode, facts, gameMode, listOf, path, procedure, record, text, uuid, wallMillis, worldName } from './schema.ts';

export const launcher = z.enum(['minecraft', 'prism', 'multimc', 'curseforge', 'modrinth', 'atlauncher', 'gdlauncher', 'other']);

/** An ordinary save in a launcher's folder. Peerhold reads it and never writes to it. */
export const foundSave = record({
  path,
  name: text,
  launcher,
  /** Name of the launcher's instance; null for a launcher without instances. */
  instance: text.nullable(),
  /** "1.21.1"; null for saves from before 15w32a. */
  version: text.nullable(),
  dataVersion: count.nullable(),
  bytes: count,
  /** false: the folder is so large that counting stopped early, `bytes` is a lower bound. */
  bytesExact: z.boolean(),
  lastPlayed: wallMillis.nullable(),
  gameMode: gameMode.nullable(),
  /** Open in Minecraft right now. */
  inUse: z.boolean(),
  /** The save's icon.png in base64. */
  icon: z.string().nullable(),
});

export const worldState = z.enum(['importing', 'stopped', 'starting', 'running', 'stopping', 'damaged']);

/** A world that this machine keeps. Named by its name. */
export const world = record({
  name: worldName,
  state: worldState,
  version: text.nullable(),
  dataVersion: count,
  /** false: kept, verified and exported, but this version of Peerhold can not run it. */
  playable: z.boolean(),
  bytes: count,
  lastPlayed: wallMillis.nullable(),
  gameMode,
  /** Decimal text (64 bit). */
  seed: text,
  icon: z.string().nullable(),
  origin: z.enum(['created', 'imported']),
  /** host:port for Minecraft's Direct Connection while the world runs, else null. */
  address: text.nullable(),
  /** It stands in Minecraft's Multiplayer list of this machine by itself. */
  announced: z.boolean(),
});

export const importProblem = record({
  file: text,
  position: record({ x: z.int(), z: z.int() }).nullable(),
  code: errorCode,
  facts,
});

export const importPlan = record({
  name: text,
  path,
  version: text.nullable(),
  dataVersion: count,
  playable: z.boolean(),
  dimensions: listOf(record({ name: text, regions: count, chunks: count, bytes: count })),
  players: listOf(record({ uuid, singlePlayer: z.boolean() })),
  files: count,
  bytes: count,
  estimatedBytes: count,
  freeBytes: count,
  translated: z.boolean(),
  ignored: listOf(text),
  problems: listOf(importProblem),
});

export const importReport = record({
  name: worldName,
  chunks: count,
  entities: count,
  players: count,
  files: count,
  translated: count,
  skipped: listOf(importProblem),
  millis: z.number().nonnegative(),
});

export const exportReport = record({
  name: worldName,
  folder: path,
  chunks: count,
  files: count,
  bytes: count,
  millis: z.number().nonnegative(),
});

export const verifyReport = record({
  name: worldName,
  stateRoot: text,
  chunks: count,
  damaged: listOf(importProblem),
});

/** A moment of the whole world to which it can be set back. */
export const snapshot = record({
  id: text,
  at: wallMillis,
  /** Height of the overworld's log. */
  height: count,
  /** Counts up with every restore. */
  lineage: count,
});

const named = record({ name: worldName });
const started = record({ job: text });

export const worlds = {
  /** Looks through every launcher's folders again. Newest played first. */
  found: procedure.output(listOf(foundSave)),
  list: procedure.output(listOf(world)),
  /** What an import would do. Writes nothing. */
  plan: procedure.input(record({ path })).output(importPlan),
  /** `name` null: the save's own. `skipDamaged` false: damage refuses the import with `import.damaged-chunks`. */
  import: procedure.input(record({ path, name: worldName.nullable(), skipDamaged: z.boolean() })).output(started),
  /** `seed` null: random; text that is no number is hashed as Minecraft does. `version` null: the newest that can be played. */
  create: procedure
    .input(record({ name: worldName, seed: text.nullable(), version: text.nullable(), mode: z.enum(['survival', 'creative']) }))
    .output(world),
  /** Resolves when Minecraft can join. On a running world it changes nothing. */
  start: procedure.input(named).output(world),
  stop: procedure.input(named).output(world),
  /** `folder` must be empty or not exist. */
  export: procedure.input(record({ name: worldName, folder: path })).output(started),
  verify: procedure.input(named).output(started),
  /** Newest first. */
  snapshots: procedure.input(named).output(listOf(snapshot)),
  /** Sets a stopped world back; what came after stays on disk in the old lineage. */
  restore: procedure.input(record({ name: worldName, snapshot: text })).output(world),
  /** Irreversible. `confirm` repeats the name. */
  delete: procedure.input(record({ name: worldName, confirm: worldName })).output(done),
};

export type FoundSave = z.infer<typeof foundSave>;
export type Launcher = z.infer<typeof launcher>;
export type World = z.infer<typeof world>;
export type WorldSnapshot = z.infer<typeof snapshot>;
export type WorldState = z.infer<typeof worldState>;
export type WorldImportPlan = z.infer<typeof importPlan>;
export type WorldImportProblem = z.infer<typeof importProblem>;
export type WorldImportReport = z.infer<typeof importReport>;
export type WorldExportReport = z.infer<typeof exportReport>;
export type WorldVerifyReport = z.infer<typeof verifyReport>;
