import type { MessagePort } from 'node:worker_threads';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { createKit, createRules } from '../../../core/world/index.ts';
import type { Clock, Random } from '../../../ports/index.ts';
import { BlockEntityViews } from '../chunks/blockEntities.ts';
import { ChunkEncoder } from '../chunks/encode.ts';
import { EncodedChunks } from '../chunks/encodedChunks.ts';
import { EntityIds } from '../entities/body.ts';
import { entityKinds } from '../entities/kinds.ts';
import { Looks } from '../entities/looks.ts';
import { itemRegistries } from '../items/registries.ts';
import { SlotCodec } from '../items/slots.ts';
import { buildConfiguration } from '../login/configuration.ts';
import { makeLoginKey, MOJANG_SESSIONS } from '../login/mojang.ts';
import { statusJson } from '../login/status.ts';
import type { GameContext } from '../play/context.ts';
import { Game } from '../play/game.ts';
import { protocolIds } from '../play/protocolIds.ts';
import { sourceOf, tagsOf, type SourceData } from '../tables/source.ts';
import { PacketCodec } from '../wire/codec.ts';
import type { FromThread, ThreadStart, ToThread } from './messages.ts';
import { GameServer } from './server.ts';

/** Names of chunks are told by the node: nothing is hashed here. */
const NO_DIGEST = new Uint8Array(32);

/** The composition root of a gateway's thread. Returns when it listens, or has told the node why it can not. */
export async function runGatewayThread(port: MessagePort, start: ThreadStart, clock: Clock, random: Random): Promise<void> {
  const tell = (message: FromThread): void => port.postMessage(message);
  const server = await buildServer(start, clock, random, tell);
  let game: Game | null = server.game;
  port.on('message', (message: ToThread) => {
    if (message.type === 'show') {
      game?.show(message.update);
      return;
    }
    game = null;
    void closeDown(server.server, port);
  });
  try {
    tell({ type: 'listening', ...(await server.server.listen()) });
  } catch (fault) {
    const { code, facts } = fault instanceof AppError ? fault : new AppError('node.internal', { what: String(fault) });
    tell({ type: 'refused', code, facts });
    port.close();
  }
}

/** The thread ends by itself when nothing is left to do. */
async function closeDown(server: GameServer, port: MessagePort): Promise<void> {
  await server.close();
  port.close();
}

async function buildServer(
  { options, tables }: ThreadStart,
  clock: Clock,
  random: Random,
  tell: (message: FromThread) => void,
): Promise<{ readonly server: GameServer; readonly game: Game }> {
  const data = sourceOf(options.version);
  const emit: GameContext['emit'] = (event) => tell({ type: 'event', event });
  const context = buildContext({ options, tables }, data, { clock, random, emit });
  const { codec } = context;
  const game = new Game(context, createRules(), context.looks.player);
  const protocol = data.version.version ?? 0;
  const login = {
    version: options.version,
    protocol,
    configuration: buildConfiguration(codec, data.loginPacket.dimensionCodec, tagsOf(options.version)),
    key: options.auth === 'mojang' ? await makeLoginKey() : null,
    sessionServer: options.sessionServer ?? MOJANG_SESSIONS,
    compressLoopback: options.compressLoopback ?? false,
    random,
    statusJson: () => statusJson({ version: options.version, protocol, ...game.status }),
  };
  return { game, server: new GameServer({ options, clock, codec, login, game, emit }) };
}

function buildContext(
  { options, tables }: ThreadStart,
  data: SourceData,
  ports: Pick<GameContext, 'clock' | 'random' | 'emit'>,
): GameContext {
  const kit = createKit(tables, () => NO_DIGEST);
  const codec = new PacketCodec(options.version, data.protocol);
  const registries = itemRegistries(tables, data);
  const slots = new SlotCodec(tables, registries);
  const keys = (registry: string): readonly string[] => (data.loginPacket.dimensionCodec[registry]?.entries ?? []).map(({ key }) => key);
  return {
    ...ports,
    tables,
    states: kit.states,
    kit,
    codec,
    slots,
    encoder: new ChunkEncoder(tables, kit.states, codec.idOf('play', 'map_chunk')),
    encoded: new EncodedChunks(),
    blockEntities: new BlockEntityViews(tables.dataVersion),
    looks: new Looks({
      kinds: entityKinds(data),
      slots,
      tables,
      states: kit.states,
      paintings: keys('minecraft:painting_variant'),
      wolves: keys('minecraft:wolf_variant'),
    }),
    ids: protocolIds(data, tables),
    eids: new EntityIds(),
    viewDistance: options.viewDistance,
  };
}
