import type { BlockInfo } from '../../../core/world/index.ts';
import { blockEntityOf } from './blockEntities.ts';
import { dropsOf } from './drops.ts';
import { full } from './full.ts';
import { emits, filters } from './light.ts';
import { placingItemOf } from './placing.ts';
import type { SourceBlock, SourceData } from './source.ts';

type Tags = ReadonlyMap<string, ReadonlySet<string>>;
type Property = BlockInfo['properties'][number];

/** Item ids of 1.21.1 that stand for "any shears" and "any sword" in minecraft-data's `materials` are looked up by these names. */
const SHEARS = 'shears';
const SWORD = 'iron_sword';

export function buildBlocks(data: SourceData, tags: Tags): readonly BlockInfo[] {
  const shapes = buildShapes(data);
  return data.blocksArray.map((block) => buildBlock(block, data, tags, shapes));
}

function buildBlock(block: SourceBlock, data: SourceData, tags: Tags, shapes: Shapes): BlockInfo {
  const name = full(block.name);
  const is = (tag: string): boolean => tags.get(full(tag))?.has(name) === true;
  const properties = block.states.map(propertyOf);
  const stateCount = block.maxStateId - block.minStateId + 1;
  return {
    name,
    firstState: block.minStateId,
    defaultState: block.defaultState,
    properties,
    hardness: block.hardness,
    resistance: block.resistance,
    tool: TOOLS.find((tool) => is(`mineable/${tool}`)) ?? null,
    requiresTool: block.harvestTools !== undefined,
    toolTier: is('needs_diamond_tool') ? 3 : is('needs_iron_tool') ? 2 : is('needs_stone_tool') ? 1 : 0,
    item: placingItemOf(block.name, data),
    drops: dropsOf(block, data),
    blockEntity: blockEntityOf(block.name),
    emits: perState(properties, stateCount, emits(block)),
    filters: perState(properties, stateCount, filters(block)),
    shapes: shapes(block),
    replaceable: is('replaceable'),
    climbable: is('climbable'),
    shearsSpeed: speedOf(block, data, SHEARS),
    swordSpeed: speedOf(block, data, SWORD),
  };
}

const TOOLS = ['pickaxe', 'axe', 'shovel', 'hoe'] as const;

function propertyOf(state: SourceBlock['states'][number]): Property {
  return { name: state.name, values: state.values ?? ['true', 'false'] };
}

/** One value per state offset, or a single one when all are equal. */
function perState(
  properties: readonly Property[],
  count: number,
  valueOf: (get: (name: string) => string | null) => number,
): readonly number[] {
  const values = Array.from({ length: count }, (_, offset) => valueOf((name) => valueAt(properties, offset, name)));
  return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
}

/** The value of a property in the state at `offset`; the last property varies fastest. */
function valueAt(properties: readonly Property[], offset: number, name: string): string | null {
  let rest = offset;
  for (let i = properties.length - 1; i >= 0; i--) {
    const { name: own, values } = properties[i]!;
    if (own === name) return values[rest % values.length]!;
    rest = Math.floor(rest / values.length);
  }
  return null;
}

type Shapes = (block: SourceBlock) => BlockInfo['shapes'];

/** Boxes in sixteenths; equal shapes are one object. */
function buildShapes(data: SourceData): Shapes {
  const { blocks, shapes } = data.blockCollisionShapes;
  const scaled = new Map<number, readonly (readonly number[])[]>();
  const shapeAt = (id: number): readonly (readonly number[])[] => {
    const known = scaled.get(id);
    if (known !== undefined) return known;
    const boxes = (shapes[id] ?? []).map((box) => box.map((side) => side * 16));
    scaled.set(id, boxes);
    return boxes;
  };
  return ({ name }) => {
    const ids = blocks[name] ?? 0;
    return (typeof ids === 'number' ? [ids] : ids).map(shapeAt);
  };
}

function speedOf(block: SourceBlock, data: SourceData, tool: string): number {
  const id = data.itemsByName[tool]?.id ?? -1;
  return data.materials[block.material]?.[id] ?? 1;
}
