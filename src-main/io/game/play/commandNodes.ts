import type { CommandNode } from '../../../core/world/index.ts';
import type { CommandNode as WireNode } from '../wire/serverPackets.ts';

const ROOT = 0;
const LITERAL = 1;
const ARGUMENT = 2;

/** The tree as the flat list of the protocol; the root is the first. */
export function wireCommands(root: CommandNode): { readonly nodes: readonly WireNode[]; readonly rootIndex: number } {
  const nodes: WireNode[] = [];
  const add = (node: CommandNode): number => {
    const index = nodes.length;
    nodes.push(wireNode(node, []));
    const children = node.children.map(add);
    nodes[index] = wireNode(node, children);
    return index;
  };
  return { rootIndex: add(root), nodes };
}

function wireNode(node: CommandNode, children: readonly number[]): WireNode {
  const type = node.kind === 'root' ? ROOT : node.kind === 'literal' ? LITERAL : ARGUMENT;
  const flags = {
    unused: 0,
    has_custom_suggestions: node.asks ? 1 : 0,
    has_redirect_node: 0,
    has_command: node.executable ? 1 : 0,
    command_node_type: type,
  } as const;
  if (type === ROOT) return { flags, children };
  if (type === LITERAL || node.parser === null) return { flags, children, extraNodeData: { name: node.name } };
  const parser = PARSERS[node.parser] ?? node.parser;
  return {
    flags,
    children,
    extraNodeData: {
      name: node.name,
      parser,
      properties: wireProperties(parser, node.properties),
      ...(node.asks ? { suggestionType: 'minecraft:ask_server' } : {}),
    },
  };
}

/** Parsers that minecraft-data calls otherwise. */
const PARSERS: Readonly<Record<string, string>> = { 'minecraft:nbt_compound_tag': 'minecraft:nbt' };

const STRINGS: Readonly<Record<string, string>> = { word: 'SINGLE_WORD', phrase: 'QUOTABLE_PHRASE', greedy: 'GREEDY_PHRASE' };

function wireProperties(parser: string, properties: CommandNode['properties']): unknown {
  const { min, max } = properties;
  switch (parser) {
    case 'brigadier:integer':
    case 'brigadier:long':
    case 'brigadier:float':
    case 'brigadier:double':
      return { flags: { unused: 0, max_present: max === undefined ? 0 : 1, min_present: min === undefined ? 0 : 1 }, min, max };
    case 'brigadier:string':
      return STRINGS[String(properties['type'])] ?? 'SINGLE_WORD';
    case 'minecraft:entity':
      // The lowest bit, which minecraft-data calls onlyAllowEntities, means a single target.
      return {
        unused: 0,
        onlyAllowPlayers: properties['playersOnly'] === true ? 1 : 0,
        onlyAllowEntities: properties['single'] === true ? 1 : 0,
      };
    case 'minecraft:score_holder':
      return { unused: 0, allowMultiple: 0 };
    case 'minecraft:time':
      return { min: min ?? 0 };
    default:
      return 'registry' in properties ? { registry: properties['registry'] } : undefined;
  }
}
