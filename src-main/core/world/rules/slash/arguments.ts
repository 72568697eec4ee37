import { SUGGESTIONS_MAX } from '../../../../../src-shared/config/index.ts';
import type { Uuid } from '../../../../../src-shared/units/index.ts';
import type { CouncilView, WorldView } from '../../model/state.ts';
import type { GameTables } from '../../model/tables.ts';
import type { UsageNode } from './usage.ts';

/** Values that a parser of the protocol wants besides its name. */
export type ParserProperties = Readonly<Record<string, string | number | boolean>>;

export interface ArgumentKind {
  /** Name in the protocol's registry of command argument types. */
  readonly parser: string;
  readonly properties: ParserProperties;
  /** How many words it takes; Infinity for the rest of the line. */
  readonly words: number;
  /** Null: the client knows what to suggest. */
  readonly suggest: ((view: SuggestionView, player: Uuid, index: number) => Iterable<string>) | null;
}

export interface SuggestionView {
  readonly world: WorldView;
  readonly tables: GameTables;
  readonly council: CouncilView;
}

const SELECTORS = ['@a', '@e', '@p', '@r', '@s'] as const;

function* names({ world }: SuggestionView): Iterable<string> {
  for (const player of world.players()) if (player.online) yield player.name;
}

function* targets(view: SuggestionView): Iterable<string> {
  yield* names(view);
  yield* SELECTORS;
}

/** The player's own position, block by block, behind the tildes. */
function coordinates(view: SuggestionView, player: Uuid, index: number): readonly string[] {
  const pose = view.world.player(player)?.pose;
  const here = pose === undefined ? 0 : [pose.x, pose.y, pose.z][index];
  return ['~', String(Math.floor(here ?? 0))];
}

const blocks = ({ tables }: SuggestionView): Iterable<string> => tables.blocks.map(({ name }) => name);
const items = ({ tables }: SuggestionView): Iterable<string> => tables.items.map(({ name }) => name);
const entities = ({ tables }: SuggestionView): Iterable<string> => tables.entities.map(({ name }) => name);

const kind = (parser: string, properties: ParserProperties = {}, words = 1, suggest: ArgumentKind['suggest'] = null): ArgumentKind => ({
  parser,
  properties,
  words,
  suggest,
});
const whole = (min: number): ArgumentKind => kind('brigadier:integer', { min });

/** Arguments by the name that usages give them. Source of the parsers: https://minecraft.wiki/w/Argument_types */
export const ARGUMENTS: Readonly<Record<string, ArgumentKind>> = {
  targets: kind('minecraft:entity', { single: false, playersOnly: false }, 1, targets),
  players: kind('minecraft:entity', { single: false, playersOnly: true }, 1, targets),
  destination: kind('minecraft:entity', { single: true, playersOnly: false }, 1, targets),
  player: kind('minecraft:game_profile', {}, 1, names),
  gamemode: kind('minecraft:gamemode', {}, 1, () => ['survival', 'creative', 'adventure', 'spectator']),
  item: kind('minecraft:item_stack', {}, 1, items),
  itemFilter: kind('minecraft:item_predicate', {}, 1, items),
  block: kind('minecraft:block_state', {}, 1, blocks),
  filter: kind('minecraft:block_predicate', {}, 1, blocks),
  count: whole(1),
  maxCount: whole(0),
  value: kind('brigadier:string', { type: 'word' }, 1, null),
  pos: kind('minecraft:block_pos', {}, 3, coordinates),
  from: kind('minecraft:block_pos', {}, 3, coordinates),
  to: kind('minecraft:block_pos', {}, 3, coordinates),
  location: kind('minecraft:vec3', {}, 3, coordinates),
  rotation: kind('minecraft:rotation', {}, 2, () => ['~']),
  angle: kind('minecraft:angle', {}, 1, () => ['~']),
  time: kind('minecraft:time', { min: 0 }),
  duration: kind('minecraft:time', { min: 1 }),
  entity: kind('minecraft:resource', { registry: 'minecraft:entity_type' }, 1, entities),
  nbt: kind('minecraft:nbt_compound_tag', {}, 1),
  message: kind('minecraft:message', {}, Infinity),
  action: kind('minecraft:message', {}, Infinity),
  command: kind('brigadier:string', { type: 'greedy' }, Infinity),
};

export function argumentOf(name: string): ArgumentKind {
  const found = ARGUMENTS[name];
  if (found === undefined) throw new Error(`no argument is called ${name}`);
  return found;
}

/** What may stand in place of the last of `words` (which may be empty), sorted. */
export function suggestions(root: UsageNode, view: SuggestionView, player: Uuid, words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  const found = new Set<string>();
  walk(root, words, (node, index) => {
    if (node.kind === 'literal') found.add(node.name);
    else for (const text of argumentOf(node.name).suggest?.(view, player, index) ?? []) found.add(text);
  });
  return [...found]
    .filter((text) => fits(text, last))
    .sort()
    .slice(0, SUGGESTIONS_MAX);
}

/** "sto" fits "minecraft:stone" as well as "stone". */
function fits(text: string, typed: string): boolean {
  const low = typed.toLowerCase();
  return text.toLowerCase().startsWith(low) || text.startsWith(`minecraft:${low}`);
}

/** Visits every node that the last word may belong to, and which of its words it is. */
function walk(node: UsageNode, words: readonly string[], visit: (node: UsageNode, index: number) => void): void {
  for (const child of node.children) {
    const takes = child.kind === 'literal' ? 1 : argumentOf(child.name).words;
    if (words.length <= takes) {
      visit(child, words.length - 1);
      continue;
    }
    if (child.kind === 'literal' && child.name !== words[0]) continue;
    walk(child, words.slice(takes), visit);
  }
}
