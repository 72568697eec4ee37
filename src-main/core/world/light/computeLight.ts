import { readIndices, SECTION_BLOCKS } from '../chunk/volume.ts';
import { BRIGHT, DARK, LIGHT_BYTES } from '../codec/light.ts';
import type { WorldKit } from '../door.ts';
import type { BlockVolume, Chunk, SectionLight } from '../model/chunk.ts';
import { firstCell, LAYER, LightArea, SHAPED, SIDE } from './area.ts';
import { Front } from './spread.ts';

const MIDDLE = 4;
const FULL = 15;
/** Floor of a column that is wall, or whose chunk is missing. */
const NO_SKY = 0;

/** Offsets of the neighbours that `computeLight` wants, in its order: by z, then x. */
export const LIGHT_NEIGHBOURS: readonly { readonly dx: number; readonly dz: number }[] = [
  { dx: -1, dz: -1 },
  { dx: 0, dz: -1 },
  { dx: 1, dz: -1 },
  { dx: -1, dz: 0 },
  { dx: 1, dz: 0 },
  { dx: -1, dz: 1 },
  { dx: 0, dz: 1 },
  { dx: 1, dz: 1 },
];

export function createLightScratch(): LightArea {
  return new LightArea();
}

/**
 * Sky and block light of a chunk: `sections.length + 2` entries, from one section below to one above. `neighbours` in the order of
 * `LIGHT_NEIGHBOURS`; no light comes from one that is null. Sky light is null in a dimension without sky.
 * Vanilla's rules: sky light 15 falls straight down through what filters nothing; each other step loses what the entered block filters,
 * at least 1; slabs, stairs and the like let nothing through the faces that they close; a block shines with what it emits.
 */
export function computeLight(
  chunk: Chunk,
  neighbours: readonly (Chunk | null)[],
  dimension: { readonly hasSkyLight: boolean },
  kit: WorldKit,
  scratch: LightArea = createLightScratch(),
): readonly SectionLight[] {
  scratch.load([...neighbours.slice(0, MIDDLE), chunk, ...neighbours.slice(MIDDLE)], kit.states);
  const sky = dimension.hasSkyLight ? skyLight(scratch) : null;
  const block = blockLight(scratch, kit);
  return block.map((levels, section) => ({ sky: sky === null ? null : sky[section]!, block: levels }));
}

/**
 * 1. How far down does the open sky reach in each column? 2. Those cells are at 15. 3. Where a lit cell has a neighbour that the sky
 * does not reach, light spreads.
 */
function skyLight(area: LightArea): readonly Uint8Array[] {
  const { levels } = area;
  levels.fill(0);
  const floors = new Int16Array(LAYER);
  for (let chunk = 0; chunk < 9; chunk++) findFloors(area, chunk, floors);
  let ceiling = 0;
  let lowest = area.layers;
  for (const floor of floors) {
    if (floor > ceiling) ceiling = floor;
    if (floor !== NO_SKY && floor < lowest) lowest = floor;
  }
  for (let layer = lowest; layer < ceiling; layer++) {
    const start = layer * LAYER;
    for (let column = 0; column < LAYER; column++) if (layer >= floors[column]!) levels[start + column] = FULL;
  }
  // Above the ceiling all is bright: at least one layer keeps light from spreading there, the rest of the section is read by `extract`.
  levels.fill(FULL, ceiling * LAYER, (((ceiling + 15) & ~15) + 1) * LAYER);
  const front = new Front(area);
  for (let z = 1; z < SIDE - 1; z++) for (let x = 1; x < SIDE - 1; x++) pushColumn(front, floors, z * SIDE + x);
  front.spread();
  return extract(area, { from: Math.min(lowest, Math.floor(front.lowest / LAYER)), to: ceiling, above: BRIGHT });
}

