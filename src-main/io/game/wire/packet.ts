import { deflate } from 'node:zlib';
import { GAME_COMPRESSION_BYTES_MIN } from '../../../../src-shared/config/index.ts';
import { DEFLATE_LEVEL, frame, frameDeflated } from './frames.ts';

/**
 * One packet that goes to several clients or several times: encoded once, framed once per kind of connection. Deflating happens off
 * the thread if `prepare` was called and awaited, otherwise at the first `frame`.
 */
export class SharedPacket {
  readonly bytes: Buffer;
  #plain: Buffer | null = null;
  #compressed: Buffer | null = null;
  #preparing: Promise<void> | null = null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Nothing to send. */
  get isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  isReady(compressed: boolean): boolean {
    return !compressed || this.#compressed !== null || this.bytes.length < GAME_COMPRESSION_BYTES_MIN;
  }

  /** Deflates on zlib's own threads; never rejects (a failure leaves it to `frame`). */
  prepare(): Promise<void> {
    if (this.isReady(true)) return Promise.resolve();
    this.#preparing ??= new Promise((resolve) => {
      deflate(this.bytes, { level: DEFLATE_LEVEL }, (error, deflated) => {
        if (error === null) this.#compressed ??= frameDeflated(this.bytes.length, deflated);
        resolve();
      });
    });
    return this.#preparing;
  }

  frame(compressed: boolean): Buffer {
    if (!compressed) return (this.#plain ??= frame(this.bytes, false));
    return (this.#compressed ??= frame(this.bytes, true));
  }
}
