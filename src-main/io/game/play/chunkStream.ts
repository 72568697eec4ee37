import { GAME_CHUNK_BATCHES_MAX, GAME_CHUNKS_PER_TICK_MAX, TICK_MILLIS } from '../../../../src-shared/config/index.ts';
import { chunkKey, parseChunkKey, type ChunkKey, type ChunkPos } from '../../../../src-shared/units/index.ts';
import { LIGHT_NEIGHBOURS } from '../../../core/world/index.ts';
import type { Clock } from '../../../ports/index.ts';
import type { SharedPacket } from '../wire/packet.ts';
import type { Connection } from '../wire/connection.ts';
import type { DimensionView } from './dimensionView.ts';

/** asked: of the node. here: held by the view, to be sent. missing: the node can not give it. */
type Progress = 'asked' | 'here' | 'sent' | 'missing';

/** What a client that measured nothing yet gets (vanilla). */
const CHUNKS_PER_TICK_FIRST = 9;
/** Chunks around the player that are sent one by one as they come, and how many wait for each other after that. */
const CHUNKS_AT_ONCE = 9;
const CHUNKS_TOGETHER = 16;
/** Times that a chunk may change while it is deflated off the thread; then it is deflated on it. */
const PREPARE_TRIES_MAX = 3;

export interface ChunkStreamListener {
  /** Nearest first. */
  ask(wanted: readonly ChunkPos[]): void;
  /** The client has the chunk now. */
  sent(key: ChunkKey): void;
  /** It is about to lose it. */
  dropped(key: ChunkKey): void;
  /** It is out of sight, whether or not the client had it. */
  released(key: ChunkKey): void;
}

/**
 * The chunks of one client: which it should have around its player, which it has, and how fast it takes them. Paced as vanilla does:
 * batches as large as the client's own measure of chunks a tick, no more than a few unanswered.
 */
export class ChunkStream {
  readonly #connection: Connection;
  readonly #view: DimensionView;
  readonly #clock: Clock;
  readonly #listener: ChunkStreamListener;
  readonly #progress = new Map<ChunkKey, Progress>();
  /** Chunks that are here and not sent, in no order. */
  #waiting: ChunkPos[] = [];
  #pumpSoon: (() => void) | null = null;
  /** Packets that are being deflated off the thread, and how often that had to start again. */
  readonly #preparing = new Map<ChunkKey, { readonly packet: SharedPacket; readonly tries: number }>();
  #offsets: readonly ChunkPos[] = [];
  #center: ChunkPos | null = null;
  #radius = 0;
  #perTick = CHUNKS_PER_TICK_FIRST;
  #quota = CHUNKS_PER_TICK_FIRST;
  #quotaAt: number;
  #unanswered = 0;
  #sent = 0;
  #unansweredMax = 1;
  #closed = false;

  constructor(connection: Connection, view: DimensionView, clock: Clock, listener: ChunkStreamListener) {
    this.#connection = connection;
    this.#view = view;
    this.#clock = clock;
    this.#listener = listener;
    this.#quotaAt = clock.now();
  }

  has(key: ChunkKey): boolean {
    return this.#progress.get(key) === 'sent';
  }

  wants(key: ChunkKey): boolean {
    return this.#progress.has(key);
  }

  get center(): ChunkPos | null {
    return this.#center;
  }

