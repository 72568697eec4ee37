import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { createBLAKE3 } from 'hash-wasm';
import { VERIFY_KEYS_CACHED_MAX } from '../../../src-shared/config/index.ts';
import { fromHex, type Hash } from '../../../src-shared/units/index.ts';
import type { Crypto } from '../../ports/index.ts';
import { isCanonicalScalar, isStrictCommitment, isStrictPublicKey } from './curve.ts';

/** DER of an Ed25519 private key (RFC 8410) up to its 32-byte seed, and of a public key up to its 32 bytes. */
const PRIVATE_PREFIX = fromHex('302e020100300506032b657004220420');
const PUBLIC_PREFIX = fromHex('302a300506032b6570032100');

/** BLAKE3-256 alone, for threads that sign nothing. */
export type Hasher = Pick<Crypto, 'digest' | 'hash'>;

export async function createHasher(): Promise<Hasher> {
  const blake3 = await createBLAKE3();
  return {
    digest: (bytes) => blake3.init().update(bytes).digest('binary'),
    hash: (bytes) => blake3.init().update(bytes).digest('hex') as Hash,
  };
}

/** `seed` is the 32-byte Ed25519 seed of this node. */
export async function createCrypto(seed: Uint8Array): Promise<Crypto> {
  const hasher = await createHasher();
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const keyOf = rememberKeys();
  return {
    ...hasher,
    publicKey: publicKeyOf(seed),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
    verify: (publicKey, message, signature) => {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      if (!isCanonicalScalar(signature.subarray(32)) || !isStrictCommitment(signature.subarray(0, 32))) return false;
      const key = keyOf(publicKey);
      return key !== null && verify(null, message, key, signature);
    },
  };
}

/** Raw 32-byte public key of a 32-byte seed. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length));
}

/** Checking a key costs 5 ms and parsing it 20 us, a signature 70 us: both are done once a key. null for a key that is refused. */
function rememberKeys(): (publicKey: Uint8Array) => KeyObject | null {
  const known = new Map<string, KeyObject | null>();
  return (publicKey) => {
    const name = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length).toString('latin1');
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const key = isStrictPublicKey(publicKey)
      ? createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' })
      : null;
    if (known.size >= VERIFY_KEYS_CACHED_MAX) known.delete(known.keys().next().value!);
    known.set(name, key);
    return key;
  };
}
