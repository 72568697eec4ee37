import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { moved } from './basics.ts';
import { EFFECTS } from './patterns.ts';
import { compoundOf, EFFECTS_HAVE_NAMES_SINCE, fullName, take, takeCompounds, takeNumber, type OldTag, type TagPair } from './pair.ts';

/** Tags of one or a few items only. `items` must name the item, or nothing is touched. */
function only(items: RegExp, pair: TagPair): TagPair {
  return {
    read: (from) => (items.test(from.item) ? pair.read(from) : undefined),
    write: (from) => (items.test(from.item) ? pair.write(from) : undefined),
  };
}

function eachNested(items: readonly NbtCompound[], nested: OldTag['nested']): readonly Nbt[] {
  return items.map(nested).filter((item) => item !== null);
}

/** A list of stacks. */
function stacks(tagName: string, component: string): TagPair {
  return {
    read: ({ tag, components, nested }) => {
      const items = takeCompounds(tag, tagName);
      if (items !== null && items.length > 0) components.set(component, nbt.list('compound', eachNested(items, nested)));
    },
    write: ({ components, tag, nested }) => {
      const items = takeCompounds(components, component);
      if (items !== null) tag.set(tagName, nbt.list('compound', eachNested(items, nested)));
    },
  };
}

const crossbow: TagPair = {
  read: (from) => {
    takeNumber(from.tag, 'Charged');
    stacks('ChargedProjectiles', 'minecraft:charged_projectiles').read(from);
  },
  write: (from) => {
    stacks('ChargedProjectiles', 'minecraft:charged_projectiles').write(from);
    if (from.tag.has('ChargedProjectiles')) from.tag.set('Charged', nbt.byte(1));
  },
};

const map: TagPair = {
  read: ({ tag, components }) => {
    const id = takeNumber(tag, 'map');
    if (id !== null) components.set('minecraft:map_id', nbt.int(id));
    const decorations: Record<string, Nbt> = {};
    for (const entry of takeCompounds(tag, 'Decorations') ?? [])
      decorations[nbt.getText(entry, 'id') ?? ''] = nbt.compound({
        type: nbt.text(DECORATIONS[nbt.getNumber(entry, 'type') ?? 0] ?? 'minecraft:player'),
        x: nbt.double(nbt.getNumber(entry, 'x') ?? 0),
        z: nbt.double(nbt.getNumber(entry, 'z') ?? 0),
        rotation: nbt.float(nbt.getNumber(entry, 'rot') ?? 0),
      });
    if (Object.keys(decorations).length > 0) components.set('minecraft:map_decorations', nbt.compound(decorations));
  },
  write: ({ components, tag }) => {
    const id = takeNumber(components, 'minecraft:map_id');
    if (id !== null) tag.set('map', nbt.int(id));
    const decorations = take(components, 'minecraft:map_decorations', 'compound');
    if (decorations === null) return;
    const entries = [...decorations.value].map(([name, entry]) => {
      const value = entry.type === 'compound' ? entry : nbt.compound({});
      return nbt.compound({
        id: nbt.text(name),
        type: nbt.byte(Math.max(0, DECORATIONS.indexOf(nbt.getText(value, 'type') ?? ''))),
        x: nbt.double(nbt.getNumber(value, 'x') ?? 0),
        z: nbt.double(nbt.getNumber(value, 'z') ?? 0),
        rot: nbt.double(nbt.getNumber(value, 'rotation') ?? 0),
      });
    });
    tag.set('Decorations', nbt.list('compound', entries));
  },
};

/** Map icons by their old number. Source: https://minecraft.wiki/w/Map#Map_icons */
const DECORATIONS: readonly string[] = [
  'player',
  'frame',
  'red_marker',
  'blue_marker',
  'target_x',
  'target_point',
  'player_off_map',
  'player_off_limits',
  'mansion',
  'monument',
  ...['white', 'orange', 'magenta', 'light_blue', 'yellow', 'lime', 'pink', 'gray', 'light_gray', 'cyan', 'purple', 'blue'].map(banner),
  ...['brown', 'green', 'red', 'black'].map(banner),
  'red_x',
  'village_desert',
  'village_plains',
  'village_savanna',
  'village_snowy',
  'village_taiga',
  'jungle_temple',
  'swamp_hut',
].map((name) => `minecraft:${name}`);