  /** 1. Let go of what is out of sight. 2. List what is in sight, nearest first. 3. Ask for what nobody here has. */
  look(center: ChunkPos, radius: number): void {
    if (this.#center?.x === center.x && this.#center.z === center.z && this.#radius === radius) return;
    if (this.#radius !== radius) this.#offsets = offsetsInSight(radius);
    this.#center = center;
    this.#radius = radius;
    this.#connection.send('update_view_position', { chunkX: center.x, chunkZ: center.z });
    for (const [key, progress] of this.#progress) {
      const { x, z } = parseChunkKey(key);
      if (isInSight(x - center.x, z - center.z, radius)) continue;
      this.#progress.delete(key);
      if (progress === 'sent') {
        this.#listener.dropped(key);
        this.#connection.send('unload_chunk', { chunkX: x, chunkZ: z });
      }
      this.#listener.released(key);
    }
    const missing: ChunkPos[] = [];
    for (const { x, z } of this.#inSight(center)) {
      const key = chunkKey(x, z);
      const progress = this.#progress.get(key);
      if (progress === undefined && this.#view.has(key)) this.#wait({ x, z });
      else if (progress === undefined) this.#progress.set(key, 'asked');
      if (this.#progress.get(key) === 'asked') missing.push({ x, z });
    }
    if (missing.length > 0) this.#listener.ask(missing);
    this.pump();
  }

  /** The view holds the chunk now. The first ones go at once, for the player waits for them; later ones together. */
  arrived(pos: ChunkPos): void {
    const progress = this.#progress.get(chunkKey(pos.x, pos.z));
    if (progress === 'asked' || progress === 'missing') this.#wait(pos);
    if (this.#sent < CHUNKS_AT_ONCE || this.#waiting.length >= CHUNKS_TOGETHER) this.pump();
    else this.#pumpSoon ??= this.#clock.after(0, () => this.pump());
  }

  missed(key: ChunkKey): void {
    if (this.#progress.get(key) === 'asked') this.#progress.set(key, 'missing');
    this.#pumpSoon ??= this.#clock.after(0, () => this.pump());
  }

  /** The client took a batch and says how many chunks a tick it can take. */
  answered(chunksPerTick: number): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    this.#unansweredMax = GAME_CHUNK_BATCHES_MAX;
    this.#perTick = Number.isFinite(chunksPerTick) ? Math.min(GAME_CHUNKS_PER_TICK_MAX, Math.max(0.01, chunksPerTick)) : 0.01;
    this.pump();
  }

  /** Nothing is sent any more. What it held is released unless the next stream looks at the same chunks. */
  close(release: boolean): void {
    this.#closed = true;
    this.#pumpSoon?.();
    const keys = [...this.#progress.keys()];
    this.#progress.clear();
    if (release) for (const key of keys) this.#listener.released(key);
  }

  /** Sends what is ready and what the client will take. Called when anything changed and once a tick. */
  pump(): void {
    this.#pumpSoon?.();
    this.#pumpSoon = null;
    if (this.#closed || this.#center === null || this.#waiting.length === 0) return;
    this.#refill();
    if (this.#quota < 1 || this.#unanswered >= this.#unansweredMax) return;
    const batch = this.#nextBatch(this.#center, Math.floor(this.#quota));
    if (batch.length > 0) this.#send(batch);
  }

  #wait(pos: ChunkPos): void {
    this.#progress.set(chunkKey(pos.x, pos.z), 'here');
    this.#waiting.push(pos);
  }

  #refill(): void {
    const now = this.#clock.now();
    const earned = ((now - this.#quotaAt) / TICK_MILLIS) * this.#perTick;
    this.#quotaAt = now;
    this.#quota = Math.min(this.#quota + earned, Math.max(1, this.#perTick));
  }

  #send(batch: readonly { readonly key: ChunkKey; readonly packet: SharedPacket }[]): void {
    this.#connection.send('chunk_batch_start', {});
    for (const { key, packet } of batch) {
      this.#connection.sendShared(packet);
      this.#progress.set(key, 'sent');
      this.#preparing.delete(key);
    }
    this.#connection.send('chunk_batch_finished', { batchSize: batch.length });
    this.#quota -= batch.length;
    this.#sent += batch.length;
    this.#unanswered += 1;
    for (const { key } of batch) this.#listener.sent(key);
  }

  /** The nearest that can be sent. Those out of sight by now are forgotten. */
  #nextBatch(center: ChunkPos, count: number): readonly { readonly key: ChunkKey; readonly packet: SharedPacket }[] {
    const batch: { readonly key: ChunkKey; readonly packet: SharedPacket }[] = [];
    const left: ChunkPos[] = [];
    for (const pos of nearestFirst(this.#waiting, center)) {
      const key = chunkKey(pos.x, pos.z);
      if (this.#progress.get(key) !== 'here') continue;
      const packet = batch.length < count && this.#canBeLit(key, pos) ? this.#view.packet(key) : null;
      if (packet !== null && this.#isReady(key, packet)) batch.push({ key, packet });
      else left.push(pos);
    }
    this.#waiting = left;
    return batch;
  }

  /** Light flows in from neighbours: those that will come are waited for, those that will not are not. */
  #canBeLit(key: ChunkKey, { x, z }: ChunkPos): boolean {
    if (this.#view.isLit(key)) return true;
    return LIGHT_NEIGHBOURS.every(({ dx, dz }) => this.#progress.get(chunkKey(x + dx, z + dz)) !== 'asked');
  }

  #isReady(key: ChunkKey, packet: SharedPacket): boolean {
    if (packet.isReady(this.#connection.isCompressed)) return true;
    const under = this.#preparing.get(key);
    if (under?.packet === packet) return false;
    const tries = (under?.tries ?? 0) + 1;
    if (tries > PREPARE_TRIES_MAX) return true;
    this.#preparing.set(key, { packet, tries });
    void packet.prepare().then(() => this.pump());
    return false;
  }

  *#inSight(center: ChunkPos): Iterable<ChunkPos> {
    for (const { x, z } of this.#offsets) yield { x: center.x + x, z: center.z + z };
  }
}

/**
 * Whether a chunk at this distance is in sight: a circle and one chunk around it, whose edges clients need to draw the circle.
 * Source: `ChunkTrackingView.isWithinDistance` of 1.21.1.
 */
export function isInSight(dx: number, dz: number, radius: number): boolean {
  const x = Math.max(0, Math.abs(dx) - 2);
  const z = Math.max(0, Math.abs(dz) - 2);
  return x * x + z * z < radius * radius;
}

/** All offsets in sight, nearest first. */
function offsetsInSight(radius: number): readonly ChunkPos[] {
  const found: ChunkPos[] = [];
  const reach = radius + 2;
  for (let x = -reach; x <= reach; x++) for (let z = -reach; z <= reach; z++) if (isInSight(x, z, radius)) found.push({ x, z });
  return nearestFirst(found, { x: 0, z: 0 });
}

function nearestFirst(chunks: readonly ChunkPos[], { x, z }: ChunkPos): readonly ChunkPos[] {
  const distance = (pos: ChunkPos): number => (pos.x - x) * (pos.x - x) + (pos.z - z) * (pos.z - z);
  return chunks.toSorted((a, b) => distance(a) - distance(b) || a.x - b.x || a.z - b.z);
}
