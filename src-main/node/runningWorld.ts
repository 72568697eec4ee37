import { startGateway, type Gateway, type GatewayEvent } from '../io/game/index.ts';
import { AppError } from '../../src-shared/errors/index.ts';
import { Driver } from './driver.ts';
import type { NodeKit } from './kit.ts';
import type { WorldFolder } from './worldFolder.ts';
import { openWorld } from './world/recovery.ts';
import type { OpenWorld } from './world/openWorld.ts';
import type { ShardEntry } from './world/shardGroup.ts';

/** A world that can be played on this machine now. */
export interface RunningWorld {
  readonly folder: WorldFolder;
  readonly world: OpenWorld;
  readonly driver: Driver;
  readonly gateway: Gateway;
  /** Everybody leaves, a snapshot is made, the store closes. */
  stop(): Promise<void>;
  /** After a fault: players are told, nothing more is written. */
  abandon(): Promise<void>;
}

export interface GameAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * 1. Recover the world. 2. Listen for Minecraft. 3. Join the two by the driver. Events that arrive in between wait. `onFault` hears of a
 * fault after which the world can not go on (a dead disk, a root that differs).
 */
export async function runWorld(
  kit: NodeKit,
  folder: WorldFolder,
  game: { readonly address: GameAddress; readonly auth: 'mojang' | 'offline'; readonly announce: boolean },
  onFault: (fault: unknown) => void,
): Promise<RunningWorld> {
  let driver: Driver | null = null;
  const early: GatewayEvent[] = [];
  const announce = {
    proposed: (entry: ShardEntry): void => driver!.proposed(entry),
    final: (entry: ShardEntry): void => driver!.final(entry),
    dropped: (entry: ShardEntry): void => driver!.dropped(entry),
  };
  const world = await openWorld(kit, folder, { announce, councilChanged: () => driver?.showWorld(), onFault });
  let gateway: Gateway;
  try {
    gateway = await startGateway(
      { ...game.address, auth: game.auth, version: kit.world.tables.version, announce: game.announce, viewDistance: 10 },
      kit.world,
      (event) => (driver === null ? void early.push(event) : driver.onGatewayEvent(event)),
    );
  } catch (fault) {
    await world.close();
    throw fault;
  }
  driver = new Driver({
    world,
    gateway,
    kit: kit.world,
    rules: kit.rules,
    clock: kit.clock,
    log: kit.log,
    motd: folder.file.name,
    icon: folder.file.icon === null ? null : Buffer.from(folder.file.icon, 'base64'),
    onFault,
  });
  world.store.failed.catch(onFault);
  gateway.failed.catch(onFault);
  driver.start();
  for (const event of early) driver.onGatewayEvent(event);
  const stopping = driver;
  return {
    folder,
    world,
    driver,
    gateway,
    stop: async () => {
      await stopping.stop();
      await world.close();
    },
    abandon: async () => {
      stopping.halt();
      await gateway.close();
      await world.store.close().catch(() => undefined);
    },
  };
}

/** HOST:PORT as typed; throws `node.bad-option`. */
export function gameAddress(text: string, option: string): GameAddress {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+):(\d{1,5})$/i.exec(text);
  if (match === null || Number(match[2]) > 65_535) throw new AppError('node.bad-option', { option, value: text });
  return { host: match[1]!.replace(/^\[|\]$/g, ''), port: Number(match[2]) };
}
