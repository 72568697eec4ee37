import { deflateSync, inflateSync } from 'node:zlib';
import { GAME_COMPRESSION_BYTES_MIN, GAME_PACKET_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { readVarint, varintBytes, writeVarint } from './varint.ts';

/**
 * Cuts a stream into frames: a length as a varint, then that many bytes. Throws AppError('game.oversized-packet') as soon as a length
 * above the limit is announced, before anything of it is kept.
 */
export class FrameCutter {
  #rest: Buffer = Buffer.alloc(0);
  bytesMax: number;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  *push(chunk: Buffer): Iterable<Buffer> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const length = readLength(bytes, at);
      if (length === null) break;
      if (length.value < 0 || length.value > this.bytesMax) {
        throw new AppError('game.oversized-packet', { bytes: length.value, limit: this.bytesMax });
      }
      if (bytes.length < length.end + length.value) break;
      at = length.end + length.value;
      this.#rest = bytes.subarray(at);
      yield bytes.subarray(length.end, at);
    }
    this.#rest = bytes.subarray(at);
  }
}

function readLength(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | null {
  try {
    return readVarint(bytes, at);
  } catch (cause) {
    throw new AppError('game.malformed-packet', { what: 'frame length' }, { cause });
  }
}

/** The packet in a frame of a connection with compression. Never inflates to more than the limit. */
export function unpack(frame: Buffer): Buffer {
  const size = readVarint(frame, 0);
  if (size === null) throw new AppError('game.malformed-packet', { what: 'frame without a size' });
  if (size.value === 0) return frame.subarray(size.end);
  if (size.value < 0 || size.value > GAME_PACKET_BYTES_MAX) {
    throw new AppError('game.oversized-packet', { bytes: size.value, limit: GAME_PACKET_BYTES_MAX });
  }
  const packet = inflate(frame.subarray(size.end), size.value);
  if (packet.length !== size.value) throw new AppError('game.malformed-packet', { what: 'inflated size' });
  return packet;
}

function inflate(bytes: Buffer, size: number): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: size });
  } catch (cause) {
    throw new AppError('game.malformed-packet', { what: 'compressed data' }, { cause });
  }
}

/** Speed before size: the way is the loopback or a relay, and chunks hardly shrink further. */
export const DEFLATE_LEVEL = 2;

/** `packet` as it goes over the wire. */
export function frame(packet: Uint8Array, compressed: boolean): Buffer {
  if (!compressed) return join([], packet);
  if (packet.length < GAME_COMPRESSION_BYTES_MIN) return join([0], packet);
  return join([packet.length], deflateSync(packet, { level: DEFLATE_LEVEL }));
}

/** A frame around data that was deflated elsewhere, of a packet of `size` bytes. */
export function frameDeflated(size: number, deflated: Uint8Array): Buffer {
  return join([size], deflated);
}

function join(head: readonly number[], body: Uint8Array): Buffer {
  const headBytes = head.reduce((sum, value) => sum + varintBytes(value), 0);
  const length = headBytes + body.length;
  const out = Buffer.allocUnsafe(varintBytes(length) + length);
  let at = writeVarint(out, 0, length);
  for (const value of head) at = writeVarint(out, at, value);
  out.set(body, at);
  return out;
}
