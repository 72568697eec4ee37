import { AppError } from '../../../src-shared/errors/index.ts';
import { toHex, toUtf8, type ChunkPos, type DimensionName, type Hash } from '../../../src-shared/units/index.ts';
import { councilRoot, encodeCouncil, foundCouncil, type Council } from '../../core/pool/index.ts';
import { createShard, findSpawn, GENERATOR_VERSION, type GameMode, type WorldKit } from '../../core/world/index.ts';
import type { ImportedWorld } from '../../io/anvil/index.ts';
import type { Store } from '../../io/store/index.ts';
import type { Genesis } from '../worldFolder.ts';

/** Version of the rules in `core/world`; every voter of a world runs the same one. */
export const RULESET = 1;

const VANILLA_SHARDS: Readonly<Record<DimensionName, string>> = {
  'minecraft:overworld': 'overworld',
  'minecraft:the_nether': 'nether',
  'minecraft:the_end': 'end',
};

/** Group name of a dimension's shard. */
export function shardGroupOf(dimension: DimensionName): string {
  return VANILLA_SHARDS[dimension] ?? dimension;
}

interface FoundingShard {
  readonly dimension: DimensionName;
  readonly minY: number;
  readonly height: number;
  readonly chunks: Iterable<ChunkPos & { readonly name: Hash }>;
}

export interface NewWorldFacts {
  readonly name: string;
  /** Decimal text of 64 bits. */
  readonly seed: string;
  readonly gameMode: GameMode;
  readonly founded: number;
}

/** Height 0 of a world that is born here. The genesis blobs are durable when it resolves. */
export async function foundNewWorld(store: Store, kit: WorldKit, facts: NewWorldFacts): Promise<Genesis> {
  const generator = { kind: 'plain', version: GENERATOR_VERSION } as const;
  const shards = kit.tables.dimensions.map(({ name, minY, height }) => ({ dimension: name, minY, height, chunks: [] }));
  const pos = findSpawn({ seed: BigInt(facts.seed), generator }, kit);
  const council = foundCouncil({
    world: {
      name: facts.name,
      version: kit.tables.version,
      ruleset: RULESET,
      seed: facts.seed,
      generator,
      gameMode: facts.gameMode,
      hardcore: false,
      imported: null,
      founded: facts.founded,
    },
    shards: shards.map(({ dimension }) => ({ group: shardGroupOf(dimension), dimension })),
    spawn: { pos, angle: 0 },
    difficulty: 'normal',
    gameRules: {},
    dayTime: 0,
    weather: 'clear',
  });
  return found(store, kit, council, shards);
}

/** Height 0 of an imported world; its chunks are in the store already. */
export async function foundImportedWorld(
  store: Store,
  kit: WorldKit,
  imported: ImportedWorld,
  facts: { readonly name: string; readonly description: Hash; readonly founded: number },
): Promise<Genesis> {
  const { level } = imported;
  const shards: FoundingShard[] = [];
  for (const { name: dimension, minY, height, chunks } of imported.dimensions) {
    const bytes = await store.blobs.get(chunks.blob);
    if (bytes === null) throw new AppError('store.blob-missing', { name: chunks.blob });
    shards.push({ dimension, minY, height, chunks: readChunkNames(bytes) });
  }
  for (const { name, minY, height } of kit.tables.dimensions) {
    if (!shards.some(({ dimension }) => dimension === name)) shards.push({ dimension: name, minY, height, chunks: [] });
  }
  const council = foundCouncil({
    world: {
      name: facts.name,
      version: kit.tables.version,
      ruleset: RULESET,
      seed: level.seed,
      generator: { kind: 'plain', version: GENERATOR_VERSION },
      gameMode: level.gameMode,
      hardcore: level.hardcore,
      imported: facts.description,
      founded: facts.founded,
    },
    shards: shards.map(({ dimension }) => ({ group: shardGroupOf(dimension), dimension })),
    spawn: level.spawn,
    difficulty: level.difficulty,
    gameRules: level.gameRules,
    dayTime: level.dayTime,
    weather: level.thundering ? 'thunder' : level.raining ? 'rain' : 'clear',
  });
  return found(store, kit, council, shards);
}

async function found(store: Store, kit: WorldKit, council: Council, shards: readonly FoundingShard[]): Promise<Genesis> {
  const root = councilRoot(council, kit.digest);
  await store.blobs.put(root, toUtf8(encodeCouncil(council)));
  const groups = [{ group: 'council', stateRoot: root }];
  for (const { dimension, minY, height, chunks } of shards) {
    const collected = createShard({ dimension, minY, height }, kit, chunks).collect();
    await store.blobs.putMany(collected.blobs.map(({ name, encode }) => ({ name, bytes: encode() })));
    groups.push({ group: shardGroupOf(dimension), stateRoot: collected.root });
  }
  await store.blobs.sync();
  const world = toHex(kit.digest(toUtf8(JSON.stringify(groups)))) as Hash;
  return { world, lineage: 0, groups };
}

/** The list that an import makes: x int32, z int32, name 32 bytes each, big-endian. */
export function* readChunkNames(bytes: Uint8Array): Generator<ChunkPos & { readonly name: Hash }> {
  const RECORD = 40;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + RECORD <= bytes.length; at += RECORD) {
    yield { x: view.getInt32(at), z: view.getInt32(at + 4), name: toHex(bytes.subarray(at + 8, at + RECORD)) as Hash };
  }
}

/** A seed as Minecraft reads it: a whole number of 64 bits, or Java's hash of the text. Decimal text. */
export function seedOf(text: string): string {
  const trimmed = text.trim();
  if (/^[+-]?\d{1,19}$/.test(trimmed)) {
    const value = BigInt(trimmed.replace(/^\+/, ''));
    if (BigInt.asIntN(64, value) === value) return value.toString();
  }
  let hash = 0;
  for (let i = 0; i < trimmed.length; i++) hash = (Math.imul(hash, 31) + trimmed.charCodeAt(i)) | 0;
  return hash.toString();
}
