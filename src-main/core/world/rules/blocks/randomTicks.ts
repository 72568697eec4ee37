import { RANDOM_TICK_CHUNKS } from '../../../../../src-shared/config/index.ts';
import { chunkKey, chunkOf, type ChunkKey } from '../../../../../src-shared/units/index.ts';
import { blockAt } from '../../chunk/volume.ts';
import type { BlockVolume, Chunk } from '../../model/chunk.ts';
import type { RuleContext, Rules, RuleSet, TickRule } from '../../model/rule.ts';
import type { GameTables } from '../../model/tables.ts';

const SPEED_DEFAULT = 3;
const SPEED_MAX = 4096;

/** Which block states have a rule for random ticks, one byte each; and which sections hold any, by their immutable blocks. */
interface Ticking {
  readonly states: Uint8Array;
  readonly sections: WeakMap<BlockVolume, boolean>;
}

/** Whatever grows, spreads, melts or decays: some random blocks of every section around the players, as many as `randomTickSpeed`. */
function createRandomTicks(): TickRule {
  const known = new WeakMap<GameTables, { readonly rules: Rules; readonly ticking: Ticking }>();
  const tickingOf = (context: RuleContext): Ticking => {
    const found = known.get(context.tables);
    if (found?.rules === context.rules) return found.ticking;
    const ticking: Ticking = { states: tickingStates(context), sections: new WeakMap() };
    known.set(context.tables, { rules: context.rules, ticking });
    return ticking;
  };
  return {
    name: 'random',
    accountable: false,
    tick: (context) => {
      const speed = speedOf(context);
      if (speed === 0) return;
      const ticking = tickingOf(context);
      for (const key of chunksAround(context)) {
        const [x, z] = key.split(',').map(Number) as [number, number];
        const chunk = context.world.chunk(x, z);
        if (chunk !== null) tickChunk(context, chunk, ticking, speed);
      }
    },
  };
}

function tickingStates(context: RuleContext): Uint8Array {
  const states = new Uint8Array(context.tables.stateCount);
  for (const block of context.tables.blocks) {
    if (!context.rules.blocks(context.tables, block).some((rule) => rule.random !== undefined)) continue;
    const count = block.properties.reduce((product, { values }) => product * values.length, 1);
    states.fill(1, block.firstState, block.firstState + count);
  }
  return states;
}

function speedOf(context: RuleContext): number {
  const speed = Number(context.council.gameRules.get('randomTickSpeed') ?? SPEED_DEFAULT);
  return Number.isInteger(speed) && speed > 0 ? Math.min(speed, SPEED_MAX) : 0;
}

/** In the order of players and then of rows, each chunk once. */
function chunksAround(context: RuleContext): ReadonlySet<ChunkKey> {
  const found = new Set<ChunkKey>();
  for (const player of context.world.players()) {
    if (!player.online || player.gameMode === 'spectator') continue;
    const { x, z } = chunkOf(player.pose);
    for (let dz = -RANDOM_TICK_CHUNKS; dz <= RANDOM_TICK_CHUNKS; dz++)
      for (let dx = -RANDOM_TICK_CHUNKS; dx <= RANDOM_TICK_CHUNKS; dx++) found.add(chunkKey(x + dx, z + dz));
  }
  return found;
}

function tickChunk(context: RuleContext, chunk: Chunk, ticking: Ticking, speed: number): void {
  let draw = Math.floor(context.random(`random:${chunk.x},${chunk.z}`) * 4_294_967_296);
  for (const [index, { blocks }] of chunk.sections.entries()) {
    if (!hasTicking(blocks, ticking)) continue;
    for (let i = 0; i < speed; i++) {
      draw = (Math.imul(draw, 1_664_525) + 1_013_904_223) | 0;
      const at = draw >>> 20;
      // A tick before may have changed the section, and only the state now counts.
      const state = blockAt(context.world.chunk(chunk.x, chunk.z)!.sections[index]!.blocks, at);
      if (ticking.states[state] !== 1) continue;
      const pos = { x: (chunk.x << 4) | (at & 15), y: ((chunk.minSection + index) << 4) | (at >> 8), z: (chunk.z << 4) | ((at >> 4) & 15) };
      for (const rule of context.rules.blocks(context.tables, context.states.blockOf(state))) rule.random?.(context, pos, state);
    }
  }
}

function hasTicking(blocks: BlockVolume, { states, sections }: Ticking): boolean {
  if (blocks.solid === 0) return false;
  const known = sections.get(blocks);
  if (known !== undefined) return known;
  const has = blocks.palette.some((state) => states[state] === 1);
  sections.set(blocks, has);
  return has;
}

export const RANDOM_TICKS: RuleSet = { ticks: [createRandomTicks()] };
