import { AppError } from '../../../src-shared/errors/index.ts';
import type { DimensionName, Uuid } from '../../../src-shared/units/index.ts';
import { toUtf8 } from '../../../src-shared/units/index.ts';
import { TICK_MILLIS } from '../../../src-shared/config/index.ts';
import { councilView, encodeCouncil, type CouncilRequest } from '../../core/pool/index.ts';
import type { Collected, Player } from '../../core/world/index.ts';
import { readPlayer, type ImportedWorld } from '../../io/anvil/index.ts';
import type { Store } from '../../io/store/index.ts';
import type { NodeKit } from '../kit.ts';
import type { CouncilGroup } from './councilGroup.ts';
import { savedPlayer } from './savedPlayers.ts';
import type { ShardEntry, ShardGroup } from './shardGroup.ts';
import type { SnapshotFact } from './snapshots.ts';

export interface OpenParts {
  readonly kit: NodeKit;
  readonly store: Store;
  readonly lineage: number;
  readonly council: CouncilGroup;
  readonly shards: ReadonlyMap<string, ShardGroup>;
  readonly imported: ImportedWorld | null;
}

/** A sole voter decides in a few disk syncs; a voter of several opens without waiting for the others. */
const TAIL_MILLIS_MAX = 10_000;

/** A world whose groups have recovered: the council and one shard per dimension, on one store. */
export class OpenWorld {
  readonly store: Store;
  readonly council: CouncilGroup;
  readonly shards: ReadonlyMap<string, ShardGroup>;
  readonly imported: ImportedWorld | null;
  readonly #kit: NodeKit;
  readonly #lineage: number;
  #bytesSinceSnapshot = 0;

  constructor(parts: OpenParts) {
    this.#kit = parts.kit;
    this.#lineage = parts.lineage;
    this.store = parts.store;
    this.imported = parts.imported;
    this.council = parts.council;
    this.shards = parts.shards;
  }

  get overworld(): ShardGroup {
    return this.shards.get('overworld')!;
  }

  get view(): ReturnType<typeof councilView> {
    return councilView(this.council.council, this.council.height);
  }

  get idle(): boolean {
    return this.council.idle && [...this.shards.values()].every((shard) => shard.idle);
  }

  get bytesSinceSnapshot(): number {
    return this.#bytesSinceSnapshot;
  }

  noteEntry(bytes: number): void {
    this.#bytesSinceSnapshot += bytes;
  }

  /** The council's requests in a shard's final entry, each named by where it stands. */
  carryToCouncil(entry: ShardEntry): void {
    for (const [index, effect] of entry.effects.entries()) {
      if (effect.type === 'council')
        this.council.enqueue({ source: entry.group, height: entry.height, index, tick: entry.tick, request: effect.request });
    }
  }

