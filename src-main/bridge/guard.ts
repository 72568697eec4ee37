import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { BRIDGE_WRONG_KEYS_PER_MINUTE_MAX } from '../../src-shared/config/index.ts';

/** What the browser offers in `Sec-WebSocket-Protocol`: our protocol, and the key in base64url behind `key.`. Never in an address. */
export const PROTOCOL = 'peerhold.v1';
const KEY_PREFIX = 'key.';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  if (family === 0) return bare.toLowerCase() === 'localhost';
  return loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

export interface HostRule {
  /** The port we listen on. */
  readonly port: number;
  /** false: only names of this machine's loopback. true: also any plain IP address, which no rebound name can imitate. */
  readonly public: boolean;
  /** Further host names people reach this node by (a NAS, a reverse proxy). */
  readonly names: readonly string[];
}

/** Defeats DNS rebinding: a page of evil.example whose name resolves to us still says `Host: evil.example`. */
export function isOurHost(header: string | undefined, rule: HostRule): boolean {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(header ?? '');
  if (match === null) return false;
  const host = match[1]!.toLowerCase();
  if (rule.names.some((name) => name.toLowerCase() === host)) return true;
  if (Number(match[2] ?? 80) !== rule.port) return false;
  return isLoopback(host) || (rule.public && isIP(host.replace(/^\[|\]$/g, '')) !== 0);
}

/**
 * Browsers always name the page's origin on a WebSocket: it has to be the very page that we serve. Programs name none; they still
 * need the key. `https` is for a proxy that adds TLS.
 */
export function isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** The key that a page offered, or null. */
export function keyOffered(protocols: string | undefined): string | null {
  const offered = (protocols ?? '').split(',').map((item) => item.trim());
  const key = offered.find((item) => item.startsWith(KEY_PREFIX));
  if (key === undefined || !offered.includes(PROTOCOL)) return null;
  return Buffer.from(key.slice(KEY_PREFIX.length), 'base64url').toString('utf8');
}

export function protocolsFor(key: string): readonly string[] {
  return [PROTOCOL, KEY_PREFIX + Buffer.from(key, 'utf8').toString('base64url')];
}

/** Compares in constant time. */
export function isKey(offered: string | null, keys: readonly string[]): boolean {
  if (offered === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const wanted = digest(offered);
  return keys.map((key) => timingSafeEqual(digest(key), wanted)).includes(true);
}

/** Counts wrong keys per address, so that a password cannot be guessed. Forgets the oldest address when it knows too many. */
export function openWrongKeys(now: () => number): { add(address: string): void; tooMany(address: string): boolean } {
  const ADDRESSES_MAX = 1024;
  const MINUTE = 60_000;
  const seen = new Map<string, number[]>();
  const recent = (address: string): number[] => (seen.get(address) ?? []).filter((at) => now() - at < MINUTE);
  return {
    add(address) {
      const times = [...recent(address), now()].slice(-BRIDGE_WRONG_KEYS_PER_MINUTE_MAX);
      seen.delete(address);
      seen.set(address, times);
      if (seen.size > ADDRESSES_MAX) seen.delete(seen.keys().next().value!);
    },
    tooMany: (address) => recent(address).length >= BRIDGE_WRONG_KEYS_PER_MINUTE_MAX,
  };
}
