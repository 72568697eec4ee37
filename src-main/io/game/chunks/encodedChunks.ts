import { GAME_ENCODED_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import type { SharedPacket } from '../wire/packet.ts';

/** Encoded chunks by the name of what they show, for the way back and the next player; the least used goes when there are too many bytes. */
export class EncodedChunks {
  readonly #packets = new Map<string, SharedPacket>();
  #bytes = 0;

  get(key: string): SharedPacket | null {
    const found = this.#packets.get(key);
    if (found === undefined) return null;
    this.#packets.delete(key);
    this.#packets.set(key, found);
    return found;
  }

  put(key: string, packet: SharedPacket): void {
    if (this.#packets.has(key)) return;
    this.#packets.set(key, packet);
    // Framed and deflated forms come later; twice the packet is their usual size together.
    this.#bytes += 2 * packet.bytes.length;
    while (this.#bytes > GAME_ENCODED_BYTES_MAX) {
      const oldest = this.#packets.entries().next().value;
      if (oldest === undefined) return;
      this.#packets.delete(oldest[0]);
      this.#bytes -= 2 * oldest[1].bytes.length;
    }
  }
}
