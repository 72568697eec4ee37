import { COMMANDS_PER_ENTRY_MAX, COMMANDS_QUEUED_PER_PLAYER_MAX, ENTRY_EVERY_TICKS_MAX } from '../../../src-shared/config/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import {
  chunkKey,
  chunkOf,
  equalBytes,
  type BlockPos,
  type ChunkKey,
  type ChunkPos,
  type Hash,
  type Uuid,
} from '../../../src-shared/units/index.ts';
import type { LogEntry } from '../../core/consensus/index.ts';
import {
  advance,
  advanceAccountable,
  decodePayload,
  encodeEffects,
  encodePayload,
  neededChunks,
  type Command,
  type CouncilView,
  type Effect,
  type Rules,
  type Shard,
  type Undo,
  type WorldKit,
} from '../../core/world/index.ts';
import type { Checked, GroupLog } from './groupLog.ts';
import type { Residency } from './residency.ts';

/** One entry of the shard as the rest of the node hears of it. */
export interface ShardEntry {
  readonly group: string;
  readonly height: number;
  readonly hash: Hash;
  readonly tick: number;
  readonly commands: readonly Command[];
  readonly effects: readonly Effect[];
}

export interface ShardAnnounce {
  /** Executed here and shown at once. */
  proposed(entry: ShardEntry): void;
  /** Certified. */
  final(entry: ShardEntry): void;
  /** Taken back, newest first. */
  dropped(entry: ShardEntry): void;
}

interface Unfinal extends ShardEntry {
  readonly undo: Undo;
  readonly tickBefore: number;
}

export interface ShardParts {
  readonly group: string;
  readonly shard: Shard;
  readonly kit: WorldKit;
  readonly rules: Rules;
  readonly residency: Residency;
  readonly announce: ShardAnnounce;
  readonly council: () => CouncilView;
  /** At a final height of the council; null when it is not known here. */
  readonly councilAt: (height: number) => CouncilView | null;
  readonly wall: () => number;
}

/** A shard on this machine: its state, its log, the commands that wait. The czar's side: orders, executes, proposes. */
export class ShardGroup {
  readonly group: string;
  readonly shard: Shard;
  readonly residency: Residency;
  readonly #parts: ShardParts;
  #log: GroupLog | null = null;
  readonly #queue: Command[] = [];
  readonly #queued = new Map<Uuid, number>();
  readonly #unfinal: Unfinal[] = [];
  /** Finals found by recovery, worked off by `replay` because chunks must be read first. */
  #recovered: LogEntry[] | null = [];
  readonly #recoveredHashes = new Map<number, Hash>();
  #lastEntryTick: number;
  #finalHeight = 0;
  readonly #replayed = Promise.withResolvers<void>();
  #checking: Promise<unknown> = Promise.resolve();

  constructor(parts: ShardParts) {
    this.#parts = parts;
    this.group = parts.group;
    this.shard = parts.shard;
    this.residency = parts.residency;
    this.#lastEntryTick = parts.shard.tick;
  }

  attach(log: GroupLog): void {
    this.#log = log;
  }

