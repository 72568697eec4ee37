import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import type { BlockPos, Pose } from '../../../../../src-shared/units/index.ts';
import { enchantmentLevel, itemInfo } from '../../items/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext, RuleSet, ScheduledRule, TickRule } from '../../model/rule.ts';
import { blockOr, breakBlock, schedule, setBlock } from './change.ts';
import { digPerTick, type DigFacts } from './digTime.ts';
import { dropsForTool } from './drops.ts';
import { samePos, towards } from './faces.ts';
import { nameOf } from './family.ts';
import { handItem } from '../players/inventory.ts';
import { now, wear } from './hand.ts';
import { boxesOf, isSolid } from './shapes.ts';
import { isFluidBlock, isWater } from './wet.ts';
import { canReach } from '../../validate.ts';

/** A finish is believed from this share on (vanilla): clocks and networks are not exact. */
const SHARE_BELIEVED = 0.7;
/** A finish that is early by no more ticks than this waits until it is true: the world may have been slower than the client. */
const EARLY_TICKS_MAX = 10;
/** Feet this near above something count as on the ground: a jump's height, since the client judges every tick and we only the last. */
const GROUND_BLOCKS = 1.3;
/** Hunger of one mined block (vanilla). */
const EXHAUSTION = 0.005;
const EYES = 1.62;
const LATE_FINISH_TICK = 'finishDig';
const HELMET_SLOT = 5;

