import { itemInfo } from '../../items/index.ts';
import type { ItemStack } from '../../model/items.ts';
import type { OpenWindow, WindowKind } from '../../model/player.ts';
import type { GameTables } from '../../model/tables.ts';
import { isFuel, isSmeltable } from './smelting.ts';
import type { Layout, Place, ShiftStep, SlotRule } from './table.ts';

const ANY = (): boolean => true;
const NONE = (): boolean => false;
const UNLIMITED = (): number => Infinity;
const OFFHAND_SLOT = 45;

const slot = (place: Place, accepts: SlotRule['accepts'] = ANY, max: SlotRule['max'] = UNLIMITED): SlotRule => ({ place, accepts, max });
const bag = (from: number, to: number): readonly SlotRule[] => range(from, to).map((index) => slot({ in: 'player', slot: index }));

/** Main inventory and hotbar as every container shows them below its own slots, and the off hand that only swapping reaches. */
const BELOW: readonly SlotRule[] = bag(9, 45);
const HIDDEN: readonly SlotRule[] = bag(OFFHAND_SLOT, OFFHAND_SLOT + 1);
const BAG_SLOTS = 36;

/** How many slots of block entities a window shows; those of a double chest are two halves of 27. */
const CONTAINER_SLOTS: Readonly<Partial<Record<WindowKind, number>>> = {
  generic_9x3: 27,
  generic_9x6: 54,
  generic_3x3: 9,
  hopper: 5,
  shulker_box: 27,
  furnace: 3,
  blast_furnace: 3,
  smoker: 3,
};
export const CHEST_SLOTS = 27;

/** Slots of one block entity of the window; 0 when it holds none. */
export function slotsPerBlock(kind: WindowKind): number {
  return kind === 'generic_9x6' ? CHEST_SLOTS : (CONTAINER_SLOTS[kind] ?? 0);
}

/** The slots of a window and what shift clicks do there (vanilla 1.21.1: the `quickMoveStack` of each menu). Null: the inventory. */
export function layoutOf(window: OpenWindow | null, tables: GameTables): Layout {
  if (window === null) return inventoryLayout(tables);
  switch (window.kind) {
    case 'furnace':
    case 'blast_furnace':
    case 'smoker':
      return furnaceLayout(window.kind, tables);
    case 'crafting':
      return craftingLayout();
    case 'ender_chest':
      return chestLayout(range(0, CHEST_SLOTS).map((index) => slot({ in: 'ender', slot: index })));
    case 'shulker_box':
      return chestLayout(blockSlots(window.kind).map((rule) => ({ ...rule, accepts: isNoShulkerBox })));
    case 'generic_9x3':
    case 'generic_9x6':
    case 'generic_3x3':
    case 'hopper':
    case 'crafter':
      return chestLayout(blockSlots(window.kind));
  }
}

function blockSlots(kind: WindowKind): readonly SlotRule[] {
  const each = slotsPerBlock(kind);
  return range(0, CONTAINER_SLOTS[kind] ?? 0).map((index) => slot({ in: 'block', block: Math.floor(index / each), slot: index % each }));
}

/** From the container to the end of the bag, backwards; from the bag to the first place. */
function chestLayout(own: readonly SlotRule[]): Layout {
  const size = own.length + BAG_SLOTS;
  return {
    slots: [...own, ...BELOW, ...HIDDEN],
    size,
    grid: null,
    shift: (index) => (index < own.length ? [step(own.length, size, true)] : [step(0, own.length)]),
  };
}

function inventoryLayout(tables: GameTables): Layout {
  const worn = (index: number) => (item: ItemStack) => itemInfo(item.name, tables)?.armorSlot === index;
  return {
    slots: [
      slot({ in: 'player', slot: 0 }, NONE),
      ...bag(1, 5),
      ...range(0, 4).map((index) => slot({ in: 'player', slot: 5 + index }, worn(index), () => 1)),
      ...bag(9, OFFHAND_SLOT + 1),
    ],
    size: OFFHAND_SLOT + 1,
    grid: { result: 0, width: 2, slots: range(1, 5) },
    shift: (index, item, isEmpty) => {
      if (index === 0) return [step(9, 45, true)];
      if (index < 9) return [step(9, 45)];
      const armor = itemInfo(item.name, tables)?.armorSlot ?? null;
      if (armor !== null && isEmpty(5 + armor)) return [step(5 + armor, 6 + armor)];
      if (item.name === 'minecraft:shield' && isEmpty(OFFHAND_SLOT)) return [step(OFFHAND_SLOT, OFFHAND_SLOT + 1)];
      if (index < 36) return [step(36, 45)];
      return index < 45 ? [step(9, 36)] : [step(9, 45)];
    },
  };
}

function craftingLayout(): Layout {
  return {
    slots: [
      slot({ in: 'window', slot: 0 }, NONE),
      ...range(1, 10).map((index) => slot({ in: 'window', slot: index })),
      ...BELOW,
      ...HIDDEN,
    ],
    size: 46,
    grid: { result: 0, width: 3, slots: range(1, 10) },
    shift: (index) => {
      if (index === 0) return [step(10, 46, true)];
      if (index < 10) return [step(10, 46)];
      return [step(1, 10), index < 37 ? step(37, 46) : step(10, 37)];
    },
  };
}

function furnaceLayout(kind: 'furnace' | 'blast_furnace' | 'smoker', tables: GameTables): Layout {
  const fuel = (item: ItemStack): boolean => isFuel(item.name, tables) || item.name === 'minecraft:bucket';
  const inBlock = (index: number): Place => ({ in: 'block', block: 0, slot: index });
  return {
    slots: [
      slot(inBlock(0)),
      slot(inBlock(1), fuel, (item) => (item.name === 'minecraft:bucket' ? 1 : Infinity)),
      slot(inBlock(2), NONE),
      ...BELOW,
      ...HIDDEN,
    ],
    size: 3 + BAG_SLOTS,
    grid: null,
    shift: (index, item) => {
      if (index === 2) return [step(3, 39, true)];
      if (index < 2) return [step(3, 39)];
      if (isSmeltable(item.name, kind, tables)) return [step(0, 1)];
      if (isFuel(item.name, tables)) return [step(1, 2)];
      return [index < 30 ? step(30, 39) : step(3, 30)];
    },
  };
}

function isNoShulkerBox(item: ItemStack): boolean {
  return !item.name.endsWith('shulker_box');
}

function step(from: number, to: number, backwards = false): ShiftStep {
  return { from, to, backwards };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
