/** Region files: two sectors of header (locations, timestamps), then chunks in whole sectors. https://minecraft.wiki/w/Region_file_format */
export const SECTOR_BYTES = 4096;
export const HEADER_BYTES = 2 * SECTOR_BYTES;
export const REGION_CHUNKS = 1024;
/** Chunks along one side of a region. */
export const REGION_SIDE = 32;
/** Most sectors that a header can say. Spigot and Forge write it for "read the length", vanilla never. */
export const SECTORS_SAID_MAX = 255;

export interface ChunkPlace {
  /** z * 32 + x inside the region. */
  readonly index: number;
  readonly sector: number;
  readonly sectors: number;
}

/** Why a header's entry can not be followed. */
export interface BadPlace {
  readonly index: number;
  readonly reason: 'in the header' | 'no sectors' | 'beyond the end';
}

export interface RegionHeader {
  readonly places: readonly ChunkPlace[];
  readonly bad: readonly BadPlace[];
  /** The file ends inside the header. An empty file does not: vanilla leaves those behind. */
  readonly cutShort: boolean;
}

/** `bytes`: the first 8,192 bytes of the file, or all of a shorter one. */
export function parseRegionHeader(bytes: Uint8Array, fileBytes: number): RegionHeader {
  const places: ChunkPlace[] = [];
  const bad: BadPlace[] = [];
  for (let index = 0; index < REGION_CHUNKS; index++) {
    const at = 4 * index;
    const sector = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const sectors = bytes[at + 3] ?? 0;
    if (sector === 0 && sectors === 0) continue;
    const reason =
      sector < 2 ? 'in the header' : sectors === 0 ? 'no sectors' : sector * SECTOR_BYTES >= fileBytes ? 'beyond the end' : null;
    if (reason === null) places.push({ index, sector, sectors });
    else bad.push({ index, reason });
  }
  return { places, bad, cutShort: fileBytes > 0 && fileBytes < HEADER_BYTES };
}

/** Position of a chunk by its index in the region. */
export function chunkAt(region: { readonly x: number; readonly z: number }, index: number): { readonly x: number; readonly z: number } {
  return { x: region.x * REGION_SIDE + (index % REGION_SIDE), z: region.z * REGION_SIDE + Math.floor(index / REGION_SIDE) };
}

/** Of "r.-1.2.mca"; null for another name. */
export function parseRegionName(name: string): { readonly x: number; readonly z: number } | null {
  const match = /^r\.(-?\d{1,7})\.(-?\d{1,7})\.mca$/.exec(name);
  return match === null ? null : { x: Number(match[1]), z: Number(match[2]) };
}

export function regionName({ x, z }: { readonly x: number; readonly z: number }): string {
  return `r.${x}.${z}.mca`;
}

export function externalName({ x, z }: { readonly x: number; readonly z: number }): string {
  return `c.${x}.${z}.mcc`;
}
