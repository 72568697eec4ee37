import {
  CHAT_CHARACTERS_MAX,
  COMMAND_CHARACTERS_MAX,
  GAME_CHAT_BURST_MAX,
  GAME_CHAT_TICKS,
  GAME_KEEP_ALIVE_MILLIS,
  GAME_SILENCE_MILLIS_MAX,
} from '../../../../src-shared/config/index.ts';
import type { ErrorCode, Facts } from '../../../../src-shared/errors/index.ts';
import { chunkOf, type ChunkKey, type ChunkPos, type Pose, type Uuid } from '../../../../src-shared/units/index.ts';
import { HOTBAR_FIRST_SLOT, type Action, type Player, type Slot } from '../../../core/world/index.ts';
import type { Presence as PlayerPresence } from '../door.ts';
import { sentenceOf, SILENT_TOO_LONG } from '../kicks.ts';
import type { Profile } from '../login/mojang.ts';
import { plainText } from '../text/component.ts';
import { handle, type ClientPacket, type ClientPackets, type PacketHandlers, type WireSettings } from '../wire/clientPackets.ts';
import type { Connection } from '../wire/connection.ts';
import type { BodyKey } from '../entities/body.ts';
import { ChunkStream } from './chunkStream.ts';
import { CommandQueue, NOTHING_OWED, type Owed } from './commandQueue.ts';
import type { GameContext } from './context.ts';
import type { DimensionView } from './dimensionView.ts';
import { Movement } from './movement.ts';
import type { Known } from './roster.ts';
import {
  clickWish,
  creativeWish,
  digWish,
  entityWish,
  handOf,
  handSlot,
  placeWish,
  signWish,
  useItemWish,
  type Wish,
} from './sessionActions.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Viewer } from './viewer.ts';
import { Windows } from './windows.ts';

/** What a session asks of the game around it. */
export interface SessionHost {
  /** The player as play has it now; the session's player is always known once it is in the world. */
  known(uuid: Uuid): Known;
  readonly isFrozen: boolean;
  /** This session does not look at the chunk any more. */
  released(view: DimensionView, key: ChunkKey): void;
  /** The client changed how its player looks. */
  lookChanged(session: Session): void;
  misbehaved(session: Session, code: ErrorCode, facts: Facts): void;
}

/** What a session has while its player is in a dimension. */
interface Place {
  readonly view: DimensionView;
  readonly stream: ChunkStream;
}

/** One connection of one player in the play state, from logging in to leaving. */
export class Session implements Viewer {
  readonly id: Uuid;
  readonly profile: Profile;
  readonly connection: Connection;
  readonly ownKey: BodyKey;
  readonly eid: number;
  readonly #context: GameContext;
  readonly #host: SessionHost;
  readonly #queue: CommandQueue;
  #settings: WireSettings | null;
  #place: Place | null = null;
  #movement: Movement | null = null;
  #windows: Windows | null = null;
  /** Slot that the client has selected, and how many changes of it are under way. */
  #held = 0;
  #keepAlive: { readonly id: bigint; readonly sentAt: number } | null = null;
  #answeredAt: number;
  #opened = false;
  #completing: { readonly id: number; readonly slash: number } | null = null;
  #chatTicks = 0;
  latencyMillis = 0;

