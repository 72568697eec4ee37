import { join } from 'node:path';
import { AppError } from '../../../src-shared/errors/index.ts';
import { fromUtf8, type DimensionName, type Hash } from '../../../src-shared/units/index.ts';
import { baseOf, createReplica, genesisOf } from '../../core/consensus/index.ts';
import { councilView, decodeCouncil } from '../../core/pool/index.ts';
import { blobsOfManifest, openShard, type Shard } from '../../core/world/index.ts';
import type { ImportedWorld } from '../../io/anvil/index.ts';
import { openStore, type Store } from '../../io/store/index.ts';
import { realDisk } from '../../io/platform/index.ts';
import type { GenerateInput } from '../jobModules/generate.ts';
import type { NodeKit } from '../kit.ts';
import type { Genesis, WorldFolder } from '../worldFolder.ts';
import { CouncilGroup } from './councilGroup.ts';
import { GroupLog, type GroupHandlers } from './groupLog.ts';
import { OpenWorld } from './openWorld.ts';
import { Residency } from './residency.ts';
import { ShardGroup, type ShardAnnounce } from './shardGroup.ts';

export interface WorldListeners {
  readonly announce: ShardAnnounce;
  readonly councilChanged: () => void;
  readonly onFault: (fault: unknown) => void;
}

const NOBODY: WorldListeners = {
  announce: { proposed: () => undefined, final: () => undefined, dropped: () => undefined },
  councilChanged: () => undefined,
  onFault: () => undefined,
};

/** The store under one world: its own log, blobs and catalogue below the world's folder. */
export function openWorldStore(kit: NodeKit, path: string): Promise<Store> {
  return openStore({
    disk: realDisk(join(path, 'store')),
    folder: join(path, 'store'),
    crypto: kit.crypto,
    random: kit.random,
    clock: kit.clock,
    log: kit.log,
  });
}

/**
 * 1. Read the log. 2. Per group, the state at its base: a snapshot, or the founding. 3. Replay what is final above it; every root is
 * compared. 4. The council's requests of final entries are asked again, which is harmless. 5. What was proposed and not yet final when the machine
 * stopped becomes final or is dropped.
 */
