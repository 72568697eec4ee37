import { ADOPTED_BYTES_MAX } from '../../../src-shared/config/index.ts';
import { readNbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import { chunkKey, type BlockPos, type ChunkKey, type ChunkPos, type DimensionName, type Uuid } from '../../../src-shared/units/index.ts';
import { createDraw } from './advanceRandom.ts';
import type { Shard, TickInput, Undo, WorldKit } from './door.ts';
import type { Chunk, StateId } from './model/chunk.ts';
import type { Effect } from './model/effects.ts';
import type { Entity } from './model/entity.ts';
import type { Player } from './model/player.ts';
import type { RuleContext, Rules } from './model/rule.ts';
import type { CouncilView, WorldView } from './model/state.ts';
import type { BlockStates } from './model/states.ts';
import type { GameTables } from './model/tables.ts';

/** Effects that only the accountable part may have: they make, move or destroy items, or concern a player. */
const ACCOUNTABLE: ReadonlySet<Effect['type']> = new Set([
  'player',
  'playerFields',
  'slot',
  'depart',
  'executed',
  'sessionGone',
  'council',
]);

/** Entity chunks are asked for again and again while somebody walks there. */
const PARSED = new WeakMap<Uint8Array, NbtCompound>();

/** The working state of one tick: every emitted effect is applied to the shard at once and can be taken back. */
export class TickContext implements RuleContext {
  readonly world: WorldView;
  readonly tables: GameTables;
  readonly states: BlockStates;
  readonly council: CouncilView;
  readonly rules: Rules;
  readonly effects: Effect[] = [];
  readonly random: (salt: string) => number;
  accountable = true;
  readonly #shard: Shard;
  readonly #undos: Undo[] = [];
  /** Ticks scheduled so far: a second one for the same thing is dropped, and need not stand in the log. */
  readonly #scheduled = new Set<string>();
  readonly #needed: ReadonlySet<ChunkKey>;
  readonly #entityChunks: WorldKit['entityChunks'];
  /** The chunk that was asked about last, because questions come in clusters. */
  #lastX = Number.NaN;
  #lastZ = Number.NaN;
  #lastWithin = false;

  constructor(shard: Shard, input: TickInput, kit: WorldKit, rules: Rules, needed: readonly ChunkPos[]) {
    this.#shard = shard;
    this.#needed = new Set(needed.map(({ x, z }) => chunkKey(x, z)));
    this.world = new NeededView(shard, this.#needed);
    this.tables = kit.tables;
    this.states = kit.states;
    this.council = input.council;
    this.rules = rules;
    this.#entityChunks = kit.entityChunks;
    this.random = createDraw(`${shard.dimension}\n${input.council.seed}\n${input.tick}\n`);
  }

  within(pos: { readonly x: number; readonly z: number }): boolean {
    const x = Math.floor(pos.x) >> 4;
    const z = Math.floor(pos.z) >> 4;
    if (x !== this.#lastX || z !== this.#lastZ) {
      this.#lastX = x;
      this.#lastZ = z;
      this.#lastWithin = this.#needed.has(chunkKey(x, z));
    }
    return this.#lastWithin;
  }

  savedEntities(chunk: ChunkPos): NbtCompound | null {
    const name = this.world.chunk(chunk.x, chunk.z)?.entities ?? null;
    if (name === null) return null;
    const bytes = this.#entityChunks.get(name);
    if (bytes === null) throw new Error(`the entities of chunk ${chunk.x} ${chunk.z} were not handed in`);
    if (bytes.length > ADOPTED_BYTES_MAX) return null;
    let parsed = PARSED.get(bytes);
    if (parsed === undefined) PARSED.set(bytes, (parsed = readNbt(bytes).root));
    return parsed;
  }

  emit(effect: Effect): void {
    if (!this.accountable && isAccountable(effect)) throw new Error(`an ambient rule emitted ${effect.type}`);
    if (effect.type === 'schedule' && this.#isKnown(effect)) return;
    if (effect.type === 'unschedule') this.#scheduled.delete(scheduleKey(effect));
    this.#undos.push(this.#shard.apply([effect]));
    this.effects.push(effect);
  }

  #isKnown(effect: Extract<Effect, { type: 'schedule' }>): boolean {
    const key = scheduleKey(effect);
    if (this.#scheduled.has(key)) return true;
    this.#scheduled.add(key);
    return false;
  }

  /** Takes back everything emitted after the first `length` effects. */
  rewind(length: number): void {
    this.#scheduled.clear();
    while (this.effects.length > length) {
      this.effects.pop();
      this.#shard.undo(this.#undos.pop()!);
    }
  }

  /** Takes everything back from the shard but keeps the list of effects. */
  undo(): void {
    while (this.#undos.length > 0) this.#shard.undo(this.#undos.pop()!);
  }
}

function scheduleKey({ pos, kind }: Extract<Effect, { type: 'schedule' | 'unschedule' }>): string {
  return `${pos.x},${pos.y},${pos.z},${kind}`;
}

function isAccountable(effect: Effect): boolean {
  if (effect.type === 'entity') return effect.entity.body.type === 'item';
  return ACCOUNTABLE.has(effect.type);
}

/** The shard as rules may see it: only the chunks that every machine has at hand in this tick. */
class NeededView implements WorldView {
  readonly dimension: DimensionName;
  readonly minY: number;
  readonly height: number;
  readonly #shard: Shard;
  readonly #needed: ReadonlySet<ChunkKey>;
  /** The chunk of the last look, because looks come in clusters. */
  #lastX = Number.NaN;
  #lastZ = Number.NaN;

  constructor(shard: Shard, needed: ReadonlySet<ChunkKey>) {
    this.#shard = shard;
    this.#needed = needed;
    this.dimension = shard.dimension;
    this.minY = shard.minY;
    this.height = shard.height;
  }

  get tick(): number {
    return this.#shard.tick;
  }

  get nextEntityId(): number {
    return this.#shard.nextEntityId;
  }

  chunk(x: number, z: number): Chunk | null {
    return this.#needed.has(chunkKey(x, z)) ? this.#shard.chunk(x, z) : null;
  }

  block(pos: BlockPos): StateId {
    const x = pos.x >> 4;
    const z = pos.z >> 4;
    if (x !== this.#lastX || z !== this.#lastZ) {
      if (!this.#needed.has(chunkKey(x, z))) throw new Error(`a rule looked at ${pos.x} ${pos.y} ${pos.z}, which nothing asked for`);
      this.#lastX = x;
      this.#lastZ = z;
    }
    return this.#shard.block(pos);
  }

  players(): Iterable<Player> {
    return this.#shard.players();
  }

  player(uuid: Uuid): Player | null {
    return this.#shard.player(uuid);
  }

  entities(): Iterable<Entity> {
    return this.#shard.entities();
  }

  entity(id: number): Entity | null {
    return this.#shard.entity(id);
  }

  entitiesIn(chunk: ChunkKey): Iterable<Entity> {
    return this.#shard.entitiesIn(chunk);
  }

  sequenceOf(session: Uuid): number | null {
    return this.#shard.sequenceOf(session);
  }

  sessionOf(player: Uuid): Uuid | null {
    return this.#shard.sessionOf(player);
  }

  dueTicks(tick: number): Iterable<{ readonly pos: BlockPos; readonly kind: string }> {
    return this.#shard.dueTicks(tick);
  }
}
