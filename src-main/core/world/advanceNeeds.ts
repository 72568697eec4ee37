import { RANDOM_TICK_CHUNKS } from '../../../src-shared/config/index.ts';
import { chunkKey, chunkOf, type BlockPos, type ChunkKey, type ChunkPos, type Pose } from '../../../src-shared/units/index.ts';
import type { NeededChunks, TickInput } from './door.ts';
import type { Command } from './model/commands.ts';
import type { Rules } from './model/rule.ts';
import type { WorldView } from './model/state.ts';

/** How far a scheduled tick looks and acts around its block. */
const SCHEDULED_BLOCKS = 8;

/**
 * 1. Around every online player, as far as random ticks and entities run. 2. 3 x 3 around every position that a command names. 3. What the
 * command's rule asks for. 4. Around blocks whose scheduled tick is due.
 */
export const neededChunks: NeededChunks = (world, input, _kit, rules) => {
  const needed = new Map<ChunkKey, ChunkPos>();
  for (const player of world.players()) if (player.online) addAround(needed, chunkOf(player.pose), RANDOM_TICK_CHUNKS);
  for (const command of input.commands) addCommand(needed, world, command, input, rules);
  for (const { pos } of world.dueTicks(input.tick)) {
    addRange(
      needed,
      chunkOf({ x: pos.x - SCHEDULED_BLOCKS, z: pos.z - SCHEDULED_BLOCKS }),
      chunkOf({ x: pos.x + SCHEDULED_BLOCKS, z: pos.z + SCHEDULED_BLOCKS }),
    );
  }
  return [...needed.values()];
};

function addCommand(needed: Map<ChunkKey, ChunkPos>, world: WorldView, command: Command, input: TickInput, rules: Rules): void {
  const { action } = command;
  const player = world.player(command.player);
  if (player !== null) addAround(needed, chunkOf(player.pose), 1);
  // A forged position must not make anybody load the edge of the world: only what validation would let through is named.
  const near = (pos: BlockPos | Pose): boolean =>
    player !== null && Math.abs(pos.x - player.pose.x) <= 256 && Math.abs(pos.z - player.pose.z) <= 256;
  if ('pose' in action && near(action.pose)) addAround(needed, chunkOf(action.pose), 1);
  if ('pos' in action && near(action.pos)) addAround(needed, chunkOf(action.pos), 1);
  const rule = rules.action(action.type);
  for (const chunk of rule?.needs?.(action, world, command, input.council) ?? []) needed.set(chunkKey(chunk.x, chunk.z), chunk);
}

function addAround(needed: Map<ChunkKey, ChunkPos>, { x, z }: ChunkPos, radius: number): void {
  addRange(needed, { x: x - radius, z: z - radius }, { x: x + radius, z: z + radius });
}

function addRange(needed: Map<ChunkKey, ChunkPos>, from: ChunkPos, to: ChunkPos): void {
  for (let z = from.z; z <= to.z; z++) {
    for (let x = from.x; x <= to.x; x++) needed.set(chunkKey(x, z), { x, z });
  }
}
