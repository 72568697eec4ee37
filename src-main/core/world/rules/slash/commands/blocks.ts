import { COMMAND_CHUNKS_MAX, FILL_BLOCKS_MAX } from '../../../../../../src-shared/config/index.ts';
import { refuse, type Refusal, type Result } from '../../../../../../src-shared/errors/index.ts';
import { nbt } from '../../../../../../src-shared/nbt/index.ts';
import { chunkOf, type BlockPos, type ChunkPos } from '../../../../../../src-shared/units/index.ts';
import type { StateId } from '../../../model/chunk.ts';
import type { Player } from '../../../model/player.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { blockEntityAt, bornBlockEntity } from '../../blocks/blockEntity.ts';
import { breakBlock, isInWorld, setBlocks } from '../../blocks/change.ts';
import { answer, slashRule } from '../slashRule.ts';
import { bad, fullName, ok, parseBlock, parseBlockPos, type BlockArgument } from '../values.ts';

/** Corners, each the lower and the higher in all three directions. */
interface Area {
  readonly low: BlockPos;
  readonly high: BlockPos;
}

const setblock = slashRule({
  name: 'setblock',
  operatorOnly: true,
  usage: '<pos> <block> [(destroy|keep|replace)]',
  needs: (args, player) => {
    const pos = parseBlockPos(args.slice(0, 3), player);
    return pos.ok ? chunksOf({ low: pos.value, high: pos.value }) : [];
  },
  execute: (context, player, args) => {
    const pos = parseBlockPos(args.slice(0, 3), player);
    if (!pos.ok) return pos;
    const block = parseBlock(args[3], context.states);
    if (!block.ok) return block;
    const how = args[4] ?? 'replace';
    if (!['destroy', 'keep', 'replace'].includes(how) || args.length > 5) return bad(how);
    if (!isInWorld(context, pos.value)) return refuse('play.chunk-not-loaded', { ...pos.value });
    const old = context.world.block(pos.value);
    const same = old === block.value.state && block.value.nbt === null;
    if (same || (how === 'keep' && !context.states.isAir(old))) return refuse('play.cannot-place-here', { ...pos.value });
    if (how === 'destroy') breakBlock(context, pos.value);
    put(context, [pos.value], block.value);
    const { x, y, z } = pos.value;
    answer(context, player, 'commands.setblock.success', [x, y, z], `Changed the block at ${x}, ${y}, ${z}`);
    return null;
  },
});

const FILL_MODES = ['destroy', 'hollow', 'keep', 'outline', 'replace'] as const;
type FillMode = (typeof FILL_MODES)[number];

const fill = slashRule({
  name: 'fill',
  operatorOnly: true,
  usage: '<from> <to> <block> [(destroy|hollow|keep|outline|replace)]\n<from> <to> <block> replace <filter>',
  needs: (args, player) => {
    const area = parseArea(args, player);
    return area.ok ? chunksOf(area.value) : [];
  },
  execute: (context, player, args) => {
    const area = parseArea(args, player);
    if (!area.ok) return area;
    const block = parseBlock(args[6], context.states);
    if (!block.ok) return block;
    const mode = FILL_MODES.find((name) => name === (args[7] ?? 'replace'));
    if (mode === undefined || args.length > (mode === 'replace' ? 9 : 8)) return bad(args[7] ?? '');
    const filter = args[8] === undefined ? ok(null) : parseFilter(context, args[8]);
    if (!filter.ok) return filter;
    const { low, high } = area.value;
    if (!isInWorld(context, low) || !isInWorld(context, high)) return refuse('play.chunk-not-loaded', { ...low });
    return fillArea(context, player, area.value, block.value, mode, filter.value);
  },
});

/** Which of the blocks a fill may change. */
type Filter = (state: StateId) => boolean;

function parseFilter(context: RuleContext, word: string): Result<Filter> {
  const { states, tables } = context;
  if (word.startsWith('#')) {
    const names = tables.blockTags.get(fullName(word.slice(1)));
    return names === undefined ? bad(word) : ok((state) => names.has(states.blockOf(state)?.name ?? ''));
  }
  const wanted = parseBlock(word, states);
  if (!wanted.ok) return wanted;
  const { block, properties } = wanted.value;
  return ok(
    (state) => states.blockOf(state)?.name === block && [...properties].every(([name, value]) => states.get(state, name) === value),
  );
}

