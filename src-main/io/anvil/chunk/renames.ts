import { formatStateName, parseStateName, type GameTables } from '../../../core/world/index.ts';

type Rename = GameTables['renamedBlocks'][number];

/** Names of one source version and the present ones, both ways. */
export interface Renames {
  /** A whole canonical state, e.g. "minecraft:cauldron[level=1]". */
  toNewState(name: string): string;
  toOldState(name: string): string;
  toNewBiome(name: string): string;
  toOldBiome(name: string): string;
}

/** What changed between `dataVersion` and the version of `tables`. */
export function renamesSince(tables: GameTables, dataVersion: number): Renames {
  const applies = ({ before }: { readonly before: number }): boolean => dataVersion < before;
  const blocks = tables.renamedBlocks.filter(applies);
  const values = tables.renamedValues.filter(applies);
  const biomes = tables.renamedBiomes.filter(applies);
  const newest = <T>(list: readonly T[]): readonly T[] => list.toReversed();
  return {
    toNewState: (name) =>
      withValues(
        blocks.reduce((now, { from, to }) => renamed(now, from, to), name),
        values,
      ),
    toOldState: (name) =>
      newest(blocks).reduce(
        (now, { from, to }) => renamed(now, to, from),
        withValues(
          name,
          newest(values).map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from })),
        ),
      ),
    toNewBiome: (name) => biomes.reduce((now, { from, to }) => (now === from ? to : now), name),
    toOldBiome: (name) => newest(biomes).reduce((now, { from, to }) => (now === to ? from : now), name),
  };
}

/** A rename with properties on either side is of that one state; without, of the block with whatever properties it has. */
function renamed(state: string, from: Rename['from'], to: Rename['to']): string {
  if (state === from) return to;
  if (from.includes('[') || to.includes('[')) return state;
  return state.startsWith(`${from}[`) ? to + state.slice(from.length) : state;
}

function withValues(
  state: string,
  values: readonly { readonly block: string; readonly property: string; readonly from: string; readonly to: string }[],
): string {
  const mine = values.filter(({ block }) => state === block || state.startsWith(`${block}[`));
  if (mine.length === 0) return state;
  const { block, properties } = parseStateName(state);
  const changed = [...properties].map(([property, value]): [string, string] => {
    const rename = mine.find((candidate) => candidate.property === property && candidate.from === value);
    return [property, rename?.to ?? value];
  });
  return formatStateName(block, changed);
}