  /** A request of this node itself; resolves when it is final. The driver of a running world ticks the council, else we do. */
  async request(request: CouncilRequest): Promise<void> {
    const source = `node/${this.#kit.identity.peerId}`;
    const height = (this.council.council.executed[source]?.height ?? 0) + 1;
    this.council.enqueue({ source, height, index: 0, tick: this.overworld.shard.tick, request });
    while ((this.council.council.executed[source]?.height ?? 0) < height) {
      this.council.tick();
      await this.council.log.settled();
      await new Promise<void>((resolve) => this.#kit.clock.after(TICK_MILLIS / 10, resolve));
    }
  }

  /** The shard a player belongs in, and what the save knows of someone who has not been here yet. */
  async findPlayer(uuid: Uuid, name: string): Promise<{ readonly shard: ShardGroup; readonly profile: Player | null }> {
    for (const shard of this.shards.values()) if (shard.shard.player(uuid) !== null) return { shard, profile: null };
    const departed = this.#departed(uuid);
    if (departed !== null) return departed;
    const saved = this.imported === null ? null : savedPlayer(this.imported, this.council.council.claims, uuid);
    const bytes = saved === null ? null : await this.store.blobs.get(saved.blob);
    if (saved === null || bytes === null) return { shard: this.overworld, profile: null };
    const { player, dimension } = readPlayer(bytes, { uuid, name, inLevel: saved.inLevel, kit: this.#kit.world, blob: saved.blob });
    return { shard: this.#shardOf(dimension) ?? this.overworld, profile: player };
  }

  /**
   * 1. Wait until all that is executed is certified (the caller holds new ticks back). 2. Collect, at one moment for all groups, and
   * let ticks go on. 3. Blobs are durable. 4. The catalogue names the snapshot. 5. Each log starts from there.
   */
  async snapshot(onCollected: () => void = () => undefined): Promise<void> {
    await this.#untilCertified();
    const groups = [...this.shards.values()].map((shard) => ({ shard, height: shard.finalHeight, collected: shard.shard.collect() }));
    const council = { root: this.council.root, height: this.council.height, text: encodeCouncil(this.council.council) };
    this.#bytesSinceSnapshot = 0;
    onCollected();
    for (const { collected } of groups) await this.#put(collected);
    await this.store.blobs.put(council.root, toUtf8(council.text));
    await this.store.blobs.sync();
    for (const { shard, collected } of groups) shard.shard.collected(collected);
    const heights = Object.fromEntries(groups.map(({ shard, height, collected }) => [shard.group, { height, root: collected.root }]));
    const fact: SnapshotFact = {
      lineage: this.#lineage,
      wall: this.#kit.clock.wall(),
      council: { height: council.height, root: council.root },
      shards: heights,
    };
    this.store.catalogue.addFact('snapshots', this.overworld.finalHeight, JSON.stringify(fact));
    for (const { shard, height } of groups) shard.log.snapshotDurable(height);
    this.council.log.snapshotDurable(council.height);
    this.#kit.log.event('snapshot.made', { blobs: groups.reduce((sum, { collected }) => sum + collected.blobs.length, 0) });
  }

  /** Lets the logs decide what they held when the machine stopped. */
  async certifyTail(): Promise<void> {
    const logs = [this.council.log, ...[...this.shards.values()].map((shard) => shard.log)];
    const deadline = this.#kit.clock.now() + TAIL_MILLIS_MAX;
    while (logs.some(({ status }) => status.unfinal > 0 || (status.role === 'czar' && !status.mayPropose))) {
      if (this.#kit.clock.now() > deadline)
        throw new AppError('store.damaged', { group: logs.find(({ status }) => status.unfinal > 0)?.status.group ?? 'council' });
      for (const log of logs) log.tick();
      await new Promise<void>((resolve) => this.#kit.clock.after(TICK_MILLIS / 10, resolve));
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.council.log.settled(), ...[...this.shards.values()].map((shard) => shard.log.settled())]);
    for (const shard of this.shards.values()) shard.residency.close();
    await this.store.close();
  }

  async #put(collected: Collected): Promise<void> {
    const AT_ONCE = 64;
    for (let i = 0; i < collected.blobs.length; i += AT_ONCE) {
      const some = collected.blobs.slice(i, i + AT_ONCE).map(({ name, encode }) => ({ name, bytes: encode() }));
      await this.store.blobs.putMany(some);
    }
  }

  async #untilCertified(): Promise<void> {
    while ([...this.shards.values()].some((shard) => shard.hasUnfinal) || this.council.log.status.unfinal > 0) {
      await Promise.all([this.council.log.settled(), ...[...this.shards.values()].map((shard) => shard.log.settled())]);
    }
  }

  /** Somebody who left one shard and, because the machine stopped, never came into the other. */
  #departed(uuid: Uuid): { readonly shard: ShardGroup; readonly profile: Player } | null {
    for (const { shard } of this.shards.values()) {
      for (const { player, to, pose } of shard.departures()) {
        const target = this.#shardOf(to);
        if (player.uuid === uuid && target !== null) return { shard: target, profile: { ...player, pose } };
      }
    }
    return null;
  }

  #shardOf(dimension: DimensionName): ShardGroup | null {
    for (const shard of this.shards.values()) if (shard.shard.dimension === dimension) return shard;
    return null;
  }
}
