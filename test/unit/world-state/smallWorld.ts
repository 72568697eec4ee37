import {
  biomeVolume,
  blockVolume,
  createShard,
  encodeChunk,
  openShard,
  uniformBiomes,
  type Chunk,
  type Section,
  type Shard,
  type WorldKit,
} from '../../../src-main/core/world/index.ts';
import { chunkKey, type Hash } from '../../../src-shared/units/index.ts';

/** A dimension of two sections: small enough to look at every block. */
export const SMALL = { dimension: 'minecraft:overworld', minY: 0, height: 32 } as const;

/** Deterministic numbers below `bound`. */
export function dice(seed: number): (bound: number) => number {
  let state = seed | 0;
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return (state >>> 8) % bound;
  };
}

/** Blocks drawn from `names`. */
export function randomSection(roll: (bound: number) => number, names: readonly string[], kit: WorldKit): Section {
  const palette = names.map((name) => kit.states.idOf(name));
  const indices = Uint16Array.from({ length: 4096 }, () => roll(palette.length));
  const biomes =
    roll(2) === 0
      ? uniformBiomes('minecraft:plains')
      : biomeVolume(
          ['minecraft:plains', 'minecraft:desert'],
          Array.from({ length: 64 }, () => roll(2)),
        );
  return { blocks: blockVolume(palette, indices, kit.states), biomes };
}

export function smallChunk(x: number, z: number, kit: WorldKit, sections: readonly Section[], changes: Partial<Chunk> = {}): Chunk {
  return {
    x,
    z,
    minSection: 0,
    sections,
    blockEntities: new Map(),
    ticks: { block: [], fluid: [] },
    dataVersion: kit.tables.dataVersion,
    origin: null,
    entities: null,
    poi: null,
    light: null,
    ...changes,
  };
}

/** 3 x 3 resident chunks around 0 0: implicit, as the generator would have made them. */
export function smallShard(kit: WorldKit, seed = 1): Shard {
  const shard = createShard(SMALL, kit);
  const roll = dice(seed);
  for (let z = -1; z <= 1; z++) {
    for (let x = -1; x <= 1; x++) {
      const sections = [0, 1].map((at) => randomSection(roll, at === 0 ? ['minecraft:stone', 'minecraft:dirt'] : ['minecraft:air'], kit));
      shard.insert(smallChunk(x, z, kit, sections));
    }
  }
  return shard;
}

/** Everything there is to know about a shard, to compare two of them. Maps and iterators in their order. */
export function describe(shard: Shard, kit: WorldKit): unknown {
  const chunks = [...shard.resident()]
    .map((key) => key.split(',').map(Number) as [number, number])
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([x, z]) => ({
      x,
      z,
      bytes: encodeChunk(shard.chunk(x, z)!, kit),
      light: shard.chunk(x, z)!.light,
      name: shard.nameOfChunk(x, z),
    }));
  return { chunks, ...describeRecords(shard) };
}

/** The same without resident chunks. */
export function describeRecords(shard: Shard): object {
  const players = [...shard.players()];
  const entities = [...shard.entities()];
  const chunkKeys = Array.from({ length: 25 }, (_, i) => chunkKey((i % 5) - 2, Math.floor(i / 5) - 2));
  return {
    root: shard.root(),
    tick: shard.tick,
    nextEntityId: shard.nextEntityId,
    players,
    entities,
    entitiesIn: chunkKeys.map((key) => [...shard.entitiesIn(key)].map(({ id }) => id)),
    sessions: players.map(({ uuid }) => {
      const session = shard.sessionOf(uuid);
      return [session, session === null ? null : shard.sequenceOf(session)];
    }),
    departures: [...shard.departures()],
    due: [0, 1, 2, 3, 4, 5].map((tick) => [...shard.dueTicks(tick)]),
    names: [...shard.chunkNames()],
  };
}

/** What a disk would hold. */
export class BlobShelf {
  readonly blobs = new Map<Hash, Uint8Array>();

  /** Collects, stores and confirms, as a snapshot does. Returns how many blobs were new. */
  store(shard: Shard): { readonly root: Hash; readonly count: number } {
    const collected = shard.collect();
    for (const { name, encode } of collected.blobs) this.blobs.set(name, encode());
    shard.collected(collected);
    return { root: collected.root, count: collected.blobs.length };
  }

  open(root: Hash, kit: WorldKit): Shard {
    return openShard(this.blobs.get(root)!, this.blobs, kit);
  }
}
