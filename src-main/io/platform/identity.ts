import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../src-shared/errors/index.ts';
import { fromHex, toHex } from '../../../src-shared/units/index.ts';
import { publicKeyOf } from './crypto.ts';
import { realDisk } from './disk.ts';

const FILE = 'identity.key';

/** Who this node is, for ever: whoever has the seed is the node. */
export interface Identity {
  /** 32 bytes, secret. */
  readonly seed: Uint8Array;
  /** 32 bytes, raw Ed25519. */
  readonly publicKey: Uint8Array;
  /** libp2p's name of the public key: `12D3Koo...`. */
  readonly peerId: string;
}

/**
 * Reads `identity.key` of `folder` (absolute, must exist), or makes it when there is none: 64 hexadecimal digits, readable by the owner only.
 * Throws `node.identity-damaged` rather than replace a key that it can not read: a new key would be a new node in its pool.
 */
export async function openIdentity(folder: string): Promise<Identity> {
  const path = join(folder, FILE);
  const seed = (await readSeed(path)) ?? (await createSeed(folder, path));
  const publicKey = publicKeyOf(seed);
  return { seed, publicKey, peerId: peerIdOf(publicKey) };
}

async function readSeed(path: string): Promise<Uint8Array | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AppError('node.disk-failed', { path, operation: 'read', cause: String(error) }, { cause: error });
  }
  const digits = text.trim();
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new AppError('node.identity-damaged', { path });
  // A folder that was copied or restored may have lost the mode.
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return fromHex(digits);
}

/** 1 write beside, 2 sync, 3 link: unlike a rename it never replaces a key that another process made meanwhile, 4 sync the folder. */
async function createSeed(folder: string, path: string): Promise<Uint8Array> {
  const seed = new Uint8Array(randomBytes(32));
  const beside = `${path}.${toHex(new Uint8Array(randomBytes(8)))}`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(`${toHex(seed)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(beside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new AppError('node.disk-failed', { path, operation: 'create', cause: String(error) }, { cause: error });
    }
  } finally {
    await rm(beside, { force: true });
  }
  await realDisk(folder).syncFolder('');
  return (await readSeed(path))!;
}

/**
 * libp2p's peer id of a raw Ed25519 public key (https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md): base58btc of the identity
 * multihash (code 0, length 36) of the protobuf {1: type 1 = Ed25519, 2: the key}.
 */
export function peerIdOf(publicKey: Uint8Array): string {
  return base58(Uint8Array.from([0x00, 0x24, 0x08, 0x01, 0x12, 0x20, ...publicKey]));
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58(bytes: Uint8Array): string {
  let digits = '';
  for (let rest = BigInt(`0x${toHex(bytes)}`); rest > 0n; rest /= 58n) digits = BASE58[Number(rest % 58n)]! + digits;
  for (const byte of bytes) {
    if (byte !== 0) break;
    digits = `1${digits}`;
  }
  return digits;
}
