import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { componentToJson, jsonToComponent } from '../text/component.ts';
import { fromSourceNbt, toSourceNbt } from '../tables/sourceNbt.ts';
import type { WireNbt, WirePosition, WireSlot } from '../wire/clientPackets.ts';
import { component, type ComponentCodec, type ComponentContext } from './componentCodec.ts';
import { potionContents, suspiciousStewEffects } from './potionComponents.ts';
import {
  asCompound,
  asList,
  asNumber,
  asText,
  booleanTag,
  compoundOf,
  DYE_COLOURS,
  flag,
  indexOf,
  listOf,
  nameAt,
  only,
  optional,
  Unmappable,
} from './fields.ts';
import { profile } from './profileComponent.ts';

const OPERATIONS: Readonly<Record<string, string>> = {
  add_value: 'add',
  add_multiplied_base: 'multiply_base',
  add_multiplied_total: 'multiply_total',
};
const SLOT_GROUPS: Readonly<Record<string, string>> = { mainhand: 'main_hand', offhand: 'off_hand' };

interface WireAttributes {
  readonly attributes: readonly {
    readonly typeId: number;
    readonly name: string;
    readonly value: number;
    readonly operation: string;
    readonly slot: string;
  }[];
  readonly showTooltip: boolean;
}

const attributeModifiers = component<WireAttributes>({
  toWire: (value, { registries }) => {
    const list = value.type === 'compound' ? asList(value.value.get('modifiers')) : asList(value);
    const attributes = list.map(asCompound).map((modifier) => {
      const operation = OPERATIONS[asText(modifier.value.get('operation'))];
      if (operation === undefined) throw new Unmappable('operation');
      const slot = nbt.getText(modifier, 'slot') ?? 'any';
      return {
        typeId: registries.attributes.id(asText(modifier.value.get('type'))),
        name: asText(modifier.value.get('id')),
        value: asNumber(modifier.value.get('amount')),
        operation,
        slot: SLOT_GROUPS[slot] ?? slot,
      };
    });
    return { attributes, showTooltip: value.type === 'compound' ? flag(value, 'show_in_tooltip', true) : true };
  },
  fromWire: ({ attributes, showTooltip }, { registries }) =>
    compoundOf({
      modifiers: listOf(
        attributes.map(({ typeId, name, value, operation, slot }) =>
          nbt.compound({
            type: nbt.text(registries.attributes.name(typeId)),
            slot: nbt.text(keyOf(SLOT_GROUPS, slot) ?? slot),
            id: nbt.text(name),
            amount: nbt.double(value),
            operation: nbt.text(keyOf(OPERATIONS, operation) ?? 'add_value'),
          }),
        ),
      ),
      show_in_tooltip: showTooltip ? undefined : booleanTag(false),
    }),
});

function keyOf(map: Readonly<Record<string, string>>, value: string): string | undefined {
  return Object.keys(map).find((key) => map[key] === value);
}

/** A list of items, as in a bundle or a loaded crossbow. */
function items(field: 'projectiles' | 'contents'): ComponentCodec {
  return component<Readonly<Record<string, readonly WireSlot[]>>>({
    toWire: (value, context) => ({ [field]: asList(value).map((item) => context.toWireSlot(context.readStack(item))) }),
    fromWire: (data, context) => listOf((data[field] ?? []).flatMap((slot) => stackTag(slot, context))),
  });
}

function stackTag(slot: WireSlot, context: ComponentContext): readonly Nbt[] {
  const stack = context.fromWireSlot(slot);
  return stack === null ? [] : [context.writeStack(stack)];
}

/** Slots by number in saves, a list with gaps in packets. */
const container = component<{ readonly contents: readonly WireSlot[] }>({
  toWire: (value, context) => {
    const contents: WireSlot[] = [];
    for (const entry of asList(value).map(asCompound)) {
      const slot = asNumber(entry.value.get('slot'));
      if (slot < 0 || slot > 255) throw new Unmappable('slot');
      while (contents.length <= slot) contents.push({ itemCount: 0 });
      contents[slot] = context.toWireSlot(context.readStack(entry.value.get('item')!));
    }
    return { contents };
  },
  fromWire: ({ contents }, context) =>
    listOf(contents.flatMap((wire, slot) => stackTag(wire, context).map((item) => nbt.compound({ slot: nbt.int(slot), item })))),
});

interface WireExplosion {
  readonly shape: string;
  readonly colors: readonly number[];
  readonly fadeColors: readonly number[];
  readonly hasTrail: boolean;
  readonly hasTwinkle: boolean;
}

