import {
  containerItems,
  OFFHAND_SLOT,
  PLAYER_SLOTS,
  sameStack,
  type OpenWindow,
  type Player,
  type Slot,
  type WindowKind,
} from '../../../core/world/index.ts';
import { nbt } from '../../../../src-shared/nbt/index.ts';
import type { BlockPos } from '../../../../src-shared/units/index.ts';
import { jsonToComponent, wireText } from '../text/component.ts';
import type { ClientPackets, WireSlot } from '../wire/clientPackets.ts';
import type { Connection } from '../wire/connection.ts';
import type { GameContext } from './context.ts';
import type { DimensionView } from './dimensionView.ts';

const INVENTORY = 0;
/** Window and slot that mean the cursor. */
const CURSOR_WINDOW = 255;
const CURSOR_SLOT = -1;
/** Slots of the inventory that every container shows below its own. */
const BAG_FIRST = 9;
const BAG_END = OFFHAND_SLOT;

/** Slots of one block entity of a window. */
const SLOTS_PER_BLOCK: Readonly<Partial<Record<WindowKind, number>>> = {
  generic_9x3: 27,
  generic_9x6: 27,
  generic_3x3: 9,
  hopper: 5,
  shulker_box: 27,
  furnace: 3,
  blast_furnace: 3,
  smoker: 3,
};

/** What the client is believed to show in a slot; undefined: unknown, send it. */
type Believed = Slot | undefined;

/**
 * One client's windows. The client draws the outcome of its own clicks at once and tells what it drew; what play then says is sent
 * only where it differs, and only when no click is under way, so that a slow answer never undoes a newer click on the screen.
 */
export class Windows {
  readonly #context: GameContext;
  readonly #connection: Connection;
  #view: DimensionView;
  #shown: OpenWindow | null = null;
  /** The container's own slots, then the inventory's 46. */
  #own: Believed[] = [];
  #inventory: Believed[] = unknown(PLAYER_SLOTS);
  #cursor: Believed;
  #progress: readonly number[] = [];
  #stateId = 0;
  #closedByClient = 0;

  constructor(context: GameContext, connection: Connection, view: DimensionView) {
    this.#context = context;
    this.#connection = connection;
    this.#view = view;
  }

  enter(view: DimensionView): void {
    this.#view = view;
    this.#shown = null;
  }

  /** Whether the window on the screen shows what is in this block. */
  looksInto({ x, y, z }: BlockPos): boolean {
    return this.#shown?.blocks.some((block) => block.x === x && block.y === y && block.z === z) === true;
  }

