import { nbt } from '../../../../../src-shared/nbt/index.ts';
import { componentOf, itemInfo, maxDamageOf, numberOf, withComponent } from '../../items/index.ts';
import type { ItemStack, Slot } from '../../model/items.ts';
import type { CraftingRecipe, GameTables } from '../../model/tables.ts';
import type { Craft } from './table.ts';

/** What stays in the grid of an ingredient that was used up. */
const REMAINS: Readonly<Record<string, string>> = {
  'minecraft:water_bucket': 'minecraft:bucket',
  'minecraft:lava_bucket': 'minecraft:bucket',
  'minecraft:milk_bucket': 'minecraft:bucket',
  'minecraft:powder_snow_bucket': 'minecraft:bucket',
  'minecraft:honey_bottle': 'minecraft:glass_bottle',
  'minecraft:dragon_breath': 'minecraft:glass_bottle',
};

/** What comes out of a crafting grid of `width` columns, or null. One craft uses up one of each filled cell. */
export function craft(width: number, grid: readonly Slot[], tables: GameTables): ReturnType<Craft> {
  const filled = grid.filter((item) => item !== null);
  if (filled.length === 0) return null;
  const result = fromRecipes(width, grid, tables) ?? repair(filled, tables) ?? dyeBox(filled) ?? rocket(filled);
  return result === null ? null : { result, remains: grid.map(remainOf) };
}

function remainOf(item: Slot): Slot {
  const name = item === null ? undefined : REMAINS[item.name];
  return name === undefined ? null : { name, count: 1, components: null };
}

/** Recipes by the item of any of their ingredients, so that a click looks at a few and not at all. */
const BY_INGREDIENT = new WeakMap<GameTables['recipes'], ReadonlyMap<string, readonly CraftingRecipe[]>>();

function recipesWith(item: string, { recipes }: GameTables): readonly CraftingRecipe[] {
  let index = BY_INGREDIENT.get(recipes);
  if (index === undefined) BY_INGREDIENT.set(recipes, (index = indexed(recipes)));
  return index.get(item) ?? [];
}

function indexed(recipes: GameTables['recipes']): ReadonlyMap<string, readonly CraftingRecipe[]> {
  const index = new Map<string, CraftingRecipe[]>();
  for (const recipe of recipes) {
    for (const name of new Set(recipe.ingredients.flatMap((names) => names ?? []))) {
      const found = index.get(name);
      if (found === undefined) index.set(name, [recipe]);
      else found.push(recipe);
    }
  }
  return index;
}

function fromRecipes(width: number, grid: readonly Slot[], tables: GameTables): ItemStack | null {
  const shape = trimmed(width, grid);
  const first = shape.cells.find((item) => item !== null)!;
  const found = recipesWith(first.name, tables).find((recipe) =>
    recipe.width === null ? matchesLoose(recipe, shape.cells) : matchesShape(recipe, recipe.width, shape),
  );
  return found === undefined ? null : { name: found.result.item, count: found.result.count, components: null };
}

interface Shape {
  readonly width: number;
  readonly cells: readonly Slot[];
}

/** The filled part of a grid. */
function trimmed(width: number, grid: readonly Slot[]): Shape {
  const filled = grid.flatMap((item, index) => (item === null ? [] : [{ x: index % width, y: Math.floor(index / width) }]));
  const xs = filled.map(({ x }) => x);
  const ys = filled.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const cells: Slot[] = [];
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) cells.push(grid[y * width + x] ?? null);
  return { width: right - left + 1, cells };
}

/** As it stands, or mirrored. */
function matchesShape({ ingredients }: CraftingRecipe, width: number, shape: Shape): boolean {
  if (shape.width !== width || shape.cells.length !== ingredients.length) return false;
  const fits = (mirrored: boolean): boolean =>
    ingredients.every((names, index) => {
      const x = index % width;
      const item = shape.cells[index - x + (mirrored ? width - 1 - x : x)] ?? null;
      return item === null ? names === null : (names?.includes(item.name) ?? false);
    });
  return fits(false) || fits(true);
}

/** Every filled cell has an ingredient of its own: a matching, found by trying (at most nine cells). */
function matchesLoose({ ingredients }: CraftingRecipe, cells: readonly Slot[]): boolean {
  const items = cells.filter((item) => item !== null);
  if (items.length !== ingredients.length) return false;
  const used = new Set<number>();
  const place = (index: number): boolean => {
    if (index === items.length) return true;
    for (const [at, names] of ingredients.entries()) {
      if (used.has(at) || !(names?.includes(items[index]!.name) ?? false)) continue;
      used.add(at);
      if (place(index + 1)) return true;
      used.delete(at);
    }
    return false;
  };
  return place(0);
}

/** Two worn tools of one kind become one, with 5 % on top; enchantments are lost but for curses (vanilla: `RepairItemRecipe`). */
function repair(filled: readonly ItemStack[], tables: GameTables): ItemStack | null {
  const [a, b] = filled;
  if (filled.length !== 2 || a === undefined || b === undefined || a.name !== b.name || a.count !== 1 || b.count !== 1) return null;
  const bears = itemInfo(a.name, tables)?.maxDamage ?? 0;
  if (bears === 0 || maxDamageOf(a, tables) !== bears || maxDamageOf(b, tables) !== bears) return null;
  const left = [a, b].reduce((sum, item) => sum + bears - (numberOf(item, 'minecraft:damage') ?? 0), 0);
  const damage = Math.max(0, bears - (left + Math.floor((bears * 5) / 100)));
  const plain: ItemStack = { name: a.name, count: 1, components: null };
  return damage === 0 ? plain : withComponent(plain, 'minecraft:damage', nbt.int(damage));
}

/** A shulker box takes another colour and keeps what it holds (vanilla: `ShulkerBoxColoring`). */
function dyeBox(filled: readonly ItemStack[]): ItemStack | null {
  const box = filled.find(({ name }) => name.endsWith('shulker_box'));
  const dye = filled.find(({ name }) => name.endsWith('_dye'));
  if (filled.length !== 2 || box === undefined || dye === undefined) return null;
  return { ...box, name: `${dye.name.slice(0, -'_dye'.length)}_shulker_box`, count: 1 };
}

/** Paper, one to three of gunpowder, and any stars (vanilla: `FireworkRocketRecipe`). */
function rocket(filled: readonly ItemStack[]): ItemStack | null {
  const of = (name: string): readonly ItemStack[] => filled.filter((item) => item.name === `minecraft:${name}`);
  const [paper, powder, stars] = [of('paper'), of('gunpowder'), of('firework_star')];
  if (paper.length !== 1 || powder.length < 1 || powder.length > 3 || 1 + powder.length + stars.length !== filled.length) return null;
  const explosions = stars.map((star) => componentOf(star, 'minecraft:firework_explosion')).filter((explosion) => explosion !== null);
  const flight = nbt.compound({ flight_duration: nbt.byte(powder.length) });
  const fireworks = explosions.length === 0 ? flight : nbt.withTags(flight, { explosions: nbt.list('compound', explosions) });
  return withComponent({ name: 'minecraft:firework_rocket', count: 3, components: null }, 'minecraft:fireworks', fireworks);
}
