import { hash as nodeHash } from 'node:crypto';
import type { ReplicaCrypto } from '../../src-main/core/consensus/index.ts';
import { concat, equalBytes, toUtf8 } from '../../src-shared/units/index.ts';

export function digest(bytes: Uint8Array): Uint8Array {
  return nodeHash('sha256', bytes, 'buffer');
}

/** 32 bytes that stand for a key in the simulator; the same for signing and verifying. */
export function stubKey(name: string): Uint8Array {
  return digest(toUtf8(`stub key of ${name}`));
}

/**
 * Signatures of the simulator: a digest over key and message. Anyone could forge one, and nobody in the simulator does: liars there sign with
 * their own keys only. Everything that a real signature would notice (another message, another key, a flipped bit) is noticed.
 */
export function stubCrypto(name: string): ReplicaCrypto {
  const key = stubKey(name);
  return {
    digest,
    sign: (message) => signWith(key, message),
    verify: (publicKey, message, signature) => equalBytes(signWith(publicKey, message), signature),
  };
}

function signWith(key: Uint8Array, message: Uint8Array): Uint8Array {
  const half = digest(concat([key, message]));
  return concat([half, half]);
}
