import { nbt, type Nbt } from '../../../../src-shared/nbt/index.ts';
import { componentToJson, jsonToComponent } from '../text/component.ts';
import { fromSourceNbt, toSourceNbt } from '../tables/sourceNbt.ts';
import type { WireNbt } from '../wire/clientPackets.ts';
import { component, UNIT, type ComponentCodec } from './componentCodec.ts';
import { asCompound, asList, asNumber, asText, booleanTag, compoundOf, DYE_COLOURS, flag, indexOf, listOf, nameAt } from './fields.ts';

const integer = component<number>({ toWire: asNumber, fromWire: nbt.int });
const text = component<string>({ toWire: asText, fromWire: nbt.text });
const anyNbt = component<WireNbt>({ toWire: toSourceNbt, fromWire: fromSourceNbt });

/** JSON in saves, NBT in packets. */
const textComponent = component<WireNbt>({
  toWire: (value) => toSourceNbt(jsonToComponent(asText(value))),
  fromWire: (data) => nbt.text(componentToJson(fromSourceNbt(data))),
});

const lore = component<readonly WireNbt[]>({
  toWire: (value) => asList(value).map((line) => toSourceNbt(jsonToComponent(asText(line)))),
  fromWire: (data) => listOf(data.map((line) => nbt.text(componentToJson(fromSourceNbt(line))))),
});

const boolean = component<boolean>({ toWire: (value) => asNumber(value) !== 0, fromWire: booleanTag });

/** The value or, in older forms, a compound that also says whether the tooltip shows it. Shown is the default and not written. */
const unbreakable = component<boolean>({
  toWire: (value) => flag(asCompound(value), 'show_in_tooltip', true),
  fromWire: (shown) => compoundOf({ show_in_tooltip: shown ? undefined : booleanTag(false) }),
});

const dyedColor = component<{ readonly color: number; readonly showTooltip: boolean }>({
  toWire: (value) =>
    value.type === 'compound'
      ? { color: asNumber(value.value.get('rgb')), showTooltip: flag(value, 'show_in_tooltip', true) }
      : { color: asNumber(value), showTooltip: true },
  fromWire: ({ color, showTooltip }) => compoundOf({ rgb: nbt.int(color), show_in_tooltip: showTooltip ? undefined : booleanTag(false) }),
});

const dyeColour = component<number>({
  toWire: (value) => indexOf(DYE_COLOURS, asText(value)),
  fromWire: (id) => nbt.text(nameAt(DYE_COLOURS, id)),
});

interface WireEnchantments {
  readonly enchantments: readonly { readonly id: number; readonly level: number }[];
}

/** `shown` is the name of the tooltip's flag in packets: it differs between the two components. */
function enchantments(shown: 'showTooltip' | 'showInTooltip'): ComponentCodec {
  return component<WireEnchantments & Readonly<Record<string, unknown>>>({
    toWire: (value, { registries }) => {
      const whole = asCompound(value);
      const levels = asCompound(whole.value.get('levels') ?? whole);
      const list = [...levels.value].map(([name, level]) => ({ id: registries.enchantments.id(name), level: asNumber(level) }));
      return { enchantments: list, [shown]: flag(whole, 'show_in_tooltip', true) };
    },
    fromWire: (data, { registries }) => {
      const levels = data.enchantments.map(({ id, level }): [string, Nbt] => [registries.enchantments.name(id), nbt.int(level)]);
      return compoundOf({
        levels: nbt.compound(Object.fromEntries(levels)),
        show_in_tooltip: data[shown] === false ? booleanTag(false) : undefined,
      });
    },
  });
}

const blockState = component<{ readonly properties: readonly { readonly property: string; readonly value: string }[] }>({
  toWire: (value) => ({ properties: [...asCompound(value).value].map(([property, entry]) => ({ property, value: asText(entry) })) }),
  fromWire: ({ properties }) => nbt.compound(Object.fromEntries(properties.map(({ property, value }) => [property, nbt.text(value)]))),
});

const instrument = component<{ readonly instrumentId: number }>({
  toWire: (value, { registries }) => ({ instrumentId: registries.instruments.id(asText(value)) }),
  fromWire: ({ instrumentId }, { registries }) => nbt.text(registries.instruments.name(instrumentId)),
});

/** Components whose value is one thing or a map of one thing. */
export const SIMPLE_COMPONENTS: Readonly<Record<string, ComponentCodec>> = {
  custom_data: anyNbt,
  max_stack_size: integer,
  max_damage: integer,
  damage: integer,
  unbreakable,
  custom_name: textComponent,
  item_name: textComponent,
  lore,
  rarity: text,
  enchantments: enchantments('showTooltip'),
  stored_enchantments: enchantments('showInTooltip'),
  custom_model_data: integer,
  hide_additional_tooltip: UNIT,
  hide_tooltip: UNIT,
  repair_cost: integer,
  creative_slot_lock: UNIT,
  enchantment_glint_override: boolean,
  intangible_projectile: anyNbt,
  fire_resistant: UNIT,
  dyed_color: dyedColor,
  map_color: integer,
  map_id: integer,
  map_decorations: anyNbt,
  debug_stick_state: anyNbt,
  entity_data: anyNbt,
  bucket_entity_data: anyNbt,
  block_entity_data: anyNbt,
  instrument,
  ominous_bottle_amplifier: integer,
  recipes: anyNbt,
  note_block_sound: text,
  base_color: dyeColour,
  block_state: blockState,
  lock: anyNbt,
  container_loot: anyNbt,
};
