import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Entity } from '../../model/entity.ts';
import type { BlockRule, RuleContext, RuleSet, ScheduledRule, TickRule } from '../../model/rule.ts';
import { boxOf, slide } from '../entities/boxes.ts';
import { blockOr, canStay, isInWorld, schedule, setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { at, FACES, towards } from './faces.ts';
import { asBlock, isTagged, nameOf, named, tagged } from './family.ts';
import { drawUuid, popItem } from './items.ts';
import { isFaceSturdy } from './shapes.ts';
import { fluidBlock, fluidOf, isWater } from './wet.ts';

const FALL_TICK = 'fall';
/** Ticks from losing the ground to falling (vanilla), and of a dragon's egg. */
const FALL_DELAY = 2;
const EGG_DELAY = 5;
/** Blocks a tick that gravity adds, and the share of speed that air leaves (vanilla's falling block). */
const GRAVITY = 0.04;
const DRAG = 0.98;
const SIZE = 0.98;
/** Deeper than this below the world a falling block is gone. */
const VOID_BLOCKS = 64;

/** Fire, fluids and whatever gives way do not hold a block up. */
function isFree(context: RuleContext, state: StateId): boolean {
  if (context.states.isAir(state) || isTagged(context, state, 'fire')) return true;
  return context.states.blockOf(state)?.replaceable === true;
}

function falls(context: RuleContext, state: StateId): boolean {
  return (
    isTagged(context, state, 'concrete_powder', 'anvil') ||
    /^(sand|red_sand|gravel|suspicious_sand|suspicious_gravel|dragon_egg)$/.test(nameOf(context, state))
  );
}

const GRAVITY_BLOCK: BlockRule = {
  name: 'gravity',
  matches: (block, tables) =>
    tagged('concrete_powder', 'anvil')(block, tables) ||
    named(/^(sand|red_sand|gravel|suspicious_sand|suspicious_gravel|dragon_egg)$/)(block, tables),
  appeared: (context, pos, state) => waver(context, pos, state),
  neighbour: (context, pos, state) => {
    waver(context, pos, state);
    return state;
  },
};

function waver(context: RuleContext, pos: BlockPos, state: StateId): void {
  if (isFree(context, blockOr(context, towards(pos, 'down'))) && pos.y > context.world.minY)
    schedule(context, pos, FALL_TICK, nameOf(context, state) === 'dragon_egg' ? EGG_DELAY : FALL_DELAY);
}

/** The block lets go and becomes an entity. */
const FALL: ScheduledRule = {
  kind: FALL_TICK,
  accountable: true,
  run: (context, pos, state) => {
    if (!falls(context, state) || pos.y <= context.world.minY || !isFree(context, blockOr(context, towards(pos, 'down')))) return;
    const entity: Entity = {
      id: context.world.nextEntityId,
      uuid: drawUuid(context, `falling:${at(pos)}`),
      kind: 'minecraft:falling_block',
      pose: { x: pos.x + 0.5, y: pos.y, z: pos.z + 0.5, yaw: 0, pitch: 0 },
      velocity: { x: 0, y: 0, z: 0 },
      body: { type: 'falling', block: context.states.nameOf(state), from: pos },
    };
    setBlock(context, pos, fluidBlock(context.states, fluidOf(context.states, state)));
    context.emit({ type: 'entity', entity });
  },
};

/** One tick of everything that falls (vanilla: `FallingBlockEntity.tick`). Where nobody is, it hangs in the air. */
const FLY: TickRule = {
  name: 'falling-blocks',
  accountable: true,
  tick: (context) => {
    for (const entity of context.world.entities()) {
      if (entity.body.type === 'falling' && context.within(entity.pose)) fly(context, entity, context.states.idOf(entity.body.block));
    }
  },
};

function fly(context: RuleContext, entity: Entity, state: StateId): void {
  const speed = entity.velocity.y - GRAVITY;
  const moved = slide(context, boxOf(entity.pose, SIZE, SIZE), { x: 0, y: speed, z: 0 }).y;
  const pose = { ...entity.pose, y: entity.pose.y + moved };
  const pos = { x: Math.floor(pose.x), y: Math.floor(pose.y), z: Math.floor(pose.z) };
  const inWater = isTagged(context, state, 'concrete_powder') && isWater(context.states, blockOr(context, pos));
  if (moved !== speed || inWater) land(context, entity, pos, state);
  else if (pose.y < context.world.minY - VOID_BLOCKS) context.emit({ type: 'entityGone', id: entity.id, reason: 'killed', by: null });
  else context.emit({ type: 'entity', entity: { ...entity, pose, velocity: { x: 0, y: speed * DRAG, z: 0 } } });
}

/** It is a block again where there is room for it, else the item drops. */
function land(context: RuleContext, entity: Entity, pos: BlockPos, state: StateId): void {
  context.emit({ type: 'entityGone', id: entity.id, reason: 'landed', by: null });
  const there = blockOr(context, pos);
  const landed = solidified(context, pos, state, isWater(context.states, there));
  if (isInWorld(context, pos) && isFree(context, there) && canStay(context, pos, landed)) setBlock(context, pos, landed);
  else if (context.council.gameRules.get('doEntityDrops') !== 'false') {
    const item = context.states.blockOf(state)?.item ?? null;
    if (item !== null) popItem(context, pos, stackOf(item, 1), `landed:${at(pos)}`);
  }
}

/** Concrete powder in or beside water is concrete. */
function solidified(context: RuleContext, pos: BlockPos, state: StateId, inWater: boolean): StateId {
  if (!isTagged(context, state, 'concrete_powder')) return state;
  const touches =
    inWater ||
    FACES.some((face) => {
      const beside = blockOr(context, towards(pos, face));
      return face !== 'down' && isWater(context.states, beside) && !isFaceSturdy(context.states, beside, face);
    });
  return touches ? asBlock(context, state, `minecraft:${nameOf(context, state).slice(0, -'_powder'.length)}`) : state;
}

const CONCRETE_POWDER: BlockRule = {
  name: 'concrete-powder',
  matches: tagged('concrete_powder'),
  place: (context, { pos, old }, state) => solidified(context, pos, state, isWater(context.states, old)),
  neighbour: (context, pos, state) => solidified(context, pos, state, false),
};

export const FALLING: RuleSet = { blocks: [CONCRETE_POWDER, GRAVITY_BLOCK], scheduled: [FALL], ticks: [FLY] };
