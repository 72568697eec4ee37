import type { CraftingRecipe } from '../../../core/world/index.ts';
import { full } from './full.ts';
import type { SourceData, SourceRecipe } from './source.ts';

/**
 * Recipes of the crafting grid. minecraft-data writes one recipe for each kind of plank that a tag allows; those with the same result and
 * the same shape become one again, in which every place takes what any of them had there (vanilla's chest mixes planks). In 1.21.1 no two
 * different recipes share result, count and shape, so that nothing is joined that vanilla keeps apart.
 */
export function buildRecipes(data: SourceData): readonly CraftingRecipe[] {
  const groups = new Map<string, { readonly recipe: SourceRecipe; readonly cells: Set<string>[] }>();
  for (const recipe of Object.values(data.recipes).flat()) {
    const cells = cellsOf(recipe);
    const key = JSON.stringify([recipe.result, widthOf(recipe), cells.map((id) => id !== null)]);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { recipe, cells: cells.map(() => new Set()) }));
    for (const [index, id] of cells.entries()) {
      const name = id === null ? undefined : data.items[id]?.name;
      if (name !== undefined) group.cells[index]!.add(full(name));
    }
  }
  return [...groups.values()].map(({ recipe, cells }) => ({
    result: { item: full(data.items[recipe.result.id]!.name), count: recipe.result.count },
    width: widthOf(recipe),
    ingredients: cells.map((names) => (names.size === 0 ? null : [...names])),
  }));
}

function cellsOf(recipe: SourceRecipe): readonly (number | null)[] {
  return recipe.inShape === undefined ? recipe.ingredients : recipe.inShape.flatMap((row) => padded(row, widthOf(recipe) ?? 0));
}

/** Rows of a shape may leave out empty cells at their end. */
function padded(row: readonly (number | null)[], width: number): readonly (number | null)[] {
  return Array.from({ length: width }, (_, index) => row[index] ?? null);
}

function widthOf(recipe: SourceRecipe): number | null {
  return recipe.inShape === undefined ? null : Math.max(...recipe.inShape.map((row) => row.length));
}
