import {
  advance,
  completeCommand,
  createKit,
  createRules,
  createShard,
  encodeChunk,
  encodeEffects,
  generateChunk,
  nameOfEncoded,
  neededChunks,
  type Chunk,
  type Command,
  type CouncilView,
  type Effect,
  type Shard,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';
import {
  buildTables,
  startGateway,
  type Gateway,
  type GatewayEvent,
  type GatewayOptions,
  type Presence,
} from '../../../src-main/io/game/index.ts';
import { createHasher, realClock } from '../../../src-main/io/platform/index.ts';
import type { ChunkPos, Uuid } from '../../../src-shared/units/index.ts';

export interface HostOptions {
  readonly gateway?: Partial<GatewayOptions>;
  readonly council?: Partial<CouncilView>;
  /** Makes a chunk instead of the flat generator. */
  readonly chunk?: (x: number, z: number, kit: WorldKit) => Chunk;
  /** Blob of the save's entities of a chunk. */
  readonly entities?: (x: number, z: number) => Uint8Array | null;
}

const TICK_MILLIS = 50;
const DIMENSION = 'minecraft:overworld';

/**
 * A node in little: one shard in memory with the real rules, ticking on the test's thread, and a real gateway. What agreement, storage
 * and presence checks do in a node is left out; everything the gateway sees is as in a node.
 */
export class TestHost {
  readonly kit: WorldKit;
  readonly shard: Shard;
  readonly events: GatewayEvent[] = [];
  /** Refused commands, by code. */
  readonly refusals: string[] = [];
  council: CouncilView;
  gateway!: Gateway;
  /** While false, nothing ticks and nothing is answered: a node that hangs. */
  running = true;
  readonly #rules = createRules();
  readonly #options: HostOptions;
  readonly #queue: Command[] = [];
  readonly #sessions = new Map<Uuid, Uuid>();
  /** Newest sequence that was queued, by session. */
  readonly #sequences = new Map<Uuid, number>();
  readonly #presences = new Map<Uuid, Presence>();
  readonly #changed = new Set<Uuid>();
  readonly #encodings = new WeakMap<Chunk, { readonly chunk: Uint8Array; readonly name: string }>();
  #height = 0;
  #cancel: (() => void) | null = null;

  private constructor(kit: WorldKit, options: HostOptions) {
    this.kit = kit;
    this.#options = options;
    this.shard = createShard({ dimension: DIMENSION, minY: -64, height: 384 }, kit);
    this.council = {
      height: 1,
      worldName: 'Test',
      seed: 42n,
      generator: { kind: 'flat', version: 1 },
      defaultGameMode: 'creative',
      difficulty: 'easy',
      hardcore: false,
      spawn: { pos: { x: 8, y: -60, z: 8 }, angle: 0 },
      operators: new Set(),
      gameRules: new Map(),
      time: { offset: 6000, frozen: null },
      weather: { kind: 'clear', untilTick: Number.MAX_SAFE_INTEGER },
      ...options.council,
    };
  }

  static async start(options: HostOptions = {}): Promise<TestHost> {
    const { digest } = await createHasher();
    const kit = createKit(buildTables('1.21.1'), digest);
    const host = new TestHost(kit, options);
    host.gateway = await startGateway(
      { host: '127.0.0.1', port: 0, auth: 'offline', version: '1.21.1', announce: false, viewDistance: 6, ...options.gateway },
      kit,
      (event) => host.#event(event),
    );
    host.gateway.failed.catch((fault: unknown) => {
      console.error('gateway failed', fault);
    });
    host.showWorld();
    host.#schedule();
    return host;
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    await this.gateway.close();
  }

  showWorld(): void {
    this.gateway.show({ type: 'world', name: 'Test', motd: 'A test world', icon: null, council: this.council, tick: this.shard.tick });
  }

  setCouncil(change: Partial<CouncilView>): void {
    this.council = { ...this.council, ...change };
    this.showWorld();
  }

  player(name: string): ReturnType<Shard['player']> {
    for (const player of this.shard.players()) if (player.name === name) return player;
    return null;
  }

  /** Effects from nowhere, shown like an entry's. */
  apply(effects: readonly Effect[]): void {
    for (const effect of effects) if (effect.type === 'block') this.#load({ x: effect.pos.x >> 4, z: effect.pos.z >> 4 });
    this.shard.apply(effects);
    this.#show(effects);
  }

  /** Effects that make the gateway send a player's window again. */
  resync(name: string): Uint8Array {
    return encodeEffects([{ type: 'show', event: { kind: 'resync', uuid: this.player(name)!.uuid } }], this.kit);
  }

  /** A player leaves a dimension for another. */
  departure(name: string): Uint8Array {
    const { uuid, pose } = this.player(name)!;
    return encodeEffects([{ type: 'depart', uuid, to: 'minecraft:overworld', pose }], this.kit);
  }

  block(x: number, y: number, z: number): string {
    this.#load({ x: x >> 4, z: z >> 4 });
    return this.kit.states.nameOf(this.shard.block({ x, y, z }));
  }

  stateAt(x: number, y: number, z: number): number {
    this.#load({ x: x >> 4, z: z >> 4 });
    return this.shard.block({ x, y, z });
  }

  count(type: GatewayEvent['type']): number {
    return this.events.filter((event) => event.type === type).length;
  }

  #schedule(): void {
    this.#cancel = realClock().after(TICK_MILLIS, () => {
      if (this.running) this.#tick();
      this.#schedule();
    });
  }

  #tick(): void {
    const tick = this.shard.tick + 1;
    const commands = [...this.#keyframes(), ...this.#queue.splice(0)];
    const input = { council: this.council, commands, tick };
    for (const pos of neededChunks(this.shard, input, this.kit, this.#rules)) this.#load(pos);
    const { effects } = advance(this.shard, input, this.kit, this.#rules);
    this.shard.apply(effects);
    this.shard.setTick(tick);
    this.#show(effects);
    for (const effect of effects) this.#follow(effect, commands);
    const presences = [...this.#changed].flatMap((uuid) => this.#presences.get(uuid) ?? []);
    this.#changed.clear();
    if (presences.length > 0) this.gateway.show({ type: 'presence', dimension: DIMENSION, presences });
  }

  #show(effects: readonly Effect[]): void {
    this.#height += 1;
    const bytes = encodeEffects(effects, this.kit);
    this.gateway.show({ type: 'effects', dimension: DIMENSION, height: this.#height, tick: this.shard.tick, effects: bytes });
  }

  #keyframes(): readonly Command[] {
    return [...this.#changed].flatMap((player) => {
      const session = [...this.#sessions].find(([, uuid]) => uuid === player)?.[0];
      const presence = this.#presences.get(player);
      if (session === undefined || presence === undefined) return [];
      const { pose, onGround, flying, sneaking, sprinting } = presence;
      return [{ session, sequence: 0, player, action: { type: 'move', pose, onGround, flying, sneaking, sprinting } }];
    });
  }

  #follow(effect: Effect, commands: readonly Command[]): void {
    if (effect.type === 'executed') {
      if (effect.refusal !== null) this.refusals.push(effect.refusal.code);
      const command = commands.find((other) => other.session === effect.session && other.sequence === effect.sequence);
      if (command?.action.type === 'join' && effect.refusal === null) this.#admit(effect.session, effect.player);
    }
    if (effect.type !== 'council') return;
    const { request } = effect;
    if (request.type === 'operator') {
      const operators = new Set(this.council.operators);
      if (request.grant) operators.add(request.player);
      else operators.delete(request.player);
      this.setCouncil({ operators });
    } else if (request.type === 'time') this.setCouncil({ time: { offset: request.dayTime - this.shard.tick, frozen: null } });
    else if (request.type === 'weather')
      this.setCouncil({ weather: { kind: request.weather, untilTick: this.shard.tick + request.ticks } });
    else if (request.type === 'difficulty') this.setCouncil({ difficulty: request.difficulty });
  }

  #admit(session: Uuid, uuid: Uuid): void {
    this.gateway.show({
      type: 'admitted',
      session,
      dimension: DIMENSION,
      player: this.shard.player(uuid)!,
      players: [...this.shard.players()],
      entities: [...this.shard.entities()],
      tick: this.shard.tick,
    });
  }

  #event(event: GatewayEvent): void {
    this.events.push(event);
    switch (event.type) {
      case 'join':
        this.#sessions.set(event.session, event.uuid);
        this.#sequences.set(event.session, 1);
        this.#queue.push({
          session: event.session,
          sequence: 1,
          player: event.uuid,
          action: { type: 'join', name: event.name, profile: null },
        });
        return;
      case 'command':
        this.#sequences.set(event.command.session, event.command.sequence);
        this.#queue.push(event.command);
        return;
      case 'presence':
        this.#presences.set(event.presence.player, event.presence);
        this.#changed.add(event.presence.player);
        return;
      case 'chat':
        this.gateway.show({ type: 'chat', from: event.from, name: this.shard.player(event.from)?.name ?? '?', text: event.text });
        return;
      case 'chunks':
        for (const { x, z } of event.wanted) this.#sendChunk(event.session, x, z);
        return;
      case 'complete': {
        const view = { world: this.shard, tables: this.kit.tables, council: this.council };
        const answer = completeCommand(this.#rules, view, event.player, event.text);
        this.gateway.show({ type: 'completions', session: event.session, id: event.id, ...answer });
        return;
      }
      case 'left': {
        this.#sessions.delete(event.session);
        this.#presences.delete(event.uuid);
        const sequence = (this.#sequences.get(event.session) ?? 0) + 1;
        this.#queue.push({ session: event.session, sequence, player: event.uuid, action: { type: 'leave' } });
        return;
      }
      case 'misbehaviour':
    }
  }

  #sendChunk(session: Uuid, x: number, z: number): void {
    this.#load({ x, z });
    const { chunk, name } = this.#encoded(this.shard.chunk(x, z)!);
    const entities = this.#options.entities?.(x, z) ?? null;
    this.gateway.show({ type: 'chunk', session, dimension: DIMENSION, x, z, name, chunk, entities });
  }

  /** A node too encodes a chunk that nobody changes only once. */
  #encoded(chunk: Chunk): { readonly chunk: Uint8Array; readonly name: string } {
    let known = this.#encodings.get(chunk);
    if (known === undefined) {
      const bytes = encodeChunk(chunk, this.kit);
      known = { chunk: bytes, name: nameOfEncoded(bytes, this.kit.digest) };
      this.#encodings.set(chunk, known);
    }
    return known;
  }

  #load({ x, z }: ChunkPos): void {
    if (this.shard.chunk(x, z) !== null) return;
    const { seed, generator } = this.council;
    const make = this.#options.chunk ?? ((cx, cz, kit) => generateChunk({ seed, generator, dimension: DIMENSION, x: cx, z: cz }, kit));
    this.shard.insert(make(x, z, this.kit));
  }
}
