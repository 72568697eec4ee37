import type { BlockStates, GameTables, WorldKit } from '../../../core/world/index.ts';
import type { Clock, Random } from '../../../ports/index.ts';
import type { BlockEntityViews } from '../chunks/blockEntities.ts';
import type { ChunkEncoder } from '../chunks/encode.ts';
import type { EncodedChunks } from '../chunks/encodedChunks.ts';
import type { GatewayEvent } from '../door.ts';
import type { EntityIds } from '../entities/body.ts';
import type { Looks } from '../entities/looks.ts';
import type { SlotCodec } from '../items/slots.ts';
import type { PacketCodec } from '../wire/codec.ts';
import { SharedPacket } from '../wire/packet.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import type { ProtocolIds } from './protocolIds.ts';

/** What the parts of a gateway share, built once when its thread starts. */
export interface GameContext {
  readonly tables: GameTables;
  readonly states: BlockStates;
  readonly kit: WorldKit;
  readonly codec: PacketCodec;
  readonly slots: SlotCodec;
  readonly encoder: ChunkEncoder;
  readonly encoded: EncodedChunks;
  readonly blockEntities: BlockEntityViews;
  readonly looks: Looks;
  readonly ids: ProtocolIds;
  readonly eids: EntityIds;
  readonly clock: Clock;
  readonly random: Random;
  readonly viewDistance: number;
  readonly emit: (event: GatewayEvent) => void;
}

/** A packet for several clients at once; an empty one, reported, if it can not be encoded. */
export function shared<K extends keyof ServerPackets>(context: GameContext, name: K, params: ServerPackets[K]): SharedPacket {
  try {
    return new SharedPacket(context.codec.encode('play', name, params));
  } catch (cause) {
    reportUnsendable(context, name, cause);
    return new SharedPacket(Buffer.alloc(0));
  }
}

export function reportUnsendable({ emit }: Pick<GameContext, 'emit'>, packet: string, cause: unknown): void {
  emit({ type: 'misbehaviour', uuid: null, address: 'gateway', code: 'node.internal', facts: { packet, what: String(cause) } });
}
