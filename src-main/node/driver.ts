import { SNAPSHOT_LOG_BYTES, SNAPSHOT_MILLIS, TICK_MILLIS, TICKS_BEHIND_MAX } from '../../src-shared/config/index.ts';
import type { Uuid } from '../../src-shared/units/index.ts';
import { councilView, dayTimeAt } from '../core/pool/index.ts';
import { completeCommand, encodeEffects, type Command, type Effect, type Player, type Rules, type WorldKit } from '../core/world/index.ts';
import type { Gateway, GatewayEvent, Presence } from '../io/game/index.ts';
import type { Clock, Log } from '../ports/index.ts';
import { ChunkFeed } from './world/chunkFeed.ts';
import type { OpenWorld } from './world/openWorld.ts';
import { PresenceBoard } from './world/presence.ts';
import type { ShardEntry, ShardGroup } from './world/shardGroup.ts';
import { TickTimes } from './world/tickTimes.ts';

/** One connection of one player at a gateway of this machine. */
interface Session {
  readonly id: Uuid;
  readonly uuid: Uuid;
  readonly name: string;
  readonly joinedAt: number;
  shard: ShardGroup;
  /** Newest sequence that was ordered. */
  sequence: number;
  admitted: boolean;
}

export interface DriverParts {
  readonly world: OpenWorld;
  readonly gateway: Gateway;
  readonly kit: WorldKit;
  readonly rules: Rules;
  readonly clock: Clock;
  readonly log: Log;
  readonly motd: string;
  readonly icon: Uint8Array | null;
  /** A fault that the world can not go on with. */
  readonly onFault: (fault: unknown) => void;
}

/**
 * The one loop of a running world. Every 50 ms: commands and presence in, one entry per shard out. The order persist -> send -> apply ->
 * announce is kept by `GroupLog`; what this machine executes as czar is shown at once and certified a moment later.
 */
