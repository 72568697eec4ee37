import type { StateId } from '../../model/chunk.ts';
import type { BlockStates } from '../../model/states.ts';

export interface Fluid {
  readonly kind: 'water' | 'lava';
  /** 1..8, 8 for a source or a fall. */
  readonly amount: number;
  readonly source: boolean;
  readonly falling: boolean;
}

const SOURCE: Fluid = { kind: 'water', amount: 8, source: true, falling: false };

/** The fluid in a block: its own, or the water that it stands in. */
export function fluidOf(states: BlockStates, id: StateId): Fluid | null {
  if (!states.isFluid(id)) return null;
  const name = states.blockOf(id)?.name;
  if (name !== 'minecraft:water' && name !== 'minecraft:lava') return SOURCE;
  const level = Number(states.get(id, 'level'));
  const falling = level >= 8;
  return {
    kind: name === 'minecraft:water' ? 'water' : 'lava',
    amount: level === 0 || falling ? 8 : 8 - level,
    source: level === 0,
    falling,
  };
}

export function isWaterSource(states: BlockStates, id: StateId): boolean {
  const fluid = fluidOf(states, id);
  return fluid !== null && fluid.kind === 'water' && fluid.source;
}

export function isWater(states: BlockStates, id: StateId): boolean {
  return fluidOf(states, id)?.kind === 'water';
}

/** Whether the block is the fluid itself, not something standing in it. */
export function isFluidBlock(states: BlockStates, id: StateId): boolean {
  const name = states.blockOf(id)?.name;
  return name === 'minecraft:water' || name === 'minecraft:lava';
}

/** The block that a fluid is when nothing else is there. */
export function fluidBlock(states: BlockStates, fluid: Fluid | null): StateId {
  if (fluid === null) return states.idOf('minecraft:air');
  const level = fluid.source ? 0 : fluid.falling ? 8 : 8 - fluid.amount;
  return states.idOf(`minecraft:${fluid.kind}[level=${level}]`);
}
