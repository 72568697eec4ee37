import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { ItemRule, Outcome, Placement, RuleContext, RuleSet, UseOn } from '../../model/rule.ts';
import type { BlockInfo } from '../../model/tables.ts';
import { itemInfo } from '../../items/index.ts';
import { bornBlockEntity } from './blockEntity.ts';
import { blockOr, canStay, isInWorld, setBlock } from './change.ts';
import { towards } from './faces.ts';
import { takeOne } from './hand.ts';
import { isObstructed } from './room.ts';

/** Items that share their name with a block but do not place it, or do so only in a way of their own (on water). */
const NOT_PLACED = new Set(['minecraft:wheat', 'minecraft:lily_pad', 'minecraft:frogspawn', 'minecraft:powder_snow_bucket']);

export function cannotPlace(reason: string): Refusal {
  return refuse('play.cannot-place-here', { reason });
}

/** Whether the block at `pos` gives way to what is placed: by its own rule, else as air, water and grass do. */
export function givesWay(context: RuleContext, placement: Placement, state: StateId): boolean {
  const block = context.states.blockOf(state);
  for (const rule of context.rules.blocks(context.tables, block)) {
    if (rule.givesWay?.(context, placement, state) === true) return true;
  }
  return block !== null && block.replaceable && block.item !== placement.stack.name;
}

/** The placement that a click means: into the clicked block if it gives way, else beside it; null when neither has room. */
function placementOf(context: RuleContext, player: Player, use: UseOn, stack: ItemStack): Placement | null {
  const { pose, face, cursor } = use;
  const clicked = context.world.block(use.pos);
  const base = { player, stack, face, cursor, yaw: pose.yaw, pitch: pose.pitch, sneaking: player.sneaking };
  const into: Placement = { ...base, pos: use.pos, replaces: true, old: clicked };
  if (givesWay(context, into, clicked)) return into;
  const pos = towards(use.pos, face);
  const old = blockOr(context, pos);
  const beside: Placement = { ...base, pos, replaces: false, old };
  return isInWorld(context, pos) && givesWay(context, beside, old) ? beside : null;
}

/** What the rules of its block make of a placement; null when it can not be there. */
function stateFor(context: RuleContext, placement: Placement, block: BlockInfo): StateId | null {
  let state: StateId | null = block.defaultState;
  for (const rule of context.rules.blocks(context.tables, block)) {
    if (rule.place !== undefined) state = rule.place(context, placement, state);
    if (state === null) return null;
  }
  return canStay(context, placement.pos, state) ? state : null;
}

/**
 * 1. Where. 2. As what. 3. Nobody stands there. 4. Put it, with what the item carried. 5. Other halves, and what else comes with it.
 * 6. The item is used up, unless the caller turns it into something else.
 */
export function placeBlock(context: RuleContext, player: Player, use: UseOn, stack: ItemStack, block: BlockInfo, usesUp = true): Outcome {
  if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
  const placement = placementOf(context, player, use, stack);
  if (placement === null) return cannotPlace('occupied');
  if (!isInWorld(context, placement.pos)) return cannotPlace('outside');
  const state = stateFor(context, placement, block);
  if (state === null) return cannotPlace('unsupported');
  if (isObstructed(context, player, use.pose, placement.pos, state)) return cannotPlace('obstructed');
  putPlaced(context, placement, state);
  if (usesUp) takeOne(context, player, use.hand);
  return 'done';
}

/** Steps 4 and 5 of placing. */
function putPlaced(context: RuleContext, placement: Placement, state: StateId): void {
  const { pos, stack, old } = placement;
  setBlock(context, pos, state);
  const block = context.states.blockOf(state);
  const isNew = context.states.blockOf(old) !== block;
  if (isNew && block !== null && block.blockEntity !== null)
    context.emit({ type: 'blockEntity', pos, nbt: bornBlockEntity(context, block.blockEntity, pos, stack) });
  for (const rule of context.rules.blocks(context.tables, block)) rule.placed?.(context, placement, state);
}

const BLOCK_ITEM: ItemRule = {
  name: 'block-item',
  matches: (item) => item.block !== null && !NOT_PLACED.has(item.name),
  useOn: (context, player, use, stack) => {
    const block = itemInfo(stack.name, context.tables)?.block ?? null;
    const info = block === null ? null : context.states.blockNamed(block);
    return info === null ? 'pass' : placeBlock(context, player, use, stack, info);
  },
};

export const PLACING: RuleSet = { items: [BLOCK_ITEM] };
