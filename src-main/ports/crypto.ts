import type { Hash } from '../../src-shared/units/index.ts';

/** Synchronous hashing and signing, ready after it was built. BLAKE3-256 and Ed25519. */
export interface Crypto {
  digest(bytes: Uint8Array): Uint8Array;
  hash(bytes: Uint8Array): Hash;
  /** 64-byte Ed25519 signature by this node's key. */
  sign(message: Uint8Array): Uint8Array;
  /** Strict: canonical S and A, torsion-free A; false for anything malformed. `publicKey` is the raw 32 bytes. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  readonly publicKey: Uint8Array;
}
