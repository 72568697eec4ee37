import {
  chunkKey,
  parseChunkKey,
  type BlockPos,
  type ChunkKey,
  type DimensionName,
  type Hash,
  type Uuid,
} from '../../../../src-shared/units/index.ts';
import { blockAt, blockIndex } from '../chunk/volume.ts';
import type { Collected, Departure, Shard, ShardGenesis, Undo, WorldKit } from '../door.ts';
import type { Chunk, SectionLight, StateId } from '../model/chunk.ts';
import type { Effect } from '../model/effects.ts';
import type { Entity } from '../model/entity.ts';
import type { Player } from '../model/player.ts';
import { applyEffect } from './applyEffect.ts';
import { Drafts } from './drafts.ts';
import { encodeFacts, encodeManifest, nameOfManifest, type ManifestParts } from './manifest.ts';
import type { PageIndex } from './pages.ts';
import type { Records } from './records.ts';
import { Residents } from './residents.ts';
import { UndoLog } from './undoLog.ts';

/** Immutable values in mutable places: undoing is putting back what was there. */
export class ShardState implements Shard {
  readonly dimension: DimensionName;
  readonly minY: number;
  readonly height: number;
  readonly #kit: WorldKit;
  readonly #pages: PageIndex;
  readonly #records: Records;
  readonly #residents: Residents;
  readonly #air: StateId;

  constructor(genesis: ShardGenesis, state: { readonly pages: PageIndex; readonly records: Records }, kit: WorldKit) {
    this.dimension = genesis.dimension;
    this.minY = genesis.minY;
    this.height = genesis.height;
    this.#kit = kit;
    this.#pages = state.pages;
    this.#records = state.records;
    this.#residents = new Residents(state.pages, kit);
    this.#air = kit.states.idOf('minecraft:air');
  }

  get tick(): number {
    return this.#records.tick;
  }

  setTick(tick: number): void {
    this.#records.tick = tick;
  }

  get nextEntityId(): number {
    return this.#records.nextEntityId;
  }

  chunk(x: number, z: number): Chunk | null {
    return this.#residents.get(x, z);
  }

  block({ x, y, z }: BlockPos): StateId {
    if (y < this.minY || y >= this.minY + this.height) return this.#air;
    const chunk = this.#residents.get(x >> 4, z >> 4);
    if (chunk === null) throw new Error(`block ${x} ${y} ${z} is in a chunk that is not resident`);
    const section = chunk.sections[(y >> 4) - chunk.minSection];
    return section === undefined ? this.#air : blockAt(section.blocks, blockIndex(x, y, z));
  }

  players(): Iterable<Player> {
    return this.#records.players.values();
  }

  player(uuid: Uuid): Player | null {
    return this.#records.players.get(uuid) ?? null;
  }

  entities(): Iterable<Entity> {
    return this.#records.entities.values();
  }

  entity(id: number): Entity | null {
    return this.#records.entities.get(id) ?? null;
  }

  entitiesIn(chunk: ChunkKey): Iterable<Entity> {
    return this.#records.entitiesIn(chunk);
  }

  sequenceOf(session: Uuid): number | null {
    return this.#records.sessionNamed(session)?.sequence ?? null;
  }

  sessionOf(player: Uuid): Uuid | null {
    return this.#records.sessions.get(player)?.session ?? null;
  }

  dueTicks(tick: number): Iterable<{ readonly pos: BlockPos; readonly kind: string }> {
    return this.#records.schedule.inBucket(tick);
  }

  departures(): Iterable<Departure> {
    return this.#records.outbox.values();
  }

  nameOfChunk(x: number, z: number): Hash | null {
    return this.#residents.nameOf(x, z);
  }

  *chunkNames(): IterableIterator<{ readonly x: number; readonly z: number; readonly name: Hash }> {
    this.#residents.nameAll();
    yield* this.#pages.entries();
  }

  insert(chunk: Chunk): void {
    this.#residents.insert(chunk);
  }

  evict(key: ChunkKey): boolean {
    const { x, z } = parseChunkKey(key);
    return this.#residents.evict(x, z);
  }

  *resident(): IterableIterator<ChunkKey> {
    for (const { x, z } of this.#residents.positions()) yield chunkKey(x, z);
  }

  setLight(x: number, z: number, light: readonly SectionLight[]): void {
    this.#residents.setLight(x, z, light, null);
  }

  apply(effects: readonly Effect[]): Undo {
    const undo = new UndoLog();
    const drafts = new Drafts(this.#residents, this, this.#kit);
    for (const effect of effects) applyEffect(effect, this.#records, drafts, undo);
    drafts.seal(undo);
    return undo.seal();
  }

  undo(undo: Undo): void {
    UndoLog.of(undo).run();
  }

  root(): Hash {
    return nameOfManifest(this.#manifest(), this.#kit);
  }

  collect(): Collected {
    const parts = this.#manifest();
    const root = nameOfManifest(parts, this.#kit);
    const manifest = { name: root, encode: () => encodeManifest(parts) };
    return { root, blobs: [...this.#residents.collect(), ...this.#pages.collect(), ...this.#records.collect(), manifest] };
  }

  collected({ blobs }: Collected): void {
    const names = new Set(blobs.map(({ name }) => name));
    this.#residents.collected(names);
    this.#pages.collected(names);
    this.#records.collected(names);
  }

  #manifest(): ManifestParts {
    this.#residents.nameAll();
    const { dimension, minY, height, tick, nextEntityId } = this;
    return [
      encodeFacts({ dimension, minY, height, tick, nextEntityId }),
      this.#pages.index(),
      ...this.#records.tables.map((table) => table.index()),
    ];
  }
}