function fillArea(
  context: RuleContext,
  player: Player,
  area: Area,
  block: BlockArgument,
  mode: FillMode,
  filter: Filter | null,
): Refusal | null {
  const air = context.states.idOf('minecraft:air');
  const solid: BlockPos[] = [];
  const hollow: BlockPos[] = [];
  for (const pos of positions(area)) {
    const old = context.world.block(pos);
    const inside = !isShell(area, pos);
    if (inside && mode === 'outline') continue;
    const wanted = inside && mode === 'hollow' ? air : block.state;
    if ((mode === 'keep' && !context.states.isAir(old)) || (filter !== null && !filter(old))) continue;
    if (old === wanted && block.nbt === null) continue;
    if (mode === 'destroy') breakBlock(context, pos);
    (wanted === air && inside ? hollow : solid).push(pos);
  }
  const count = solid.length + hollow.length;
  if (count === 0) return refuse('play.cannot-place-here', { ...area.low });
  put(context, solid, block);
  put(context, hollow, { ...block, state: air, nbt: null });
  answer(context, player, 'commands.fill.success', [count], `Successfully filled ${count} block(s)`);
  return null;
}

/** 1. What was inside the old blocks goes with them (vanilla: `Clearable`). 2. All are there. 3. The neighbours look. 4. Their data. */
function put(context: RuleContext, at: readonly BlockPos[], { state, nbt: data }: BlockArgument): void {
  for (const pos of at) if (blockEntityAt(context.world, pos) !== null) context.emit({ type: 'blockEntity', pos, nbt: null });
  setBlocks(
    context,
    at.map((pos) => ({ pos, state })),
  );
  const id = context.states.blockOf(state)?.blockEntity ?? null;
  if (id === null) return;
  for (const pos of at) {
    if (context.states.blockOf(context.world.block(pos))?.blockEntity !== id) continue;
    const born = blockEntityAt(context.world, pos) ?? bornBlockEntity(context, id, pos, null);
    const own = data === null ? {} : Object.fromEntries([...data.value].filter(([name]) => !['id', 'x', 'y', 'z'].includes(name)));
    const entity = nbt.withTags(born, own);
    if (entity !== blockEntityAt(context.world, pos)) context.emit({ type: 'blockEntity', pos, nbt: entity });
  }
}

function parseArea(args: readonly string[], player: Player): Result<Area> {
  const from = parseBlockPos(args.slice(0, 3), player);
  if (!from.ok) return from;
  const to = parseBlockPos(args.slice(3, 6), player);
  if (!to.ok) return to;
  const pick = (choose: (a: number, b: number) => number): BlockPos => ({
    x: choose(from.value.x, to.value.x),
    y: choose(from.value.y, to.value.y),
    z: choose(from.value.z, to.value.z),
  });
  const area = { low: pick(Math.min), high: pick(Math.max) };
  const blocks = (area.high.x - area.low.x + 1) * (area.high.y - area.low.y + 1) * (area.high.z - area.low.z + 1);
  if (blocks > FILL_BLOCKS_MAX) return refuse('play.area-too-large', { blocks, blocksMax: FILL_BLOCKS_MAX });
  const chunks = ((area.high.x >> 4) - (area.low.x >> 4) + 1) * ((area.high.z >> 4) - (area.low.z >> 4) + 1);
  if (chunks > COMMAND_CHUNKS_MAX) return refuse('play.area-too-large', { chunks, chunksMax: COMMAND_CHUNKS_MAX });
  return ok(area);
}

function* positions({ low, high }: Area): Generator<BlockPos> {
  for (let y = low.y; y <= high.y; y++) {
    for (let z = low.z; z <= high.z; z++) {
      for (let x = low.x; x <= high.x; x++) yield { x, y, z };
    }
  }
}

function isShell({ low, high }: Area, { x, y, z }: BlockPos): boolean {
  return x === low.x || x === high.x || y === low.y || y === high.y || z === low.z || z === high.z;
}

/** With a margin of one, for the neighbours. */
function chunksOf({ low, high }: Area): readonly ChunkPos[] {
  const from = chunkOf({ x: low.x - 1, z: low.z - 1 });
  const to = chunkOf({ x: high.x + 1, z: high.z + 1 });
  const found: ChunkPos[] = [];
  for (let z = from.z; z <= to.z; z++) for (let x = from.x; x <= to.x; x++) found.push({ x, z });
  return found;
}

export const BLOCK_COMMANDS: readonly SlashRule[] = [setblock, fill];
