import { createRequire } from 'node:module';
import { AppError } from '../../../../src-shared/errors/index.ts';
import type { ClientPacket, ClientPackets } from './clientPackets.ts';
import { HANDLED } from './clientPackets.ts';
import type { Protocol } from '../tables/source.ts';
import { fixProtocol } from './protocolFixes.ts';
import { STATES, type State } from './state.ts';
import { readVarint } from './varint.ts';

interface Library {
  createSerializer(options: LibraryOptions): { createPacketBuffer(packet: { readonly name: string; readonly params: unknown }): Buffer };
  createDeserializer(options: LibraryOptions): {
    parsePacketBuffer(bytes: Buffer): {
      readonly data: { readonly name: string; readonly params: unknown };
      readonly metadata: { readonly size: number };
    };
  };
}

interface LibraryOptions {
  readonly state: State;
  readonly isServer: boolean;
  readonly version: string;
  readonly noErrorLogging?: boolean;
}

/**
 * Packets by name, as minecraft-protocol describes them. Only its codecs are used: its server compresses and authenticates on its own
 * terms, has no limits and sends neither tags nor known packs. Packets that we do not act on are not parsed at all.
 */
export class PacketCodec {
  readonly version: string;
  readonly #serializers = new Map<State, ReturnType<Library['createSerializer']>>();
  readonly #deserializers = new Map<State, ReturnType<Library['createDeserializer']>>();
  readonly #clientNames = new Map<State, readonly string[]>();
  readonly #serverIds = new Map<State, ReadonlyMap<string, number>>();

  constructor(version: string, protocol: Protocol) {
    this.version = version;
    fixProtocol(protocol);
    const require = createRequire(import.meta.url);
    const library = require('minecraft-protocol/src/transforms/serializer.js') as Library;
    for (const state of STATES) {
      this.#serializers.set(state, library.createSerializer({ state, isServer: true, version }));
      this.#deserializers.set(state, library.createDeserializer({ state, isServer: true, version, noErrorLogging: true }));
      const client = namesById(protocol, state, 'toServer');
      this.#clientNames.set(state, client);
      this.#serverIds.set(state, new Map(namesById(protocol, state, 'toClient').map((name, id) => [name, id])));
    }
  }

  /** Throws on parameters that do not fit the packet: a bug of ours. */
  encode(state: State, name: string, params: unknown): Buffer {
    return this.#serializers.get(state)!.createPacketBuffer({ name, params });
  }

  /** Packet id of a packet that we send. */
  idOf(state: State, name: string): number {
    const id = this.#serverIds.get(state)?.get(name);
    if (id === undefined) throw new RangeError(`no packet ${name} in ${state}`);
    return id;
  }

  /** null for a packet that we do not act on. Throws AppError('game.malformed-packet'). */
  decode(state: State, bytes: Buffer): ClientPacket | null {
    const name = this.#nameOf(state, bytes);
    if (!HANDLED[state].has(name)) return null;
    let parsed;
    try {
      parsed = this.#deserializers.get(state)!.parsePacketBuffer(bytes);
    } catch (cause) {
      throw new AppError('game.malformed-packet', { packet: name }, { cause });
    }
    if (parsed.metadata.size !== bytes.length) throw new AppError('game.malformed-packet', { packet: name, what: 'length' });
    return { name: name as keyof ClientPackets, params: parsed.data.params } as ClientPacket;
  }

  #nameOf(state: State, bytes: Buffer): string {
    let id = null;
    try {
      id = readVarint(bytes, 0);
    } catch {
      // Falls through to the refusal: an endless id is as unknown as a missing one.
    }
    const name = id === null ? undefined : this.#clientNames.get(state)?.[id.value];
    if (name === undefined) throw new AppError('game.malformed-packet', { packet: id?.value ?? 'none', state });
    return name;
  }
}

function namesById(protocol: Protocol, state: State, direction: 'toClient' | 'toServer'): readonly string[] {
  const packet = protocol[state]?.[direction]?.types['packet'] as readonly [
    string,
    readonly { readonly name: string; readonly type: readonly [string, { readonly mappings: Readonly<Record<string, string>> }] }[],
  ];
  const mappings = packet[1].find((field) => field.name === 'name')?.type[1].mappings ?? {};
  const names: string[] = [];
  for (const [id, name] of Object.entries(mappings)) names[Number(id)] = name;
  return names;
}
