import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { compoundOf, fullName, HIDE, take, takeCompounds, UUID_IS_INTS_SINCE, type TagPair } from './pair.ts';
import { intsToUuid, uuidToInts } from './uuids.ts';

/** `CanDestroy`, `CanPlaceOn`: what adventure players may do with it. */
function adventure(tagName: string, component: string, bit: number): TagPair {
  return {
    read: ({ tag, hide, components }) => {
      const list = take(tag, tagName, 'list');
      if (list === null || list.value.length === 0) return;
      const predicates = list.value.map((entry) => predicateOf(entry.type === 'string' ? entry.value : ''));
      const hidden = (hide & bit) !== 0;
      components.set(component, compoundOf({ predicates: nbt.list('compound', predicates), show_in_tooltip: hidden ? nbt.byte(0) : null }));
    },
    write: ({ components, tag, hide }) => {
      const value = take(components, component, 'compound');
      if (value === null) return;
      const predicates = nbt.getList(value, 'predicates') ?? [value];
      const entries = predicates.map((entry) => nbt.text(entry.type === 'compound' ? predicateText(entry) : ''));
      tag.set(tagName, nbt.list('string', entries));
      if (nbt.getNumber(value, 'show_in_tooltip') === 0) hide(bit);
    },
  };
}

const PREDICATE = /^(#?[^[{]*)(?:\[([^\]]*)\])?/;

/** "#logs[axis=y]" -> blocks and state. Block entity data in braces stays in the old tag only. */
function predicateOf(text: string): Nbt {
  const [, blocks = '', properties] = PREDICATE.exec(text) ?? [];
  const state: Record<string, Nbt> = {};
  for (const pair of properties?.split(',') ?? []) {
    const [name, value] = pair.split('=');
    if (name !== undefined && value !== undefined) state[name.trim()] = nbt.text(value.trim());
  }
  const full = blocks.startsWith('#') ? `#${fullName(blocks.slice(1))}` : fullName(blocks);
  return compoundOf({ blocks: nbt.text(full), state: Object.keys(state).length > 0 ? nbt.compound(state) : null });
}

function predicateText(predicate: NbtCompound): string {
  const state = [...(nbt.getCompound(predicate, 'state')?.value ?? [])].map(
    ([name, value]) => `${name}=${value.type === 'string' ? value.value : ''}`,
  );
  return (nbt.getText(predicate, 'blocks') ?? '') + (state.length > 0 ? `[${state.join(',')}]` : '');
}

const OPERATIONS = ['add_value', 'add_multiplied_base', 'add_multiplied_total'] as const;

/** Identifiers of vanilla's own modifiers, by the UUID that they had. Source: 24w21a. */
const KNOWN_MODIFIERS: readonly (readonly [string, string])[] = [
  ['cb3f55d3-645c-4f38-a497-9c13a33db5cf', 'minecraft:base_attack_damage'],
  ['fa233e1c-4180-4865-b01b-bcce9785aca3', 'minecraft:base_attack_speed'],
  ['845db27c-c624-495f-8c9f-6020a9a58b6b', 'minecraft:armor.boots'],
  ['d8499b04-0e66-4726-ab29-64469d734e0d', 'minecraft:armor.leggings'],
  ['9f3d476d-c118-4544-8365-64846904b48e', 'minecraft:armor.chestplate'],
  ['2ad3f246-fee1-4e67-b886-69fd380bb150', 'minecraft:armor.helmet'],
];

/** Attribute names before 1.16. */
const OLD_ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['generic.maxHealth', 'generic.max_health'],
  ['generic.followRange', 'generic.follow_range'],
  ['generic.knockbackResistance', 'generic.knockback_resistance'],
  ['generic.movementSpeed', 'generic.movement_speed'],
  ['generic.flyingSpeed', 'generic.flying_speed'],
  ['generic.attackDamage', 'generic.attack_damage'],
  ['generic.attackKnockback', 'generic.attack_knockback'],
  ['generic.attackSpeed', 'generic.attack_speed'],
  ['generic.armorToughness', 'generic.armor_toughness'],
  ['zombie.spawnReinforcements', 'zombie.spawn_reinforcements'],
  ['horse.jumpStrength', 'horse.jump_strength'],
];

