import type { Refusal } from '../../../../../src-shared/errors/index.ts';
import type { ChunkPos, Uuid } from '../../../../../src-shared/units/index.ts';
import type { NoticeText } from '../../model/effects.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext, SlashRule } from '../../model/rule.ts';
import { tell, textArgument, translated } from '../players/texts.ts';
import { suggestions } from './arguments.ts';
import type { Target } from './selectors.ts';
import { parseUsage } from './usage.ts';

/** A slash command whose completion follows from its usage. */
export function slashRule(rule: {
  readonly name: string;
  readonly operatorOnly: boolean;
  readonly usage: string;
  readonly execute: (context: RuleContext, player: Player, args: readonly string[]) => Refusal | null;
  readonly needs?: (args: readonly string[], player: Player) => readonly ChunkPos[];
}): SlashRule {
  const root = parseUsage(rule.usage);
  return { ...rule, complete: (view, player: Uuid, args) => suggestions(root, view, player, args) };
}

/** What a command answers to the player who gave it, unless the game rule silences it. */
export function answer(context: RuleContext, player: Player, key: string, args: readonly (string | number)[], plain: string): void {
  if (context.council.gameRules.get('sendCommandFeedback') === 'false') return;
  reply(context, player, translated(key, args.map(String), plain));
}

/** An answer that is what the player asked for, and comes in any case. */
export function reply(context: RuleContext, player: Player, text: NoticeText): void {
  tell(context, player.uuid, text);
}

/** How a target is called, as an argument of a notice. */
export function nameOf(target: Target): string {
  return target.player === null ? `%entity.${target.entity.kind.replace(':', '.')}` : textArgument(target.player.name);
}

/** "%block.minecraft.stone" or "%item.minecraft.stick": how an item is called. */
export function itemName(name: string, isBlock: boolean): string {
  return `%${isBlock ? 'block' : 'item'}.${name.replace(':', '.')}`;
}