function banner(color: string): string {
  return `banner_${color}`;
}

const EFFECT_TAGS = {
  Duration: 'duration',
  Amplifier: 'amplifier',
  Ambient: 'ambient',
  ShowParticles: 'show_particles',
  ShowIcon: 'show_icon',
} as const;

function newEffect(old: NbtCompound): NbtCompound {
  const entries: Record<string, Nbt> = { id: nbt.text(effectName(nbt.getNumber(old, 'Id') ?? 0)) };
  for (const [before, now] of Object.entries(EFFECT_TAGS)) {
    const value = old.value.get(before);
    if (value !== undefined) entries[now] = value;
  }
  return nbt.compound(entries);
}

function oldEffect(effect: NbtCompound): NbtCompound {
  const entries: Record<string, Nbt> = { Id: nbt.byte(effectNumber(nbt.getText(effect, 'id') ?? '')) };
  for (const [before, now] of Object.entries(EFFECT_TAGS)) {
    const value = effect.value.get(now);
    if (value !== undefined) entries[before] = value;
  }
  return nbt.compound(entries);
}

const effectName = (number: number): string => `minecraft:${EFFECTS[number - 1] ?? 'luck'}`;
const effectNumber = (name: string): number => EFFECTS.indexOf(name.replace(/^minecraft:/, '')) + 1;

const potion: TagPair = {
  read: ({ dataVersion, tag, components }) => {
    const named = dataVersion >= EFFECTS_HAVE_NAMES_SINCE;
    const kind = take(tag, 'Potion', 'string');
    const color = takeNumber(tag, 'CustomPotionColor');
    const effects = takeCompounds(tag, named ? 'custom_potion_effects' : 'CustomPotionEffects');
    const known = kind === null || fullName(kind.value) === 'minecraft:empty' ? null : nbt.text(fullName(kind.value));
    const contents = compoundOf({
      potion: known,
      custom_color: color === null ? null : nbt.int(color),
      custom_effects: effects === null || effects.length === 0 ? null : nbt.list('compound', named ? effects : effects.map(newEffect)),
    });
    if (contents.value.size > 0) components.set('minecraft:potion_contents', contents);
  },
  write: ({ dataVersion, components, tag }) => {
    const named = dataVersion >= EFFECTS_HAVE_NAMES_SINCE;
    const value = components.get('minecraft:potion_contents');
    components.delete('minecraft:potion_contents');
    if (value?.type === 'string') tag.set('Potion', value);
    if (value?.type !== 'compound') return;
    const color = nbt.getNumber(value, 'custom_color');
    const effects = takeCompounds(new Map(value.value), 'custom_effects');
    tag.set('Potion', nbt.text(nbt.getText(value, 'potion') ?? 'minecraft:empty'));
    if (color !== null) tag.set('CustomPotionColor', nbt.int(color));
    if (effects !== null)
      tag.set(named ? 'custom_potion_effects' : 'CustomPotionEffects', nbt.list('compound', named ? effects : effects.map(oldEffect)));
  },
};

