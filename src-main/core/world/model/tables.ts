import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';

/**
 * Minecraft's own data for one version, as plain data. Built once at start by `io/game` (from minecraft-data plus authored tables) and
 * handed in; the core never reads files. All names are full ("minecraft:stone").
 */
export interface GameTables {
  /** "1.21.1" */
  readonly version: string;
  /** NBT DataVersion, e.g. 3955. */
  readonly dataVersion: number;
  readonly blocks: readonly BlockInfo[];
  /** Number of vanilla block states; state ids are 0 .. stateCount-1 and equal the protocol's. */
  readonly stateCount: number;
  readonly items: readonly ItemInfo[];
  readonly entities: readonly EntityInfo[];
  /** Name -> protocol id. */
  readonly biomes: readonly { readonly name: string; readonly id: number; readonly temperature: number }[];
  readonly enchantments: readonly { readonly name: string; readonly id: number; readonly maxLevel: number }[];
  /** Tag name ("minecraft:logs") -> full block names; no '#'. */
  readonly blockTags: ReadonlyMap<string, ReadonlySet<string>>;
  readonly itemTags: ReadonlyMap<string, ReadonlySet<string>>;
  readonly dimensions: readonly DimensionInfo[];
  readonly recipes: readonly CraftingRecipe[];
  /**
   * Names that changed since older data versions, ascending by `before`: the source data version below which `from` is used. To be
   * applied in order, each on the result of the one before. A block's `from` and `to` may hold properties ("minecraft:cauldron[level=0]"):
   * then they are a whole canonical state.
   */
  readonly renamedBlocks: readonly { readonly before: number; readonly from: string; readonly to: string }[];
  readonly renamedItems: readonly { readonly before: number; readonly from: string; readonly to: string }[];
  readonly renamedBiomes: readonly { readonly before: number; readonly from: string; readonly to: string }[];
  /** Property values that were renamed ("true" of a wall's side became "low"). */
  readonly renamedValues: readonly {
    readonly before: number;
    readonly block: string;
    readonly property: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface BlockInfo {
  readonly name: string;
  readonly firstState: number;
  readonly defaultState: number;
  /** In the order of the state id (last varies fastest); values in order of their index. */
  readonly properties: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Seconds-like vanilla hardness; -1 cannot be broken. */
  readonly hardness: number;
  readonly resistance: number;
  /** Tool class that mines it faster, from the mineable tags; null for none. */
  readonly tool: 'pickaxe' | 'axe' | 'shovel' | 'hoe' | null;
  /** Whether the wrong tool drops nothing. */
  readonly requiresTool: boolean;
  /** Lowest tool tier that drops: 0 wood or gold, 1 stone, 2 iron, 3 diamond. */
  readonly toolTier: 0 | 1 | 2 | 3;
  /** Item that places it and, unless `drops` says otherwise, that it drops; null for e.g. fire. */
  readonly item: string | null;
  /** The authored or minecraft-data loot for a survival break without silk touch; null = its own item. */
  readonly drops: readonly BlockDrop[] | null;
  /** Block entity id ("minecraft:chest") or null. */
  readonly blockEntity: string | null;
  /** Light 0..15 by state offset (state - firstState); a single value holds for all. */
  readonly emits: readonly number[];
  /** 0..15: how much light loses on entering, by state offset or one value for all. */
  readonly filters: readonly number[];
  /** Collision boxes per state offset, in sixteenths: [x1,y1,z1,x2,y2,z2] each; one entry holds for all. */
  readonly shapes: readonly (readonly (readonly number[])[])[];
  /** Can be replaced when placing into it (air, water, short grass, ...). */
  readonly replaceable: boolean;
  readonly climbable: boolean;
  /** Mining speed of shears and swords on it where that is not 1. */
  readonly shearsSpeed: number;
  readonly swordSpeed: number;
}

/** All conditions must hold; drops are independent of each other unless `otherwise` ties one to its predecessor. */
export interface BlockDrop {
  readonly item: string;
  readonly min: number;
  readonly max: number;
  /** 0..1 */
  readonly chance: number;
  /** Only with this state property, e.g. ripe crops. */
  readonly when?: { readonly property: string; readonly value: string };
  /** true: only with silk touch; false: only without; absent: either way. */
  readonly silkTouch?: boolean;
  /** As `silkTouch`, for shears in the hand. */
  readonly shears?: boolean;
  /** Only if the drop before it in the list did not happen by chance (flint, or else gravel). */
  readonly otherwise?: true;
  /** How fortune of level f changes the count: 'ore' multiplies by 1 + max(0, floor(random * (f + 2)) - 1); 'more' adds 0..f. */
  readonly fortune?: 'ore' | 'more';
  /** Most that fortune 'more' may reach. */
  readonly limit?: number;
}

export interface ItemInfo {
  readonly name: string;
  readonly id: number;
  readonly stackSize: number;
  /** 0 = not damageable. */
  readonly maxDamage: number;
  /** Block placed by it, or null. (A bucket or seed is handled by rules.) */
  readonly block: string | null;
  readonly tool: {
    readonly kind: 'pickaxe' | 'axe' | 'shovel' | 'hoe' | 'sword' | 'shears';
    readonly tier: 0 | 1 | 2 | 3;
    readonly speed: number;
  } | null;
  /** Where it is worn: 0 head, 1 chest, 2 legs, 3 feet; null for none. */
  readonly armorSlot: 0 | 1 | 2 | 3 | null;
  readonly attackDamage: number;
  readonly food: { readonly points: number; readonly saturation: number; readonly always: boolean } | null;
}

/** What a crafting grid makes. Items are full names. */
export interface CraftingRecipe {
  readonly result: { readonly item: string; readonly count: number };
  /** Of the shape; null when the ingredients may lie anywhere. */
  readonly width: number | null;
  /** What fits in each cell, row by row; null for a cell of the shape that stays empty. */
  readonly ingredients: readonly (readonly string[] | null)[];
}

export interface EntityInfo {
  readonly name: string;
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly living: boolean;
}

export interface DimensionInfo {
  readonly name: string;
  readonly minY: number;
  /** Blocks; a multiple of 16. */
  readonly height: number;
  readonly hasSkyLight: boolean;
  /** Registry entry as sent to clients. */
  readonly type: string;
  readonly element: NbtCompound | null;
}