/** Lowest layer of each column to which the sky is open. */
function findFloors(area: LightArea, chunk: number, floors: Int16Array): void {
  if (area.volume(chunk, 0) === undefined) return;
  const corner = firstCell(chunk, 0) - LAYER;
  let left: number[] = [];
  for (let z = 0; z < 16; z++) for (let x = 0; x < 16; x++) left.push(corner + z * SIDE + x);
  left = left.filter((column) => !isRing(column));
  // Blocked at the very top, by a neighbour that is higher than the middle chunk: still a column that light may enter from the side.
  for (const column of left) floors[column] = area.layers - 1;
  for (let section = area.sections - 1; section >= 0 && left.length > 0; section--) {
    const volume = area.volume(chunk, section);
    const bottom = section * 16 + 1;
    if (volume === null || volume === undefined || area.isClear(volume)) {
      for (const column of left) floors[column] = bottom;
      continue;
    }
    area.read(chunk, section);
    const { filters } = area;
    left = left.filter((column) => {
      for (let layer = bottom + 15; layer >= bottom; layer--) {
        const cell = layer * LAYER + column;
        if (filters[cell] !== 0 || filters[cell + LAYER] !== 0) {
          if ((filters[cell]! & ~SHAPED) !== 0 || area.isClosed(cell + LAYER, cell, 0)) return false;
        }
        floors[column] = layer;
      }
      return true;
    });
  }
}

/** The lit cells of a column that have an unlit neighbour, at the side or below. */
function pushColumn(front: Front, floors: Int16Array, column: number): void {
  const floor = floors[column]!;
  if (floor === NO_SKY) return;
  const highest = Math.max(floors[column - 1]!, floors[column + 1]!, floors[column - SIDE]!, floors[column + SIDE]!);
  for (let layer = floor; layer < highest; layer++) front.push(layer * LAYER + column);
  if (highest <= floor) front.push(floor * LAYER + column);
}

function blockLight(area: LightArea, kit: WorldKit): readonly Uint8Array[] {
  const { levels } = area;
  levels.fill(0);
  const front = new Front(area);
  const indices = new Uint16Array(SECTION_BLOCKS);
  for (let chunk = 0; chunk < 9; chunk++) {
    for (let section = 0; section < area.sections; section++) {
      const volume = area.volume(chunk, section);
      if (volume !== null && volume !== undefined) shine(front, levels, volume, firstCell(chunk, section), indices, kit);
    }
  }
  front.spread();
  return extract(area, { from: Math.floor(front.lowest / LAYER), to: Math.floor(front.highest / LAYER) + 1, above: DARK });
}

/** Sets the light of what shines in one section. */
function shine(front: Front, levels: Uint8Array, volume: BlockVolume, start: number, indices: Uint16Array, kit: WorldKit): void {
  const emits = Uint8Array.from(volume.palette, (id) => kit.states.emission(id));
  if (emits.every((level) => level === 0)) return;
  readIndices(volume, indices);
  for (let i = 0; i < SECTION_BLOCKS; i++) {
    const level = emits[indices[i]!]!;
    if (level === 0) continue;
    const cell = start + (i >> 8) * LAYER + ((i >> 4) & 15) * SIDE + (i & 15);
    levels[cell] = level;
    front.lit(cell);
  }
}

/** The middle chunk's levels as nibbles. Layers below `from` are dark; those from `to` on are all like `above`. */
function extract(
  area: LightArea,
  range: { readonly from: number; readonly to: number; readonly above: Uint8Array },
): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let section = 0; section < area.sections; section++) {
    const bottom = section * 16 + 1;
    if (bottom >= range.to) found.push(range.above);
    else if (bottom + 15 < range.from) found.push(DARK);
    else found.push(pack(area.levels, firstCell(MIDDLE, section)));
  }
  return found;
}

function pack(levels: Uint8Array, start: number): Uint8Array {
  const packed = new Uint8Array(LIGHT_BYTES);
  let at = 0;
  let all = 0xff;
  let any = 0;
  for (let y = 0; y < 16; y++) {
    for (let z = 0; z < 16; z++) {
      const row = start + y * LAYER + z * SIDE;
      for (let x = 0; x < 16; x += 2) {
        const pair = levels[row + x]! | (levels[row + x + 1]! << 4);
        packed[at++] = pair;
        all &= pair;
        any |= pair;
      }
    }
  }
  if (any === 0) return DARK;
  return all === 0xff ? BRIGHT : packed;
}

function isRing(column: number): boolean {
  const x = column % SIDE;
  const z = Math.floor(column / SIDE);
  return x === 0 || x === SIDE - 1 || z === 0 || z === SIDE - 1;
}
