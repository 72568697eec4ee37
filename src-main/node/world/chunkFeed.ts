import { CHUNKS_SENT_AT_ONCE_MAX } from '../../../src-shared/config/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import type { ChunkPos, DimensionName, Uuid } from '../../../src-shared/units/index.ts';
import type { Gateway } from '../../io/game/index.ts';
import type { Blobs } from '../../io/store/index.ts';
import type { Log } from '../../ports/index.ts';
import type { ShardGroup } from './shardGroup.ts';

interface Feed {
  shard: ShardGroup;
  dimension: DimensionName;
  wanted: ChunkPos[];
  underWay: number;
}

/** Sends chunks to gateways in the order in which they ask, a few at a time per session. A newer request replaces what still waits. */
export class ChunkFeed {
  readonly #feeds = new Map<Uuid, Feed>();
  readonly #gateway: Gateway;
  readonly #blobs: Blobs;
  readonly #log: Log;

  constructor(gateway: Gateway, blobs: Blobs, log: Log) {
    this.#gateway = gateway;
    this.#blobs = blobs;
    this.#log = log;
  }

  want(session: Uuid, shard: ShardGroup, wanted: readonly ChunkPos[]): void {
    const feed = this.#feeds.get(session) ?? { shard, dimension: shard.shard.dimension, wanted: [], underWay: 0 };
    feed.shard = shard;
    feed.dimension = shard.shard.dimension;
    feed.wanted = [...wanted];
    this.#feeds.set(session, feed);
    this.#pump(session, feed);
  }

  forget(session: Uuid): void {
    this.#feeds.delete(session);
  }

  #pump(session: Uuid, feed: Feed): void {
    while (feed.underWay < CHUNKS_SENT_AT_ONCE_MAX && this.#feeds.get(session) === feed) {
      const pos = feed.wanted.shift();
      if (pos === undefined) return;
      feed.underWay += 1;
      void this.#send(session, feed, pos).finally(() => {
        feed.underWay -= 1;
        this.#pump(session, feed);
      });
    }
  }

  async #send(session: Uuid, feed: Feed, pos: ChunkPos): Promise<void> {
    const { shard, dimension } = feed;
    const head = { type: 'chunk', session, dimension, x: pos.x, z: pos.z } as const;
    try {
      const found = await shard.residency.encoded(pos);
      const entities = found.entities === null ? null : await this.#blobs.get(found.entities);
      // Read again if it changed while the entities were read: what is shown must hold every effect shown before it.
      const now = entities === null ? found : await shard.residency.encoded(pos);
      this.#gateway.show({ ...head, name: now.name, chunk: now.bytes, entities });
    } catch (fault) {
      this.#log.warn('chunk.unreadable', { dimension, x: pos.x, z: pos.z, code: fault instanceof AppError ? fault.code : 'node.internal' });
      this.#gateway.show({ ...head, name: '', chunk: null, entities: null });
    }
  }
}