const stew: TagPair = {
  read: ({ dataVersion, tag, components }) => {
    const named = dataVersion >= EFFECTS_HAVE_NAMES_SINCE;
    const effects = takeCompounds(tag, named ? 'effects' : 'Effects');
    if (effects === null) return;
    const entries = effects.map((effect) =>
      named
        ? effect
        : compoundOf({
            id: nbt.text(effectName(nbt.getNumber(effect, 'EffectId') ?? 0)),
            duration: nbt.int(nbt.getNumber(effect, 'EffectDuration') ?? 160),
          }),
    );
    components.set('minecraft:suspicious_stew_effects', nbt.list('compound', entries));
  },
  write: ({ dataVersion, components, tag }) => {
    const named = dataVersion >= EFFECTS_HAVE_NAMES_SINCE;
    const effects = takeCompounds(components, 'minecraft:suspicious_stew_effects');
    if (effects === null) return;
    const entries = effects.map((effect) =>
      named
        ? effect
        : nbt.compound({
            EffectId: nbt.byte(effectNumber(nbt.getText(effect, 'id') ?? '')),
            EffectDuration: nbt.int(nbt.getNumber(effect, 'duration') ?? 160),
          }),
    );
    tag.set(named ? 'effects' : 'Effects', nbt.list('compound', entries));
  },
};

const lodestone: TagPair = {
  read: ({ tag, components }) => {
    const pos = take(tag, 'LodestonePos', 'compound');
    const dimension = take(tag, 'LodestoneDimension', 'string');
    const tracked = takeNumber(tag, 'LodestoneTracked');
    if (pos === null && tracked === null) return;
    const at = pos === null ? null : Int32Array.from(['X', 'Y', 'Z'], (axis) => nbt.getNumber(pos, axis) ?? 0);
    const target = at === null || dimension === null ? null : nbt.compound({ pos: nbt.intArray(at), dimension });
    components.set('minecraft:lodestone_tracker', compoundOf({ target, tracked: tracked === 0 ? nbt.byte(0) : null }));
  },
  write: ({ components, tag }) => {
    const tracker = take(components, 'minecraft:lodestone_tracker', 'compound');
    if (tracker === null) return;
    const target = nbt.getCompound(tracker, 'target');
    const pos = target?.value.get('pos');
    if (target !== null && pos?.type === 'intArray') {
      tag.set('LodestonePos', nbt.compound({ X: nbt.int(pos.value[0]!), Y: nbt.int(pos.value[1]!), Z: nbt.int(pos.value[2]!) }));
      tag.set('LodestoneDimension', nbt.text(nbt.getText(target, 'dimension') ?? 'minecraft:overworld'));
    }
    tag.set('LodestoneTracked', nbt.byte(nbt.getNumber(tracker, 'tracked') ?? 1));
  },
};

const BUCKET_TAGS = [
  'NoAI',
  'Silent',
  'NoGravity',
  'Glowing',
  'Invulnerable',
  'Health',
  'Age',
  'Variant',
  'HuntingCooldown',
  'BucketVariantTag',
];

const bucket: TagPair = {
  read: ({ tag, components }) => {
    const data: Record<string, Nbt> = {};
    for (const name of BUCKET_TAGS) {
      const value = tag.get(name);
      if (value !== undefined) data[name] = value;
      tag.delete(name);
    }
    if (Object.keys(data).length > 0) components.set('minecraft:bucket_entity_data', nbt.compound(data));
  },
  write: ({ components, tag }) => {
    for (const [name, value] of take(components, 'minecraft:bucket_entity_data', 'compound')?.value ?? []) tag.set(name, value);
  },
};

const recipes: TagPair = moved('Recipes', 'minecraft:recipes', 'list', 'minecraft:knowledge_book');
const stick: TagPair = moved('DebugProperty', 'minecraft:debug_stick_state', 'compound', 'minecraft:debug_stick');
const horn: TagPair = moved('instrument', 'minecraft:instrument', 'string', 'minecraft:goat_horn');

export const SPECIAL: readonly TagPair[] = [
  only(/^minecraft:crossbow$/, crossbow),
  only(/bundle$/, stacks('Items', 'minecraft:bundle_contents')),
  only(/^minecraft:filled_map$/, map),
  only(/^minecraft:((splash_|lingering_)?potion|tipped_arrow)$/, potion),
  only(/^minecraft:suspicious_stew$/, stew),
  only(/^minecraft:compass$/, lodestone),
  only(/^minecraft:(pufferfish|salmon|cod|tropical_fish|axolotl|tadpole)_bucket$/, bucket),
  recipes,
  stick,
  horn,
];
