import { createHash } from 'node:crypto';
import type { Crypto } from '../../src-main/ports/index.ts';
import { equalBytes, toHex, type Hash } from '../../src-shared/units/index.ts';

/**
 * Signatures that cost a hash instead of a curve: SHA-512 over the signer's public key and the message. Anyone can forge them, nobody does
 * by accident: a simulated liar has to call `sign` of its own instance, or break the rule on purpose. The hash is SHA-256.
 */
export function fakeCrypto(seed: Uint8Array): Crypto {
  const publicKey = new Uint8Array(createHash('sha256').update('fake key').update(seed).digest());
  const signatureOf = (key: Uint8Array, message: Uint8Array): Uint8Array =>
    new Uint8Array(createHash('sha512').update(key).update(message).digest());
  const digest = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
  return {
    publicKey,
    digest,
    hash: (bytes) => toHex(digest(bytes)) as Hash,
    sign: (message) => signatureOf(publicKey, message),
    verify: (key, message, signature) => key.length === 32 && equalBytes(signatureOf(key, message), signature),
  };
}
