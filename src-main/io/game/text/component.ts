import { parseArgument, type NoticeText } from '../../../core/world/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { WireNbt } from '../wire/clientPackets.ts';
import { toSourceNbt } from '../tables/sourceNbt.ts';

/**
 * Text components. Saves up to 1.21.4 hold them as JSON in a string, packets since 1.20.3 as NBT. Both ways keep what they do not know.
 * Source: https://minecraft.wiki/w/Text_component_format
 */
export function jsonToComponent(json: string): Nbt {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return nbt.text(json);
  }
  return valueToNbt(value);
}

export function componentToJson(component: Nbt): string {
  return JSON.stringify(nbtToValue(component, null));
}

/** A component as packets carry it. */
export function wireText(component: Nbt): WireNbt {
  return toSourceNbt(component);
}

export function plainText(text: string): WireNbt {
  return wireText(nbt.text(text));
}

/** In the player's language where there is a key. An argument that starts with % is itself a key ("%container.chest"). */
export function noticeComponent({ key, args, plain, color }: NoticeText): NbtCompound {
  const tags: Record<string, Nbt> = {};
  if (key === null) tags['text'] = nbt.text(plain);
  else {
    tags['translate'] = nbt.text(key);
    tags['fallback'] = nbt.text(plain);
    if (args.length > 0) tags['with'] = nbt.list('compound', args.map(argument));
  }
  if (color !== null) tags['color'] = nbt.text(color);
  return nbt.compound(tags);
}

function argument(text: string): NbtCompound {
  const parsed = parseArgument(text);
  return nbt.compound('key' in parsed ? { translate: nbt.text(parsed.key) } : { text: nbt.text(parsed.text) });
}

const BOOLEANS = new Set(['bold', 'italic', 'underlined', 'strikethrough', 'obfuscated', 'interpret']);

function valueToNbt(value: unknown): Nbt {
  if (typeof value === 'string') return nbt.text(value);
  if (typeof value === 'boolean') return nbt.byte(value ? 1 : 0);
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? nbt.int(value) : nbt.double(value);
  if (Array.isArray(value)) return arrayToNbt(value);
  if (typeof value === 'object' && value !== null) {
    return nbt.compound(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueToNbt(item)])));
  }
  return nbt.text('');
}

/** NBT lists hold one type: in a mixed one, texts become components and anything else is wrapped as vanilla does. */
function arrayToNbt(values: readonly unknown[]): Nbt {
  const items = values.map(valueToNbt);
  const first = items[0];
  if (first === undefined) return nbt.list('end', []);
  if (items.every((item) => item.type === first.type)) return nbt.list(first.type, items);
  return nbt.list(
    'compound',
    items.map((item) => {
      if (item.type === 'compound') return item;
      return nbt.compound(item.type === 'string' ? { text: item } : { '': item });
    }),
  );
}

function nbtToValue(tag: Nbt, name: string | null): unknown {
  switch (tag.type) {
    case 'byte':
      return name !== null && BOOLEANS.has(name) ? tag.value !== 0 : tag.value;
    case 'long':
      return Number(tag.value);
    case 'byteArray':
    case 'intArray':
      return [...tag.value];
    case 'longArray':
      return [...tag.value].map(Number);
    case 'list':
      return tag.value.map((item) => nbtToValue(item, null));
    case 'compound': {
      const only = tag.value.size === 1 ? tag.value.get('') : undefined;
      if (only !== undefined) return nbtToValue(only, null);
      return Object.fromEntries([...tag.value].map(([key, item]) => [key, nbtToValue(item, key)]));
    }
    case 'short':
    case 'int':
    case 'float':
    case 'double':
    case 'string':
      return tag.value;
  }
}
