import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { component, type ComponentContext } from './componentCodec.ts';
import { asCompound, asList, asNumber, asText, booleanTag, compoundOf, flag, listOf, only, optional } from './fields.ts';

interface WireEffectDetails {
  readonly amplifier: number;
  readonly duration: number;
  readonly ambient: boolean;
  readonly showParticles: boolean;
  readonly showIcon: boolean;
  readonly hiddenEffect?: WireEffectDetails | undefined;
}

interface WirePotion {
  readonly potionId?: number | undefined;
  readonly customColor?: number | undefined;
  readonly customEffects: readonly { readonly id: number; readonly details: WireEffectDetails }[];
}

/** A potion's name alone is the short form of saves. */
export const potionContents = component<WirePotion>({
  toWire: (value, { registries }) => {
    if (value.type === 'string') return { potionId: registries.potions.id(value.value), customColor: undefined, customEffects: [] };
    const tag = asCompound(value);
    return {
      potionId: optional(tag, 'potion', (potion) => registries.potions.id(asText(potion))),
      customColor: optional(tag, 'custom_color', asNumber),
      customEffects: (optional(tag, 'custom_effects', asList) ?? []).map(asCompound).map((effect) => ({
        id: registries.effects.id(asText(effect.value.get('id'))),
        details: detailsToWire(effect),
      })),
    };
  },
  fromWire: ({ potionId, customColor, customEffects }, context) =>
    compoundOf({
      potion: only(potionId, (id) => nbt.text(context.registries.potions.name(id))),
      custom_color: only(customColor, nbt.int),
      custom_effects:
        customEffects.length === 0 ? undefined : listOf(customEffects.map(({ id, details }) => effectFromWire(id, details, context))),
    }),
});

export const suspiciousStewEffects = component<{ readonly effects: readonly { readonly effect: number; readonly duration: number }[] }>({
  toWire: (value, { registries }) => ({
    effects: asList(value)
      .map(asCompound)
      .map((effect) => ({
        effect: registries.effects.id(asText(effect.value.get('id'))),
        duration: optional(effect, 'duration', asNumber) ?? STEW_TICKS,
      })),
  }),
  fromWire: ({ effects }, { registries }) =>
    listOf(
      effects.map(({ effect, duration }) =>
        compoundOf({
          id: nbt.text(registries.effects.name(effect)),
          duration: duration === STEW_TICKS ? undefined : nbt.int(duration),
        }),
      ),
    ),
});

/** Vanilla's default duration of a stew's effect. */
const STEW_TICKS = 160;

function detailsToWire(effect: NbtCompound): WireEffectDetails {
  const showParticles = flag(effect, 'show_particles', true);
  return {
    amplifier: optional(effect, 'amplifier', asNumber) ?? 0,
    duration: optional(effect, 'duration', asNumber) ?? 0,
    ambient: flag(effect, 'ambient', false),
    showParticles,
    showIcon: flag(effect, 'show_icon', showParticles),
    hiddenEffect: optional(effect, 'hidden_effect', (hidden) => detailsToWire(asCompound(hidden))),
  };
}

function effectFromWire(id: number, details: WireEffectDetails, context: ComponentContext): Nbt {
  return compoundOf({ id: nbt.text(context.registries.effects.name(id)), ...detailsFromWire(details) });
}

function detailsFromWire(details: WireEffectDetails): Readonly<Record<string, Nbt | undefined>> {
  const { amplifier, duration, ambient, showParticles, showIcon, hiddenEffect } = details;
  return {
    amplifier: amplifier === 0 ? undefined : nbt.byte(amplifier),
    duration: duration === 0 ? undefined : nbt.int(duration),
    ambient: ambient ? booleanTag(true) : undefined,
    show_particles: showParticles ? undefined : booleanTag(false),
    show_icon: booleanTag(showIcon),
    hidden_effect: only(hiddenEffect, (hidden) => compoundOf(detailsFromWire(hidden))),
  };
}
