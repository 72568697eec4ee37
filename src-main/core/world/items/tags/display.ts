import { nbt, type Nbt } from '../../../../../src-shared/nbt/index.ts';
import { compoundOf, HIDE, LORE_IS_JSON_SINCE, take, takeNumber, type TagPair } from './pair.ts';

/** The colour of leather that nobody dyed. */
const LEATHER = 10511680;

/** `display`: name, lore, colour of leather, colour of a map. */
export const display: TagPair = {
  read: ({ item, dataVersion, hide, tag, components }) => {
    const dyeHidden = (hide & HIDE.dye) !== 0;
    const shown = take(tag, 'display', 'compound');
    if (shown === null) {
      if (dyeHidden) components.set('minecraft:dyed_color', dyed(LEATHER, true));
      return;
    }
    const rest = new Map(shown.value);
    const name = take(rest, 'Name', 'string');
    if (name !== null) components.set('minecraft:custom_name', name);
    const lore = take(rest, 'Lore', 'list');
    if (lore !== null && lore.value.length > 0) components.set('minecraft:lore', dataVersion < LORE_IS_JSON_SINCE ? toJson(lore) : lore);
    const color = takeNumber(rest, 'color');
    if (color !== null || dyeHidden) components.set('minecraft:dyed_color', dyed(color ?? LEATHER, dyeHidden));
    const locName = take(rest, 'LocName', 'string');
    if (locName !== null) components.set('minecraft:item_name', nbt.text(JSON.stringify({ translate: locName.value })));
    const mapColor = item === 'minecraft:filled_map' ? takeNumber(rest, 'MapColor') : null;
    if (mapColor !== null) components.set('minecraft:map_color', nbt.int(mapColor));
    if (rest.size > 0) tag.set('display', { type: 'compound', value: rest });
  },
  write: ({ item, dataVersion, components, tag, hide }) => {
    const shown: Record<string, Nbt> = {};
    const name = take(components, 'minecraft:custom_name', 'string');
    if (name !== null) shown['Name'] = name;
    const lore = take(components, 'minecraft:lore', 'list');
    if (lore !== null) shown['Lore'] = dataVersion < LORE_IS_JSON_SINCE ? fromJson(lore) : lore;
    const dye = take(components, 'minecraft:dyed_color', 'compound');
    if (dye !== null) {
      shown['color'] = nbt.int(nbt.getNumber(dye, 'rgb') ?? LEATHER);
      if (nbt.getNumber(dye, 'show_in_tooltip') === 0) hide(HIDE.dye);
    }
    const mapColor = item === 'minecraft:filled_map' ? takeNumber(components, 'minecraft:map_color') : null;
    if (mapColor !== null) shown['MapColor'] = nbt.int(mapColor);
    if (Object.keys(shown).length > 0) tag.set('display', nbt.compound(shown));
  },
};

function dyed(rgb: number, hidden: boolean): Nbt {
  return compoundOf({ rgb: nbt.int(rgb), show_in_tooltip: hidden ? nbt.byte(0) : null });
}

function toJson(lore: Extract<Nbt, { type: 'list' }>): Nbt {
  return nbt.list(
    'string',
    lore.value.map((line) => nbt.text(JSON.stringify({ text: line.type === 'string' ? line.value : '' }))),
  );
}

/** Lines of plain text where the JSON is nothing else; otherwise the JSON as it is. */
function fromJson(lore: Extract<Nbt, { type: 'list' }>): Nbt {
  return nbt.list(
    'string',
    lore.value.map((line) => nbt.text(line.type === 'string' ? (plainText(line.value) ?? line.value) : '')),
  );
}

const PLAIN = /^\{"text":("(?:[^"\\]|\\.)*")\}$/;

function plainText(json: string): string | null {
  const quoted = PLAIN.exec(json)?.[1];
  return quoted === undefined ? null : (JSON.parse(quoted) as string);
}
