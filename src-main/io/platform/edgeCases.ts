import { fromHex } from '../../../src-shared/units/index.ts';
import type { Crypto } from '../../ports/index.ts';

interface EdgeCase {
  readonly what: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly accepted: boolean;
}

/** Triples that verifiers are known to disagree about (made for this file by the rules of each name), and two honest ones. */
const EDGE_CASES: readonly EdgeCase[] = [
  {
    what: 'an honest signature',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '70656572686f6c64',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387f748da3361ee71451dc98700b4f584d33fa3778b0b2d0879222275100a0ac001',
    accepted: true,
  },
  {
    what: 'an honest signature of nothing',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d820803873e81859d55f073972365aaa91dfef066f9201912294949144379d07c8f67a50c',
    accepted: true,
  },
  {
    what: 'S plus the order of the group',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '70656572686f6c64',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387e41cd0907b51849df3657fa392ef63e83fa3778b0b2d0879222275100a0ac011',
    accepted: false,
  },
  {
    what: 'a key of order 8, S of zero',
    publicKey: 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    message: '736d616c6c2032',
    signature:
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000',
    accepted: false,
  },
  {
    what: 'a key of mixed order that the plain equation accepts',
    publicKey: '6404dcf276a749b95f4399db77616eca7cb7901ae49db51efcd8ee4815d13779',
    message: '6d69786564206b65792031',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387956147925f2789e1d62c13d0a6730f8fcd7fd1b8127e7706fdaac5d02f00a10b',
    accepted: false,
  },
  {
    what: 'a key of mixed order that only the equation times 8 accepts',
    publicKey: '6404dcf276a749b95f4399db77616eca7cb7901ae49db51efcd8ee4815d13779',
    message: '6d69786564206b65792030',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d820803873254eb9d11954e2f6a84cb1b37c687d12741df8996aae1f336bbf2bf1383da0b',
    accepted: false,
  },
  {
    what: 'a commitment of mixed order',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '70656572686f6c64',
    signature:
      '2f2bf385dc90e7f46ac4818ac99b670c0ac818500eb430cb5af8401d4bdb72590baf890f1ea4f6a410cc60657ed94c22ec4ddd8ecc92cd7a9f9dbd16b3f5b10e',
    accepted: false,
  },
  {
    what: 'the identity as commitment',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '70656572686f6c64',
    signature:
      '01000000000000000000000000000000000000000000000000000000000000006cefb6b14f44d2932b3ac42e2c9a5c722621c3588ac63e83d0259f104adf3202',
    accepted: false,
  },
  {
    what: 'the identity as commitment, not canonical',
    publicKey: '02078b15024a6f4d63e713c81c73a7cfe789099b457042c3f6ab9ca2f1ea8106',
    message: '70656572686f6c64',
    signature:
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7fa1a952c9c43a93cbeb9e71127a377f5a26fc6c27e79804e913b5259098908502',
    accepted: false,
  },
  {
    what: 'the identity as key, not canonical',
    publicKey: 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    message: '70656572686f6c64',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387dae81031e20684da8de36efb95fcb68305c943f312f97cab91b0c1f4a4a46205',
    accepted: false,
  },
  {
    what: 'the identity as key',
    publicKey: '0100000000000000000000000000000000000000000000000000000000000000',
    message: '70656572686f6c64',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387dae81031e20684da8de36efb95fcb68305c943f312f97cab91b0c1f4a4a46205',
    accepted: false,
  },
  {
    what: 'the identity as key, with a sign',
    publicKey: '0100000000000000000000000000000000000000000000000000000000000080',
    message: '70656572686f6c64',
    signature:
      '2c424f6a59790746f27e4438707b9fbad264d0638e13409220dcda4d82080387dae81031e20684da8de36efb95fcb68305c943f312f97cab91b0c1f4a4a46205',
    accepted: false,
  },
];

/**
 * This machine's verdict on each edge case, '1' for accepted. Nodes compare it at the handshake: two that differ would split a group over a crafted
 * signature. `asDesigned` is false when the machine itself is not to be trusted.
 */
export function verdictsOnEdgeCases(crypto: Pick<Crypto, 'verify'>): { readonly verdicts: string; readonly asDesigned: boolean } {
  const given = EDGE_CASES.map(({ publicKey, message, signature }) =>
    crypto.verify(fromHex(publicKey), fromHex(message), fromHex(signature)),
  );
  return {
    verdicts: given.map((accepted) => (accepted ? '1' : '0')).join(''),
    asDesigned: EDGE_CASES.every(({ accepted }, i) => given[i] === accepted),
  };
}