function explosionToWire(value: Nbt): WireExplosion {
  const tag = asCompound(value);
  const colours = (name: string): readonly number[] => optional(tag, name, (list) => asList(list).map(asNumber)) ?? [];
  return {
    shape: asText(tag.value.get('shape')),
    colors: colours('colors'),
    fadeColors: colours('fade_colors'),
    hasTrail: flag(tag, 'has_trail', false),
    hasTwinkle: flag(tag, 'has_twinkle', false),
  };
}

function explosionFromWire({ shape, colors, fadeColors, hasTrail, hasTwinkle }: WireExplosion): Nbt {
  const colours = (values: readonly number[]): Nbt | undefined => (values.length === 0 ? undefined : nbt.intArray(Int32Array.from(values)));
  return compoundOf({
    shape: nbt.text(shape),
    colors: colours(colors),
    fade_colors: colours(fadeColors),
    has_trail: hasTrail ? booleanTag(true) : undefined,
    has_twinkle: hasTwinkle ? booleanTag(true) : undefined,
  });
}

const fireworks = component<{ readonly flightDuration: number; readonly explosions: readonly WireExplosion[] }>({
  toWire: (value) => {
    const tag = asCompound(value);
    return {
      flightDuration: optional(tag, 'flight_duration', asNumber) ?? 0,
      explosions: (optional(tag, 'explosions', asList) ?? []).map(explosionToWire),
    };
  },
  fromWire: ({ flightDuration, explosions }) =>
    compoundOf({
      explosions: explosions.length === 0 ? undefined : listOf(explosions.map(explosionFromWire)),
      flight_duration: nbt.byte(flightDuration),
    }),
});

interface WireLayer {
  readonly pattern: { readonly patternId: number };
  readonly colorId: number;
}

const bannerPatterns = component<{ readonly layers: readonly WireLayer[] }>({
  toWire: (value, { registries }) => ({
    layers: asList(value)
      .map(asCompound)
      .map((layer) => ({
        pattern: { patternId: registries.bannerPatterns.id(asText(layer.value.get('pattern'))) },
        colorId: indexOf(DYE_COLOURS, asText(layer.value.get('color'))),
      })),
  }),
  fromWire: ({ layers }, { registries }) =>
    listOf(
      layers.map(({ pattern, colorId }) =>
        nbt.compound({
          pattern: nbt.text(registries.bannerPatterns.name(pattern.patternId)),
          color: nbt.text(nameAt(DYE_COLOURS, colorId)),
        }),
      ),
    ),
});

const trim = component<{
  readonly material: { readonly materialId: number };
  readonly pattern: { readonly patternId: number };
  readonly showInTooltip: boolean;
}>({
  toWire: (value, { registries }) => {
    const tag = asCompound(value);
    return {
      material: { materialId: registries.trimMaterials.id(asText(tag.value.get('material'))) },
      pattern: { patternId: registries.trimPatterns.id(asText(tag.value.get('pattern'))) },
      showInTooltip: flag(tag, 'show_in_tooltip', true),
    };
  },
  fromWire: ({ material, pattern, showInTooltip }, { registries }) =>
    compoundOf({
      material: nbt.text(registries.trimMaterials.name(material.materialId)),
      pattern: nbt.text(registries.trimPatterns.name(pattern.patternId)),
      show_in_tooltip: showInTooltip ? undefined : booleanTag(false),
    }),
});

const potDecorations = component<{ readonly decorations: readonly number[] }>({
  toWire: (value, { registries }) => ({ decorations: asList(value).map((item) => registries.items.id(asText(item))) }),
  fromWire: ({ decorations }, { registries }) => listOf(decorations.map((id) => nbt.text(registries.items.name(id)))),
});

const lodestoneTracker = component<{
  readonly globalPosition?: { readonly dimension: string; readonly position: WirePosition } | undefined;
  readonly tracked: boolean;
}>({
  toWire: (value) => {
    const tag = asCompound(value);
    const target = optional(tag, 'target', asCompound);
    const [x, y, z] = target === undefined ? [] : asList(target.value.get('pos')).map(asNumber);
    const globalPosition =
      target === undefined ? undefined : { dimension: asText(target.value.get('dimension')), position: { x: x!, y: y!, z: z! } };
    return { globalPosition, tracked: flag(tag, 'tracked', true) };
  },
  fromWire: ({ globalPosition, tracked }) =>
    compoundOf({
      target: only(globalPosition, ({ dimension, position: { x, y, z } }) =>
        nbt.compound({ dimension: nbt.text(dimension), pos: nbt.intArray(Int32Array.of(x, y, z)) }),
      ),
      tracked: tracked ? undefined : booleanTag(false),
    }),
});

