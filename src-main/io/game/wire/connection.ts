import { createCipheriv, createDecipheriv, type Cipheriv, type Decipheriv } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  GAME_BYTES_PER_SECOND_MAX,
  GAME_FRAME_BYTES_MAX,
  GAME_LOGIN_FRAME_BYTES_MAX,
  GAME_PACKETS_PER_SECOND_MAX,
  GAME_SEND_QUEUE_BYTES_MAX,
} from '../../../../src-shared/config/index.ts';
import { AppError, type ErrorCode, type Facts } from '../../../../src-shared/errors/index.ts';
import type { Clock } from '../../../ports/index.ts';
import type { ClientPacket } from './clientPackets.ts';
import type { PacketCodec } from './codec.ts';
import { frame, FrameCutter, unpack } from './frames.ts';
import type { SharedPacket } from './packet.ts';
import type { ServerPackets } from './serverPackets.ts';
import type { State } from './state.ts';

/** What the owner of a connection is told. Whatever these throw is the client's doing or a bug: both end this connection only. */
export interface ConnectionListener {
  packet(packet: ClientPacket): void;
  unsendable(packet: string, cause: unknown): void;
  /** The client broke a rule. The owner may still send a farewell before it closes. */
  fault(code: ErrorCode, facts: Facts, cause: unknown): void;
  ended(): void;
}

/**
 * One client's socket: frames, compression, encryption, states, and the limits of document 6. Packets of one turn of the event loop
 * leave in one write.
 */
export class Connection {
  readonly address: string;
  readonly #socket: Socket;
  readonly #codec: PacketCodec;
  readonly #clock: Clock;
  readonly #cutter = new FrameCutter(GAME_LOGIN_FRAME_BYTES_MAX);
  #listener: ConnectionListener;
  #state: State = 'handshaking';
  #compressed = false;
  #cipher: Cipheriv | null = null;
  #decipher: Decipheriv | null = null;
  #corked = false;
  #closed = false;
  #drowned = false;
  #second = 0;
  #packetsInSecond = 0;
  #bytesInSecond = 0;

  constructor(socket: Socket, codec: PacketCodec, clock: Clock, listener: ConnectionListener) {
    this.#socket = socket;
    this.#codec = codec;
    this.#clock = clock;
    this.#listener = listener;
    this.address = `${socket.remoteAddress ?? 'gone'}:${socket.remotePort ?? 0}`;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#end());
  }

  get state(): State {
    return this.#state;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isCompressed(): boolean {
    return this.#compressed;
  }

  get isLoopback(): boolean {
    const address = this.#socket.remoteAddress ?? '';
    return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
  }

  enter(state: State): void {
    this.#state = state;
    if (state === 'configuration') this.#cutter.bytesMax = GAME_FRAME_BYTES_MAX;
  }

  /** From the next packet on, both ways. */
  compress(): void {
    this.#compressed = true;
  }

  /** From the next byte on, both ways. `secret` is 16 bytes: key and first vector at once, as the protocol wants it. */
  encrypt(secret: Buffer): void {
    this.#cipher = createCipheriv('aes-128-cfb8', secret, secret);
    this.#decipher = createDecipheriv('aes-128-cfb8', secret, secret);
  }

  /** A packet that can not be encoded (a torn item in an old save) is left out and reported: the client plays on without it. */
  send<K extends keyof ServerPackets>(name: K, params: ServerPackets[K]): void {
    if (this.#closed) return;
    let packet;
    try {
      packet = this.#codec.encode(this.#state, name, params);
    } catch (cause) {
      this.#listener.unsendable(name, cause);
      return;
    }
    this.#write(frame(packet, this.#compressed));
  }

  sendRaw(packet: Uint8Array): void {
    if (!this.#closed) this.#write(frame(packet, this.#compressed));
  }

  sendShared(packet: SharedPacket): void {
    if (!this.#closed && !packet.isEmpty) this.#write(packet.frame(this.#compressed));
  }

  /** Bytes without a frame: the answer to a ping of clients older than the protocol. */
  sendBare(bytes: Buffer): void {
    if (!this.#closed) this.#write(bytes);
  }

  /** What was sent still leaves; nothing more is read. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#uncork();
    this.#socket.end();
    const cancel = this.#clock.after(FAREWELL_MILLIS, () => this.#socket.destroy());
    this.#socket.once('close', cancel);
    this.#listener.ended();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#end();
  }

  #write(bytes: Buffer): void {
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      queueMicrotask(() => this.#uncork());
    }
    this.#socket.write(this.#cipher === null ? bytes : this.#cipher.update(bytes));
    if (this.#socket.writableLength > GAME_SEND_QUEUE_BYTES_MAX && !this.#drowned) {
      // The farewell comes through here again.
      this.#drowned = true;
      this.#listener.fault('game.too-slow', { bytes: this.#socket.writableLength }, null);
      this.destroy();
    }
  }

  #uncork(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#socket.uncork();
  }

  #receive(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      this.#countBytes(chunk.length);
      const bytes = this.#decipher === null ? chunk : this.#decipher.update(chunk);
      for (const cut of this.#cutter.push(bytes)) {
        this.#countPacket();
        const packet = this.#codec.decode(this.#state, this.#compressed ? unpack(cut) : cut);
        if (packet !== null) this.#listener.packet(packet);
        if (this.#closed) return;
      }
    } catch (fault) {
      if (fault instanceof AppError) this.#listener.fault(fault.code, fault.facts, fault);
      else this.#listener.fault('node.internal', { what: String(fault) }, fault);
      this.close();
    }
  }

  #countBytes(bytes: number): void {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#packetsInSecond = 0;
      this.#bytesInSecond = 0;
    }
    this.#bytesInSecond += bytes;
    if (this.#bytesInSecond > GAME_BYTES_PER_SECOND_MAX) {
      throw new AppError('game.flooding', { bytes: this.#bytesInSecond, limit: GAME_BYTES_PER_SECOND_MAX });
    }
  }

  #countPacket(): void {
    this.#packetsInSecond += 1;
    if (this.#packetsInSecond > GAME_PACKETS_PER_SECOND_MAX) {
      throw new AppError('game.flooding', { packets: this.#packetsInSecond, limit: GAME_PACKETS_PER_SECOND_MAX });
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listener.ended();
  }
}

/** Time for the last words to reach the client before the socket is torn down. */
const FAREWELL_MILLIS = 2_000;
