import type { Hash } from '../../../../src-shared/units/index.ts';
import type { NbtCompound } from '../../../../src-shared/nbt/index.ts';

/**
 * Runtime id of a block state: vanilla's protocol id below `tables.stateCount`; above it, names this version lacks, interned per
 * process in order of appearance. Below 65,536. Never written to disk or wire, never compared for order.
 */
export type StateId = number;

/**
 * 16 x 16 x 16 block states, index (y << 8 | z << 4 | x). Immutable: an edit makes a new section that shares nothing it changes
 * (copy-on-write), so a snapshot, an undo or a worker may hold the old one. Implemented in `chunk/volume.ts`.
 */
export interface Section {
  readonly blocks: BlockVolume;
  /** 4 x 4 x 4 biome names, index (y << 4 | z << 2 | x). */
  readonly biomes: BiomeVolume;
}

/** Made by `blockVolume`, `uniformVolume` and `withBlock`, read by `blockAt` and `readBlocks`. Plain data: survives a structured clone. */
export interface BlockVolume {
  /** State ids, without repeats; may hold some that no block uses any more. Length 1 with `bits` 0 = uniform. */
  readonly palette: readonly StateId[];
  /** Width of a palette index: a power of two, so that no index crosses a byte. */
  readonly bits: 0 | 1 | 2 | 4 | 8 | 16;
  /** 4,096 palette indices, the first in the lowest bits; null when uniform. */
  readonly packed: Uint8Array | Uint16Array | null;
  /** Blocks that are not air, cave air or void air. */
  readonly solid: number;
}

/** Made by `biomeVolume` and `uniformBiomes`, read by `biomeAt`. */
export interface BiomeVolume {
  readonly palette: readonly string[];
  /** 64 palette indices, or null when uniform. */
  readonly indices: Uint8Array | null;
}

/** Sky and block light of one section, 2,048 bytes of nibbles (index as blocks, low nibble first); null = absent, must be computed. */
export interface SectionLight {
  readonly sky: Uint8Array | null;
  readonly block: Uint8Array | null;
}

export interface Chunk {
  readonly x: number;
  readonly z: number;
  /** Section y of `sections[0]` (overworld -4). */
  readonly minSection: number;
  readonly sections: readonly Section[];
  /** By `localKey`. NBT in the form of `dataVersion`, with id, x, y, z as in the save. */
  readonly blockEntities: ReadonlyMap<number, NbtCompound>;
  /** Pending block and fluid ticks, kept as they came: `block_ticks` and `fluid_ticks` of the source. */
  readonly ticks: { readonly block: readonly NbtCompound[]; readonly fluid: readonly NbtCompound[] };
  /** The data version that block entities and items of this chunk are written in. */
  readonly dataVersion: number;
  /** Blob of the source's whole chunk NBT (uncompressed), from which a touched chunk is exported; null for a generated one. */
  readonly origin: Hash | null;
  /** Blob of the source's entity chunk NBT; null when there is none or the entities have been adopted into the state. */
  readonly entities: Hash | null;
  /** Blob of the source's points of interest NBT. */
  readonly poi: Hash | null;
  /**
   * Light per section from one below `minSection` to one above the last (sections.length + 2), outside the Merkle root. Null when it
   * is missing or an edit made it stale.
   */
  readonly light: readonly SectionLight[] | null;
}