  get log(): GroupLog {
    if (this.#log === null) throw new Error('shard group without a log');
    return this.#log;
  }

  get finalHeight(): number {
    return this.#finalHeight;
  }

  get idle(): boolean {
    return this.#queue.length === 0 && this.#unfinal.length === 0;
  }

  get hasUnfinal(): boolean {
    return this.#unfinal.length > 0;
  }

  /** False when the player has too many commands waiting. */
  enqueue(command: Command): boolean {
    const waiting = this.#queued.get(command.player) ?? 0;
    if (waiting >= COMMANDS_QUEUED_PER_PLAYER_MAX) return false;
    this.#queued.set(command.player, waiting + 1);
    this.#queue.push(command);
    return true;
  }

  /**
   * 1. Time stands still while nobody plays. 2. Wait for certificates and chunks. 3. Execute. 4. A tick in which nothing happened
   * makes no entry, up to a second. 5. Apply and propose.
   */
  tick(): void {
    const { shard, kit, rules } = this.#parts;
    if (!this.#someonePlays() && this.#queue.length === 0) return;
    if (!this.log.status.mayPropose) return;
    const tick = shard.tick + 1;
    const council = this.#parts.council();
    if (!this.residency.ensure(neededChunks(shard, { council, commands: [], tick }, kit, rules))) return;
    const commands = this.#takeReady(tick);
    const { effects, accountable } = advance(shard, { council, commands, tick }, kit, rules);
    if (effects.length === 0 && commands.length === 0 && tick - this.#lastEntryTick < ENTRY_EVERY_TICKS_MAX) {
      shard.setTick(tick);
      return;
    }
    this.#propose(tick, commands, effects, accountable);
  }

  #propose(tick: number, commands: readonly Command[], effects: readonly Effect[], accountable: number): void {
    const { shard, kit } = this.#parts;
    const tickBefore = shard.tick;
    const undo = shard.apply(effects);
    shard.setTick(tick);
    const payload = encodePayload(
      {
        tickFrom: this.#lastEntryTick + 1,
        tickTo: tick,
        councilHeight: this.#parts.council().height,
        wallMillis: this.#parts.wall(),
        commands,
        effects,
        accountable,
      },
      kit,
    );
    const entry = this.log.propose(payload, shard.root());
    if (entry === null) throw new Error(`${this.group}: the replica refused a proposal it had allowed`);
    this.#lastEntryTick = tick;
    const made: Unfinal = { group: this.group, height: entry.height, hash: entry.hash, tick, commands, effects, undo, tickBefore };
    this.#unfinal.push(made);
    this.#parts.announce.proposed(made);
  }

  final(entry: LogEntry): void {
    this.#finalHeight = entry.height;
    if (this.#recovered !== null) {
      this.#recovered.push(entry);
      return;
    }
    if (entry.kind !== 'normal') return;
    const first = this.#unfinal.shift();
    if (first?.hash !== entry.hash) throw new Error(`${this.group}: final entry ${entry.height} is not the oldest unfinal one`);
    this.#parts.announce.final(first);
  }

  /**
   * The voter's side: 1. after everything before it. 2. Chunks. 3. Execute the accountable part and compare it with the czar's. 4. Apply the
   * effects; the root tells the rest. An entry that only carries the tail of an older view changes nothing.
   */
  check(entry: LogEntry): Promise<Checked> {
    const checked = Promise.all([this.#replayed.promise, this.#checking]).then(() => this.#execute(entry));
    this.#checking = checked.catch(() => undefined);
    return checked;
  }

  async #execute(entry: LogEntry): Promise<Checked> {
    const { shard, kit, rules } = this.#parts;
    if (entry.kind !== 'normal') return { ok: true, stateRoot: shard.root() };
    const { tickTo: tick, councilHeight, commands, effects, accountable } = decodePayload(entry.payload, kit);
    const council = this.#parts.councilAt(councilHeight);
    if (council === null) return { ok: false, code: 'council-unknown', stateRoot: null };
    const input = { council, commands, tick };
    await this.residency.load([...neededChunks(shard, input, kit, rules), ...chunksOf(effects)]);
    const own = advanceAccountable(shard, input, kit, rules).effects;
    const same = equalBytes(encodeEffects(own, kit), encodeEffects(effects.slice(0, accountable), kit));
    if (!same) return { ok: false, code: 'effects-differ', stateRoot: null };
    const tickBefore = shard.tick;
    const undo = shard.apply(effects);
    shard.setTick(tick);
    const stateRoot = shard.root();
    if (stateRoot !== entry.stateRoot) {
      shard.undo(undo);
      shard.setTick(tickBefore);
      return { ok: false, code: 'roots-differ', stateRoot };
    }
    this.#lastEntryTick = tick;
    this.#unfinal.push({ group: this.group, height: entry.height, hash: entry.hash, tick, commands, effects, undo, tickBefore });
    return { ok: true, stateRoot };
  }

  dropped(entry: LogEntry): void {
    if (entry.kind !== 'normal') return;
    const last = this.#unfinal.pop();
    if (last?.hash !== entry.hash) throw new Error(`${this.group}: dropped entry ${entry.height} is not the newest unfinal one`);
    this.shard.undo(last.undo);
    this.shard.setTick(last.tickBefore);
    this.#lastEntryTick = last.tickBefore;
    this.#parts.announce.dropped(last);
  }

  /** Hashes of the entries that recovery replayed, by height. */
  get recoveredHashes(): ReadonlyMap<number, Hash> {
    return this.#recoveredHashes;
  }

  /** Applies what the log holds above the snapshot, and checks every root. Then the group is live. */
  async replay(): Promise<readonly ShardEntry[]> {
    const { shard, kit } = this.#parts;
    const replayed: ShardEntry[] = [];
    for (let entry = this.#recovered?.shift(); entry !== undefined; entry = this.#recovered?.shift()) {
      this.#recoveredHashes.set(entry.height, entry.hash);
      if (entry.kind !== 'normal') continue;
      const payload = decodePayload(entry.payload, kit);
      await this.residency.load(chunksOf(payload.effects));
      shard.apply(payload.effects);
      shard.setTick(payload.tickTo);
      if (shard.root() !== entry.stateRoot) throw new AppError('store.damaged', { group: this.group, height: entry.height });
      replayed.push({
        group: this.group,
        height: entry.height,
        hash: entry.hash,
        tick: payload.tickTo,
        commands: payload.commands,
        effects: payload.effects,
      });
    }
    this.#recovered = null;
    this.#replayed.resolve();
    this.#lastEntryTick = shard.tick;
    return replayed;
  }

  /** Whether a waiting command of the player breaks the block: its client walks through already. */
  isChanging(player: Uuid, pos: BlockPos): boolean {
    return this.#queue.some(
      ({ player: other, action }) =>
        other === player && (action.type === 'startDig' || action.type === 'finishDig') && samePos(action.pos, pos),
    );
  }

  /** Chunks that players and the rules need now: what must not be evicted. */
  neededNow(): ReadonlySet<ChunkKey> {
    const { shard, kit, rules } = this.#parts;
    return new Set(
      neededChunks(shard, { council: this.#parts.council(), commands: this.#queue, tick: shard.tick + 1 }, kit, rules).map(({ x, z }) =>
        chunkKey(x, z),
      ),
    );
  }

  #someonePlays(): boolean {
    for (const player of this.shard.players()) if (player.online) return true;
    return false;
  }

  /** Commands in order of arrival whose chunks are resident; a player whose command must wait waits with all later ones. */
  #takeReady(tick: number): readonly Command[] {
    const { shard, kit, rules } = this.#parts;
    const council = this.#parts.council();
    const ready: Command[] = [];
    const waiting: Command[] = [];
    const blocked = new Set<Uuid>();
    for (const command of this.#queue) {
      const may = !blocked.has(command.player) && ready.length < COMMANDS_PER_ENTRY_MAX;
      if (may && this.residency.ensure(neededChunks(shard, { council, commands: [command], tick }, kit, rules))) ready.push(command);
      else {
        blocked.add(command.player);
        waiting.push(command);
      }
    }
    this.#queue.splice(0, this.#queue.length, ...waiting);
    for (const { player } of ready) {
      const left = (this.#queued.get(player) ?? 1) - 1;
      if (left === 0) this.#queued.delete(player);
      else this.#queued.set(player, left);
    }
    return ready;
  }
}

function chunksOf(effects: readonly Effect[]): readonly ChunkPos[] {
  const found = new Map<ChunkKey, ChunkPos>();
  const add = (pos: ChunkPos): void => void found.set(chunkKey(pos.x, pos.z), pos);
  for (const effect of effects) {
    if (effect.type === 'block' || effect.type === 'blockEntity') add(chunkOf(effect.pos));
    if (effect.type === 'adoptEntities') add(effect.chunk);
  }
  return [...found.values()];
}

function samePos(a: BlockPos, b: BlockPos): boolean {
  return a.x === b.x && a.y === b.y && a.z === b.z;
}
