import { EATING_TICKS, FOOD_MAX } from '../../../../../src-shared/config/index.ts';
import type { Uuid } from '../../../../../src-shared/units/index.ts';
import { itemInfo, withCount } from '../../items/index.ts';
import type { Slot } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, ItemRule, RuleContext } from '../../model/rule.ts';
import type { GameTables, ItemInfo } from '../../model/tables.ts';
import { throwItem } from '../entities/spawn.ts';
import { giveItem, handItem, setSlot, slotOfHand } from './inventory.ts';

/** What is left of a meal. */
const LEFTOVERS: readonly (readonly [RegExp, string])[] = [
  [/^minecraft:(mushroom|rabbit|suspicious)_stew$|^minecraft:beetroot_soup$/, 'minecraft:bowl'],
  [/^minecraft:(honey|ominous)_bottle$/, 'minecraft:glass_bottle'],
];
const QUICK_TICKS = 16;
const HONEY_TICKS = 40;

type Food = NonNullable<ItemInfo['food']>;

function foodOf(item: Slot, tables: GameTables): Food | null {
  return item === null ? null : (itemInfo(item.name, tables)?.food ?? null);
}

/** A right click with food begins to eat, if the player is hungry or the food always goes down. */
export const eating: ItemRule = {
  name: 'eating',
  matches: (item) => item.food !== null,
  use: (context, player, { hand }, stack) => {
    const food = foodOf(stack, context.tables)!;
    const wants = player.food < FOOD_MAX || food.always || player.gameMode === 'creative';
    if (!wants) return 'pass';
    context.emit({ type: 'playerFields', uuid: player.uuid, fields: { using: { hand, startTick: context.world.tick } } });
    return 'done';
  },
};

/** Letting go before the end: nothing was eaten. */
export const releaseItem: ActionRule<'releaseItem'> = {
  action: 'releaseItem',
  execute: (context, player) => {
    stopUsing(context, player);
    return null;
  },
};

export function stopUsing(context: RuleContext, player: Player): void {
  if (player.using !== null) context.emit({ type: 'playerFields', uuid: player.uuid, fields: { using: null } });
}

/** Meals end after their time, if the food is still in the hand. */
export function tickEating(context: RuleContext): void {
  const eaters = [...context.world.players()].filter(({ using }) => using !== null);
  for (const player of eaters.sort((a, b) => (a.uuid < b.uuid ? -1 : 1))) {
    const { hand, startTick } = player.using!;
    const item = handItem(player, hand);
    const food = foodOf(item, context.tables);
    if (!player.online || player.health <= 0 || item === null || food === null) stopUsing(context, player);
    else if (context.world.tick - startTick >= ticksToEat(item.name)) finish(context, player.uuid, slotOfHand(player, hand), food);
  }
}

function ticksToEat(item: string): number {
  if (item === 'minecraft:dried_kelp') return QUICK_TICKS;
  return item === 'minecraft:honey_bottle' ? HONEY_TICKS : EATING_TICKS;
}

/** 1. Hunger goes down. 2. One of the food is used up. 3. Bowl and bottle come back. */
function finish(context: RuleContext, uuid: Uuid, slot: number, eaten: Food): void {
  const player = context.world.player(uuid)!;
  const item = player.inventory[slot]!;
  const food = Math.min(FOOD_MAX, player.food + eaten.points);
  const saturation = Math.min(food, player.saturation + eaten.saturation);
  context.emit({ type: 'playerFields', uuid, fields: { food, saturation, using: null } });
  if (player.gameMode === 'creative') return;
  const left = withCount(item, item.count - 1);
  const name = LEFTOVERS.find(([items]) => items.test(item.name))?.[1];
  const leftover = name === undefined ? null : { name, count: 1, components: null };
  setSlot(context, uuid, slot, left ?? leftover);
  if (left === null || leftover === null) return;
  const rest = giveItem(context, uuid, leftover);
  if (rest !== null) throwItem(context, player, player.pose, rest);
}
