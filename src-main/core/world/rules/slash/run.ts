import { refuse } from '../../../../../src-shared/errors/index.ts';
import type { ChunkPos, Uuid } from '../../../../../src-shared/units/index.ts';
import type { ActionRule, Rules, SlashRule } from '../../model/rule.ts';
import type { CouncilView } from '../../model/state.ts';
import type { SuggestionView } from './arguments.ts';
import { splitWords } from './words.ts';

/** 1. Find the command. 2. Whoever gives it must be allowed to. 3. It runs from where the player is now. */
export function slashAction(commands: readonly SlashRule[]): ActionRule<'slash'> {
  const known = new Map(commands.map((rule) => [rule.name, rule]));
  return {
    action: 'slash',
    needs: ({ text, pose }, world, { player }): readonly ChunkPos[] => {
      const actor = world.player(player);
      const [name = '', ...args] = splitWords(text.trim());
      return actor === null ? [] : (known.get(name)?.needs?.(args, { ...actor, pose }) ?? []);
    },
    execute: (context, player, { text, pose }) => {
      const [name = '', ...args] = splitWords(text.trim());
      const rule = context.rules.slash.get(name);
      if (rule === undefined) return refuse('play.unknown-command', { command: name });
      if (rule.operatorOnly && !isOperator(context.council, player.uuid)) return refuse('play.no-permission', { command: name });
      return rule.execute(context, { ...player, pose }, args);
    },
  };
}

export function isOperator(council: CouncilView, player: Uuid): boolean {
  return council.operators.has(player);
}

/**
 * What may stand in place of the last word of `text` (a command without its slash): suggestions that replace `length` characters from
 * `start`.
 */
export function completeCommand(
  rules: Rules,
  view: SuggestionView,
  player: Uuid,
  text: string,
): { readonly start: number; readonly length: number; readonly matches: readonly string[] } {
  const words = splitWords(text);
  const last = words.at(-1)!;
  const place = { start: text.length - last.length, length: last.length };
  const mayGive = (rule: SlashRule): boolean => !rule.operatorOnly || isOperator(view.council, player);
  if (words.length === 1) {
    const names = [...rules.slash.values()].filter(mayGive).map(({ name }) => name);
    return { ...place, matches: names.filter((name) => name.startsWith(last)).sort() };
  }
  const rule = rules.slash.get(words[0]!);
  return { ...place, matches: rule !== undefined && mayGive(rule) ? rule.complete(view, player, words.slice(1)) : [] };
}
