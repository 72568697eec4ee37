import { createHash } from 'node:crypto';
import { parseUuid, toHex, type Uuid } from '../../../../src-shared/units/index.ts';

/** What vanilla gives a player without an account: the version 3 UUID of "OfflinePlayer:" and the name. */
export function offlineUuid(name: string): Uuid {
  const digest = createHash('md5').update(`OfflinePlayer:${name}`).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x30;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return parseUuid(toHex(digest))!;
}

/** Names that vanilla's server accepts. */
export function isPlayerName(name: string): boolean {
  return /^[!-~]{1,16}$/.test(name);
}
