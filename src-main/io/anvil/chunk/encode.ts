import { equalNbt, nbt, readNbt, writeNbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { AppError } from '../../../../src-shared/errors/index.ts';
import { withoutPrivateTags, type Chunk, type WorldKit } from '../../../core/world/index.ts';
import { blockEntityKey, type ChunkDecoder } from './decode.ts';
import { LIGHT_BYTES } from './light.ts';
import { renamesSince } from './renames.ts';
import { isSameVolume, SectionWriter, withoutLight } from './sectionNbt.ts';
import { FLAT_CHUNK_SINCE, LIGHT_FLAG_SINCE, PACKED_BY_LONGS_SINCE } from './versions.ts';

export interface WrittenChunk {
  /** Uncompressed. */
  readonly nbt: Uint8Array;
  /** Blocks are others than in the origin: points of interest must be looked for again. */
  readonly blocksChanged: boolean;
}

/**
 * The chunk in the data version and form of `origin`, the NBT it was imported from: what differs from the origin is replaced, everything
 * else is the origin's. Where nothing differs the result is `origin` itself, byte for byte.
 *
 * 1. Compare with the origin as an import reads it. 2. Sections whose blocks differ. 3. Stored light and height maps no longer fit: without
 * them vanilla computes them. 4. Block entities, pending ticks, entities that stand in the chunk itself.
 */
export function encodeTouchedChunk(
  origin: Uint8Array,
  chunk: Chunk,
  { kit, decoder, entities }: { readonly kit: WorldKit; readonly decoder: ChunkDecoder; readonly entities: readonly NbtCompound[] },
): WrittenChunk {
  const before = decodeOrigin(origin, chunk, decoder);
  const { name, root } = readNbt(origin);
  const inLevel = nbt.getCompound(root, 'Level');
  const tags = inLevel ?? root;
  const changes: Record<string, Nbt | null> = {};
  const touched = chunk.sections.flatMap((section, i) => (isSameVolume(section.blocks, before.sections[i]!.blocks) ? [] : [i]));
  if (touched.length > 0) Object.assign(changes, sectionChanges(tags, chunk, touched, kit));
  setIfChanged(changes, tags, ['block_entities', 'TileEntities'], chunk, blockEntities(tags, before, chunk));
  setIfChanged(changes, tags, ['block_ticks', 'TileTicks'], chunk, changedList(before.ticks.block, chunk.ticks.block));
  setIfChanged(changes, tags, ['fluid_ticks', 'LiquidTicks'], chunk, changedList(before.ticks.fluid, chunk.ticks.fluid));
  if (entities.length > 0) changes['Entities'] = nbt.list('compound', [...(nbt.getList(tags, 'Entities') ?? []), ...entities]);
  if (Object.keys(changes).length === 0) return { nbt: origin, blocksChanged: false };
  const changed = nbt.withTags(tags, changes);
  return {
    nbt: writeNbt(inLevel === null ? changed : nbt.withTags(root, { Level: changed }), { name }),
    blocksChanged: touched.length > 0,
  };
}

function decodeOrigin(origin: Uint8Array, chunk: Chunk, decoder: ChunkDecoder): Chunk {
  const shape = { minSection: chunk.minSection, sectionCount: chunk.sections.length, hasSkyLight: true };
  const decoded = decoder.decode(origin, { ...chunk, shape, origin: chunk.origin! });
  if (!('kind' in decoded) || decoded.kind !== 'chunk') throw new AppError('store.blob-damaged', { name: chunk.origin });
  return decoded.chunk;
}

function sectionChanges(tags: NbtCompound, chunk: Chunk, touched: readonly number[], kit: WorldKit): Record<string, Nbt | null> {
  const { dataVersion } = chunk;
  const list = tags.value.has('sections') || dataVersion >= FLAT_CHUNK_SINCE ? 'sections' : 'Sections';
  const sections = (nbt.getList(tags, list) ?? []).filter((section) => section.type === 'compound');
  const isNested = sections.some(({ value }) => value.has('block_states')) || (dataVersion >= FLAT_CHUNK_SINCE && list === 'sections');
  const packing = dataVersion < PACKED_BY_LONGS_SINCE ? 'tight' : 'padded';
  const writer = new SectionWriter({ isNested, packing, renames: renamesSince(kit.tables, dataVersion) }, kit, sections);
  const left = new Set(touched);
  const keepsLight = dataVersion < LIGHT_FLAG_SINCE;
  const after = sections.map((section) => {
    const index = (nbt.getNumber(section, 'Y') ?? Number.NaN) - chunk.minSection;
    const written = left.delete(index) ? writer.withBlocks(section, chunk.sections[index]!.blocks) : section;
    return keepsLight ? written : withoutLight(written);
  });
  for (const index of left) {
    const made = writer.create(chunk.minSection + index, chunk.sections[index]!);
    // Before 18w43c a section has both arrays or can not be read; a new one is mostly sky.
    after.push(keepsLight ? nbt.withTags(made, { BlockLight: lightArray(0), SkyLight: lightArray(-1) }) : made);
  }
  after.sort((a, b) => (nbt.getNumber(a, 'Y') ?? 0) - (nbt.getNumber(b, 'Y') ?? 0));
  const changes: Record<string, Nbt | null> = { [list]: nbt.list('compound', after), Heightmaps: null };
  if (!keepsLight) changes['isLightOn'] = nbt.byte(0);
  for (const name of tags.value.keys()) if (name.startsWith('starlight.')) changes[name] = null;
  return changes;
}

function lightArray(byte: number): Nbt {
  return { type: 'byteArray', value: new Int8Array(LIGHT_BYTES).fill(byte) };
}

/** `names`: since 1.18, before. */
function setIfChanged(
  changes: Record<string, Nbt | null>,
  tags: NbtCompound,
  [now, old]: readonly [string, string],
  { dataVersion }: Chunk,
  list: readonly NbtCompound[] | null,
): void {
  if (list === null) return;
  const name = tags.value.has(now) ? now : tags.value.has(old) || dataVersion < FLAT_CHUNK_SINCE ? old : now;
  changes[name] = nbt.list('compound', list);
}

/** In the order of the origin, new ones last; those that are not in this chunk stay. Null when nothing differs. */
function blockEntities(tags: NbtCompound, before: Chunk, chunk: Chunk): readonly NbtCompound[] | null {
  const now = new Map([...chunk.blockEntities].map(([key, tag]) => [key, withoutPrivateTags(tag)]));
  const isSame = now.size === before.blockEntities.size && [...now].every(([key, tag]) => isSameTag(before.blockEntities.get(key), tag));
  if (isSame) return null;
  const kept: NbtCompound[] = [];
  for (const tag of nbt.getList(tags, 'block_entities') ?? nbt.getList(tags, 'TileEntities') ?? []) {
    if (tag.type !== 'compound') continue;
    const key = blockEntityKey(tag, chunk);
    if (key === null) kept.push(tag);
    else if (isSameTag(now.get(key), tag)) {
      kept.push(tag);
      now.delete(key);
    }
  }
  return [...kept, ...now.values()];
}

function isSameTag(a: NbtCompound | undefined, b: NbtCompound): boolean {
  return a !== undefined && equalNbt(a, b);
}

function changedList(before: readonly NbtCompound[], now: readonly NbtCompound[]): readonly NbtCompound[] | null {
  const isSame = before.length === now.length && before.every((tag, i) => equalNbt(tag, now[i]!));
  return isSame ? null : now;
}

/** A chunk without an origin, as a full chunk of the version of the tables. Light and height maps are left to vanilla. */
export function encodeNewChunk(chunk: Chunk, kit: WorldKit): Uint8Array {
  const { dataVersion } = kit.tables;
  const writer = new SectionWriter({ isNested: true, packing: 'padded', renames: renamesSince(kit.tables, dataVersion) }, kit, []);
  const tags = (list: readonly NbtCompound[]): Nbt => nbt.list('compound', list);
  return writeNbt(
    nbt.compound({
      DataVersion: nbt.int(dataVersion),
      xPos: nbt.int(chunk.x),
      yPos: nbt.int(chunk.minSection),
      zPos: nbt.int(chunk.z),
      Status: nbt.text('minecraft:full'),
      LastUpdate: nbt.long(0n),
      InhabitedTime: nbt.long(0n),
      isLightOn: nbt.byte(0),
      sections: tags(chunk.sections.map((section, i) => writer.create(chunk.minSection + i, section))),
      block_entities: tags([...chunk.blockEntities.values()].map(withoutPrivateTags)),
      block_ticks: tags(chunk.ticks.block),
      fluid_ticks: tags(chunk.ticks.fluid),
      PostProcessing: nbt.list(
        'list',
        chunk.sections.map(() => nbt.list('end', [])),
      ),
      structures: nbt.compound({ References: nbt.compound({}), starts: nbt.compound({}) }),
    }),
  );
}

/** Points of interest of a chunk whose blocks changed: vanilla looks through each section again. */
export function withoutValidPoi(poi: Uint8Array): Uint8Array {
  const { name, root } = readNbt(poi);
  const sections = nbt.getCompound(root, 'Sections');
  if (sections === null) return poi;
  const value = new Map(
    [...sections.value].map(([y, tag]) => [y, tag.type === 'compound' ? nbt.withTags(tag, { Valid: nbt.byte(0) }) : tag]),
  );
  return writeNbt(nbt.withTags(root, { Sections: { type: 'compound', value } }), { name });
}
