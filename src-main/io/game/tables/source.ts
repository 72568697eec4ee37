import { readFileSync } from 'node:fs';
import minecraftData from 'minecraft-data';
import { AppError } from '../../../../src-shared/errors/index.ts';

/** The parts of minecraft-data's records that we read. Names are bare ("stone"). */
export interface SourceData {
  readonly version: { readonly minecraftVersion?: string; readonly version?: number; readonly dataVersion?: number };
  readonly blocksArray: readonly SourceBlock[];
  readonly blocks: Readonly<Record<number, SourceBlock>>;
  readonly blocksByName: Readonly<Record<string, SourceBlock>>;
  readonly blockCollisionShapes: {
    readonly blocks: Readonly<Record<string, number | readonly number[]>>;
    readonly shapes: Readonly<Record<number, readonly (readonly number[])[]>>;
  };
  readonly items: Readonly<Record<number, SourceItem>>;
  readonly itemsArray: readonly SourceItem[];
  readonly itemsByName: Readonly<Record<string, SourceItem>>;
  readonly foodsByName: Readonly<Record<string, { readonly foodPoints: number; readonly saturation: number }>>;
  /** By the result's id. */
  readonly recipes: Readonly<Record<number, readonly SourceRecipe[]>>;
  readonly materials: Readonly<Record<string, Readonly<Record<number, number>>>>;
  readonly entitiesArray: readonly SourceEntity[];
  readonly biomesArray: readonly { readonly id: number; readonly name: string; readonly temperature: number }[];
  readonly enchantmentsArray: readonly { readonly id: number; readonly name: string; readonly maxLevel: number }[];
  readonly blockLoot: Readonly<Record<string, { readonly drops: readonly SourceDrop[] }>>;
  readonly attributesArray: readonly { readonly resource: string }[];
  readonly soundsByName: Readonly<Record<string, { readonly id: number }>>;
  readonly protocol: Protocol;
  readonly loginPacket: { readonly dimensionCodec: Readonly<Record<string, SourceRegistry>> };
}

export interface SourceBlock {
  readonly id: number;
  readonly name: string;
  readonly hardness: number;
  readonly resistance: number;
  readonly material: string;
  readonly emitLight: number;
  readonly filterLight: number;
  readonly defaultState: number;
  readonly minStateId: number;
  readonly maxStateId: number;
  readonly states: readonly { readonly name: string; readonly type: string; readonly values?: readonly string[] }[];
  readonly harvestTools?: Readonly<Record<number, true>>;
}

export interface SourceItem {
  readonly id: number;
  readonly name: string;
  readonly stackSize: number;
  readonly maxDurability?: number;
}

export type SourceRecipe = { readonly result: { readonly id: number; readonly count: number } } & (
  | { readonly inShape: readonly (readonly (number | null)[])[]; readonly ingredients?: undefined }
  | { readonly inShape?: undefined; readonly ingredients: readonly number[] }
);

export interface SourceEntity {
  readonly id: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly metadataKeys: readonly string[];
}

export interface SourceDrop {
  readonly item: string;
  readonly stackSizeRange: readonly (number | null)[];
  readonly silkTouch?: boolean;
  readonly noSilkTouch?: boolean;
}

/** Descriptions of the packets by state and direction. */
export type Protocol = Readonly<Record<string, Readonly<Record<string, { readonly types: Readonly<Record<string, unknown>> }>>>>;

/** A registry of the configuration phase; `value` is NBT in prismarine-nbt's form. */
export interface SourceRegistry {
  readonly id: string;
  readonly entries: readonly { readonly key: string; readonly value?: unknown }[];
}

/** Vanilla's tag sets: registry -> tag -> registry ids, in the order in which vanilla sends them. */
export type SourceTags = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** Versions whose registries and tags were checked against vanilla (document 5). */
const SPOKEN = ['1.21.1'] as const;

/** minecraft-data of one version; only that version's files are read. Throws AppError('world.too-new-to-play') for one that we do not speak. */
export function sourceOf(version: string): SourceData {
  if (!(SPOKEN as readonly string[]).includes(version)) throw new AppError('world.too-new-to-play', { version });
  return minecraftData(version) as unknown as SourceData;
}

/** See `source` in the file for where the tags come from. */
export function tagsOf(version: string): SourceTags {
  const file = new URL(`../data/tags-${version}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly registries: SourceTags }).registries;
}
