/** A landscape that belongs to one world: the same name always grows the same hills. Plain data; `Horizon` draws it. */
export interface Landscape {
  readonly palette: Palette;
  /** SVG paths from the far ridge to the near one, in a box of `WIDTH` x `HEIGHT`. */
  readonly ridges: readonly string[];
  readonly trees: readonly { readonly x: number; readonly y: number; readonly size: number }[];
  readonly stars: readonly { readonly x: number; readonly y: number; readonly bright: boolean }[];
  readonly light: { readonly x: number; readonly y: number };
  readonly lantern: { readonly x: number; readonly y: number };
}

export interface Palette {
  readonly day: readonly [sky: string, glow: string, far: string, middle: string, near: string];
  readonly night: readonly [sky: string, glow: string, far: string, middle: string, near: string];
}

export const WIDTH = 640;
export const HEIGHT = 200;
/** Everything stands on steps of this many units: this land is made of blocks. */
const STEP = 8;

const NIGHT_MEADOW: Palette['night'] = ['#141a30', '#2b3557', '#27365a', '#1d2a45', '#141d30'];
const PALETTES: readonly Palette[] = [
  { day: ['#8fc3ea', '#dceff6', '#8fb7b5', '#5d9a72', '#3c7a4e'], night: NIGHT_MEADOW },
  { day: ['#9fcbe6', '#fbe9cf', '#d9b98a', '#c79a5f', '#a97b42'], night: ['#1a1a33', '#4a3a55', '#473a52', '#382c40', '#281f2d'] },
  { day: ['#a9cfe8', '#f2f7fb', '#c3d3e2', '#9db4c9', '#e8eef4'], night: ['#121a2f', '#2c3f5e', '#3a4d6b', '#2d3d57', '#46566f'] },
  { day: ['#f2b38c', '#fbe3c0', '#b97f86', '#84587a', '#573d63'], night: ['#1b1530', '#4b2c50', '#40294c', '#30203c', '#20162b'] },
  { day: ['#86c5d8', '#d9f2ef', '#6fb3b8', '#43918f', '#2b6f70'], night: ['#0f1d2c', '#1e4250', '#1f4450', '#17343e', '#0f252d'] },
];

export function growLandscape(name: string): Landscape {
  const next = sequence(name);
  const palette = PALETTES[Math.floor(next() * PALETTES.length)]!;
  const heights = [ridge(next, 116, 30), ridge(next, 142, 28), ridge(next, 168, 16)];
  const near = heights[2]!;
  const at = (column: number) => ({ x: column * STEP, y: near[column]! });
  const columns = near.length;
  const trees = Array.from({ length: 9 }, () => ({ ...at(Math.floor(next() * (columns - 4)) + 2), size: next() > 0.5 ? 3 : 2 }));
  return {
    palette,
    ridges: heights.map(outline),
    trees,
    stars: Array.from({ length: 46 }, () => ({ x: next() * WIDTH, y: next() * 130, bright: next() > 0.8 })),
    light: overValley(next, heights[0]!),
    lantern: at(Math.floor(columns * (0.56 + next() * 0.24))),
  };
}

/** Sun and moon stand where the far ridge is low, on the right half, clear of the words. */
function overValley(next: () => number, ridge: readonly number[]): { readonly x: number; readonly y: number } {
  const columns = Array.from({ length: 6 }, () => Math.floor((0.6 + next() * 0.24) * (ridge.length - 1)));
  const lowest = columns.reduce((best, column) => (ridge[column]! > ridge[best]! ? column : best));
  return { x: lowest * STEP, y: 72 + next() * 14 };
}

/** Heights of a ridge, one per column of blocks: a walk that is drawn back to its middle. */
function ridge(next: () => number, middle: number, reach: number): readonly number[] {
  const heights: number[] = [];
  let height = middle + (next() - 0.5) * reach;
  let slope = 0;
  for (let x = 0; x <= WIDTH; x += STEP) {
    slope = slope * 0.82 + (next() - 0.5) * reach * 0.28 - (height - middle) * 0.03;
    height = Math.min(HEIGHT - STEP, Math.max(middle - reach, height + slope));
    heights.push(Math.round(height / STEP) * STEP);
  }
  return heights;
}

function outline(heights: readonly number[]): string {
  const steps = heights.map((height, column) => `V${height}H${(column + 1) * STEP}`);
  return `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}Z`;
}

/** Numbers from 0 to 1 that follow from a text (FNV-1a, then mulberry32). For pictures only. */
function sequence(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
