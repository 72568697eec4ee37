import { type ErrorCode, type Facts } from '../../../../src-shared/errors/index.ts';
import { TICKS_PER_SECOND } from '../../../../src-shared/config/index.ts';
import { nbt } from '../../../../src-shared/nbt/index.ts';
import { chunkKey, parseUuid, toHex, type ChunkKey, type DimensionName, type Uuid } from '../../../../src-shared/units/index.ts';
import { commandTree, decodeEffects, type Effect, type NoticeText, type Player, type Rules } from '../../../core/world/index.ts';
import type { ViewUpdate } from '../door.ts';
import { sentenceOf } from '../kicks.ts';
import type { Profile } from '../login/mojang.ts';
import type { EntityKind } from '../entities/kinds.ts';
import { noticeComponent, plainText, wireText } from '../text/component.ts';
import type { WireSettings } from '../wire/clientPackets.ts';
import type { Connection } from '../wire/connection.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import { wireCommands } from './commandNodes.ts';
import { shared, type GameContext } from './context.ts';
import { DimensionView } from './dimensionView.ts';
import { showEffects, showEntity, type EffectParts } from './effects.ts';
import { sendLevel, sendOpening, sendRespawn, type OpeningFacts } from './opening.ts';
import { sendOwnChanges } from './ownPlayer.ts';
import { PlayerChanges } from './playerChanges.ts';
import { Roster, type Known } from './roster.ts';
import { receiveChunk, releaseChunk } from './receiveChunk.ts';
import { Session, type SessionHost } from './session.ts';
import type { Viewer } from './viewer.ts';
import { skyAt, skyPackets, timePacket, type Sky, type Weather } from './sky.ts';

type Of<K extends ViewUpdate['type']> = Extract<ViewUpdate, { type: K }>;
type Showers = { readonly [K in ViewUpdate['type']]: (update: Of<K>) => void };

/** Ticks of this thread between two updates of the round-trip times in the list of players. */
const LATENCY_TICKS = 10 * TICKS_PER_SECOND;

/** All that this gateway shows: the players of this machine, and the dimensions they are in. Fed by the node, in order. */
export class Game implements SessionHost {
  readonly #context: GameContext;
  readonly #rules: Rules;
  readonly #roster = new Roster();
  readonly #changes: PlayerChanges;
  readonly #views = new Map<DimensionName, DimensionView>();
  /** In the order in which they came. */
  readonly #sessions = new Map<Uuid, Session>();
  readonly #effectParts: EffectParts;
  readonly #later: (() => void)[] = [];
  #world: Of<'world'> | null = null;
  #weather: Weather = 'clear';
  #ticks = 0;
  #frozen = false;

