import type { NodeStatus, OnlinePlayer } from '../../src-shared/contract/index.ts';
import type { ReplicaStatus } from '../core/consensus/index.ts';
import type { NodeKit } from './kit.ts';
import { RULESET } from './world/founding.ts';
import type { Worlds } from './worlds.ts';

export interface Listening {
  /** Address of the interface with its token, null when there is none. */
  readonly ui: string | null;
  readonly listen: readonly string[];
}

export interface StatusParts {
  readonly kit: NodeKit;
  readonly options: { readonly version: string; readonly observer: boolean };
  readonly worlds: Worlds | null;
  readonly listening: Listening;
  /** Monotonic milliseconds. */
  readonly started: number;
}

/** `peerhold status`: what is true now. */
export async function statusOf({ kit, options, worlds, listening, started }: StatusParts): Promise<NodeStatus> {
  const running = worlds?.running ?? null;
  const usage = running === null ? { logBytes: 0, blobBytes: 0 } : await running.world.store.usage();
  const groups =
    running === null ? [] : [running.world.council.log.status, ...[...running.world.shards.values()].map((shard) => shard.log.status)];
  const { tables } = kit.world;
  return {
    node: {
      peerId: kit.identity.peerId,
      version: options.version,
      uptimeSeconds: Math.floor((kit.clock.now() - started) / 1000),
      observer: options.observer,
    },
    world:
      running === null
        ? null
        : { name: running.folder.file.name, version: tables.version, dataVersion: tables.dataVersion, ruleset: String(RULESET) },
    groups: groups.map(groupStatus),
    players: worlds === null ? [] : onlinePlayers(kit, worlds),
    peers: [],
    tasks: { queued: 0, running: 0, done: 0, verified: 0, rejected: 0 },
    storage: {
      logBytes: usage.logBytes,
      blobBytes: usage.blobBytes,
      snapshots: running?.world.store.catalogue.facts('snapshots', 1000).length ?? 0,
    },
    ui: listening.ui,
    game: running === null ? null : `${running.gateway.host}:${running.gateway.port}`,
    listen: listening.listen,
  };
}

export function onlinePlayers(kit: NodeKit, worlds: Worlds): readonly OnlinePlayer[] {
  const online = worlds.running?.driver.online ?? [];
  return online.map(({ uuid, name, joinedAt, shard, presence }) => {
    const pose = presence?.pose ?? shard.shard.player(uuid)!.pose;
    return {
      name,
      uuid,
      node: kit.identity.peerId,
      shard: shard.group,
      position: { x: pose.x, y: pose.y, z: pose.z },
      dimension: shard.shard.dimension,
      joined: joinedAt,
    };
  });
}

function groupStatus(status: ReplicaStatus): NodeStatus['groups'][number] {
  return {
    group: status.group,
    kind: status.group === 'council' ? 'council' : 'shard',
    epoch: status.epoch,
    view: status.view,
    height: status.height,
    finalHeight: status.finalHeight,
    stateRoot: status.stateRoot,
    role: status.role,
    czar: status.czar ?? '',
    voters: status.voters,
    learners: status.learners,
    frozen: status.frozen,
    lagEntries: status.unfinal,
  };
}
