import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { ReplicaCrypto } from '../../src-main/core/consensus/index.ts';
import { concat, toUtf8 } from '../../src-shared/units/index.ts';
import { digest } from './stub-crypto.ts';

const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519 with a key made from the name, for the sample of runs that sign for real. */
export function realCrypto(name: string): ReplicaCrypto & { readonly publicKey: Uint8Array } {
  const seed = digest(toUtf8(`key of ${name}`));
  const privateKey = createPrivateKey({ key: Buffer.from(concat([PRIVATE_PREFIX, seed])), format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length));
  const known = new Map<string, KeyObject>();
  return {
    publicKey,
    digest,
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
    verify: (key, message, signature) => verify(null, message, keyObject(known, key), signature),
  };
}

function keyObject(known: Map<string, KeyObject>, key: Uint8Array): KeyObject {
  const hex = Buffer.from(key).toString('hex');
  let object = known.get(hex);
  if (object === undefined) {
    object = createPublicKey({ key: Buffer.from(concat([PUBLIC_PREFIX, key])), format: 'der', type: 'spki' });
    known.set(hex, object);
  }
  return object;
}