  readonly #showers: Showers = {
    world: (update) => this.#worldChanged(update),
    admitted: (update) => this.#admitted(update),
    rejected: ({ session, code, facts }) => this.#kick(this.#sessions.get(session), code, facts),
    effects: (update) => this.#effects(update),
    // What is certified was shown when it was proposed.
    final: () => undefined,
    chunk: (update) => this.#chunk(update),
    presence: (update) => this.#presences(update),
    correct: ({ player, pose }) => this.#sessionOf(player)?.teleport(pose),
    chat: ({ name, text }) => this.#chat(name, text),
    notice: ({ to, text }) => this.#notice(to, text, false, this.#inWorld()),
    completions: (update) => this.#sessions.get(update.session)?.complete(update.id, update),
    refused: ({ session, sequence }) => this.#sessions.get(session)?.refused(sequence),
    kick: ({ player, code, facts }) => this.#kick(this.#oldestSessionOf(player), code, facts),
    frozen: ({ frozen }) => this.#setFrozen(frozen),
  };

  constructor(context: GameContext, rules: Rules, kind: EntityKind) {
    this.#context = context;
    this.#rules = rules;
    this.#changes = new PlayerChanges({
      context,
      roster: this.#roster,
      kind,
      viewOf: (dimension) => this.#views.get(dimension) ?? null,
      sessionOf: (player) => this.#sessionOf(player),
      sessions: () => this.#inWorld(),
      leave: (session) => this.#leave(session),
      ownChanged: (session, before, after) => this.#ownChanged(session, before, after),
    });
    this.#effectParts = {
      context,
      players: this.#changes,
      sessionOf: (player) => this.#sessionOf(player),
      later: (action) => void this.#later.push(action),
      say: (view, text) => this.#notice(null, text, false, view.viewers),
      notice: ({ to, text, overlay }, dimension) => this.#notice(to, text, overlay, this.#views.get(dimension)?.viewers ?? []),
      executed: (effect) => this.#executed(effect),
    };
  }

  /** For the server list. */
  get status(): { readonly motd: string; readonly icon: Uint8Array | null; readonly players: readonly Player[] } {
    return { motd: this.#world?.motd ?? '', icon: this.#world?.icon ?? null, players: this.#roster.online().map(({ player }) => player) };
  }

  get isFrozen(): boolean {
    return this.#frozen;
  }

  /** A client is in the play state and wants its player into the world. */
  begin(connection: Connection, profile: Profile, settings: WireSettings | null): Session {
    const id = this.#drawId();
    const session = new Session(this.#context, this, { id, profile, connection, settings });
    this.#sessions.set(id, session);
    this.#context.emit({ type: 'join', session: id, uuid: profile.uuid, name: profile.name });
    return session;
  }

  ended(session: Session): void {
    if (!this.#sessions.delete(session.id)) return;
    this.#leave(session);
    this.#context.emit({ type: 'left', session: session.id, uuid: session.uuid });
  }

  show(update: ViewUpdate): void {
    const shower = this.#showers[update.type] as (update: ViewUpdate) => void;
    shower(update);
  }

  /** Every 50 ms of this thread's own time, whatever the world does. */
  tick(): void {
    for (const session of this.#sessions.values()) if (!session.tick()) session.connection.close();
    this.#ticks += 1;
    if (this.#ticks % LATENCY_TICKS !== 0) return;
    for (const session of this.#inWorld()) this.known(session.uuid).latencyMillis = session.latencyMillis;
    this.#changes.latencies();
  }

  close(sentence: string): void {
    for (const session of this.#sessions.values()) {
      session.connection.send('kick_disconnect', { reason: plainText(sentence) });
      session.connection.close();
    }
  }

  known(uuid: Uuid): Known {
    const known = this.#roster.get(uuid);
    if (known === null) throw new Error(`player ${uuid} is not known`);
    return known;
  }

  lookChanged(session: Session): void {
    const known = this.known(session.uuid);
    known.appearance = session.appearance ?? known.appearance;
    this.#changes.looksOtherwise(known);
  }

  released(view: DimensionView, key: ChunkKey): void {
    releaseChunk(view, key);
  }

  misbehaved(session: Session, code: ErrorCode, facts: Facts): void {
    this.#context.emit({ type: 'misbehaviour', uuid: session.uuid, address: session.connection.address, code, facts });
  }

  #worldChanged(update: Of<'world'>): void {
    const before = this.#world?.council ?? null;
    this.#world = update;
    const { council } = update;
    if (before === null) return;
    for (const session of this.#inWorld()) {
      const { connection, uuid } = session;
      if (before.operators.has(uuid) !== council.operators.has(uuid)) sendLevel(session, council, this.#commands(uuid));
      if (before.difficulty !== council.difficulty)
        connection.send('difficulty', { difficulty: council.difficulty, difficultyLocked: false });
      if (before.time !== council.time) connection.send('update_time', timePacket(this.#sky(session.view!)));
      connection.send('spawn_position', { location: council.spawn.pos, angle: council.spawn.angle });
    }
    for (const view of this.#views.values()) this.#showWeather(view);
  }

  /** 1. The dimension. 2. Who and what is in it. 3. What the client needs before chunks. 4. The player in it. */
  #admitted(update: Of<'admitted'>): void {
    const session = this.#sessions.get(update.session);
    const info = this.#context.tables.dimensions.find(({ name }) => name === update.dimension);
    if (session === undefined || this.#world === null) return;
    if (info === undefined) {
      this.#kick(session, 'play.chunk-not-loaded', {});
      return;
    }
    const first = !session.isOpened;
    this.#leave(session);
    const known = this.#views.get(update.dimension);
    const view = known ?? new DimensionView(this.#context, info, update.tick);
    this.#views.set(update.dimension, view);
    for (const player of [...update.players, update.player]) this.#changes.put(player, update.dimension, 'silently');
    if (known === undefined) for (const entity of update.entities) showEntity(this.#context, view, entity);
    this.#changes.drawAll(update.dimension);
    const facts = this.#openingFacts(session.uuid, view);
    session.enter(view, (place) => (first ? sendOpening : sendRespawn)(this.#context, session, facts, place));
  }

  #effects({ dimension, tick, effects }: Of<'effects'>): void {
    const view = this.#views.get(dimension) ?? null;
    const second = view === null ? 0 : Math.floor(view.tick / TICKS_PER_SECOND);
    if (view !== null) view.tick = tick;
    showEffects(decodeEffects(effects, this.#context.kit), dimension, view, this.#effectParts);
    for (const action of this.#later.splice(0)) action();
    if (view === null) return;
    for (const viewer of view.viewers) viewer.sync();
    if (Math.floor(tick / TICKS_PER_SECOND) === second) return;
    const packet = shared(this.#context, 'update_time', timePacket(this.#sky(view)));
    for (const { connection } of view.viewers) connection.sendShared(packet);
    this.#showWeather(view);
  }

  #executed({ session, sequence, refusal }: Extract<Effect, { type: 'executed' }>): void {
    this.#sessions.get(session)?.executed(sequence, refusal !== null);
  }

  #chunk(update: Of<'chunk'>): void {
    const session = this.#sessions.get(update.session);
    const view = session?.view;
    if (view?.info.name !== update.dimension) return;
    const key = chunkKey(update.x, update.z);
    if (!receiveChunk(this.#context, view, update)) {
      session?.missed(key);
      return;
    }
    for (const viewer of view.viewers) viewer.arrived(update);
  }

  #presences({ dimension, presences }: Of<'presence'>): void {
    const view = this.#views.get(dimension);
    if (view === undefined) return;
    for (const { player, pose, headYaw, onGround, swing, ...posture } of presences) {
      const known = this.#roster.get(player);
      const body = view.bodies.get(`player:${player}`);
      if (known === null || body === null) continue;
      this.#changes.posture(known, posture);
      view.bodies.place(body, pose, { headYaw, onGround });
      if (swing !== null) view.bodies.tell(body, 'animation', { entityId: body.eid, animation: swing === 'main' ? SWING_MAIN : SWING_OFF });
    }
  }

  #chat(name: string, text: string): void {
    this.#toAll('profileless_chat', {
      message: plainText(text),
      type: { chatType: this.#context.ids.chatType },
      name: wireText(nbt.text(name)),
      target: undefined,
    });
  }

  #notice(to: Uuid | null, text: NoticeText, overlay: boolean, all: Iterable<Viewer>): void {
    const packet = { content: wireText(noticeComponent(text)), isActionBar: overlay };
    if (to !== null) this.#sessionOf(to)?.connection.send('system_chat', packet);
    else for (const { connection } of all) connection.send('system_chat', packet);
  }

  #setFrozen(frozen: boolean): void {
    if (frozen === this.#frozen) return;
    this.#frozen = frozen;
    const plain = frozen ? sentenceOf('game.world-frozen', {}) : 'The world goes on.';
    this.#notice(null, { key: null, args: [], plain, color: frozen ? 'red' : 'green' }, false, this.#inWorld());
  }

  #kick(session: Session | undefined, code: ErrorCode, facts: Facts): void {
    if (session === undefined) return;
    session.connection.send('kick_disconnect', { reason: plainText(sentenceOf(code, facts)) });
    session.connection.close();
  }

  /** Health, experience and the like; and back from the dead the client needs its level anew. */
  #ownChanged(session: Session, before: Player, after: Player): void {
    const view = session.view!;
    if (before.health <= 0 && after.health > 0) {
      this.#later.push(() => {
        if (session.view !== view) return;
        const facts = this.#openingFacts(session.uuid, view);
        session.enter(view, (place) => sendRespawn(this.#context, session, facts, place));
      });
      return;
    }
    sendOwnChanges(this.#context, { connection: session.connection, eid: session.eid, tick: view.tick }, before, after);
  }

  #openingFacts(player: Uuid, view: DimensionView): OpeningFacts {
    const { council, motd, icon } = this.#world!;
    return { council, motd, icon, roster: this.#roster, dimension: view.info, sky: this.#sky(view), commands: this.#commands(player) };
  }

  #commands(player: Uuid): ServerPackets['declare_commands'] {
    return wireCommands(commandTree(this.#rules, this.#world!.council.operators.has(player)));
  }

  #sky(view: DimensionView): Sky {
    return skyAt(this.#world!.council, view.tick);
  }

  #showWeather(view: DimensionView): void {
    const { weather } = this.#sky(view);
    if (weather === this.#weather) return;
    this.#weather = weather;
    for (const packet of skyPackets(weather)) this.#toAll('game_state_change', packet);
  }

  #toAll<K extends keyof ServerPackets>(name: K, params: ServerPackets[K]): void {
    const packet = shared(this.#context, name, params);
    for (const { connection } of this.#inWorld()) connection.sendShared(packet);
  }

  *#inWorld(): Iterable<Session> {
    for (const session of this.#sessions.values()) if (session.view !== null) yield session;
  }

  /** The newest one that is in the world, else the newest. */
  #sessionOf(player: Uuid): Session | null {
    let found: Session | null = null;
    for (const session of this.#sessions.values())
      if (session.uuid === player && (found === null || session.view !== null)) found = session;
    return found;
  }

  #oldestSessionOf(player: Uuid): Session | undefined {
    return [...this.#sessions.values()].find(({ uuid }) => uuid === player);
  }

  /** A dimension at which nobody here looks any more is forgotten. */
  #leave(session: Session): void {
    const { view } = session;
    session.leave();
    if (view === null || view.viewers.size > 0) return;
    view.bodies.clear();
    if (this.#views.get(view.info.name) === view) this.#views.delete(view.info.name);
  }

  /** A random UUID (version 4). */
  #drawId(): Uuid {
    const bytes = Uint8Array.from(this.#context.random.bytes(16));
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return parseUuid(toHex(bytes))!;
  }
}

/** Animations of the arms. */
const SWING_MAIN = 0;
const SWING_OFF = 3;
