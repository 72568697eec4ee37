import { PacketWriter } from '../wire/packetWriter.ts';
import type { PacketCodec } from '../wire/codec.ts';
import { SharedPacket } from '../wire/packet.ts';
import type { SourceRegistry, SourceTags } from '../tables/source.ts';

export interface KnownPack {
  readonly namespace: string;
  readonly id: string;
  readonly version: string;
}

/**
 * What a client is told between login and play, encoded once for all clients. Vanilla's order: brand, feature flags, known packs, then
 * (after the client's answer) registries, tags, finish. A client that knows the core pack of this version gets the registries' keys
 * without their data.
 */
export interface Configuration {
  readonly pack: KnownPack;
  readonly opening: readonly SharedPacket[];
  afterPacks(known: readonly KnownPack[]): readonly SharedPacket[];
}

export const BRAND = 'Peerhold';

export function buildConfiguration(
  codec: PacketCodec,
  registries: Readonly<Record<string, SourceRegistry>>,
  tags: SourceTags,
): Configuration {
  const shared = (name: string, params: unknown): SharedPacket => new SharedPacket(codec.encode('configuration', name, params));
  const pack = { namespace: 'minecraft', id: 'core', version: codec.version };
  const tagPacket = shared('tags', {
    tags: Object.entries(tags).map(([tagType, entries]) => ({
      tagType,
      tags: Object.entries(entries).map(([tagName, ids]) => ({ tagName, entries: ids })),
    })),
  });
  const finish = shared('finish_configuration', {});
  const full = Object.values(registries).map((registry) => shared('registry_data', registry));
  const keys = Object.values(registries).map(({ id, entries }) =>
    shared('registry_data', { id, entries: entries.map(({ key }) => ({ key })) }),
  );
  return {
    pack,
    opening: [
      shared('custom_payload', { channel: 'minecraft:brand', data: new PacketWriter(32).text(BRAND).finish() }),
      shared('feature_flags', { features: ['minecraft:vanilla'] }),
      shared('select_known_packs', { packs: [pack] }),
    ],
    afterPacks: (known) => [...(known.some((other) => isSame(other, pack)) ? keys : full), tagPacket, finish],
  };
}

function isSame(a: KnownPack, b: KnownPack): boolean {
  return a.namespace === b.namespace && a.id === b.id && a.version === b.version;
}
