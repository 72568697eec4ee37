import { toHex, toUtf8, type Hash } from '../../../src-shared/units/index.ts';
import {
  ByteWriter,
  writeVoters,
  type EpochRecord,
  type Hasher,
  type SignatureDomain,
  type VoterEntry,
} from '../../../src-shared/wire/index.ts';
import type { GroupConfig } from './door.ts';
import { quorumOf } from './quorum.ts';

/** A fixed set of voters, ready for use: what its signatures cover, who leads which view, how many decide. */
export interface Epoch {
  readonly record: EpochRecord;
  readonly number: number;
  readonly domain: SignatureDomain;
  readonly voters: readonly VoterEntry[];
  readonly quorum: number;
  /** Index of this node among the voters, -1 when it does not vote. */
  readonly self: number;
}

/** The base of a group's first epoch: the hash below height 1. */
export function genesisOf(
  facts: { readonly world: Hash; readonly lineage: number; readonly group: string; readonly stateRoot: Hash },
  hasher: Hasher,
): GroupConfig['base'] {
  const out = new ByteWriter(128);
  out.raw(toUtf8('peerhold/genesis/1'));
  out.hash(facts.world);
  out.varint(facts.lineage);
  out.text(facts.group);
  out.hash(facts.stateRoot);
  return { hash: toHex(hasher.digest(out.finish())) as Hash, height: 0, stateRoot: facts.stateRoot };
}

export function epochOfConfig(config: GroupConfig, hasher: Hasher): Epoch {
  const voters = config.voters.map((voter) => ({ id: voter.id, publicKey: voter.publicKey, incarnation: voter.incarnation ?? 0 }));
  const record = { lineage: config.lineage, epoch: config.epoch, voters, learners: config.learners, base: config.base };
  return buildEpoch(record, config, hasher);
}

export function buildEpoch(
  record: EpochRecord,
  group: { readonly world: Hash; readonly group: string; readonly self: string },
  hasher: Hasher,
): Epoch {
  return {
    record,
    number: record.epoch,
    domain: {
      world: group.world,
      lineage: record.lineage,
      group: group.group,
      epoch: record.epoch,
      configuration: configurationHash(record, hasher),
    },
    voters: record.voters,
    quorum: quorumOf(record.voters.length),
    self: record.voters.findIndex((voter) => voter.id === group.self),
  };
}

/** Views count from 1; the order of succession starts again after the last voter. */
export function czarOf(epoch: Epoch, view: number): number {
  return (view - 1) % epoch.voters.length;
}

/** Covers voters, keys, order, incarnations and the base. Learners are not part of it: they may change within an epoch. */
function configurationHash(record: EpochRecord, hasher: Hasher): Hash {
  const out = new ByteWriter(512);
  out.raw(toUtf8('peerhold/configuration/1'));
  out.varint(record.lineage);
  out.varint(record.epoch);
  writeVoters(out, record.voters);
  out.hash(record.base.hash);
  out.varint(record.base.height);
  out.hash(record.base.stateRoot);
  return toHex(hasher.digest(out.finish())) as Hash;
}
