import { chunkKey, chunkOf, type ChunkKey, type Hash, type Uuid } from '../../../../src-shared/units/index.ts';
import type { ScheduledTick, Session } from '../codec/things.ts';
import type { Departure, WorldKit } from '../door.ts';
import type { Entity } from '../model/entity.ts';
import type { Player } from '../model/player.ts';
import { Table, type Blob, type Key } from './table.ts';
import { ENTITIES, OUTBOX, PLAYERS, SCHEDULE, SESSIONS } from './tables.ts';
import type { UndoLog } from './undoLog.ts';

/** All of a shard's state but chunks: tables of immutable values, counters, and indexes that follow from the tables. */
export class Records {
  readonly players: Table<Uuid, Player>;
  readonly entities: Table<number, Entity>;
  readonly sessions: Table<Uuid, Session>;
  readonly outbox: Table<Uuid, Departure>;
  readonly schedule: Table<string, ScheduledTick>;
  tick = 0;
  nextEntityId = 1;
  readonly #entitiesByChunk = new Map<ChunkKey, Set<number>>();
  readonly #playerBySession = new Map<Uuid, Uuid>();

  constructor(kit: WorldKit) {
    this.players = new Table(PLAYERS, kit);
    this.entities = new Table(ENTITIES, kit);
    this.sessions = new Table(SESSIONS, kit);
    this.outbox = new Table(OUTBOX, kit);
    this.schedule = new Table(SCHEDULE, kit);
  }

  /** In the order of the manifest. */
  get tables(): readonly Pick<Table<Key, object>, 'index' | 'collect' | 'collected' | 'load'>[] {
    return [this.players, this.entities, this.sessions, this.outbox, this.schedule];
  }

  /** After the tables were loaded: the indexes. */
  reindex(): void {
    for (const entity of this.entities.values()) this.#moveEntity(undefined, entity);
    for (const { session, player } of this.sessions.values()) this.#playerBySession.set(session, player);
  }

  sessionNamed(session: Uuid): Session | undefined {
    const player = this.#playerBySession.get(session);
    return player === undefined ? undefined : this.sessions.get(player);
  }

  *entitiesIn(chunk: ChunkKey): IterableIterator<Entity> {
    const ids = this.#entitiesByChunk.get(chunk);
    if (ids === undefined) return;
    for (const id of [...ids].sort((a, b) => a - b)) {
      const entity = this.entities.get(id);
      if (entity !== undefined) yield entity;
    }
  }

  putPlayer(uuid: Uuid, player: Player | undefined, undo: UndoLog): void {
    this.#put(this.players, uuid, player, undo);
  }

  putDeparture(uuid: Uuid, departure: Departure | undefined, undo: UndoLog): void {
    this.#put(this.outbox, uuid, departure, undo);
  }

  putScheduled(key: string, scheduled: ScheduledTick | undefined, undo: UndoLog): void {
    this.#put(this.schedule, key, scheduled, undo);
  }

  putEntity(id: number, entity: Entity | undefined, undo: UndoLog): void {
    const before = this.entities.put(id, entity);
    this.#moveEntity(before, entity);
    undo.push(() => {
      this.entities.put(id, before);
      this.#moveEntity(entity, before);
    });
    if (id < this.nextEntityId) return;
    const next = this.nextEntityId;
    this.nextEntityId = id + 1;
    undo.push(() => void (this.nextEntityId = next));
  }

  /** One session a player, one player a session: what would break that goes first. */
  putSession(player: Uuid, session: Session | undefined, undo: UndoLog): void {
    const holder = session === undefined ? undefined : this.#playerBySession.get(session.session);
    if (holder !== undefined && holder !== player) this.putSession(holder, undefined, undo);
    const before = this.sessions.put(player, session);
    this.#nameSession(before, session);
    undo.push(() => {
      this.sessions.put(player, before);
      this.#nameSession(session, before);
    });
  }

  collect(): readonly Blob[] {
    return this.tables.flatMap((table) => table.collect());
  }

  collected(names: ReadonlySet<Hash>): void {
    for (const table of this.tables) table.collected(names);
  }

  #put<K extends Key, V extends object>(table: Table<K, V>, key: K, value: V | undefined, undo: UndoLog): void {
    const before = table.put(key, value);
    undo.push(() => void table.put(key, before));
  }

  #nameSession(before: Session | undefined, after: Session | undefined): void {
    if (before?.session === after?.session) return;
    if (before !== undefined) this.#playerBySession.delete(before.session);
    if (after !== undefined) this.#playerBySession.set(after.session, after.player);
  }

  #moveEntity(before: Entity | undefined, after: Entity | undefined): void {
    const from = before === undefined ? null : chunkOf(before.pose);
    const to = after === undefined ? null : chunkOf(after.pose);
    if (before?.id === after?.id && from?.x === to?.x && from?.z === to?.z) return;
    if (before !== undefined && from !== null) {
      const key = chunkKey(from.x, from.z);
      const ids = this.#entitiesByChunk.get(key);
      ids?.delete(before.id);
      if (ids?.size === 0) this.#entitiesByChunk.delete(key);
    }
    if (after !== undefined && to !== null) {
      const key = chunkKey(to.x, to.z);
      const ids = this.#entitiesByChunk.get(key);
      if (ids === undefined) this.#entitiesByChunk.set(key, new Set([after.id]));
      else ids.add(after.id);
    }
  }
}
