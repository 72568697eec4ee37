import { GAME_COMPRESSION_BYTES_MIN } from '../../../../src-shared/config/index.ts';
import { AppError, type ErrorCode, type Facts } from '../../../../src-shared/errors/index.ts';
import type { Random } from '../../../ports/index.ts';
import { sentenceOf } from '../kicks.ts';
import { handle, type ClientPacket, type ClientPackets, type PacketHandlers, type WireSettings } from '../wire/clientPackets.ts';
import type { Connection } from '../wire/connection.ts';
import type { Configuration } from './configuration.ts';
import { hasJoined, openSecret, type LoginKey, type Profile } from './mojang.ts';
import { isPlayerName, offlineUuid } from './offline.ts';

export interface LoginParts {
  readonly version: string;
  readonly protocol: number;
  readonly configuration: Configuration;
  /** null: offline. */
  readonly key: LoginKey | null;
  readonly sessionServer: string;
  readonly compressLoopback: boolean;
  readonly random: Random;
  statusJson(): string;
}

export interface LoginListener {
  /** The client is in the play state and waits for the world. */
  ready(profile: Profile, settings: WireSettings | null): void;
  fault(code: ErrorCode, facts: Facts): void;
}

/** What the client is expected to send next. */
type Step =
  | { readonly type: 'handshake' }
  | { readonly type: 'status' }
  | { readonly type: 'login' }
  | { readonly type: 'secret'; readonly name: string; readonly token: Buffer }
  | { readonly type: 'verifying' }
  | { readonly type: 'acknowledge'; readonly profile: Profile }
  | { readonly type: 'packs'; readonly profile: Profile }
  | { readonly type: 'finish'; readonly profile: Profile }
  | { readonly type: 'done' };

/** One connection from its first byte to the play state: ping, or login and configuration. */
export class Login {
  readonly #connection: Connection;
  readonly #parts: LoginParts;
  readonly #listener: LoginListener;
  readonly #aborted = new AbortController();
  readonly #handlers: PacketHandlers = {
    set_protocol: (params) => this.#handshake(params),
    ping_start: () => this.#connection.send('server_info', { response: this.#parts.statusJson() }),
    ping: ({ time }) => {
      this.#connection.send('ping', { time });
      this.#connection.close();
    },
    login_start: ({ username }) => this.#start(username),
    encryption_begin: (params) => this.#secret(params),
    login_acknowledged: () => this.#acknowledged(),
    settings: (params) => {
      this.#settings = params;
    },
    select_known_packs: ({ packs }) => this.#packs(packs),
    finish_configuration: () => this.#finished(),
  };
  #step: Step = { type: 'handshake' };
  #settings: WireSettings | null = null;

  constructor(connection: Connection, parts: LoginParts, listener: LoginListener) {
    this.#connection = connection;
    this.#parts = parts;
    this.#listener = listener;
  }

  /** Stops what is under way; nothing is reported any more. */
  abort(): void {
    this.#aborted.abort();
    this.#step = { type: 'done' };
  }

  /** Throws AppError('game.malformed-packet') for a packet that does not belong here. */
  packet(packet: ClientPacket): void {
    handle(this.#handlers, packet);
  }

  #handshake({ protocolVersion, nextState }: ClientPackets['set_protocol']): void {
    this.#expect('handshake');
    if (nextState === 1) {
      this.#connection.enter('status');
      this.#step = { type: 'status' };
      return;
    }
    this.#connection.enter('login');
    this.#step = { type: 'login' };
    const { version, protocol } = this.#parts;
    if (protocolVersion !== protocol) {
      this.#refuse('game.version-mismatch', { expected: version, protocol, theirs: protocolVersion });
    } else if (nextState !== 2 && nextState !== 3) throw new AppError('game.malformed-packet', { what: 'next state', nextState });
  }

  #start(name: string): void {
    this.#expect('login');
    if (!isPlayerName(name)) throw new AppError('game.malformed-packet', { what: 'player name' });
    const { key, random } = this.#parts;
    if (key === null) {
      this.#succeed({ uuid: offlineUuid(name), name, properties: [] });
      return;
    }
    const token = Buffer.from(random.bytes(4));
    this.#step = { type: 'secret', name, token };
    this.#connection.send('encryption_begin', { serverId: '', publicKey: key.publicKey, verifyToken: token, shouldAuthenticate: true });
  }

  #secret(answer: ClientPackets['encryption_begin']): void {
    const { name, token } = this.#expect('secret');
    const { key } = this.#parts;
    const secret = openSecret(key!, token, answer);
    this.#connection.encrypt(secret);
    this.#step = { type: 'verifying' };
    void this.#verify(name, secret, key!);
  }

  async #verify(name: string, secret: Buffer, key: LoginKey): Promise<void> {
    try {
      const profile = await hasJoined(name, secret, key, { sessionServer: this.#parts.sessionServer, signal: this.#aborted.signal });
      if (this.#step.type === 'verifying') this.#succeed(profile);
    } catch (fault) {
      if (this.#step.type !== 'verifying') return;
      if (fault instanceof AppError) this.#refuse(fault.code, fault.facts);
      else this.#refuse('node.internal', { what: String(fault) });
    }
  }

  #succeed(profile: Profile): void {
    if (this.#parts.compressLoopback || !this.#connection.isLoopback) {
      this.#connection.send('compress', { threshold: GAME_COMPRESSION_BYTES_MIN });
      this.#connection.compress();
    }
    const { uuid, name, properties } = profile;
    this.#connection.send('success', { uuid, username: name, properties, strictErrorHandling: false });
    this.#step = { type: 'acknowledge', profile };
  }

  #acknowledged(): void {
    const { profile } = this.#expect('acknowledge');
    this.#connection.enter('configuration');
    for (const packet of this.#parts.configuration.opening) this.#connection.sendShared(packet);
    this.#step = { type: 'packs', profile };
  }

  #packs(known: ClientPackets['select_known_packs']['packs']): void {
    const { profile } = this.#expect('packs');
    for (const packet of this.#parts.configuration.afterPacks(known)) this.#connection.sendShared(packet);
    this.#step = { type: 'finish', profile };
  }

  #finished(): void {
    const { profile } = this.#expect('finish');
    this.#connection.enter('play');
    this.#step = { type: 'done' };
    this.#listener.ready(profile, this.#settings);
  }

  #refuse(code: ErrorCode, facts: Facts): void {
    this.#step = { type: 'done' };
    this.#connection.send('disconnect', { reason: JSON.stringify({ text: sentenceOf(code, facts) }) });
    this.#listener.fault(code, facts);
    this.#connection.close();
  }

  #expect<T extends Step['type']>(type: T): Extract<Step, { type: T }> {
    if (this.#step.type !== type) throw new AppError('game.malformed-packet', { what: 'order', expected: this.#step.type, got: type });
    return this.#step as Extract<Step, { type: T }>;
  }
}
