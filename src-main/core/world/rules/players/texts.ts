import type { NoticeText } from '../../model/effects.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { Uuid } from '../../../../../src-shared/units/index.ts';

/** An argument of a notice that is a translation key, or text as it is. */
export type Argument = { readonly key: string } | { readonly text: string };

export function parseArgument(arg: string): Argument {
  if (!arg.startsWith('%')) return { text: arg };
  return arg.startsWith('%%') ? { text: arg.slice(1) } : { key: arg.slice(1) };
}

export function keyArgument(key: string): string {
  return `%${key}`;
}

export function textArgument(text: string): string {
  return text.startsWith('%') ? `%${text}` : text;
}

/** Text with a vanilla key, and in English for who reads it elsewhere. `args` go through `textArgument` or `keyArgument` first. */
export function translated(key: string, args: readonly string[], plain: string, color: string | null = null): NoticeText {
  return { key, args, plain, color };
}

export function tell(context: RuleContext, to: Uuid | null, text: NoticeText): void {
  context.emit({ type: 'notice', to, text, overlay: false });
}

/** In place of the name of the held item, above the hotbar. */
export function tellAboveHotbar(context: RuleContext, to: Uuid, text: NoticeText): void {
  context.emit({ type: 'notice', to, text, overlay: true });
}
