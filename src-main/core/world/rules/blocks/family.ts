import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Placement, RuleContext } from '../../model/rule.ts';
import type { BlockInfo, GameTables } from '../../model/tables.ts';
import { opposite, towards } from './faces.ts';

export type Matches = (block: BlockInfo, tables: GameTables) => boolean;

/** Blocks whose name without the namespace matches as a whole. */
export function named(pattern: RegExp): Matches {
  return (block) => block.name.startsWith('minecraft:') && pattern.test(block.name.slice(10));
}

/** Blocks in vanilla's tag, named without the namespace. */
export function tagged(...tags: readonly string[]): Matches {
  return (block, tables) => tags.some((tag) => tables.blockTags.get(`minecraft:${tag}`)?.has(block.name) === true);
}

export function withProperty(...names: readonly string[]): Matches {
  return (block) => names.every((name) => hasProperty(block, name));
}

export function both(...all: readonly Matches[]): Matches {
  return (block, tables) => all.every((matches) => matches(block, tables));
}

export function either(...some: readonly Matches[]): Matches {
  return (block, tables) => some.some((matches) => matches(block, tables));
}

export function hasProperty(block: BlockInfo | null, name: string): boolean {
  return block !== null && block.properties.some((property) => property.name === name);
}

/** The block's name without "minecraft:"; empty for a block that the version lacks. */
export function nameOf(context: RuleContext, state: StateId): string {
  return context.states.blockOf(state)?.name.slice(10) ?? '';
}

export function isTagged(context: RuleContext, state: StateId, ...tags: readonly string[]): boolean {
  const name = context.states.blockOf(state)?.name;
  return name !== undefined && tags.some((tag) => context.tables.blockTags.get(`minecraft:${tag}`)?.has(name) === true);
}

export function isSameBlock(context: RuleContext, a: StateId, b: StateId): boolean {
  const block = context.states.blockOf(a);
  return block !== null && block === context.states.blockOf(b);
}

/** Several properties set at once. */
export function withAll(context: RuleContext, state: StateId, values: Readonly<Record<string, string>>): StateId {
  return Object.entries(values).reduce((next, [name, value]) => context.states.with(next, name, value), state);
}

/** The same properties on another block, as far as it has them. */
export function asBlock(context: RuleContext, state: StateId, name: string): StateId {
  const block = context.states.blockNamed(name);
  const from = context.states.blockOf(state);
  if (block === null || from === null) return state;
  return from.properties.reduce(
    (next, property) => context.states.with(next, property.name, context.states.get(state, property.name)!),
    block.defaultState,
  );
}

/** Where the click was, relative to the block that is placed. */
export function hitOf(placement: Placement): { readonly x: number; readonly y: number; readonly z: number } {
  const { cursor, pos, face, replaces } = placement;
  const clicked: BlockPos = replaces ? pos : towards(pos, opposite(face));
  return { x: clicked.x + cursor.x - pos.x, y: clicked.y + cursor.y - pos.y, z: clicked.z + cursor.z - pos.z };
}
