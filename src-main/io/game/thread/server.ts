import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { GAME_CONNECTIONS_MAX, GAME_LOGIN_MILLIS_MAX, TICK_MILLIS } from '../../../../src-shared/config/index.ts';
import { AppError, type ErrorCode, type Facts } from '../../../../src-shared/errors/index.ts';
import type { Clock } from '../../../ports/index.ts';
import type { GatewayEvent, GatewayOptions } from '../door.ts';
import { LOGIN_TOO_SLOW, sentenceOf, WORLD_CLOSED } from '../kicks.ts';
import { announceOnLan, type Announcement } from '../lan.ts';
import { Login, type LoginParts } from '../login/login.ts';
import { plainText } from '../text/component.ts';
import { Connection, type ConnectionListener } from '../wire/connection.ts';
import type { PacketCodec } from '../wire/codec.ts';
import { reportUnsendable } from '../play/context.ts';
import type { Game } from '../play/game.ts';
import type { Session } from '../play/session.ts';

export interface ServerParts {
  readonly options: GatewayOptions;
  readonly clock: Clock;
  readonly codec: PacketCodec;
  readonly login: LoginParts;
  readonly game: Game;
  readonly emit: (event: GatewayEvent) => void;
}

/** The listening socket and all connections, from their first byte to their end. */
export class GameServer {
  readonly #parts: ServerParts;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #announcement: Announcement | null = null;
  #cancelTick: (() => void) | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Where it listens. Throws AppError('node.port-taken') when somebody else does. */
  async listen(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port } = this.#parts.options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause: NodeJS.ErrnoException) => {
        const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
        reject(taken ? new AppError('node.port-taken', { host, port }, { cause }) : cause);
      });
      this.#server.listen(port, host, resolve);
    });
    this.#server.removeAllListeners('error');
    // A failed accept (no file handles left) must not end the world.
    this.#server.on('error', () => undefined);
    const { port: actual } = this.#server.address() as AddressInfo;
    if (this.#parts.options.announce) this.#announcement = announceOnLan(this.#parts.clock, () => this.#parts.game.status.motd, actual);
    this.#tick();
    return { host, port: actual };
  }

  async close(): Promise<void> {
    this.#announcement?.stop();
    this.#cancelTick?.();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#parts.game.close(WORLD_CLOSED);
    for (const connection of this.#connections) connection.close();
    await closed;
  }

  #tick(): void {
    this.#cancelTick = this.#parts.clock.after(TICK_MILLIS, () => this.#tick());
    this.#parts.game.tick();
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= GAME_CONNECTIONS_MAX) {
      socket.destroy();
      return;
    }
    const { codec, clock } = this.#parts;
    const connection: Connection = new Connection(socket, codec, clock, {
      packet: (packet) => login.packet(packet),
      fault: (code, facts) => this.#fault(connection, null, code, facts),
      unsendable: (packet, cause) => reportUnsendable(this.#parts, packet, cause),
      ended: () => this.#ended(connection, login, cancelDeadline),
    });
    this.#connections.add(connection);
    const cancelDeadline = clock.after(GAME_LOGIN_MILLIS_MAX, () => {
      farewell(connection, LOGIN_TOO_SLOW);
      connection.close();
    });
    const login = new Login(connection, this.#parts.login, {
      ready: (profile, settings) => {
        cancelDeadline();
        this.#play(connection, this.#parts.game.begin(connection, profile, settings));
      },
      fault: (code, facts) => this.#misbehaved(connection, null, code, facts),
    });
  }

  #play(connection: Connection, session: Session): void {
    const listener: ConnectionListener = {
      packet: (packet) => session.packet(packet),
      fault: (code, facts) => this.#fault(connection, session, code, facts),
      unsendable: (packet, cause) => reportUnsendable(this.#parts, packet, cause),
      ended: () => {
        this.#connections.delete(connection);
        this.#parts.game.ended(session);
      },
    };
    connection.listen(listener);
  }

  #ended(connection: Connection, login: Login, cancelDeadline: () => void): void {
    this.#connections.delete(connection);
    cancelDeadline();
    login.abort();
  }

  #fault(connection: Connection, session: Session | null, code: ErrorCode, facts: Facts): void {
    farewell(connection, sentenceOf(code, facts));
    this.#misbehaved(connection, session, code, facts);
  }

  #misbehaved({ address }: Connection, session: Session | null, code: ErrorCode, facts: Facts): void {
    this.#parts.emit({ type: 'misbehaviour', uuid: session?.uuid ?? null, address, code, facts });
  }
}

/** Last words, in the form of the state that the client is in; none before it has said what it wants. */
function farewell(connection: Connection, sentence: string): void {
  if (connection.state === 'play') connection.send('kick_disconnect', { reason: plainText(sentence) });
  else if (connection.state === 'configuration') connection.send('disconnect', { reason: plainText(sentence) });
  else if (connection.state === 'login') connection.send('disconnect', { reason: JSON.stringify({ text: sentence }) });
}
