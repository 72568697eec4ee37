import { nbt, type Nbt } from '../../../../../src-shared/nbt/index.ts';
import { compoundOf, HIDE, take, takeCompounds, takeNumber, type TagPair } from './pair.ts';

/** A number that both forms keep as it is; the default is not written in the new form. */
function number(tag: string, component: string, usual: number | null): TagPair {
  return {
    read: ({ tag: from, components }) => {
      const value = takeNumber(from, tag);
      if (value !== null && value !== usual) components.set(component, nbt.int(value));
    },
    write: ({ components, tag: to }) => {
      const value = takeNumber(components, component);
      if (value !== null) to.set(tag, nbt.int(value));
    },
  };
}

/** A tag that only changed its name. `only`: the item that it belongs to. */
export function moved(tag: string, component: string, type: Nbt['type'], only: string | null = null): TagPair {
  return {
    read: ({ item, tag: from, components }) => {
      const value = only === null || item === only ? take(from, tag, type) : null;
      if (value !== null) components.set(component, value);
    },
    write: ({ item, components, tag: to }) => {
      const value = only === null || item === only ? take(components, component, type) : null;
      if (value !== null) to.set(tag, value);
    },
  };
}

const unbreakable: TagPair = {
  read: ({ tag, hide, components }) => {
    const value = takeNumber(tag, 'Unbreakable');
    if (value === null || value === 0) return;
    components.set('minecraft:unbreakable', compoundOf({ show_in_tooltip: (hide & HIDE.unbreakable) === 0 ? null : nbt.byte(0) }));
  },
  write: ({ components, tag, hide }) => {
    const value = take(components, 'minecraft:unbreakable', 'compound');
    if (value === null) return;
    tag.set('Unbreakable', nbt.byte(1));
    if (nbt.getNumber(value, 'show_in_tooltip') === 0) hide(HIDE.unbreakable);
  },
};

const trim: TagPair = {
  read: ({ tag, hide, components }) => {
    const value = take(tag, 'Trim', 'compound');
    if (value !== null)
      components.set('minecraft:trim', (hide & HIDE.trim) === 0 ? value : nbt.withTags(value, { show_in_tooltip: nbt.byte(0) }));
  },
  write: ({ components, tag, hide }) => {
    const value = take(components, 'minecraft:trim', 'compound');
    if (value === null) return;
    tag.set('Trim', nbt.withTags(value, { show_in_tooltip: null }));
    if (nbt.getNumber(value, 'show_in_tooltip') === 0) hide(HIDE.trim);
  },
};

const additional: TagPair = {
  read: ({ hide, components }) => {
    if ((hide & HIDE.additional) !== 0) components.set('minecraft:hide_additional_tooltip', nbt.compound({}));
  },
  write: ({ components, hide }) => {
    if (take(components, 'minecraft:hide_additional_tooltip', 'compound') !== null) hide(HIDE.additional);
  },
};

/** Enchantments that were renamed with the components. */
const ENCHANTMENT_RENAMED: readonly (readonly [string, string])[] = [['minecraft:sweeping', 'minecraft:sweeping_edge']];

function enchantments(tagName: string, component: string, bit: number, only: string | null): TagPair {
  return {
    read: ({ item, tag, hide, components }) => {
      if (only !== null && item !== only) return;
      const entries = takeCompounds(tag, tagName);
      if (entries === null) return;
      const levels: Record<string, Nbt> = {};
      for (const entry of entries) {
        const id = nbt.getText(entry, 'id');
        const level = Math.min(255, nbt.getNumber(entry, 'lvl') ?? 0);
        if (id !== null && level > 0) levels[newEnchantment(id.includes(':') ? id : `minecraft:${id}`)] ??= nbt.int(level);
      }
      const hidden = (hide & bit) !== 0;
      if (Object.keys(levels).length > 0)
        components.set(component, compoundOf({ levels: nbt.compound(levels), show_in_tooltip: hidden ? nbt.byte(0) : null }));
      else if (entries.length > 0) components.set('minecraft:enchantment_glint_override', nbt.byte(1));
    },
    write: ({ item, components, tag, hide }) => {
      if (only !== null && item !== only) return;
      const value = take(components, component, 'compound');
      if (value === null) return;
      const entries: Nbt[] = [];
      for (const [id, level] of nbt.getCompound(value, 'levels')?.value ?? [])
        entries.push(nbt.compound({ id: nbt.text(oldEnchantment(id)), lvl: nbt.short(Number(level.value)) }));
      tag.set(tagName, nbt.list('compound', entries));
      if (nbt.getNumber(value, 'show_in_tooltip') === 0) hide(bit);
    },
  };
}

const newEnchantment = (id: string): string => ENCHANTMENT_RENAMED.find(([old]) => old === id)?.[1] ?? id;
const oldEnchantment = (id: string): string => ENCHANTMENT_RENAMED.find(([, renamed]) => renamed === id)?.[0] ?? id;

export const BASICS: readonly TagPair[] = [
  number('Damage', 'minecraft:damage', 0),
  number('RepairCost', 'minecraft:repair_cost', 0),
  number('CustomModelData', 'minecraft:custom_model_data', null),
  moved('BlockStateTag', 'minecraft:block_state', 'compound'),
  moved('EntityTag', 'minecraft:entity_data', 'compound'),
  unbreakable,
  enchantments('Enchantments', 'minecraft:enchantments', HIDE.enchantments, null),
  enchantments('StoredEnchantments', 'minecraft:stored_enchantments', HIDE.additional, 'minecraft:enchanted_book'),
  trim,
  additional,
];