const attributes: TagPair = {
  read: ({ tag, hide, components }) => {
    const entries = takeCompounds(tag, 'AttributeModifiers');
    if (entries === null || entries.length === 0) return;
    const hidden = (hide & HIDE.modifiers) !== 0;
    components.set(
      'minecraft:attribute_modifiers',
      compoundOf({ modifiers: nbt.list('compound', entries.map(newModifier)), show_in_tooltip: hidden ? nbt.byte(0) : null }),
    );
  },
  write: ({ dataVersion, components, tag, hide }) => {
    const value = take(components, 'minecraft:attribute_modifiers', 'compound');
    if (value === null) return;
    const modifiers = (nbt.getList(value, 'modifiers') ?? []).filter((entry) => entry.type === 'compound');
    tag.set(
      'AttributeModifiers',
      nbt.list(
        'compound',
        modifiers.map((modifier) => oldModifier(modifier, dataVersion)),
      ),
    );
    if (nbt.getNumber(value, 'show_in_tooltip') === 0) hide(HIDE.modifiers);
  },
};

function newModifier(old: NbtCompound): Nbt {
  const name = nbt.getText(old, 'AttributeName') ?? '';
  const slot = nbt.getText(old, 'Slot');
  const ints = old.value.get('UUID');
  const most = old.value.get('UUIDMost');
  const least = old.value.get('UUIDLeast');
  const uuid =
    ints?.type === 'intArray'
      ? intsToUuid(ints.value)
      : most?.type === 'long' && least?.type === 'long'
        ? intsToUuid(
            Int32Array.of(
              Number(most.value >> 32n),
              Number(BigInt.asIntN(32, most.value)),
              Number(least.value >> 32n),
              Number(BigInt.asIntN(32, least.value)),
            ),
          )
        : '00000000-0000-0000-0000-000000000000';
  return compoundOf({
    type: nbt.text(fullName(OLD_ATTRIBUTES.find(([camel]) => camel === name)?.[1] ?? name)),
    id: nbt.text(KNOWN_MODIFIERS.find(([known]) => known === uuid)?.[1] ?? `minecraft:${uuid}`),
    amount: nbt.double(nbt.getNumber(old, 'Amount') ?? 0),
    operation: nbt.text(OPERATIONS[nbt.getNumber(old, 'Operation') ?? 0] ?? 'add_value'),
    slot: slot === null ? null : nbt.text(slot),
  });
}

function oldModifier(modifier: NbtCompound, dataVersion: number): NbtCompound {
  const id = nbt.getText(modifier, 'id') ?? '';
  const type = nbt.getText(modifier, 'type') ?? '';
  const slot = nbt.getText(modifier, 'slot');
  const uuid = KNOWN_MODIFIERS.find(([, known]) => known === id)?.[0] ?? id.replace(/^minecraft:/, '');
  const ints = uuidToInts(uuid) ?? hashedUuid(id);
  const bare = type.replace(/^minecraft:/, '');
  const old = dataVersion < UUID_IS_INTS_SINCE;
  const long = (high: number, low: number): Nbt => nbt.long((BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low)));
  return compoundOf({
    AttributeName: nbt.text(old ? (OLD_ATTRIBUTES.find(([, name]) => name === bare)?.[0] ?? bare) : type),
    Name: nbt.text(id),
    Slot: slot === null || slot === 'any' ? null : nbt.text(slot),
    Operation: nbt.int(
      Math.max(
        0,
        OPERATIONS.findIndex((operation) => operation === nbt.getText(modifier, 'operation')),
      ),
    ),
    Amount: nbt.double(nbt.getNumber(modifier, 'amount') ?? 0),
    UUID: old ? null : nbt.intArray(ints),
    UUIDMost: old ? long(ints[0]!, ints[1]!) : null,
    UUIDLeast: old ? long(ints[2]!, ints[3]!) : null,
  });
}

/** Four words from a name that is no UUID: the old form must have one, and two modifiers must not share it. */
function hashedUuid(name: string): Int32Array {
  const words = Int32Array.of(0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b);
  for (let i = 0; i < name.length; i++) words[i & 3] = Math.imul(words[i & 3]! ^ name.charCodeAt(i), 0x01000193);
  return words;
}

export const ADVENTURE: readonly TagPair[] = [
  adventure('CanDestroy', 'minecraft:can_break', HIDE.canDestroy),
  adventure('CanPlaceOn', 'minecraft:can_place_on', HIDE.canPlaceOn),
  attributes,
];
