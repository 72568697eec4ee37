import { constants, createHash, generateKeyPair, privateDecrypt, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { equalBytes, parseUuid, type Uuid } from '../../../../src-shared/units/index.ts';
import type { ProfileProperty } from '../wire/serverPackets.ts';

export const MOJANG_SESSIONS = 'https://sessionserver.mojang.com';

export interface Profile {
  readonly uuid: Uuid;
  readonly name: string;
  /** Signed textures (skin, cape) among them. */
  readonly properties: readonly ProfileProperty[];
}

/** The server's side of Minecraft's key exchange. The key lives as long as the gateway. */
export interface LoginKey {
  /** DER, as it goes over the wire. */
  readonly publicKey: Buffer;
  readonly privateKey: KeyObject;
}

export async function makeLoginKey(): Promise<LoginKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 1024 });
  return { publicKey: publicKey.export({ format: 'der', type: 'spki' }), privateKey };
}

/** The shared secret, 16 bytes. Throws AppError('game.auth-failed') when the client does not hold the token that it was sent. */
export function openSecret(key: LoginKey, token: Buffer, answer: { readonly sharedSecret: Buffer; readonly verifyToken: Buffer }): Buffer {
  try {
    const open = (bytes: Buffer): Buffer => privateDecrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
    const secret = open(answer.sharedSecret);
    if (equalBytes(open(answer.verifyToken), token) && secret.length === 16) return secret;
  } catch (cause) {
    throw new AppError('game.auth-failed', { what: 'key exchange' }, { cause });
  }
  throw new AppError('game.auth-failed', { what: 'key exchange' });
}

/**
 * Asks the session server whether the client joined with this secret. Throws AppError('game.auth-failed') when it did not or nobody
 * answers within the deadline of `signal`.
 * Source: https://minecraft.wiki/w/Java_Edition_protocol/Encryption
 */
export async function hasJoined(
  name: string,
  secret: Buffer,
  key: LoginKey,
  where: { readonly sessionServer: string; readonly signal: AbortSignal },
): Promise<Profile> {
  const url = new URL('/session/minecraft/hasJoined', where.sessionServer);
  url.searchParams.set('username', name);
  url.searchParams.set('serverId', serverHash(secret, key.publicKey));
  let answer: unknown = null;
  try {
    const response = await fetch(url, { signal: where.signal });
    if (response.status === 200) answer = await response.json();
  } catch (cause) {
    throw new AppError('game.auth-failed', { name, what: 'session server' }, { cause });
  }
  const profile = readProfile(answer);
  if (profile === null) throw new AppError('game.auth-failed', { name, what: 'unknown session' });
  return profile;
}

/** SHA-1 as a signed hexadecimal number without leading zeros, as only Minecraft writes it. */
export function serverHash(secret: Buffer, publicKey: Buffer): string {
  const digest = createHash('sha1').update(secret).update(publicKey).digest();
  return BigInt.asIntN(160, BigInt(`0x${digest.toString('hex')}`)).toString(16);
}

function readProfile(answer: unknown): Profile | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { id, name, properties } = answer as Readonly<Record<string, unknown>>;
  const uuid = typeof id === 'string' ? parseUuid(id) : null;
  if (uuid === null || typeof name !== 'string') return null;
  return { uuid, name, properties: Array.isArray(properties) ? properties.flatMap(readProperty) : [] };
}

function readProperty(property: unknown): readonly ProfileProperty[] {
  if (typeof property !== 'object' || property === null) return [];
  const { name, value, signature } = property as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || typeof value !== 'string') return [];
  return [{ name, value, ...(typeof signature === 'string' ? { signature } : {}) }];
}
