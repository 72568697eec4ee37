import type { Action } from '../model/commands.ts';
import type { ActionRule, AnyActionRule, BlockRule, ItemRule, RuleSet, Rules, ScheduledRule, SlashRule, TickRule } from '../model/rule.ts';
import type { BlockInfo, GameTables, ItemInfo } from '../model/tables.ts';

const NONE: readonly never[] = [];

/** Puts rule sets together in order. A name that two of them claim is a bug: throws. */
export function assemble(version: number, sets: readonly RuleSet[]): Rules {
  const actions = new Map<string, AnyActionRule>();
  const slash = new Map<string, SlashRule>();
  const scheduled = new Map<string, ScheduledRule>();
  const ticks: TickRule[] = [];
  const blocks: BlockRule[] = [];
  const items: ItemRule[] = [];
  for (const set of sets) {
    for (const rule of set.actions ?? NONE) claim(actions, rule.action, rule);
    for (const rule of set.slash ?? NONE) claim(slash, rule.name, rule);
    for (const rule of set.scheduled ?? NONE) claim(scheduled, rule.kind, rule);
    ticks.push(...(set.ticks ?? NONE));
    blocks.push(...(set.blocks ?? NONE));
    items.push(...(set.items ?? NONE));
  }
  const blocksOf = new WeakMap<GameTables, ReadonlyMap<string, readonly BlockRule[]>>();
  const itemsOf = new WeakMap<GameTables, ReadonlyMap<string, readonly ItemRule[]>>();
  return {
    version,
    ticks,
    slash,
    action: <T extends Action['type']>(type: T): ActionRule<T> | null => (actions.get(type) as ActionRule<T> | undefined) ?? null,
    scheduled: (kind) => scheduled.get(kind) ?? null,
    blocks: (tables, block) => {
      if (block === null) return NONE;
      const matches = (rule: BlockRule, info: BlockInfo): boolean => rule.matches(info, tables);
      return cached(blocksOf, tables, () => matching(tables.blocks, blocks, matches)).get(block.name) ?? NONE;
    },
    items: (tables, name) => {
      const matches = (rule: ItemRule, info: ItemInfo): boolean => rule.matches(info, tables);
      return cached(itemsOf, tables, () => matching(tables.items, items, matches)).get(name) ?? NONE;
    },
  };
}

function claim<T>(map: Map<string, T>, key: string, rule: T): void {
  if (map.has(key)) throw new Error(`two rules for ${key}`);
  map.set(key, rule);
}

function cached<T extends object>(map: WeakMap<GameTables, T>, tables: GameTables, make: () => T): T {
  const found = map.get(tables);
  if (found !== undefined) return found;
  const made = make();
  map.set(tables, made);
  return made;
}

function matching<I extends { readonly name: string }, R>(
  infos: readonly I[],
  rules: readonly R[],
  matches: (rule: R, info: I) => boolean,
): ReadonlyMap<string, readonly R[]> {
  const found = new Map<string, readonly R[]>();
  for (const info of infos) {
    const mine = rules.filter((rule) => matches(rule, info));
    if (mine.length > 0) found.set(info.name, mine);
  }
  return found;
}