  readonly #handlers: PacketHandlers = {
    settings: (params) => this.#setSettings(params),
    keep_alive: ({ keepAliveId: [high, low] }) => this.#answered((BigInt(high) << 32n) | BigInt(low >>> 0)),
    chunk_batch_received: ({ chunksPerTick }) => this.#place?.stream.answered(chunksPerTick),
    teleport_confirm: ({ teleportId }) => this.#movement?.confirm(teleportId),
    position: ({ x, y, z, onGround }) => this.#movement?.moved({ x, y, z }, onGround),
    position_look: ({ onGround, ...pose }) => this.#movement?.moved(pose, onGround),
    look: ({ yaw, pitch, onGround }) => this.#movement?.moved({ yaw, pitch }, onGround),
    flying: ({ onGround }) => this.#movement?.moved({}, onGround),
    abilities: ({ flags }) => this.#setFlying((flags & 2) !== 0),
    entity_action: ({ actionId }) => this.#entityAction(actionId),
    arm_animation: ({ hand }) => this.#movement?.swing(handOf(hand)),
    block_dig: (params) => this.#wish((pose) => digWish(params, pose)),
    block_place: (params) => this.#wish((pose) => placeWish(params, pose)),
    use_item: (params) => this.#wish(() => useItemWish(params, this.#movement!.lookedAt(params.rotation.x, params.rotation.y))),
    use_entity: (params) => this.#useEntity(params),
    held_item_slot: ({ slotId }) => this.#hold(slotId),
    window_click: (params) => this.#click(params),
    pick_item: ({ slot }) => this.#pick(slot),
    close_window: ({ windowId }) => this.#closeWindow(windowId),
    set_creative_slot: (params) => this.#creativeSlot(params),
    update_sign: (params) => this.#wish(() => signWish(params)),
    client_command: ({ actionId }) => {
      if (actionId === 'perform_respawn') this.#command({ type: 'respawn' }, NOTHING_OWED);
    },
    chat_message: ({ message }) => this.#chat(message),
    chat_command: ({ command }) => this.#slash(command),
    chat_command_signed: ({ command }) => this.#slash(command),
    tab_complete: ({ transactionId, text }) => this.#complete(transactionId, text),
  };

  constructor(
    context: GameContext,
    host: SessionHost,
    facts: { readonly id: Uuid; readonly profile: Profile; readonly connection: Connection; readonly settings: WireSettings | null },
  ) {
    this.#context = context;
    this.#host = host;
    this.id = facts.id;
    this.profile = facts.profile;
    this.connection = facts.connection;
    this.#settings = facts.settings;
    this.ownKey = `player:${facts.profile.uuid}`;
    this.eid = context.eids.ofPlayer(facts.profile.uuid);
    this.#queue = new CommandQueue(facts.id, facts.profile.uuid);
    this.#answeredAt = context.clock.now();
  }

  get uuid(): Uuid {
    return this.profile.uuid;
  }

  /** null while the player is in no dimension of which this gateway knows: before it is admitted, and between two. */
  get view(): DimensionView | null {
    return this.#place?.view ?? null;
  }

  get player(): Player {
    return this.#host.known(this.uuid).player;
  }

  get pose(): Pose {
    return this.#movement?.pose ?? this.player.pose;
  }

  get echoesItems(): boolean {
    return this.#place !== null && this.player.gameMode === 'creative';
  }

  get appearance(): { readonly skinParts: number; readonly mainHand: number } | null {
    return this.#settings === null ? null : { skinParts: this.#settings.skinParts, mainHand: this.#settings.mainHand };
  }

  /** Chunks that the client may see: its own wish within what this gateway gives. */
  get viewDistance(): number {
    return Math.max(2, Math.min(this.#settings?.viewDistance ?? this.#context.viewDistance, this.#context.viewDistance));
  }

  sees(chunk: ChunkKey): boolean {
    return this.#place?.stream.has(chunk) === true;
  }

  wants(chunk: ChunkKey): boolean {
    return this.#place?.stream.wants(chunk) === true;
  }

  arrived(chunk: ChunkPos): void {
    this.#place?.stream.arrived(chunk);
  }

  /** The node can not give the chunk. */
  missed(chunk: ChunkKey): void {
    this.#place?.stream.missed(chunk);
  }

  packet(packet: ClientPacket): void {
    handle(this.#handlers, packet);
  }

  /** The player is in this dimension now. `open` sends what the client needs first, and calls `place` where its position belongs in that. */
  enter(view: DimensionView, open: (place: () => void) => void): void {
    const { player } = this;
    this.#leave(this.view !== view);
    this.#opened = true;
    const stream = new ChunkStream(this.connection, view, this.#context.clock, {
      ask: (wanted) => this.#context.emit({ type: 'chunks', session: this.id, dimension: view.info.name, wanted }),
      sent: (key) => this.#shown(view, key),
      dropped: (key) => this.#dropped(view, key),
      released: (key) => this.#host.released(view, key),
    });
    this.#held = player.heldSlot;
    if (this.#windows === null) this.#windows = new Windows(this.#context, this.connection, view);
    else this.#windows.enter(view);
    const movement = (this.#movement ??= this.#startMovement(player));
    open(() => movement.teleport(player.pose));
    this.#place = { view, stream };
    view.viewers.add(this);
    stream.look(chunkOf(player.pose), this.viewDistance);
    this.resync();
  }

  /** The player is in no dimension any more. The client keeps what it has until it is told of another. */
  leave(): void {
    this.#leave(true);
  }

  /** Whether it has ever been in the world: its client has a level. */
  get isOpened(): boolean {
    return this.#opened;
  }

  teleport(pose: Pose): void {
    this.#movement?.teleport(pose);
  }

  /** Only the newest question is still on the screen. */
  complete(
    id: number,
    { start, length, matches }: { readonly start: number; readonly length: number; readonly matches: readonly string[] },
  ): void {
    if (this.#completing?.id !== id) return;
    const shifted = start + this.#completing.slash;
    const found = matches.map((match) => ({ match, tooltip: undefined }));
    this.connection.send('tab_complete', { transactionId: id, start: shifted, length, matches: found });
  }

  /** Once a tick. False: the client has been silent for too long. */
  tick(): boolean {
    this.#movement?.tick();
    if (this.#chatTicks > 0) this.#chatTicks -= 1;
    this.#place?.stream.pump();
    const now = this.#context.clock.now();
    if (now - this.#answeredAt > GAME_SILENCE_MILLIS_MAX) {
      this.connection.send('kick_disconnect', { reason: plainText(SILENT_TOO_LONG) });
      return false;
    }
    if (this.#keepAlive === null && now - this.#answeredAt > GAME_KEEP_ALIVE_MILLIS) {
      this.#keepAlive = { id: BigInt(Math.floor(now)), sentAt: now };
      this.connection.send('keep_alive', { keepAliveId: this.#keepAlive.id });
    }
    return true;
  }

  /** Commands up to `sequence` were executed, the one with `sequence` perhaps refused. The blocks they changed were sent before. */
  executed(sequence: number, refused: boolean): void {
    this.#settle(this.#queue.executed(sequence), refused);
  }

  /** A command was refused before it was ordered. */
  refused(sequence: number): void {
    const owed = this.#queue.refused(sequence);
    if (owed !== null) this.#settle([owed], true);
  }

  /** After effects: what the client shows of items and the selected slot, if nothing newer of its own is under way. */
  sync(): void {
    if (this.#place === null || this.#queue.hasItemsWaiting) return;
    const { player } = this;
    if (player.heldSlot !== this.#held) {
      this.#held = player.heldSlot;
      this.connection.send('held_item_slot', { slot: this.#held });
    }
    this.#windows?.sync(player);
  }

  resync(): void {
    if (this.#place !== null) this.#windows?.resync(this.player);
  }

  #leave(release: boolean): void {
    const place = this.#place;
    if (place === null) return;
    place.view.viewers.delete(this);
    this.#place = null;
    place.stream.close(release);
  }

  #startMovement({ pose, flying }: Player): Movement {
    const surroundings = surroundingsOf(
      this.#context.states,
      (pos) => this.#place?.view.block(pos) ?? 0,
      () => this.player,
    );
    const listener = {
      presence: (presence: PlayerPresence): void => this.#context.emit({ type: 'presence', presence }),
      landed: (distance: number): void => this.#command({ type: 'land', distance }, NOTHING_OWED),
      invalid: (what: string): void => this.#host.misbehaved(this, 'play.position-invalid', { what }),
      movedTo: (to: Pose): void => this.#place?.stream.look(chunkOf(to), this.viewDistance),
    };
    const { connection } = this;
    return new Movement({ player: this.uuid, connection, clock: this.#context.clock, listener, surroundings }, { pose, flying });
  }

  #setSettings(settings: WireSettings): void {
    const before = this.viewDistance;
    this.#settings = settings;
    if (this.#place === null) return;
    if (this.viewDistance !== before) this.#place.stream.look(chunkOf(this.pose), this.viewDistance);
    this.#host.lookChanged(this);
  }

  #answered(id: bigint): void {
    if (this.#keepAlive?.id !== id) return;
    const now = this.#context.clock.now();
    this.latencyMillis = Math.round(now - this.#keepAlive.sentAt);
    this.#answeredAt = now;
    this.#keepAlive = null;
  }

  #entityAction(action: string): void {
    if (action === 'start_sneaking' || action === 'stop_sneaking') this.#movement?.setSneaking(action === 'start_sneaking');
    if (action === 'start_sprinting' || action === 'stop_sprinting') this.#movement?.setSprinting(action === 'start_sprinting');
  }

  #setFlying(wanted: boolean): void {
    if (this.#place === null) return;
    const mayFly = this.player.gameMode === 'creative' || this.player.gameMode === 'spectator';
    this.#movement?.setFlying(wanted && mayFly);
  }

  #useEntity(params: ClientPackets['use_entity']): void {
    const body = this.#context.eids.body(params.target);
    if (body !== null) this.#wish((pose) => entityWish(params, body, pose));
  }

  #hold(slot: number): void {
    if (this.#place === null || slot < 0 || slot > 8) return;
    this.#held = slot;
    this.#command({ type: 'holdSlot', slot }, { ...NOTHING_OWED, items: 'told' });
  }

  /** Brings an item of the bag into the hotbar: an empty place of it, else the selected one. A number key does the same. */
  #pick(slot: number): void {
    if (this.#place === null || slot < 9 || slot >= HOTBAR_FIRST_SLOT) return;
    const { inventory } = this.player;
    const order = Array.from({ length: HOTBAR_SLOTS }, (_, index) => (this.#held + index) % HOTBAR_SLOTS);
    const target = order.find((index) => inventory[HOTBAR_FIRST_SLOT + index] === null) ?? this.#held;
    this.connection.send('held_item_slot', { slot: target });
    this.#hold(target);
    this.#wish((pose) => clickWish({ windowId: 0, slot, mouseButton: target, mode: NUMBER_KEY }, pose));
  }

  #click(params: ClientPackets['window_click']): void {
    this.#windows?.predicted(params);
    this.#wish((pose) => clickWish(params, pose));
  }

  #closeWindow(window: number): void {
    this.#windows?.closedByClient(window);
    this.#wish((pose) => ({ action: { type: 'closeWindow', window, pose }, owed: NOTHING_OWED }));
  }

  #creativeSlot({ slot, item }: ClientPackets['set_creative_slot']): void {
    if (this.#place === null) return;
    let stack: Slot;
    try {
      stack = this.#context.slots.fromWire(item);
    } catch {
      // An item or a registry entry that does not exist: show the client what it has.
      this.resync();
      return;
    }
    this.#windows?.predictedCreative(slot, stack);
    this.#wish((pose) => creativeWish(slot, stack, pose));
  }

  #chat(message: string): void {
    const text = clean(message).slice(0, CHAT_CHARACTERS_MAX).trim();
    if (this.#place === null || text === '') return;
    if (this.#chatTicks > (GAME_CHAT_BURST_MAX - 1) * GAME_CHAT_TICKS) {
      this.connection.send('system_chat', { content: plainText(sentenceOf('play.too-fast', {})), isActionBar: false });
      return;
    }
    this.#chatTicks += GAME_CHAT_TICKS;
    this.#context.emit({ type: 'chat', from: this.uuid, text });
  }

  #slash(command: string): void {
    const text = clean(command).slice(0, COMMAND_CHARACTERS_MAX);
    this.#wish((pose) => ({ action: { type: 'slash', text, pose }, owed: NOTHING_OWED }));
  }

  /** The world knows commands without the slash; clients count it. */
  #complete(id: number, typed: string): void {
    if (this.#place === null) return;
    const slash = typed.startsWith('/') ? 1 : 0;
    this.#completing = { id, slash };
    const text = typed.slice(slash, COMMAND_CHARACTERS_MAX);
    this.#context.emit({ type: 'complete', session: this.id, player: this.uuid, id, text });
  }

  #wish(make: (pose: Pose) => Wish | null): void {
    if (this.#place === null || this.#movement === null) return;
    const wish = make(this.#movement.pose);
    if (wish !== null) this.#command(wish.action, wish.owed);
  }

  /** A frozen world and a client that is too far ahead are answered at once with how things are. */
  #command(action: Action, owed: Owed): void {
    if (this.#place === null) return;
    const command = this.#host.isFrozen ? null : this.#queue.add(action, owed);
    if (command === null) this.#settle([owed], true);
    else this.#context.emit({ type: 'command', command });
  }

  /** 1. Blocks as they are, where one was refused. 2. The counters of its predictions. 3. Its items. */
  #settle(done: readonly Owed[], refused: boolean): void {
    const last = done.at(-1);
    if (last === undefined || this.#place === null) return;
    if (refused) for (const pos of last.positions) this.#sendBlock(pos);
    const acknowledged = done.flatMap(({ acknowledge }) => (acknowledge === null ? [] : [acknowledge]));
    if (acknowledged.length > 0) this.connection.send('acknowledge_player_digging', { sequenceId: Math.max(...acknowledged) });
    if (refused && last.items !== 'none') this.resync();
    else if (done.some(({ items }) => items === 'guessed')) {
      for (const hand of ['main', 'off'] as const) this.#windows?.doubt(handSlot(hand, this.#held));
    }
  }

  #sendBlock(pos: { readonly x: number; readonly y: number; readonly z: number }): void {
    const { view } = this.#place!;
    if (pos.y < view.info.minY || pos.y >= view.info.minY + view.info.height) return;
    this.connection.send('block_change', { location: pos, type: this.#context.states.shown(view.block(pos)) });
  }

  #shown(view: DimensionView, key: ChunkKey): void {
    for (const body of view.bodies.in(key)) if (body.key !== this.ownKey) view.bodies.spawn(this, body);
  }

  #dropped(view: DimensionView, key: ChunkKey): void {
    const entityIds = [...view.bodies.in(key)].filter((body) => body.key !== this.ownKey).map(({ eid }) => eid);
    if (entityIds.length > 0) this.connection.send('entity_destroy', { entityIds });
  }
}

/** Click mode of a number key over a slot, and how many of those keys there are. */
const NUMBER_KEY = 2;
const HOTBAR_SLOTS = 9;

/** Without control characters and formatting codes. */
function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}§]/gu, '');
}
