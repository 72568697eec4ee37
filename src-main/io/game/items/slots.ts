import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import { publicComponents, readItem, writeItem, type GameTables, type ItemStack, type Slot } from '../../../core/world/index.ts';
import type { WireComponent, WireSlot } from '../wire/clientPackets.ts';
import type { ComponentCodec, ComponentContext } from './componentCodec.ts';
import type { ItemRegistries } from './registries.ts';
import { RICH_COMPONENTS } from './richComponents.ts';
import { SIMPLE_COMPONENTS } from './simpleComponents.ts';

const CODECS: Readonly<Record<string, ComponentCodec>> = { ...SIMPLE_COMPONENTS, ...RICH_COMPONENTS };

/** Tag inside an item's custom data in which a creative client carries, and gives back, what the protocol can not say. */
const KEPT = 'peerhold:kept';
const CUSTOM_DATA = 'minecraft:custom_data';
const EMPTY: WireSlot = { itemCount: 0 };

/**
 * Items on the wire. A client in creative mode is the authority over its items and sends them back whole, so what has no form on the
 * wire (components of mods, inline registry entries) travels along as custom data: nothing is lost when a creative
 * player moves an item. Other clients are not burdened with it.
 */
export class SlotCodec {
  readonly #registries: ItemRegistries;
  readonly #dataVersion: number;
  readonly #context: ComponentContext;

  constructor(tables: Pick<GameTables, 'dataVersion'>, registries: ItemRegistries) {
    this.#registries = registries;
    this.#dataVersion = tables.dataVersion;
    this.#context = {
      registries,
      toWireSlot: (slot) => this.toWire(slot, false),
      fromWireSlot: (slot) => this.fromWire(slot),
      readStack: (item) => (item.type === 'compound' ? readItem(item, this.#dataVersion) : null),
      writeStack: (stack) => writeItem(stack, this.#dataVersion),
    };
  }

  /** `echoed`: the client will send it back as the truth. An item that this version lacks is shown as nothing. */
  toWire(slot: Slot, echoed: boolean): WireSlot {
    if (slot === null) return EMPTY;
    const itemId = this.#itemId(slot.name);
    if (itemId === null) return EMPTY;
    const added: WireComponent[] = [];
    const removed: { type: string }[] = [];
    const kept = new Map<string, Nbt>();
    for (const [name, value] of publicComponents(slot.components)?.value ?? []) {
      const bare = name.replace(/^!?minecraft:/, '');
      if (name.startsWith('!') && CODECS[bare] !== undefined) removed.push({ type: bare });
      else if (!this.#add(added, bare, name, value)) kept.set(name, value);
    }
    if (echoed && kept.size > 0) keep(added, kept);
    return {
      itemCount: slot.count,
      itemId,
      addedComponentCount: added.length,
      removedComponentCount: removed.length,
      components: added,
      removeComponents: removed,
    };
  }

  /** Throws RangeError for an item or a registry entry that does not exist. Components that we do not map are left out. */
  fromWire(wire: WireSlot): Slot {
    if (wire.itemCount <= 0 || !('itemId' in wire)) return null;
    const value = new Map<string, Nbt>();
    for (const { type, data } of wire.components) {
      const codec = CODECS[type];
      if (codec !== undefined) value.set(`minecraft:${type}`, codec.fromWire(data, this.#context));
    }
    for (const { type } of wire.removeComponents) value.set(`!minecraft:${type}`, nbt.compound({}));
    giveBack(value);
    const name = this.#registries.items.name(wire.itemId);
    return { name, count: wire.itemCount, components: value.size === 0 ? null : { type: 'compound', value } } satisfies ItemStack;
  }

  /** Null for an item that this version lacks. */
  #itemId(name: string): number | null {
    try {
      return this.#registries.items.id(name);
    } catch {
      return null;
    }
  }

  #add(added: WireComponent[], type: string, name: string, value: Nbt): boolean {
    const codec = name === `minecraft:${type}` ? CODECS[type] : undefined;
    if (codec === undefined) return false;
    try {
      added.push({ type, data: codec.toWire(value, this.#context) });
      return true;
    } catch {
      return false;
    }
  }
}

function keep(added: WireComponent[], kept: ReadonlyMap<string, Nbt>): void {
  const at = added.findIndex(({ type }) => type === 'custom_data');
  const custom = CODECS['custom_data']!;
  const own = at < 0 ? nbt.compound({}) : (custom.fromWire(added[at]!.data, NO_CONTEXT) as NbtCompound);
  const data = custom.toWire(nbt.withTags(own, { [KEPT]: { type: 'compound', value: kept } }), NO_CONTEXT);
  if (at < 0) added.push({ type: 'custom_data', data });
  else added[at] = { type: 'custom_data', data };
}

function giveBack(components: Map<string, Nbt>): void {
  const custom = components.get(CUSTOM_DATA);
  if (custom?.type !== 'compound') return;
  const kept = nbt.getCompound(custom, KEPT);
  if (kept === null) return;
  const rest = nbt.withTags(custom, { [KEPT]: null });
  if (rest.value.size === 0) components.delete(CUSTOM_DATA);
  else components.set(CUSTOM_DATA, rest);
  for (const [name, value] of kept.value) components.set(name, value);
}

/** The codec of custom data asks for nothing. */
const NO_CONTEXT = {} as ComponentContext;
