import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import { refuse } from '../../../../../src-shared/errors/index.ts';
import type { ItemRule, Outcome, RuleContext, RuleSet, UseItem, UseOn } from '../../model/rule.ts';
import { spawnMob } from './mobs.ts';
import { blockOr, breakBlock, isInWorld, setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { towards } from './faces.ts';
import { hasProperty, nameOf } from './family.ts';
import { turnOne } from './hand.ts';
import { cannotPlace, placeBlock } from './place.ts';
import { lookedAt, type RayHit } from './ray.ts';
import { isSolid } from './shapes.ts';
import { fluidOf, isFluidBlock } from './wet.ts';

const EMPTY_BUCKET = 'minecraft:bucket';
const FISH_BUCKET = /^minecraft:(cod|salmon|pufferfish|tropical_fish|axolotl|tadpole)_bucket$/;

function isSource(context: RuleContext, state: StateId): boolean {
  return isFluidBlock(context.states, state) && fluidOf(context.states, state)!.source;
}

/** Where the fluid goes from a block that a bucket is emptied on: water into what can hold it, else beside. */
function holdsWater(context: RuleContext, state: StateId): boolean {
  return context.states.get(state, 'waterlogged') === 'false' && context.states.get(state, 'type') !== 'double';
}

/** 1. A source, powder snow or a waterlogged block is taken up. 2. The bucket is full. */
function fill(context: RuleContext, player: Player, use: UseItem): Outcome {
  const hit = lookedAt(context, player, use.pose, (state) => isSource(context, state));
  if (hit === null) return 'pass';
  const full = takeUp(context, hit);
  if (full === null) return 'pass';
  if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
  turnOne(context, player, use.hand, stackOf(`minecraft:${full}_bucket`, 1));
  return 'done';
}

function takeUp(context: RuleContext, { pos, state }: RayHit): 'water' | 'lava' | 'powder_snow' | null {
  const air = context.states.idOf('minecraft:air');
  if (isSource(context, state)) {
    setBlock(context, pos, air);
    return fluidOf(context.states, state)!.kind;
  }
  if (nameOf(context, state) === 'powder_snow') {
    setBlock(context, pos, air);
    return 'powder_snow';
  }
  if (context.states.get(state, 'waterlogged') !== 'true') return null;
  setBlock(context, pos, context.states.with(state, 'waterlogged', 'false'));
  return 'water';
}

/** 1. Into the clicked block if it can hold water, else into the block before it. 2. The bucket is empty; a fish swims out. */
function empty(context: RuleContext, player: Player, use: UseItem, kind: 'water' | 'lava', fish: string | null): Outcome {
  const hit = lookedAt(context, player, use.pose, () => false);
  if (hit === null) return 'pass';
  if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
  const pos = kind === 'water' && holdsWater(context, hit.state) ? hit.pos : towards(hit.pos, hit.face);
  const into = [pos, towards(hit.pos, hit.face)].find((candidate) => takesFluid(context, candidate, kind));
  if (into === undefined) return cannotPlace('occupied');
  pour(context, into, kind);
  if (fish !== null) spawnMob(context, fish, { x: into.x + 0.5, y: into.y, z: into.z + 0.5, yaw: 0, pitch: 0 });
  turnOne(context, player, use.hand, stackOf(EMPTY_BUCKET, 1));
  return 'done';
}

function takesFluid(context: RuleContext, pos: BlockPos, kind: 'water' | 'lava'): boolean {
  if (!isInWorld(context, pos)) return false;
  const state = blockOr(context, pos);
  if (kind === 'water' && holdsWater(context, state)) return true;
  if (
    hasProperty(context.states.blockOf(state), 'waterlogged') ||
    /^(kelp|kelp_plant|seagrass|tall_seagrass)$/.test(nameOf(context, state))
  )
    return false;
  return (context.states.blockOf(state)?.replaceable ?? false) || !isSolid(context.states, state);
}

function pour(context: RuleContext, pos: BlockPos, kind: 'water' | 'lava'): void {
  const state = context.world.block(pos);
  // Water boils away in the nether.
  if (kind === 'water' && context.world.dimension === 'minecraft:the_nether') {
    const sound = 'minecraft:block.fire.extinguish';
    context.emit({
      type: 'show',
      event: { kind: 'sound', sound, pos: { x: pos.x + 0.5, y: pos.y + 0.5, z: pos.z + 0.5 }, volume: 0.5, pitch: 2.6 },
    });
    return;
  }
  if (kind === 'water' && holdsWater(context, state)) {
    setBlock(context, pos, context.states.with(state, 'waterlogged', 'true'));
    return;
  }
  if (!context.states.isAir(state) && !isFluidBlock(context.states, state)) breakBlock(context, pos);
  setBlock(context, pos, context.states.idOf(`minecraft:${kind}[level=0]`));
}

const BUCKET: ItemRule = {
  name: 'bucket',
  matches: ({ name }) => name === EMPTY_BUCKET,
  use: (context, player, use) => fill(context, player, use),
};

const FULL_BUCKET: ItemRule = {
  name: 'full-bucket',
  matches: ({ name }) => name === 'minecraft:water_bucket' || name === 'minecraft:lava_bucket' || FISH_BUCKET.test(name),
  use: (context, player, use, stack) => {
    const fish = FISH_BUCKET.exec(stack.name)?.[1] ?? null;
    return empty(
      context,
      player,
      use,
      stack.name === 'minecraft:lava_bucket' ? 'lava' : 'water',
      fish === null ? null : `minecraft:${fish}`,
    );
  },
};

/** Powder snow is placed like a block; the bucket stays. */
const SNOW_BUCKET: ItemRule = {
  name: 'powder-snow-bucket',
  matches: ({ name }) => name === 'minecraft:powder_snow_bucket',
  useOn: (context, player, use: UseOn, stack) => {
    const snow = context.states.blockNamed('minecraft:powder_snow');
    if (snow === null) return 'pass';
    const done = placeBlock(context, player, use, stack, snow, false);
    if (done === 'done') turnOne(context, player, use.hand, stackOf(EMPTY_BUCKET, 1));
    return done;
  },
};

export const BUCKETS: RuleSet = { items: [BUCKET, FULL_BUCKET, SNOW_BUCKET] };
