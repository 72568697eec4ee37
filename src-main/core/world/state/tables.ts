import type { Uuid } from '../../../../src-shared/units/index.ts';
import type { Entity } from '../model/entity.ts';
import type { Player } from '../model/player.ts';
import { departure, entity, player, scheduledTick, session, type ScheduledTick, type Session } from '../codec/things.ts';
import type { Departure } from '../door.ts';
import type { TableKind } from './table.ts';

const ENTITIES_PER_BUCKET = 64;

/** 256 buckets by the first byte, so that buckets ascend as the UUIDs do. */
function bucketOfUuid(uuid: Uuid): number {
  return Number.parseInt(uuid.slice(0, 2), 16);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const PLAYERS: TableKind<Uuid, Player> = {
  tag: 16,
  shape: player,
  keyOf: ({ uuid }) => uuid,
  bucketOf: ({ uuid }) => bucketOfUuid(uuid),
  compare: (a, b) => compareText(a.uuid, b.uuid),
};

export const ENTITIES: TableKind<number, Entity> = {
  tag: 17,
  shape: entity,
  keyOf: ({ id }) => id,
  bucketOf: ({ id }) => Math.floor(id / ENTITIES_PER_BUCKET),
  compare: (a, b) => a.id - b.id,
};

/** By player: a player has at most one session. */
export const SESSIONS: TableKind<Uuid, Session> = {
  tag: 18,
  shape: session,
  keyOf: (value) => value.player,
  bucketOf: (value) => bucketOfUuid(value.player),
  compare: (a, b) => compareText(a.player, b.player),
};

export const OUTBOX: TableKind<Uuid, Departure> = {
  tag: 19,
  shape: departure,
  keyOf: (value) => value.player.uuid,
  bucketOf: (value) => bucketOfUuid(value.player.uuid),
  compare: (a, b) => compareText(a.player.uuid, b.player.uuid),
};

/** By position and kind: a second tick for the same thing is dropped. One bucket per due tick. */
export const SCHEDULE: TableKind<string, ScheduledTick> = {
  tag: 20,
  shape: scheduledTick,
  keyOf: (value) => scheduleKey(value),
  bucketOf: ({ tick }) => tick,
  compare: (a, b) => a.tick - b.tick || a.pos.y - b.pos.y || a.pos.z - b.pos.z || a.pos.x - b.pos.x || compareText(a.kind, b.kind),
};

export function scheduleKey({ pos, kind }: Pick<ScheduledTick, 'pos' | 'kind'>): string {
  return `${pos.x},${pos.y},${pos.z},${kind}`;
}
