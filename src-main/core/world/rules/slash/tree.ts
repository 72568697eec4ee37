import type { Rules } from '../../model/rule.ts';
import { argumentOf, type ParserProperties } from './arguments.ts';
import { parseUsage, type UsageNode } from './usage.ts';

/** The commands that a player may give, as the protocol's `declare_commands` has them. Plain data. */
export interface CommandNode {
  readonly kind: 'root' | 'literal' | 'argument';
  readonly name: string;
  /** Only of arguments: type in the protocol's registry, and what it wants besides. */
  readonly parser: string | null;
  readonly properties: ParserProperties;
  /** The client asks for suggestions instead of knowing them. */
  readonly asks: boolean;
  readonly executable: boolean;
  readonly children: readonly CommandNode[];
}

/** Parsers for which the client knows all suggestions itself. */
const CLIENT_KNOWS =
  /^minecraft:(entity|game_profile|gamemode|item_stack|item_predicate|block_state|block_predicate|block_pos|vec3|rotation|angle|message)$/;

export function commandTree(rules: Rules, isOperator: boolean): CommandNode {
  const children = [...rules.slash.values()]
    .filter((rule) => isOperator || !rule.operatorOnly)
    .map((rule) => literal(rule.name, parseUsage(rule.usage)));
  return { kind: 'root', name: '', parser: null, properties: {}, asks: false, executable: false, children };
}

function literal(name: string, usage: UsageNode): CommandNode {
  return {
    kind: 'literal',
    name,
    parser: null,
    properties: {},
    asks: false,
    executable: usage.executable,
    children: usage.children.map(nodeOf),
  };
}

function nodeOf(usage: UsageNode): CommandNode {
  if (usage.kind === 'literal') return literal(usage.name, usage);
  const { parser, properties, suggest } = argumentOf(usage.name);
  return {
    kind: 'argument',
    name: usage.name,
    parser,
    properties,
    asks: suggest !== null && !CLIENT_KNOWS.test(parser),
    executable: usage.executable,
    children: usage.children.map(nodeOf),
  };
}
