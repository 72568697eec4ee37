import type { Protocol } from '../tables/source.ts';

type Field = { readonly name: string; type: unknown };

/**
 * What minecraft-data 3.117 says wrongly about packets of 1.21.1. Automated clients share the mistake and do not notice; a real
 * client's potion in a creative slot would read as a malformed packet.
 *  1. `potion_contents` has no custom name: that came with 1.21.2 (`PotionContents` of 1.21.1 has potion, colour and effects).
 *  2. `food` ends with an optional item and with effects in full (`FoodProperties` of 1.21.1).
 * The description is changed in place: it belongs to this thread, and the library reads the same object.
 */
export function fixProtocol(protocol: Protocol): void {
  const fields = componentFields(protocol);
  const potion = containerOf(fields, 'potion_contents');
  const customName = potion.findIndex(({ name }) => name === 'customName');
  if (customName >= 0) potion.splice(customName, 1);
  const food = containerOf(fields, 'food');
  for (const field of food) {
    if (field.name === 'usingConvertsTo') field.type = ['option', 'Slot'];
    if (field.name === 'effects') field.type = ['array', { countType: 'varint', type: ['container', FOOD_EFFECT] }];
  }
}

const FOOD_EFFECT = [
  { name: 'effect', type: 'ItemPotionEffect' },
  { name: 'probability', type: 'f32' },
];

/** The components' descriptions by name, inside `types.SlotComponent`. */
function componentFields(protocol: Protocol): Readonly<Record<string, unknown>> {
  const types = (protocol as unknown as { readonly types: Readonly<Record<string, unknown>> }).types;
  const [, fields] = types['SlotComponent'] as [string, Field[]];
  const data = fields.find(({ name }) => name === 'data')!.type as [string, { readonly fields: Readonly<Record<string, unknown>> }];
  return data[1].fields;
}

function containerOf(fields: Readonly<Record<string, unknown>>, name: string): Field[] {
  const [kind, members] = fields[name] as [string, Field[]];
  if (kind !== 'container') throw new TypeError(`${name} is no container`);
  return members;
}
