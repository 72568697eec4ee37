import { z } from 'zod';
import { done, listOf, procedure, record, text, uuid, wallMillis, worldName } from './schema.ts';

const position = record({ x: z.number(), y: z.number(), z: z.number() });

/** Someone who is in the running world now. */
export const onlinePlayer = record({
  name: text,
  uuid,
  /** Peer id of the machine whose gateway serves them. */
  node: text,
  /** Name of the shard they stand in. */
  shard: text,
  position,
  dimension: text,
  joined: wallMillis,
});

/** Someone whose inventory and position the world keeps. */
export const worldPlayer = record({
  uuid,
  /** null: the save does not tell it. */
  name: text.nullable(),
  /** The player of a single-player save. */
  singlePlayer: z.boolean(),
  dimension: text,
  position: position.nullable(),
  online: z.boolean(),
  /** Who plays as them now: name of the Minecraft player, or null while nobody claimed them. */
  claimedBy: text.nullable(),
});

export const players = {
  online: procedure.output(listOf(onlinePlayer)),
  ofWorld: procedure.input(record({ world: worldName })).output(listOf(worldPlayer)),
  /** `player`: UUID or name in the save. `as`: name or UUID of the Minecraft player who takes them over; null: who plays on this machine. */
  claim: procedure.input(record({ world: worldName, player: text, as: text.nullable() })).output(done),
};

export type OnlinePlayer = z.infer<typeof onlinePlayer>;
export type WorldPlayer = z.infer<typeof worldPlayer>;