interface WireBook {
  readonly rawTitle: string;
  readonly filteredTitle?: string | undefined;
  readonly author: string;
  readonly generation: number;
  readonly pages: readonly { readonly content: WireNbt; readonly filteredContent?: WireNbt | undefined }[];
  readonly resolved: boolean;
}

/** A page or title is its text, or a compound of the raw and the filtered text. */
function rawOf(value: Nbt): string {
  return value.type === 'compound' ? asText(value.value.get('raw')) : asText(value);
}

const writtenBook = component<WireBook>({
  toWire: (value) => {
    const tag: NbtCompound = asCompound(value);
    return {
      rawTitle: rawOf(tag.value.get('title') ?? nbt.text('')),
      filteredTitle: undefined,
      author: nbt.getText(tag, 'author') ?? '',
      generation: nbt.getNumber(tag, 'generation') ?? 0,
      pages: (optional(tag, 'pages', asList) ?? []).map((page) => ({
        content: toSourceNbt(jsonToComponent(rawOf(page))),
        filteredContent: undefined,
      })),
      resolved: flag(tag, 'resolved', false),
    };
  },
  fromWire: ({ rawTitle, author, generation, pages, resolved }) =>
    compoundOf({
      pages: listOf(pages.map(({ content }) => nbt.compound({ raw: nbt.text(componentToJson(fromSourceNbt(content))) }))),
      title: nbt.compound({ raw: nbt.text(rawTitle) }),
      author: nbt.text(author),
      generation: generation === 0 ? undefined : nbt.int(generation),
      resolved: resolved ? booleanTag(true) : undefined,
    }),
});

const writableBook = component<{ readonly pages: readonly { readonly content: string; readonly filteredContent?: string | undefined }[] }>({
  toWire: (value) => ({
    pages: (optional(asCompound(value), 'pages', asList) ?? []).map((page) => ({ content: rawOf(page), filteredContent: undefined })),
  }),
  fromWire: ({ pages }) => nbt.compound({ pages: listOf(pages.map(({ content }) => nbt.compound({ raw: nbt.text(content) }))) }),
});

const jukeboxPlayable = component<{
  readonly hasHolder: boolean;
  readonly song: string | { readonly songId: number };
  readonly showInTooltip: boolean;
}>({
  toWire: (value) => {
    const tag = asCompound(value);
    return { hasHolder: false, song: asText(tag.value.get('song')), showInTooltip: flag(tag, 'show_in_tooltip', true) };
  },
  fromWire: ({ song, showInTooltip }, { registries }) =>
    compoundOf({
      song: nbt.text(typeof song === 'string' ? song : registries.jukeboxSongs.name(song.songId)),
      show_in_tooltip: showInTooltip ? undefined : booleanTag(false),
    }),
});

const bees = component<{
  readonly bees: readonly { readonly nbtData: WireNbt; readonly ticksInHive: number; readonly minTicksInHive: number }[];
}>({
  toWire: (value) => ({
    bees: asList(value)
      .map(asCompound)
      .map((bee) => ({
        nbtData: toSourceNbt(asCompound(bee.value.get('entity_data'))),
        ticksInHive: asNumber(bee.value.get('ticks_in_hive')),
        minTicksInHive: asNumber(bee.value.get('min_ticks_in_hive')),
      })),
  }),
  fromWire: (data) =>
    listOf(
      data.bees.map(({ nbtData, ticksInHive, minTicksInHive }) =>
        nbt.compound({
          entity_data: fromSourceNbt(nbtData),
          ticks_in_hive: nbt.int(ticksInHive),
          min_ticks_in_hive: nbt.int(minTicksInHive),
        }),
      ),
    ),
});

/** Components whose value has parts. `food`, `tool`, `can_break` and `can_place_on` come with no item that survival gives: they are kept beside. */
export const RICH_COMPONENTS: Readonly<Record<string, ComponentCodec>> = {
  attribute_modifiers: attributeModifiers,
  charged_projectiles: items('projectiles'),
  bundle_contents: items('contents'),
  potion_contents: potionContents,
  suspicious_stew_effects: suspiciousStewEffects,
  writable_book_content: writableBook,
  written_book_content: writtenBook,
  trim,
  jukebox_playable: jukeboxPlayable,
  lodestone_tracker: lodestoneTracker,
  firework_explosion: component<WireExplosion>({ toWire: explosionToWire, fromWire: explosionFromWire }),
  fireworks,
  profile,
  banner_patterns: bannerPatterns,
  pot_decorations: potDecorations,
  container,
  bees,
};
