import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { DimensionName } from '../../../../src-shared/units/index.ts';
import type { GameTables } from '../../../core/world/index.ts';
import type { DimensionShape } from '../chunk/decode.ts';
import { TALL_OVERWORLD_SINCE } from '../chunk/versions.ts';

const OLD_FOLDERS: ReadonlyMap<string, DimensionName> = new Map([
  ['', 'minecraft:overworld'],
  ['DIM-1', 'minecraft:the_nether'],
  ['DIM1', 'minecraft:the_end'],
]);

/** Name of the dimension whose regions stand under `folder` of a save ('' the root); null when none can. */
export function dimensionOfFolder(folder: string): DimensionName | null {
  const old = OLD_FOLDERS.get(folder);
  if (old !== undefined) return old;
  const match = /^dimensions\/([a-z0-9_.-]+)\/([a-z0-9_./-]+)$/.exec(folder);
  return match === null ? null : `${match[1]}:${match[2]}`;
}

/** Where a dimension of a world that was born here is exported to: the layout of 1.21.1. */
export function folderOfDimension(name: DimensionName): string {
  for (const [folder, known] of OLD_FOLDERS) if (known === name) return folder;
  return `dimensions/${name.replace(':', '/')}`;
}

export interface DimensionRange {
  readonly minY: number;
  readonly height: number;
  readonly hasSkyLight: boolean;
}

/**
 * How far a dimension reaches in a save of `dataVersion`. `data`: level.dat's Data. A dimension of a data pack says it inside level.dat or
 * is taken for one like the overworld.
 */
export function rangeOfDimension(name: DimensionName, dataVersion: number, data: NbtCompound, tables: GameTables): DimensionRange {
  const settings = nbt.getCompound(data, 'WorldGenSettings');
  const dimensions = settings === null ? null : nbt.getCompound(settings, 'dimensions');
  const entry = dimensions === null ? null : nbt.getCompound(dimensions, name);
  const inline = entry === null ? null : nbt.getCompound(entry, 'type');
  const minY = inline === null ? null : nbt.getNumber(inline, 'min_y');
  const height = inline === null ? null : nbt.getNumber(inline, 'height');
  if (inline !== null && minY !== null && height !== null && isRange(minY, height))
    return { minY, height, hasSkyLight: nbt.getNumber(inline, 'has_skylight') === 1 };
  const type = (entry === null ? null : nbt.getText(entry, 'type')) ?? name;
  const known = tables.dimensions.find((dimension) => dimension.name === type) ?? tables.dimensions[0]!;
  if (known.name === 'minecraft:overworld' && dataVersion < TALL_OVERWORLD_SINCE) return { minY: 0, height: 256, hasSkyLight: true };
  return { minY: known.minY, height: known.height, hasSkyLight: known.hasSkyLight };
}

export function shapeOf({ minY, height, hasSkyLight }: DimensionRange): DimensionShape {
  return { minSection: minY >> 4, sectionCount: height >> 4, hasSkyLight };
}

function isRange(minY: number, height: number): boolean {
  return minY % 16 === 0 && height % 16 === 0 && height > 0 && minY >= -2032 && minY + height <= 2032;
}