/** What can be mined at all by this player, before time comes into it. */
function whyNot(context: RuleContext, player: Player, pos: BlockPos): Refusal | null {
  if (!context.within(pos)) return refuse('play.chunk-not-loaded');
  if (player.gameMode === 'spectator' || player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
  const state = context.world.block(pos);
  if (context.states.isAir(state) || isFluidBlock(context.states, state)) return refuse('play.nothing-there');
  const hardness = context.states.blockOf(state)?.hardness ?? 0;
  return hardness < 0 && player.gameMode !== 'creative' ? refuse('play.block-protected', { block: nameOf(context, state) }) : null;
}

/** 1. In creative mode the block is gone at once, but not by a sword. 2. So is what takes no time. 3. Everything else begins to crack. */
const START: ActionRule<'startDig'> = {
  action: 'startDig',
  execute: (context, player, { pos, pose }) => {
    const refusal = whyNot(context, player, pos);
    if (refusal !== null) return refusal;
    stopCracks(context, player);
    if (player.gameMode === 'creative') {
      if (isWeapon(context, player)) return refuse('play.no-permission', { mode: player.gameMode });
      setDigging(context, player, null);
      breakBlock(context, pos, { player, tool: handItem(player, 'main') }, false);
      return null;
    }
    if (sharePerTick(context, player, pos, pose) >= 1) {
      mine(context, player, pos);
      return null;
    }
    setDigging(context, player, { pos, startTick: context.world.tick });
    context.emit({ type: 'show', event: { kind: 'digProgress', pos, by: player.uuid, stage: 0 } });
    return null;
  },
};

const CANCEL: ActionRule<'cancelDig'> = {
  action: 'cancelDig',
  execute: (context, player) => {
    stopCracks(context, player);
    setDigging(context, player, null);
    return null;
  },
};

/** The client says that it is done. 1. It began this block. 2. Long enough ago: now, or a little later. */
const FINISH: ActionRule<'finishDig'> = {
  action: 'finishDig',
  execute: (context, player, { pos, pose }) => {
    const refusal = whyNot(context, player, pos);
    if (refusal !== null) return refusal;
    if (player.digging === null || !samePos(player.digging.pos, pos)) return refuse('play.not-mined-long-enough', { ticks: 0 });
    const share = sharePerTick(context, player, pos, pose);
    const ticks = context.world.tick - player.digging.startTick + 1;
    if (share * ticks >= SHARE_BELIEVED) {
      mine(context, player, pos);
      return null;
    }
    const missing = Math.ceil(SHARE_BELIEVED / share) - ticks;
    if (missing > EARLY_TICKS_MAX) return refuse('play.not-mined-long-enough', { ticks, missing });
    schedule(context, pos, LATE_FINISH_TICK, missing);
    return null;
  },
};

/** A finish that came early is due now. The player may be at the next block already (vanilla: the delayed destroy goes on beside it). */
const LATE_FINISH: ScheduledRule = {
  kind: LATE_FINISH_TICK,
  accountable: true,
  run: (context, pos) => {
    const near = [...context.world.players()].filter((player) => player.online && player.health > 0 && canReach(player, player.pose, pos));
    const player = near.find(({ digging }) => digging !== null && samePos(digging.pos, pos)) ?? near[0];
    if (player === undefined || whyNot(context, player, pos) !== null) return;
    const next = player.digging !== null && !samePos(player.digging.pos, pos) ? player.digging : null;
    mine(context, player, pos);
    if (next !== null) setDigging(context, player, next);
  },
};

function mine(context: RuleContext, player: Player, pos: BlockPos): void {
  stopCracks(context, now(context, player));
  const state = context.world.block(pos);
  const block = context.states.blockOf(state);
  const tool = handItem(player, 'main');
  setDigging(context, player, null);
  breakBlock(context, pos, { player, tool }, block === null || dropsForTool(block, tool, context.tables));
  meltIce(context, player, pos, state);
  const use = tool === null ? null : (itemInfo(tool.name, context.tables)?.tool ?? null);
  const wears = use?.kind === 'shears' ? nameOf(context, state) !== 'fire' : (block?.hardness ?? 0) !== 0;
  if (use !== null && wears) wear(context, player, 'main', use.kind === 'sword' ? 2 : 1);
  const { exhaustion } = now(context, player);
  context.emit({ type: 'playerFields', uuid: player.uuid, fields: { exhaustion: exhaustion + EXHAUSTION } });
}

/** Ice that is not lifted whole leaves its water, where there is something to hold it. */
function meltIce(context: RuleContext, player: Player, pos: BlockPos, state: StateId): void {
  if (nameOf(context, state) !== 'ice' || context.world.dimension === 'minecraft:the_nether') return;
  const tool = handItem(player, 'main');
  if (enchantmentLevel(tool, 'minecraft:silk_touch') > 0) return;
  const below = blockOr(context, towards(pos, 'down'));
  if (isSolid(context.states, below) || context.states.isFluid(below))
    setBlock(context, pos, context.states.idOf('minecraft:water[level=0]'));
}

function setDigging(context: RuleContext, player: Player, digging: Player['digging']): void {
  if (digging !== null || now(context, player).digging !== null)
    context.emit({ type: 'playerFields', uuid: player.uuid, fields: { digging } });
}

function stopCracks(context: RuleContext, player: Player): void {
  if (player.digging !== null)
    context.emit({ type: 'show', event: { kind: 'digProgress', pos: player.digging.pos, by: player.uuid, stage: -1 } });
}

/** Swords, tridents and maces break nothing in creative mode, so that one can fight indoors. */
function isWeapon(context: RuleContext, player: Player): boolean {
  const tool = handItem(player, 'main');
  if (tool === null) return false;
  return tool.name === 'minecraft:trident' || tool.name === 'minecraft:mace' || itemInfo(tool.name, context.tables)?.tool?.kind === 'sword';
}

function sharePerTick(context: RuleContext, player: Player, pos: BlockPos, pose: Pose): number {
  const block = context.states.blockOf(context.states.shown(context.world.block(pos)));
  if (block === null) return 1;
  const facts: DigFacts = {
    block,
    tool: handItem(player, 'main'),
    helmet: player.inventory[HELMET_SLOT] ?? null,
    effects: player.statusEffects,
    inWater: isWater(context.states, blockOr(context, blockAt(pose, EYES))),
    onGround: isNearGround(context, pose),
  };
  return digPerTick(facts, context.tables);
}

function blockAt(pose: Pose, up: number): BlockPos {
  return { x: Math.floor(pose.x), y: Math.floor(pose.y + up), z: Math.floor(pose.z) };
}

/** Whether a box under the feet meets anything that one can stand on. */
function isNearGround(context: RuleContext, pose: Pose): boolean {
  const half = 0.3;
  for (let y = Math.floor(pose.y - GROUND_BLOCKS) - 1; y <= Math.floor(pose.y); y++) {
    for (let z = Math.floor(pose.z - half); z <= Math.floor(pose.z + half); z++) {
      for (let x = Math.floor(pose.x - half); x <= Math.floor(pose.x + half); x++) {
        const boxes = boxesOf(context.states, blockOr(context, { x, y, z }));
        if (boxes.some((box) => y + box[4]! / 16 >= pose.y - GROUND_BLOCKS && y + box[1]! / 16 <= pose.y)) return true;
      }
    }
  }
  return false;
}

/** Others see the block crack: ten stages, each shown once. */
const CRACKS: TickRule = {
  name: 'dig-progress',
  accountable: true,
  tick: (context) => {
    for (const player of context.world.players()) {
      if (!player.online || player.digging === null) continue;
      const { pos, startTick } = player.digging;
      if (!context.within(pos)) continue;
      const share = sharePerTick(context, player, pos, player.pose);
      const stage = (ticks: number): number => Math.min(9, Math.floor(share * ticks * 10));
      const ticks = context.world.tick - startTick;
      if (ticks > 0 && stage(ticks + 1) > stage(ticks))
        context.emit({ type: 'show', event: { kind: 'digProgress', pos, by: player.uuid, stage: stage(ticks + 1) } });
    }
  },
};

export const DIGGING: RuleSet = { actions: [START, CANCEL, FINISH], ticks: [CRACKS], scheduled: [LATE_FINISH] };
