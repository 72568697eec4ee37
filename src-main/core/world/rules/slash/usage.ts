/**
 * The grammar of a command, from its usage: one line for each form, of `words`, `<arguments>`, `(one|of|these)` and `[optional rest]`. What
 * /help shows is what completion and the client's own colouring follow.
 */
export interface UsageNode {
  readonly kind: 'literal' | 'argument';
  readonly name: string;
  /** The command may end here. */
  executable: boolean;
  readonly children: UsageNode[];
}

export function parseUsage(usage: string): UsageNode {
  const root: UsageNode = { kind: 'literal', name: '', executable: false, children: [] };
  for (const line of usage.split('\n')) addForm([root], tokensOf(line));
  return root;
}

function tokensOf(line: string): readonly string[] {
  return line.match(/<[^>]+>|\([^)]+\)|\[|\]|[^\s[\]<>()]+/g) ?? [];
}

/** Grows all `ends` by the tokens; "[" makes the command end before it too. */
function addForm(start: readonly UsageNode[], tokens: readonly string[]): void {
  let ends = start;
  for (const token of tokens) {
    if (token === ']') continue;
    if (token === '[') for (const end of ends) end.executable = true;
    else ends = ends.flatMap((end) => nodesOf(token).map((node) => childLike(end, node)));
  }
  for (const end of ends) end.executable = true;
}

function nodesOf(token: string): readonly Pick<UsageNode, 'kind' | 'name'>[] {
  if (token.startsWith('<')) return [{ kind: 'argument', name: token.slice(1, -1) }];
  if (token.startsWith('('))
    return token
      .slice(1, -1)
      .split('|')
      .map((name) => ({ kind: 'literal', name }));
  return [{ kind: 'literal', name: token }];
}

function childLike(parent: UsageNode, { kind, name }: Pick<UsageNode, 'kind' | 'name'>): UsageNode {
  const found = parent.children.find((child) => child.kind === kind && child.name === name);
  if (found !== undefined) return found;
  const made: UsageNode = { kind, name, executable: false, children: [] };
  parent.children.push(made);
  return made;
}
