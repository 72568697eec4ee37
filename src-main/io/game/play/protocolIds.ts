import { full } from '../tables/full.ts';
import type { SourceData } from '../tables/source.ts';
import type { WindowKind } from '../../../core/world/index.ts';
import { itemRegistries } from '../items/registries.ts';
import type { GameTables } from '../../../core/world/index.ts';

/** Numbers that packets use for what we have names for. */
export interface ProtocolIds {
  /** Index of a dimension type in the registry that we send. */
  dimension(type: string): number;
  /** null for a sound that this version lacks. */
  sound(name: string): number | null;
  block(name: string): number;
  /** null for an unknown effect. */
  effect(name: string): number | null;
  window(kind: WindowKind): number;
  readonly chatType: number;
  readonly genericDamage: number;
}

/** In the order of vanilla's registry. Source: `MenuType` of 1.21.1; https://minecraft.wiki/w/Java_Edition_protocol/Inventory. */
const MENUS = `generic_9x1 generic_9x2 generic_9x3 generic_9x4 generic_9x5 generic_9x6 generic_3x3 crafter_3x3 anvil beacon blast_furnace
brewing_stand crafting enchantment furnace grindstone hopper lectern loom merchant shulker_box smithing smoker cartography_table stonecutter`.split(
  /\s+/,
);

const MENU_OF: Readonly<Partial<Record<WindowKind, string>>> = { ender_chest: 'generic_9x3', crafter: 'crafter_3x3' };

export function protocolIds(data: SourceData, tables: GameTables): ProtocolIds {
  const keys = (registry: string): readonly string[] => (data.loginPacket.dimensionCodec[registry]?.entries ?? []).map(({ key }) => key);
  const dimensions = keys('minecraft:dimension_type');
  const blocks = new Map(data.blocksArray.map(({ name, id }) => [full(name), id]));
  const { effects } = itemRegistries(tables, data);
  const indexIn = (names: readonly string[], name: string): number => Math.max(0, names.indexOf(name));
  return {
    dimension: (type) => indexIn(dimensions, type),
    // minecraft-data counts sounds from 1, the registry from 0.
    sound: (name) => {
      const found = data.soundsByName[name.replace('minecraft:', '')];
      return found === undefined ? null : found.id - 1;
    },
    block: (name) => blocks.get(name) ?? 0,
    effect: (name) => {
      try {
        return effects.id(name);
      } catch {
        return null;
      }
    },
    window: (kind) => indexIn(MENUS, MENU_OF[kind] ?? kind),
    chatType: indexIn(keys('minecraft:chat_type'), 'minecraft:chat'),
    genericDamage: indexIn(keys('minecraft:damage_type'), 'minecraft:generic'),
  };
}
