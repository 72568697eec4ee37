import type { GameTables } from '../../../core/world/index.ts';
import type { SourceData } from '../tables/source.ts';

/** Protocol ids of one registry by full name, and back. */
export class Ids {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#ids = new Map(names.map((name, id) => [name, id]));
  }

  /** A name without a namespace is Minecraft's. Throws RangeError for a name that the registry lacks. */
  id(name: string): number {
    const id = this.#ids.get(name.includes(':') ? name : `minecraft:${name}`);
    if (id === undefined) throw new RangeError(`no ${name}`);
    return id;
  }

  /** Throws RangeError for an id that the registry lacks. */
  name(id: number): string {
    const name = this.#names[id];
    if (name === undefined) throw new RangeError(`no id ${id}`);
    return name;
  }
}

/** What item components refer to by id. */
export interface ItemRegistries {
  readonly items: Ids;
  readonly enchantments: Ids;
  readonly attributes: Ids;
  readonly effects: Ids;
  readonly potions: Ids;
  readonly instruments: Ids;
  readonly trimMaterials: Ids;
  readonly trimPatterns: Ids;
  readonly bannerPatterns: Ids;
  readonly jukeboxSongs: Ids;
}

export function itemRegistries(tables: GameTables, data: Pick<SourceData, 'loginPacket' | 'attributesArray'>): ItemRegistries {
  const synchronized = (registry: string): Ids =>
    new Ids((data.loginPacket.dimensionCodec[`minecraft:${registry}`]?.entries ?? []).map(({ key }) => key));
  return {
    items: byId(tables.items),
    enchantments: synchronized('enchantment'),
    attributes: new Ids(data.attributesArray.map(({ resource }) => resource)),
    effects: named(EFFECTS),
    potions: named(POTIONS),
    instruments: named(INSTRUMENTS),
    trimMaterials: synchronized('trim_material'),
    trimPatterns: synchronized('trim_pattern'),
    bannerPatterns: synchronized('banner_pattern'),
    jukeboxSongs: synchronized('jukebox_song'),
  };
}

function byId(entries: readonly { readonly name: string; readonly id: number }[]): Ids {
  const names: string[] = [];
  for (const { name, id } of entries) names[id] = name;
  return new Ids(names);
}

function named(names: string): Ids {
  return new Ids(names.split(/\s+/).map((name) => `minecraft:${name}`));
}

/** In the order of vanilla's registry. Source: `MobEffects` of 1.21.1; https://minecraft.wiki/w/Effect#Effect_list. */
const EFFECTS = `speed slowness haste mining_fatigue strength instant_health instant_damage jump_boost nausea regeneration resistance
fire_resistance water_breathing invisibility blindness night_vision hunger weakness poison wither health_boost absorption saturation
glowing levitation luck unluck slow_falling conduit_power dolphins_grace bad_omen hero_of_the_village darkness trial_omen raid_omen
wind_charged weaving oozing infested`;

/** In the order of vanilla's registry. Source: `Potions` of 1.21.1; https://minecraft.wiki/w/Potion#Item_data. */
const POTIONS = `water mundane thick awkward night_vision long_night_vision invisibility long_invisibility leaping long_leaping
strong_leaping fire_resistance long_fire_resistance swiftness long_swiftness strong_swiftness slowness long_slowness strong_slowness
turtle_master long_turtle_master strong_turtle_master water_breathing long_water_breathing healing strong_healing harming strong_harming
poison long_poison strong_poison regeneration long_regeneration strong_regeneration strength long_strength strong_strength weakness
long_weakness luck slow_falling long_slow_falling wind_charged weaving oozing infested`;

/** In the order of vanilla's registry. Source: `Instruments` of 1.21.1; https://minecraft.wiki/w/Goat_Horn. */
const INSTRUMENTS = `ponder_goat_horn sing_goat_horn seek_goat_horn feel_goat_horn admire_goat_horn call_goat_horn yearn_goat_horn
dream_goat_horn`;