  /** The client has drawn the outcome of a click. */
  predicted({ windowId, changedSlots, cursorItem }: ClientPackets['window_click']): void {
    if (windowId !== (this.#shown?.id ?? INVENTORY)) return;
    for (const { location, item } of changedSlots) this.#believe(location, this.#read(item));
    this.#cursor = this.#read(cursorItem);
  }

  predictedCreative(slot: number, item: Slot): void {
    if (slot >= 0 && slot < PLAYER_SLOTS) this.#inventory[slot] = item;
  }

  /** What the client drew in this slot of the inventory is not known. */
  doubt(slot: number): void {
    this.#inventory[slot] = undefined;
  }

  closedByClient(window: number): void {
    this.#closedByClient = window;
  }

  /** 1. Another window than the one on the screen? 2. Send what differs. */
  sync(player: Player): void {
    if ((player.window?.id ?? INVENTORY) !== (this.#shown?.id ?? INVENTORY)) this.#switch(player);
    this.#shown = player.window;
    const own = this.#ownSlots(player);
    for (const [index, item] of own.entries()) {
      if (isBelieved(this.#own[index], item)) continue;
      this.#own[index] = item;
      this.#sendSlot(this.#shown!.id, index, item, player);
    }
    for (let slot = 0; slot < PLAYER_SLOTS; slot++) {
      const item = player.inventory[slot] ?? null;
      if (isBelieved(this.#inventory[slot], item)) continue;
      this.#inventory[slot] = item;
      this.#sendInventorySlot(slot, item, player);
    }
    if (!isBelieved(this.#cursor, player.cursor)) {
      this.#cursor = player.cursor;
      this.#sendSlot(CURSOR_WINDOW, CURSOR_SLOT, player.cursor, player);
    }
    this.#sendProgress();
  }

  /** Everything again, the inventory behind a container included. */
  resync(player: Player): void {
    this.#shown = player.window;
    this.#own = unknown(this.#ownSlots(player).length);
    if (player.window === null) this.#sendAll(player);
    else {
      this.#inventory = unknown(PLAYER_SLOTS);
      this.#sendAll(player);
      this.sync(player);
    }
  }

  #switch(player: Player): void {
    const { window } = player;
    const before = this.#shown;
    if (window === null) {
      this.#own = [];
      if (before !== null && this.#closedByClient !== before.id) this.#connection.send('close_window', { windowId: before.id });
      this.#closedByClient = 0;
      return;
    }
    this.#shown = window;
    this.#progress = [];
    this.#connection.send('open_window', {
      windowId: window.id,
      inventoryType: this.#context.ids.window(window.kind),
      windowTitle: wireText(jsonToComponent(window.title)),
    });
    this.#sendAll(player);
  }

  /** The whole of the window on the screen in one packet. */
  #sendAll(player: Player): void {
    const own = this.#ownSlots(player);
    const bag = this.#shown === null ? player.inventory : player.inventory.slice(BAG_FIRST, BAG_END);
    const first = this.#shown === null ? 0 : BAG_FIRST;
    this.#own = [...own];
    for (const [index, item] of bag.entries()) this.#inventory[first + index] = item;
    this.#cursor = player.cursor;
    this.#connection.send('window_items', {
      windowId: this.#shown?.id ?? INVENTORY,
      stateId: this.#nextState(),
      items: [...own, ...bag].map((item) => this.#wire(item, player)),
      carriedItem: this.#wire(player.cursor, player),
    });
  }

  #sendInventorySlot(slot: number, item: Slot, player: Player): void {
    if (this.#shown === null || slot < BAG_FIRST || slot >= BAG_END) this.#sendSlot(INVENTORY, slot, item, player);
    else this.#sendSlot(this.#shown.id, this.#own.length + slot - BAG_FIRST, item, player);
  }

  #sendSlot(windowId: number, slot: number, item: Slot, player: Player): void {
    this.#connection.send('set_slot', { windowId, stateId: this.#nextState(), slot, item: this.#wire(item, player) });
  }

  /** Flame and arrow of a furnace. */
  #sendProgress(): void {
    const window = this.#shown;
    if (window === null || !/furnace|smoker/.test(window.kind)) return;
    const entity = this.#view.blockEntity(window.blocks[0]!)?.nbt ?? null;
    const read = (name: string): number => (entity === null ? 0 : (nbt.getNumber(entity, name) ?? 0));
    const burning = read('BurnTime');
    const progress = [burning, Math.max(burning, FUEL_TICKS), read('CookTime'), read('CookTimeTotal') || SMELT_TICKS];
    for (const [property, value] of progress.entries()) {
      if (this.#progress[property] === value) continue;
      this.#connection.send('craft_progress_bar', { windowId: window.id, property, value: Math.min(value, 0x7fff) });
    }
    this.#progress = progress;
  }

  #ownSlots(player: Player): readonly Slot[] {
    const { window } = player;
    if (window === null) return [];
    if (window.kind === 'ender_chest') return player.enderItems;
    const each = SLOTS_PER_BLOCK[window.kind];
    if (each === undefined) return window.slots;
    return window.blocks.flatMap((pos) => {
      const entity = this.#view.blockEntity(pos);
      if (entity === null) return Array.from<Slot>({ length: each }).fill(null);
      return containerItems(entity.nbt, entity.dataVersion, each, this.#context.tables.renamedItems);
    });
  }

  #believe(location: number, item: Believed): void {
    if (this.#shown === null) {
      if (location >= 0 && location < PLAYER_SLOTS) this.#inventory[location] = item;
      return;
    }
    const behind = location - this.#own.length;
    if (location >= 0 && behind < 0) this.#own[location] = item;
    else if (behind >= 0 && behind < BAG_END - BAG_FIRST) this.#inventory[BAG_FIRST + behind] = item;
  }

  /** Undefined for what we can not read: then it is sent again. */
  #read(item: WireSlot): Believed {
    try {
      return this.#context.slots.fromWire(item);
    } catch {
      return undefined;
    }
  }

  #wire(item: Slot, player: Player): WireSlot {
    return this.#context.slots.toWire(item, player.gameMode === 'creative');
  }

  #nextState(): number {
    this.#stateId = (this.#stateId + 1) & 0x7fff;
    return this.#stateId;
  }
}

/** Ticks that the flame of a furnace stands for when the save does not say, and ticks to smelt one item. */
const FUEL_TICKS = 200;
const SMELT_TICKS = 200;

function unknown(length: number): Believed[] {
  return Array.from<Believed>({ length }).fill(undefined);
}

function isBelieved(believed: Believed, item: Slot): boolean {
  return believed !== undefined && sameStack(believed, item);
}
