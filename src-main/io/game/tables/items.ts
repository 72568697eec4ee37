import type { ItemInfo } from '../../../core/world/index.ts';
import { full } from './full.ts';
import { placedBlockOf } from './placing.ts';
import type { SourceData, SourceItem } from './source.ts';

type Tool = NonNullable<ItemInfo['tool']>;

/** Tier and mining speed by material. Source: https://minecraft.wiki/w/Breaking#Speed and `Tiers` of 1.21.1 (gold mines as wood does). */
const MATERIALS: Readonly<Record<string, { readonly tier: Tool['tier']; readonly speed: number }>> = {
  wooden: { tier: 0, speed: 2 },
  golden: { tier: 0, speed: 12 },
  stone: { tier: 1, speed: 4 },
  iron: { tier: 2, speed: 6 },
  diamond: { tier: 3, speed: 8 },
  netherite: { tier: 3, speed: 9 },
};

/** Attack damage of a full hit, by kind and in the order of `MATERIALS`. Source: https://minecraft.wiki/w/Damage#Dealing_damage. */
const DAMAGE: Readonly<Record<string, readonly number[]>> = {
  sword: [4, 4, 5, 6, 7, 8],
  axe: [7, 7, 9, 9, 9, 10],
  pickaxe: [2, 2, 3, 4, 5, 6],
  shovel: [2.5, 2.5, 3.5, 4.5, 5.5, 6.5],
  hoe: [1, 1, 1, 1, 1, 1],
};

const OTHER_DAMAGE: Readonly<Record<string, number>> = { trident: 9, mace: 6 };

/** Can be eaten when not hungry. Source: `Foods` of 1.21.1 (alwaysEdible). */
const ALWAYS_EDIBLE = new Set([
  'golden_apple',
  'enchanted_golden_apple',
  'chorus_fruit',
  'suspicious_stew',
  'honey_bottle',
  'ominous_bottle',
]);

const ARMOR: readonly (readonly [RegExp, 0 | 1 | 2 | 3])[] = [
  [/_helmet$|^carved_pumpkin$|_(skull|head)$/, 0],
  [/_chestplate$|^elytra$/, 1],
  [/_leggings$/, 2],
  [/_boots$/, 3],
];

export function buildItems(data: SourceData): readonly ItemInfo[] {
  return data.itemsArray.map((item) => buildItem(item, data));
}

function buildItem(item: SourceItem, data: SourceData): ItemInfo {
  const food = data.foodsByName[item.name];
  const tool = toolOf(item.name);
  return {
    name: full(item.name),
    id: item.id,
    stackSize: item.stackSize,
    maxDamage: item.maxDurability ?? 0,
    block: placedBlockOf(item.name, data),
    tool,
    armorSlot: ARMOR.find(([names]) => names.test(item.name))?.[1] ?? null,
    attackDamage: damageOf(item.name),
    food: food === undefined ? null : { points: food.foodPoints, saturation: food.saturation, always: ALWAYS_EDIBLE.has(item.name) },
  };
}

function toolOf(name: string): Tool | null {
  if (name === 'shears') return { kind: 'shears', tier: 0, speed: 1 };
  const [, material, kind] = /^([a-z]+)_(pickaxe|axe|shovel|hoe|sword)$/.exec(name) ?? [];
  const found = material === undefined ? undefined : MATERIALS[material];
  if (found === undefined) return null;
  return { kind: kind as Tool['kind'], tier: found.tier, speed: kind === 'sword' ? 1 : found.speed };
}

function damageOf(name: string): number {
  const [, material, kind] = /^([a-z]+)_(pickaxe|axe|shovel|hoe|sword)$/.exec(name) ?? [];
  if (material === undefined || kind === undefined) return OTHER_DAMAGE[name] ?? 1;
  return DAMAGE[kind]?.[Object.keys(MATERIALS).indexOf(material)] ?? 1;
}
