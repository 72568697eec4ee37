import { nbt } from '../../../../src-shared/nbt/index.ts';
import { fromHex, parseUuid, toHex } from '../../../../src-shared/units/index.ts';
import type { ProfileProperty } from '../wire/serverPackets.ts';
import { component } from './componentCodec.ts';
import { asCompound, asList, asNumber, asText, compoundOf, listOf, only, optional, Unmappable } from './fields.ts';

interface WireProfile {
  readonly name?: string | undefined;
  readonly uuid?: string | undefined;
  readonly properties: readonly ProfileProperty[];
}

/** Whose head it is: a name alone, or name, UUID (four integers in saves) and signed textures. */
export const profile = component<WireProfile>({
  toWire: (value) => {
    if (value.type === 'string') return { name: value.value, uuid: undefined, properties: [] };
    const tag = asCompound(value);
    return {
      name: nbt.getText(tag, 'name') ?? undefined,
      uuid: optional(tag, 'id', (id) => uuidOf(asList(id).map(asNumber))),
      properties: (optional(tag, 'properties', asList) ?? []).map(asCompound).map((property) => {
        const signature = nbt.getText(property, 'signature');
        return {
          name: asText(property.value.get('name')),
          value: asText(property.value.get('value')),
          ...(signature === null ? {} : { signature }),
        };
      }),
    };
  },
  fromWire: ({ name, uuid, properties }) =>
    compoundOf({
      name: only(name, nbt.text),
      id: only(uuid, (id) => nbt.intArray(integersOf(id))),
      properties:
        properties.length === 0
          ? undefined
          : listOf(
              properties.map((property) =>
                compoundOf({
                  name: nbt.text(property.name),
                  value: nbt.text(property.value),
                  signature: only(property.signature, nbt.text),
                }),
              ),
            ),
    }),
});

export function uuidOf(integers: readonly number[]): string {
  const bytes = new DataView(new ArrayBuffer(16));
  if (integers.length !== 4) throw new Unmappable('UUID');
  for (const [index, integer] of integers.entries()) bytes.setInt32(index * 4, integer);
  return parseUuid(toHex(new Uint8Array(bytes.buffer)))!;
}

function integersOf(uuid: string): Int32Array {
  const bytes = fromHex(uuid.replaceAll('-', ''));
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: 4 }, (_, index) => view.getInt32(index * 4));
}
