import type { DimensionInfo, GameTables } from '../../../core/world/index.ts';
import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { buildBlocks } from './blocks.ts';
import { full } from './full.ts';
import { buildItems } from './items.ts';
import { buildRecipes } from './recipes.ts';
import { RENAMED_BIOMES, RENAMED_BLOCKS, RENAMED_ITEMS, RENAMED_VALUES } from './renames.ts';
import { sourceOf, tagsOf, type SourceData } from './source.ts';
import { fromSourceNbt } from './sourceNbt.ts';

/**
 * Minecraft's data for one version, from minecraft-data plus what is authored in this folder, each with its source. Takes about
 * 100 ms and reads only that version's files; call it once at start.
 * Throws AppError('world.too-new-to-play') for a version that we do not speak.
 */
export function buildTables(version: string): GameTables {
  const data = sourceOf(version);
  const tags = tagsOf(version);
  const blockTags = namedTags(tags['minecraft:block'] ?? {}, (id) => data.blocks[id]?.name);
  const blocks = buildBlocks(data, blockTags);
  return {
    version,
    dataVersion: dataVersionOf(data),
    blocks,
    stateCount: data.blocksArray.reduce((most, block) => Math.max(most, block.maxStateId + 1), 0),
    items: buildItems(data),
    entities: data.entitiesArray.map(({ id, name, width, height, metadataKeys }) => ({
      name: full(name),
      id,
      width,
      height,
      living: metadataKeys.includes('health'),
    })),
    biomes: data.biomesArray.map(({ id, name, temperature }) => ({ name: full(name), id, temperature })),
    enchantments: data.enchantmentsArray.map(({ id, name, maxLevel }) => ({ name: full(name), id, maxLevel })),
    blockTags,
    itemTags: namedTags(tags['minecraft:item'] ?? {}, (id) => data.items[id]?.name),
    dimensions: DIMENSIONS.map((dimension) => dimensionOf(dimension, data)),
    recipes: buildRecipes(data),
    renamedBlocks: RENAMED_BLOCKS,
    renamedItems: RENAMED_ITEMS,
    renamedBiomes: RENAMED_BIOMES,
    renamedValues: RENAMED_VALUES,
  };
}

const DIMENSIONS = ['minecraft:overworld', 'minecraft:the_nether', 'minecraft:the_end'] as const;

function dimensionOf(name: string, data: SourceData): DimensionInfo {
  const entry = data.loginPacket.dimensionCodec['minecraft:dimension_type']?.entries.find(({ key }) => key === name);
  const element = fromSourceNbt(entry?.value) as NbtCompound;
  return {
    name,
    minY: nbt.getNumber(element, 'min_y') ?? 0,
    height: nbt.getNumber(element, 'height') ?? 256,
    hasSkyLight: nbt.getNumber(element, 'has_skylight') === 1,
    type: name,
    element,
  };
}

function namedTags(
  tags: Readonly<Record<string, readonly number[]>>,
  nameOf: (id: number) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, ReadonlySet<string>>();
  for (const [tag, ids] of Object.entries(tags)) {
    named.set(tag, new Set(ids.map(nameOf).flatMap((name) => (name === undefined ? [] : [full(name)]))));
  }
  return named;
}

function dataVersionOf(data: SourceData): number {
  const { dataVersion } = data.version;
  if (dataVersion === undefined) throw new Error('minecraft-data lost the data version');
  return dataVersion;
}
