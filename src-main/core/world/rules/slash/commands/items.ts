import { GIVE_STACKS_MAX } from '../../../../../../src-shared/config/index.ts';
import { refuse } from '../../../../../../src-shared/errors/index.ts';
import { itemInfo, maxStack, sameItem, withCount } from '../../../items/index.ts';
import type { ItemStack, Slot } from '../../../model/items.ts';
import type { Player } from '../../../model/player.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { throwItem } from '../../entities/spawn.ts';
import { giveItem, setSlot } from '../../players/inventory.ts';
import { textArgument } from '../../players/texts.ts';
import { findPlayers } from '../selectors.ts';
import { answer, itemName, slashRule } from '../slashRule.ts';
import { bad, fullName, parseItem, parseWhole } from '../values.ts';

const give = slashRule({
  name: 'give',
  operatorOnly: true,
  usage: '<players> <item> [<count>]',
  execute: (context, player, [who, word, many, ...more]) => {
    if (more.length > 0) return bad(more[0]!);
    const item = parseItem(word, context.tables);
    if (!item.ok) return item;
    const most = maxStack(item.value, context.tables);
    const count = parseWhole(many ?? '1', 1, GIVE_STACKS_MAX * most);
    if (!count.ok) return count;
    const players = findPlayers(context, player, who);
    if (!players.ok) return players;
    for (const target of players.value) giveMany(context, target, item.value, count.value, most);
    const name = itemName(item.value.name, isBlock(context, item.value));
    if (players.value.length === 1) {
      const to = players.value[0]!.name;
      answer(
        context,
        player,
        'commands.give.success.single',
        [count.value, name, textArgument(to)],
        `Gave ${count.value} ${word} to ${to}`,
      );
    } else {
      const to = players.value.length;
      answer(context, player, 'commands.give.success.multiple', [count.value, name, to], `Gave ${count.value} ${word} to ${to} players`);
    }
    return null;
  },
});

function giveMany(context: RuleContext, target: Player, item: ItemStack, count: number, most: number): void {
  for (let left = count; left > 0; left -= most) {
    const rest = giveItem(context, target.uuid, { ...item, count: Math.min(left, most) });
    if (rest !== null) throwItem(context, target, target.pose, rest);
  }
}

function isBlock(context: RuleContext, { name }: ItemStack): boolean {
  const block = itemInfo(name, context.tables)?.block ?? null;
  return block === name;
}

/** What /clear looks for: an item, one of a tag, or anything; and components that it must have. */
interface Wanted {
  readonly names: ReadonlySet<string> | null;
  readonly like: ItemStack | null;
}

const clear = slashRule({
  name: 'clear',
  operatorOnly: true,
  usage: '[<players> [<itemFilter> [<maxCount>]]]',
  execute: (context, player, [who = '@s', word, many, ...more]) => {
    if (more.length > 0) return bad(more[0]!);
    const players = findPlayers(context, player, who);
    if (!players.ok) return players;
    const wanted = parseWanted(context, word);
    if (wanted === null) return bad(word ?? '');
    const limit = many === undefined ? null : parseWhole(many, 0, 0x7fff_ffff);
    if (limit !== null && !limit.ok) return limit;
    const most = limit?.value ?? Infinity;
    const counts = players.value.map((target) => clearPlayer(context, target, wanted, most));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return refuse('play.item-missing', { item: word ?? '*' });
    const verb = most === 0 ? 'test' : 'success';
    const [first] = players.value;
    if (players.value.length === 1)
      answer(context, player, `commands.clear.${verb}.single`, [total, textArgument(first!.name)], `${total} item(s) on ${first!.name}`);
    else answer(context, player, `commands.clear.${verb}.multiple`, [total, players.value.length], `${total} item(s)`);
    return null;
  },
});

function parseWanted(context: RuleContext, word: string | undefined): Wanted | null {
  if (word === undefined || word === '*') return { names: null, like: null };
  if (word.startsWith('#')) {
    const names = context.tables.itemTags.get(fullName(word.slice(1)));
    return names === undefined ? null : { names, like: null };
  }
  const item = parseItem(word, context.tables);
  if (!item.ok) return null;
  return { names: new Set([item.value.name]), like: item.value.components === null ? null : item.value };
}

/** Takes at most `most` (0 only counts) out of bag and cursor; returns how many there were or were taken. */
function clearPlayer(context: RuleContext, { uuid }: Player, wanted: Wanted, most: number): number {
  const player = context.world.player(uuid)!;
  let found = 0;
  const take = (item: Slot, index: number): Slot => {
    // The slot that only shows what could be crafted holds nothing.
    if (item === null || index === 0 || !isWanted(item, wanted)) return item;
    const taken = most === 0 ? item.count : Math.min(item.count, most - found);
    found += taken;
    return most === 0 ? item : withCount(item, item.count - taken);
  };
  for (const [slot, item] of player.inventory.entries()) {
    const left = take(item, slot);
    if (left !== item) setSlot(context, uuid, slot, left);
  }
  const cursor = take(player.cursor, -1);
  if (cursor !== player.cursor) context.emit({ type: 'playerFields', uuid, fields: { cursor } });
  return found;
}

function isWanted(item: ItemStack, { names, like }: Wanted): boolean {
  if (names !== null && !names.has(item.name)) return false;
  return like === null || sameItem(item, like);
}

export const ITEM_COMMANDS: readonly SlashRule[] = [give, clear];
