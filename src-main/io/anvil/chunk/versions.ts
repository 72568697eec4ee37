/**
 * Data versions at which the form of chunks changed. What can be told from the tags themselves (Level or not, block_states or Palette) is
 * not decided by version. Source: https://minecraft.wiki/w/Chunk_format and /w/Data_version.
 */

/** 20w17a: no packed index crosses a long any more. */
export const PACKED_BY_LONGS_SINCE = 2529;
/** 21w43a: no Level compound, names in lower case. */
export const FLAT_CHUNK_SINCE = 2844;
/** 21w06a: the overworld of 1.18 reaches from -64 to 319; released worlds since 1.18 (experimental snapshots before are read by their sections). */
export const TALL_OVERWORLD_SINCE = 2825;
/** 20w45a: entities stand in files of their own. */
export const ENTITY_FILES_SINCE = 2681;
/** 18w43c: stored light says whether it is valid. */
export const LIGHT_FLAG_SINCE = 1901;
/** 20w06a: biomes in three dimensions (1,024 numbers instead of 256). */
export const DEEP_BIOMES_SINCE = 2203;