export async function openWorld(kit: NodeKit, folder: WorldFolder, listeners: WorldListeners): Promise<OpenWorld> {
  const { genesis, name } = folder.file;
  if (genesis === null) throw new AppError('world.damaged', { name });
  const store = await openWorldStore(kit, folder.path);
  try {
    const recovering = { kit, store, genesis, listeners, records: await recordsOf(store) };
    const council = await recoverCouncil(recovering);
    const shards = new Map<string, ShardGroup>();
    for (const { group, dimension } of council.council.shards) shards.set(group, await recoverShard(recovering, group, dimension, council));
    const imported = await readImported(store, council.council.world.imported);
    const world = new OpenWorld({ kit, store, lineage: genesis.lineage, council, shards, imported });
    for (const shard of shards.values()) {
      for (const entry of await shard.replay()) world.carryToCouncil(entry);
    }
    await world.certifyTail();
    return world;
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** Opens a world for as long as `work` takes: nobody plays, the council answers requests. */
export async function withOpenWorld<T>(kit: NodeKit, folder: WorldFolder, work: (world: OpenWorld) => Promise<T>): Promise<T> {
  const world = await openWorld(kit, folder, NOBODY);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

interface Recovering {
  readonly kit: NodeKit;
  readonly store: Store;
  readonly genesis: Genesis;
  readonly listeners: WorldListeners;
  readonly records: ReadonlyMap<string, readonly Uint8Array[]>;
}

async function recordsOf(store: Store): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const records = new Map<string, Uint8Array[]>();
  for await (const record of store.recover()) {
    const list = records.get(record.group) ?? [];
    list.push(record.body);
    records.set(record.group, list);
  }
  return records;
}

/** Under which the records of a group stand in the machine's log: those of an older lineage are never read as promises of this one. */
function logKey(genesis: Genesis, group: string): string {
  return genesis.lineage === 0 ? group : `${group}@${genesis.lineage}`;
}

/** Root and height of the state from which a group's log goes on. */
function baseOfGroup({ kit, genesis, records }: Recovering, group: string): { readonly stateRoot: Hash; readonly height: number } {
  const base = baseOf(records.get(logKey(genesis, group)) ?? [], kit.crypto);
  if (base !== null) return base;
  const founded = genesis.groups.find((other) => other.group === group);
  if (founded === undefined) throw new AppError('store.damaged', { group });
  return { stateRoot: founded.stateRoot, height: 0 };
}

function logOf(
  { kit, store, genesis, listeners }: Recovering,
  group: string,
  handlers: Pick<GroupHandlers, 'final' | 'dropped' | 'check'>,
): GroupLog {
  const founded = genesis.groups.find((other) => other.group === group)!;
  const { peerId, publicKey } = kit.identity;
  const config = {
    world: genesis.world,
    lineage: genesis.lineage,
    group,
    epoch: 1,
    voters: [{ id: peerId, publicKey }],
    learners: [],
    self: peerId,
    base: genesisOf({ world: genesis.world, lineage: genesis.lineage, group, stateRoot: founded.stateRoot }, kit.crypto),
  };
  const replica = createReplica(config, kit.crypto, { boot: kit.random.bytes(8) });
  return new GroupLog({
    replica,
    store,
    group: logKey(genesis, group),
    clock: kit.clock,
    handlers: {
      ...handlers,
      // A single voter has nobody to send to; the pool brings the network in here.
      send: (to) => kit.log.warn('message.unsendable', { group, to }),
      event: (event) => {
        const { type, ...facts } = event;
        kit.log.event(`agreement.${type}`, { group, ...facts });
        if (type === 'frozen') listeners.onFault(new AppError('store.damaged', { group }));
      },
    },
  });
}

async function recoverCouncil(recovering: Recovering): Promise<CouncilGroup> {
  const { kit, store, listeners, records } = recovering;
  const base = baseOfGroup(recovering, 'council');
  const text = fromUtf8(await blobOf(store, base.stateRoot));
  if (text === null) throw new AppError('store.blob-damaged', { name: base.stateRoot });
  const council = new CouncilGroup({
    council: decodeCouncil(text),
    height: base.height,
    digest: kit.crypto.digest.bind(kit.crypto),
    wall: () => kit.clock.wall(),
    changed: listeners.councilChanged,
  });
  const log = logOf(recovering, 'council', {
    final: (entry) => council.final(entry),
    check: (entry) => council.check(entry),
    dropped: (entry) => council.dropped(entry),
  });
  council.attach(log);
  log.start(records.get(logKey(recovering.genesis, 'council')) ?? []);
  await log.settled();
  return council;
}

async function recoverShard(recovering: Recovering, group: string, dimension: DimensionName, council: CouncilGroup): Promise<ShardGroup> {
  const { kit, store, listeners, records } = recovering;
  const base = baseOfGroup(recovering, group);
  const shard = await readShard(kit, store, base.stateRoot);
  const view = () => councilView(council.council, council.height);
  const residency = new Residency({
    shard,
    kit: kit.world,
    blobs: store.blobs,
    generate: ({ x, z }) => {
      const { seed, generator } = view();
      return kit.jobs.run('generate', { version: '1.21.1', seed, generator, dimension, x, z } satisfies GenerateInput);
    },
    onFault: (fault, pos) => {
      kit.log.warn('chunk.unreadable', { dimension, x: pos.x, z: pos.z, code: fault.code });
      listeners.onFault(fault);
    },
  });
  const running = new ShardGroup({
    group,
    shard,
    kit: kit.world,
    rules: kit.rules,
    residency,
    announce: listeners.announce,
    council: view,
    councilAt: (height) => {
      const at = council.at(height);
      return at === null ? null : councilView(at, height);
    },
    wall: () => kit.clock.wall(),
  });
  const log = logOf(recovering, group, {
    final: (entry) => running.final(entry),
    check: (entry) => running.check(entry),
    dropped: (entry) => running.dropped(entry),
  });
  running.attach(log);
  log.start(records.get(logKey(recovering.genesis, group)) ?? []);
  await log.settled();
  return running;
}

/** A shard's state from the blobs that its manifest names. */
async function readShard(kit: NodeKit, store: Store, root: Hash): Promise<Shard> {
  const manifest = await blobOf(store, root);
  const blobs = new Map<Hash, Uint8Array>();
  for (const name of blobsOfManifest(manifest)) blobs.set(name, await blobOf(store, name));
  return openShard(manifest, blobs, kit.world);
}

async function blobOf(store: Store, name: Hash): Promise<Uint8Array> {
  const bytes = await store.blobs.get(name);
  if (bytes === null) throw new AppError('store.blob-missing', { name });
  return bytes;
}

async function readImported(store: Store, description: Hash | null): Promise<ImportedWorld | null> {
  if (description === null) return null;
  return JSON.parse(fromUtf8(await blobOf(store, description)) ?? 'null') as ImportedWorld;
}
