import { nbt, type Nbt } from '../../../../src-shared/nbt/index.ts';
import type { ItemStack, Slot } from '../../../core/world/index.ts';
import type { WireSlot } from '../wire/clientPackets.ts';
import type { ItemRegistries } from './registries.ts';

/** What a component's codec may ask. */
export interface ComponentContext {
  readonly registries: ItemRegistries;
  toWireSlot(slot: Slot): WireSlot;
  fromWireSlot(slot: WireSlot): Slot;
  /** An item in the form of saves (id, count, components), and back. */
  readStack(item: Nbt): Slot;
  writeStack(stack: ItemStack): Nbt;
}

/**
 * One kind of component: its value in saves and its value in packets. Both directions throw (Unmappable, RangeError, TypeError) for
 * what they can not carry; then the component travels in `custom_data` instead (see slots.ts).
 */
export interface ComponentCodec<Wire = unknown> {
  toWire(value: Nbt, context: ComponentContext): Wire;
  fromWire(data: Wire, context: ComponentContext): Nbt;
}

/** Hides a codec's own wire type, so that codecs of all kinds fit one table. */
export function component<Wire>(codec: ComponentCodec<Wire>): ComponentCodec {
  return { toWire: (value, context) => codec.toWire(value, context), fromWire: (data, context) => codec.fromWire(data as Wire, context) };
}

/** Present or absent, without a value: an empty compound in saves, nothing in packets. */
export const UNIT = component<undefined>({ toWire: () => undefined, fromWire: () => nbt.compound({}) });
