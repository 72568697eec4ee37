import { NAME_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import { toHex, type Hash } from '../../../../src-shared/units/index.ts';
import { ByteReader, ByteWriter, WireError } from '../../../../src-shared/wire/index.ts';
import { decodeParts, encodeParts, nameOfParts } from '../codec/parts.ts';
import type { ShardGenesis, WorldKit } from '../door.ts';

/** The blob that a snapshot starts from; its name is the state root. Parts: facts, pages, then the tables in a fixed order. */
export type ManifestParts = readonly Uint8Array[];

const FACTS_TAG = 32;

export interface ManifestFacts extends ShardGenesis {
  readonly tick: number;
  readonly nextEntityId: number;
}

export function encodeFacts(facts: ManifestFacts): Uint8Array {
  const writer = new ByteWriter(64);
  writer.u8(FACTS_TAG);
  writer.text(facts.dimension);
  writer.zigzag(facts.minY);
  writer.varint(facts.height);
  writer.varint(facts.tick);
  writer.varint(facts.nextEntityId);
  return writer.finish();
}

export function decodeFacts(part: Uint8Array): ManifestFacts {
  const reader = new ByteReader(part);
  if (reader.u8() !== FACTS_TAG) reader.fail('no facts of a shard');
  const facts: ManifestFacts = {
    dimension: reader.text(NAME_BYTES_MAX),
    minY: reader.zigzag(),
    height: reader.varint(),
    tick: reader.varint(),
    nextEntityId: reader.varint(),
  };
  reader.end();
  return facts;
}

export function encodeManifest(parts: ManifestParts): Uint8Array {
  return encodeParts('manifest', { parts, tail: new Uint8Array(0) });
}

/** Throws WireError when the blob is no manifest of `count` parts. */
export function decodeManifest(bytes: Uint8Array, count: number): ManifestParts {
  const { kind, parts, tail } = decodeParts(bytes);
  if (kind !== 'manifest' || parts.length !== count || tail.length > 0) throw new WireError('no manifest', 1);
  return parts;
}

export function nameOfManifest(parts: ManifestParts, kit: WorldKit): Hash {
  return toHex(
    nameOfParts(
      'manifest',
      parts.map((part) => kit.digest(part)),
      kit.digest,
    ),
  ) as Hash;
}
