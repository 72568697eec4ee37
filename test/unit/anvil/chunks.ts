import { nbt, writeNbt, type Nbt, type NbtCompound } from '../../../src-shared/nbt/index.ts';
import type { Hash } from '../../../src-shared/units/index.ts';
import type { Chunk } from '../../../src-main/core/world/index.ts';
import type { ChunkDecoder } from '../../../src-main/io/anvil/chunk/decode.ts';
import { pack, type Packing } from '../../../src-main/io/anvil/chunk/packing.ts';

export const ORIGIN = 'ab'.repeat(32) as Hash;
export const SHAPE = { minSection: 0, sectionCount: 4, hasSkyLight: true };

/** "minecraft:chest[facing=north]" as a palette entry of a save. */
export function entry(state: string): NbtCompound {
  const [name, list] = state.replace(']', '').split('[');
  if (list === undefined) return nbt.compound({ Name: nbt.text(name!) });
  const pairs = list.split(',').map((pair) => pair.split('=') as [string, string]);
  return nbt.compound({
    Name: nbt.text(name!),
    Properties: nbt.compound(Object.fromEntries(pairs.map(([key, value]) => [key, nbt.text(value)]))),
  });
}

/** One block of each palette entry in turn. */
export function indicesOf(palette: readonly string[]): readonly number[] {
  return Array.from({ length: 4096 }, (_, i) => i % palette.length);
}

interface SectionTags {
  readonly y: number;
  readonly palette: readonly string[];
  readonly more?: Readonly<Record<string, Nbt>>;
}

/** A section as 1.13 to 1.17 writes it. */
export function oldSection({ y, palette, more = {} }: SectionTags, packing: Packing): NbtCompound {
  const bits = Math.max(4, 32 - Math.clz32(palette.length - 1));
  return nbt.compound({
    Y: nbt.byte(y),
    Palette: nbt.list('compound', palette.map(entry)),
    BlockStates: nbt.longArray(pack(indicesOf(palette), bits, packing)),
    ...more,
  });
}

/** As 1.18 and later. */
export function newSection({ y, palette, more = {} }: SectionTags): NbtCompound {
  const bits = Math.max(4, 32 - Math.clz32(palette.length - 1));
  const data = palette.length === 1 ? {} : { data: nbt.longArray(pack(indicesOf(palette), bits, 'padded')) };
  return nbt.compound({
    Y: nbt.byte(y),
    block_states: nbt.compound({ palette: nbt.list('compound', palette.map(entry)), ...data }),
    biomes: nbt.compound({ palette: nbt.list('string', [nbt.text('minecraft:desert')]) }),
    ...more,
  });
}

export function oldChunk(dataVersion: number, sections: readonly NbtCompound[], more: Readonly<Record<string, Nbt>> = {}): Uint8Array {
  const level = nbt.compound({
    xPos: nbt.int(0),
    zPos: nbt.int(0),
    Status: nbt.text(dataVersion < 1900 ? 'postprocessed' : 'full'),
    Sections: nbt.list('compound', sections),
    Biomes: nbt.intArray(new Int32Array(dataVersion < 2203 ? 256 : 1024).fill(3)),
    TileEntities: nbt.list('compound', []),
    TileTicks: nbt.list('compound', []),
    LiquidTicks: nbt.list('compound', []),
    Heightmaps: nbt.compound({ WORLD_SURFACE: nbt.longArray(new BigInt64Array(37)) }),
    Entities: nbt.list('compound', []),
    ...more,
  });
  return writeNbt(nbt.compound({ Level: level, DataVersion: nbt.int(dataVersion) }));
}

export function newChunk(dataVersion: number, sections: readonly NbtCompound[], more: Readonly<Record<string, Nbt>> = {}): Uint8Array {
  return writeNbt(
    nbt.compound({
      Status: nbt.text('minecraft:full'),
      xPos: nbt.int(0),
      zPos: nbt.int(0),
      yPos: nbt.int(0),
      isLightOn: nbt.byte(1),
      sections: nbt.list('compound', sections),
      block_entities: nbt.list('compound', []),
      block_ticks: nbt.list('compound', []),
      fluid_ticks: nbt.list('compound', []),
      Heightmaps: nbt.compound({ WORLD_SURFACE: nbt.longArray(new BigInt64Array(37)) }),
      structures: nbt.compound({ starts: nbt.compound({ kept: nbt.text('as it was') }) }),
      DataVersion: nbt.int(dataVersion),
      ...more,
    }),
  );
}

export function decoded(decoder: ChunkDecoder, bytes: Uint8Array, shape = SHAPE): Chunk {
  const result = decoder.decode(bytes, { x: 0, z: 0, shape, origin: ORIGIN, entities: null, poi: null });
  if (!('kind' in result) || result.kind !== 'chunk') throw new Error(JSON.stringify(result));
  return result.chunk;
}
