import { randomBytes } from 'node:crypto';
import type { Random } from '../../ports/index.ts';

/** The operating system's generator. */
export function realRandom(): Random {
  return { bytes: (length) => new Uint8Array(randomBytes(length)) };
}