export class Driver {
  readonly #parts: DriverParts;
  readonly #sessions = new Map<Uuid, Session>();
  readonly #boards = new Map<string, PresenceBoard>();
  readonly #feed: ChunkFeed;
  readonly #times = new TickTimes();
  #cancelTick: (() => void) | null = null;
  #nextTick = 0;
  #lastSnapshot: number;
  #snapshotting: Promise<void> | null = null;
  #stopping = false;
  #halted = false;
  /** A snapshot is about to be taken: no new entries. */
  #holding = false;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#feed = new ChunkFeed(parts.gateway, parts.world.store.blobs, parts.log);
    for (const shard of parts.world.shards.values()) this.#boards.set(shard.group, new PresenceBoard(shard, parts.kit, parts.clock));
    this.#lastSnapshot = parts.clock.now();
  }

  /** Durations of the newest ticks in milliseconds. */
  get times(): TickTimes {
    return this.#times;
  }

  get online(): readonly {
    readonly session: Uuid;
    readonly uuid: Uuid;
    readonly name: string;
    readonly joinedAt: number;
    readonly shard: ShardGroup;
    readonly presence: Presence | null;
  }[] {
    return [...this.#sessions.values()]
      .filter((session) => session.admitted)
      .map((session) => ({
        session: session.id,
        uuid: session.uuid,
        name: session.name,
        joinedAt: session.joinedAt,
        shard: session.shard,
        presence: this.#board(session.shard).of(session.uuid),
      }));
  }

  start(): void {
    this.#endStaleSessions();
    this.showWorld();
    this.#nextTick = this.#parts.clock.now();
    this.#schedule();
  }

  /** What the gateway says, in order. Nothing a client does may throw out of here. */
  onGatewayEvent(event: GatewayEvent): void {
    switch (event.type) {
      case 'join':
        void this.#join(event.session, event.uuid, event.name).catch((fault: unknown) => this.#parts.onFault(fault));
        return;
      case 'command':
        this.#command(event.command);
        return;
      case 'presence':
        this.#presence(event.presence);
        return;
      case 'chat':
        this.#chat(event.from, event.text);
        return;
      case 'chunks': {
        const session = this.#sessions.get(event.session);
        if (session !== undefined) this.#feed.want(session.id, session.shard, event.wanted);
        return;
      }
      case 'complete':
        this.#complete(event);
        return;
      case 'left':
        this.#left(event.session);
        return;
      case 'misbehaviour':
        this.#parts.log.warn('client.misbehaved', { uuid: event.uuid, address: event.address, code: event.code, ...event.facts });
    }
  }

  /** Executed: show it. New players get their first view after everybody else has seen the entry. */
  proposed(entry: ShardEntry): void {
    const shard = this.#parts.world.shards.get(entry.group)!;
    const { dimension } = shard.shard;
    this.#parts.gateway.show({
      type: 'effects',
      dimension,
      height: entry.height,
      tick: entry.tick,
      effects: encodeEffects(entry.effects, this.#parts.kit),
    });
    for (const effect of entry.effects) this.#follow(shard, effect, entry.commands);
  }

  final(entry: ShardEntry): void {
    const { world, gateway, log } = this.#parts;
    const shard = world.shards.get(entry.group)!;
    gateway.show({ type: 'final', dimension: shard.shard.dimension, height: entry.height });
    world.carryToCouncil(entry);
    for (const effect of entry.effects) if (effect.type === 'depart') this.#carryAcross(shard, effect.uuid, effect.to);
    if (entry.commands.length === 0) return;
    log.event('entry.final', { group: entry.group, height: entry.height, hash: entry.hash, commands: entry.commands.length });
    for (const effect of entry.effects) {
      if (effect.type !== 'executed') continue;
      const command = entry.commands.find((other) => other.session === effect.session && other.sequence === effect.sequence);
      log.event('command.final', {
        group: entry.group,
        height: entry.height,
        session: effect.session,
        sequence: effect.sequence,
        player: effect.player,
        refusal: effect.refusal?.code ?? null,
        action: command?.action.type ?? null,
        block: command === undefined ? null : changedBlock(command),
      });
    }
  }

  dropped(entry: ShardEntry): void {
    this.#parts.log.warn('entry.dropped', { group: entry.group, height: entry.height });
  }

  /** The council changed, or somebody came or went. */
  showWorld(): void {
    const { world, gateway, motd, icon } = this.#parts;
    const view = councilView(world.council.council, world.council.height);
    const tick = world.overworld.shard.tick;
    gateway.show({ type: 'world', name: view.worldName, motd, icon, council: view, tick });
  }

  get dayTime(): number {
    return dayTimeAt(this.#parts.world.council.council, this.#parts.world.overworld.shard.tick);
  }

  /** 1. Nobody new. 2. Everybody leaves by a logged command. 3. All is certified. 4. Snapshot. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const id of Array.from(this.#sessions.keys())) this.#left(id);
    await this.#parts.gateway.close();
    await this.#untilIdle();
    this.#cancelTick?.();
    this.#cancelTick = null;
    await this.snapshot();
  }

  /** Ends the loop where it stands. */
  halt(): void {
    this.#stopping = true;
    this.#halted = true;
    this.#cancelTick?.();
  }

  #schedule(): void {
    if (this.#halted) return;
    const { clock } = this.#parts;
    const behind = clock.now() - this.#nextTick;
    if (behind > TICKS_BEHIND_MAX * TICK_MILLIS) this.#nextTick = clock.now();
    this.#nextTick += TICK_MILLIS;
    this.#cancelTick = clock.after(Math.max(0, this.#nextTick - clock.now()), () => {
      try {
        this.#tick();
        this.#schedule();
      } catch (fault) {
        this.#parts.onFault(fault);
      }
    });
  }

  #tick(): void {
    const { world, clock } = this.#parts;
    const start = clock.now();
    world.council.log.tick();
    world.council.tick();
    for (const shard of world.shards.values()) {
      shard.log.tick();
      this.#keyframes(shard);
      if (!this.#holding) shard.tick();
      const presences = this.#board(shard).takeChanged();
      if (presences.length > 0) this.#parts.gateway.show({ type: 'presence', dimension: shard.shard.dimension, presences });
    }
    this.#times.add(clock.now() - start);
    this.#snapshotIfDue();
  }

  #snapshotIfDue(): void {
    const { world, clock, onFault } = this.#parts;
    if (this.#snapshotting !== null || this.#stopping) return;
    const due =
      world.bytesSinceSnapshot > SNAPSHOT_LOG_BYTES || (world.bytesSinceSnapshot > 0 && clock.now() - this.#lastSnapshot > SNAPSHOT_MILLIS);
    if (!due) return;
    this.snapshot().catch(onFault);
  }

  /** Ticks wait until all is certified, `onCollected` runs at that moment, then they go on while the blobs are written. */
  async snapshot(onCollected: () => void = () => undefined): Promise<void> {
    const { world, clock, log } = this.#parts;
    await this.#snapshotting;
    const holding = Promise.withResolvers<void>();
    this.#snapshotting = holding.promise;
    this.#holding = true;
    try {
      await world.snapshot(() => {
        onCollected();
        this.#holding = false;
      });
      this.#lastSnapshot = clock.now();
      for (const shard of world.shards.values())
        log.event('chunks.evicted', { group: shard.group, count: shard.residency.evictOutside(shard.neededNow()) });
    } finally {
      this.#holding = false;
      this.#snapshotting = null;
      holding.resolve();
    }
  }

  /** Players who were in the world when the machine stopped leave it before anything else happens. */
  #endStaleSessions(): void {
    for (const shard of this.#parts.world.shards.values()) {
      for (const player of shard.shard.players()) {
        const session = shard.shard.sessionOf(player.uuid);
        if (!player.online || session === null) continue;
        shard.enqueue({ session, sequence: (shard.shard.sequenceOf(session) ?? 0) + 1, player: player.uuid, action: { type: 'leave' } });
      }
    }
  }

  async #join(id: Uuid, uuid: Uuid, name: string): Promise<void> {
    const { world, gateway, clock } = this.#parts;
    if (this.#stopping) {
      gateway.show({ type: 'rejected', session: id, code: 'world.not-running', facts: {} });
      return;
    }
    for (const other of [...this.#sessions.values()].filter((session) => session.uuid === uuid)) {
      gateway.show({ type: 'kick', player: uuid, code: 'play.already-online', facts: { name } });
      this.#left(other.id);
    }
    const { shard, profile } = await world.findPlayer(uuid, name);
    this.#sessions.set(id, { id, uuid, name, joinedAt: clock.wall(), shard, sequence: 1, admitted: false });
    shard.enqueue({ session: id, sequence: 1, player: uuid, action: { type: 'join', name, profile } });
  }

  #command(command: Command): void {
    const session = this.#sessions.get(command.session);
    if (session === undefined || session.uuid !== command.player) return;
    if (command.sequence !== session.sequence + 1) return;
    if (!session.shard.enqueue(command)) {
      this.#parts.gateway.show({ type: 'kick', player: session.uuid, code: 'play.too-fast', facts: {} });
      this.#left(session.id);
      return;
    }
    session.sequence = command.sequence;
  }

  #left(id: Uuid): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#feed.forget(id);
    const last = this.#board(session.shard).of(session.uuid);
    if (last !== null) this.#enqueueMove(session, last);
    this.#board(session.shard).remove(session.uuid);
    session.shard.enqueue({ session: id, sequence: session.sequence + 1, player: session.uuid, action: { type: 'leave' } });
    if (session.admitted) this.#parts.log.event('player.left', { name: session.name, uuid: session.uuid });
  }

  #presence(presence: Presence): void {
    const session = this.#sessionOf(presence.player);
    if (session === null) return;
    const refused = this.#board(session.shard).claim(presence);
    if (refused === null) return;
    this.#parts.gateway.show({ type: 'correct', player: presence.player, pose: refused.pose });
    this.#parts.log.warn('player.moved-wrongly', { uuid: presence.player, code: refused.code });
  }

  #keyframes(shard: ShardGroup): void {
    for (const presence of this.#board(shard).takeKeyframes(shard.shard.tick)) {
      const session = this.#sessionOf(presence.player);
      if (session !== null) this.#enqueueMove(session, presence);
    }
  }

  /** Keyframes stand outside the client's own sequence (0): the newest one holds, a lost one is harmless. */
  #enqueueMove(session: Session, { pose, onGround, flying, sneaking, sprinting, player }: Presence): void {
    session.shard.enqueue({
      session: session.id,
      sequence: 0,
      player,
      action: { type: 'move', pose, onGround, flying, sneaking, sprinting },
    });
  }

  #chat(from: Uuid, text: string): void {
    const session = this.#sessionOf(from);
    if (session === null) return;
    this.#parts.gateway.show({ type: 'chat', from, name: session.name, text });
    this.#parts.log.event('player.chat', { name: session.name, text });
  }

  #complete(event: Extract<GatewayEvent, { type: 'complete' }>): void {
    const session = this.#sessions.get(event.session);
    if (session === undefined) return;
    const { world, kit, rules, gateway } = this.#parts;
    const council = councilView(world.council.council, world.council.height);
    const answer = completeCommand(rules, { world: session.shard.shard, tables: kit.tables, council }, session.uuid, event.text);
    gateway.show({ type: 'completions', session: session.id, id: event.id, ...answer });
  }

  /** Certified out of one shard: into the other, in the same session, where its sequence stands. */
  #carryAcross(from: ShardGroup, player: Uuid, dimension: string): void {
    const { world, log } = this.#parts;
    const session = this.#sessionOf(player);
    const departure = [...from.shard.departures()].find((other) => other.player.uuid === player);
    const target = [...world.shards.values()].find(({ shard }) => shard.dimension === dimension);
    if (session === null || departure === undefined || target === undefined) return;
    this.#board(from).remove(player);
    session.shard = target;
    session.admitted = false;
    const profile = { ...departure.player, pose: departure.pose };
    target.enqueue({ session: session.id, sequence: session.sequence, player, action: { type: 'join', name: session.name, profile } });
    log.event('player.crossed', { name: session.name, uuid: player, to: dimension });
  }

  /** What an executed effect means for sessions and presence. */
  #follow(shard: ShardGroup, effect: Effect, commands: readonly Command[]): void {
    if (effect.type === 'executed' && effect.refusal === null) {
      const command = commands.find((other) => other.session === effect.session && other.sequence === effect.sequence);
      if (command?.action.type === 'join') this.#admit(shard, effect.session);
    }
    if (effect.type === 'show' && effect.event.kind === 'teleport') {
      const player = shard.shard.player(effect.event.uuid);
      if (player !== null) this.#board(shard).place(player, effect.event.pose);
    }
  }

  #admit(shard: ShardGroup, id: Uuid): void {
    const session = this.#sessions.get(id);
    const player = session === undefined ? null : shard.shard.player(session.uuid);
    if (session === undefined || player === null) return;
    session.admitted = true;
    this.#board(shard).place(player, player.pose);
    const players: Player[] = [...shard.shard.players()].filter((other) => other.online && other.uuid !== player.uuid);
    const { dimension, tick } = shard.shard;
    this.#parts.gateway.show({ type: 'admitted', session: id, dimension, player, players, entities: [...shard.shard.entities()], tick });
    this.#parts.log.event('player.joined', { name: session.name, uuid: session.uuid, dimension });
    this.#makeFounderOperator(session);
  }

  /** Somebody must be able to say `/op`: the first who comes, on the founder's own machine. */
  #makeFounderOperator({ uuid, name }: Session): void {
    const { world, onFault } = this.#parts;
    if (Object.keys(world.council.council.operators).length > 0) return;
    void world.request({ type: 'operator', player: uuid, name, grant: true }).catch(onFault);
  }

  /** Until nothing waits and everything is certified; gives up after the hard cap, because the log keeps what was proposed. */
  async #untilIdle(): Promise<void> {
    const { world, clock } = this.#parts;
    const deadline = clock.now() + 5000;
    while (!world.idle && clock.now() < deadline) await new Promise<void>((resolve) => clock.after(TICK_MILLIS, resolve));
  }

  #sessionOf(player: Uuid): Session | null {
    for (const session of this.#sessions.values()) if (session.uuid === player && session.admitted) return session;
    return null;
  }

  #board(shard: ShardGroup): PresenceBoard {
    return this.#boards.get(shard.group)!;
  }
}

/** Where a command acts, as "(x, y, z)": for a placed block the cell that is filled. Null for one that names no block. */
function changedBlock({ action }: Command): string | null {
  if (!('pos' in action)) return null;
  const step = action.type === 'useOn' ? FACE_STEPS[action.face] : [0, 0, 0];
  return `(${action.pos.x + step[0]}, ${action.pos.y + step[1]}, ${action.pos.z + step[2]})`;
}

const FACE_STEPS = { down: [0, -1, 0], up: [0, 1, 0], north: [0, 0, -1], south: [0, 0, 1], west: [-1, 0, 0], east: [1, 0, 0] } as const;
