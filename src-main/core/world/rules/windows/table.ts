import { maxStack, sameItem, withCount } from '../../items/index.ts';
import { OFFHAND_SLOT, type ItemStack, type Slot } from '../../model/items.ts';
import type { GameTables } from '../../model/tables.ts';
import { addToInventory } from '../players/inventory.ts';

/** Where the items of one slot of a window are kept. */
export type Place =
  | { readonly in: 'player'; readonly slot: number }
  | { readonly in: 'block'; readonly block: number; readonly slot: number }
  | { readonly in: 'window'; readonly slot: number }
  | { readonly in: 'ender'; readonly slot: number };

export interface SlotRule {
  readonly place: Place;
  /** Whether a player may put this there (vanilla: `Slot.mayPlace`). */
  readonly accepts: (item: ItemStack) => boolean;
  /** Most items that it holds, whatever they are. */
  readonly max: (item: ItemStack) => number;
}

/** A crafting grid inside a window: indices of its slots, row by row, and of the slot that shows what comes out. */
export interface Grid {
  readonly result: number;
  readonly width: number;
  readonly slots: readonly number[];
}

/** What a shift click does with a slot: the ranges of window slots to try, in order. */
export type ShiftStep = { readonly from: number; readonly to: number; readonly backwards: boolean };

export interface Layout {
  readonly slots: readonly SlotRule[];
  /** Slots that the client sees; further ones (the off hand behind a container) only swapping reaches. */
  readonly size: number;
  readonly grid: Grid | null;
  /** Every step is tried until one has moved something; `all` goes on after that. Empty: nothing moves. */
  shift(index: number, item: ItemStack, isEmpty: (index: number) => boolean): readonly ShiftStep[];
}

/** What comes out of a crafting grid (width x slots), and what stays in it. Null: nothing. */
export type Craft = (width: number, grid: readonly Slot[]) => { readonly result: ItemStack; readonly remains: readonly Slot[] } | null;

/** A window during one click: all its slots and the cursor, changed in place. Nothing is made or lost here but by crafting and `clone`. */
export class WindowTable {
  readonly layout: Layout;
  readonly tables: GameTables;
  readonly creative: boolean;
  readonly heldSlot: number;
  readonly slots: Slot[];
  cursor: Slot;
  /** What fell out of the window, to be thrown. */
  readonly dropped: ItemStack[] = [];
  readonly #craft: Craft;

  constructor(options: {
    readonly layout: Layout;
    readonly tables: GameTables;
    readonly creative: boolean;
    readonly heldSlot: number;
    readonly slots: readonly Slot[];
    readonly cursor: Slot;
    readonly craft: Craft;
  }) {
    this.layout = options.layout;
    this.tables = options.tables;
    this.creative = options.creative;
    this.heldSlot = options.heldSlot;
    this.slots = [...options.slots];
    this.cursor = options.cursor;
    this.#craft = options.craft;
  }

  at(index: number): Slot {
    return this.slots[index] ?? null;
  }

  set(index: number, item: Slot): void {
    this.slots[index] = item;
    if (this.layout.grid?.slots.includes(index) === true) this.refreshResult();
  }

  accepts(index: number, item: ItemStack): boolean {
    return this.layout.slots[index]!.accepts(item);
  }

  isResult(index: number): boolean {
    return this.layout.grid?.result === index;
  }

  /** How many of `item` the slot holds at most. */
  room(index: number, item: ItemStack): number {
    return Math.min(this.layout.slots[index]!.max(item), maxStack(item, this.tables));
  }

  /** What the grid gives now. */
  refreshResult(): void {
    const { grid } = this.layout;
    if (grid !== null) this.slots[grid.result] = this.#crafted(grid)?.result ?? null;
  }

  /** Takes one craft's worth out of the grid; call after the result was taken. */
  consumeGrid(): void {
    const { grid } = this.layout;
    const crafted = grid === null ? null : this.#crafted(grid);
    if (grid === null || crafted === null) return;
    for (const [at, index] of grid.slots.entries()) {
      const item = this.at(index);
      const remains = crafted.remains[at] ?? null;
      const left = item === null ? null : withCount(item, item.count - 1);
      this.slots[index] = left ?? remains;
      // A bucket that came out of a stack of filled ones has no room in the grid.
      if (left !== null && remains !== null) this.addToBag(remains);
    }
    this.refreshResult();
  }

  /** Puts as much of the cursor's stack into a slot as fits, at most `count` (vanilla: `Slot.safeInsert`). */
  insertFromCursor(index: number, count: number): void {
    const item = this.cursor;
    const there = this.at(index);
    if (item === null || !this.accepts(index, item) || (there !== null && !sameItem(there, item))) return;
    const moved = Math.min(count, item.count, this.room(index, item) - (there?.count ?? 0));
    if (moved <= 0) return;
    this.set(index, there === null ? { ...item, count: moved } : { ...there, count: there.count + moved });
    this.cursor = withCount(item, item.count - moved);
  }

  /**
   * Moves a stack into slots from..to (vanilla: `moveItemStackTo`): first onto equal ones, then into the first that is free and accepts
   * it. Returns what is left.
   */
  moveInto(stack: ItemStack, { from, to, backwards }: ShiftStep): Slot {
    const order = Array.from({ length: to - from }, (_, step) => (backwards ? to - 1 - step : from + step));
    let left = stack.count;
    if (maxStack(stack, this.tables) > 1) {
      for (const index of order) {
        const there = this.at(index);
        if (left === 0 || there === null || this.isResult(index) || !sameItem(there, stack)) continue;
        const moved = Math.min(left, this.room(index, there) - there.count);
        if (moved <= 0) continue;
        this.set(index, { ...there, count: there.count + moved });
        left -= moved;
      }
    }
    for (const index of order) {
      if (left === 0) break;
      if (this.at(index) !== null || !this.accepts(index, stack)) continue;
      const moved = Math.min(left, this.room(index, stack));
      this.set(index, { ...stack, count: moved });
      left -= moved;
      break;
    }
    return withCount(stack, left);
  }

  /** Into the bag as a found item would go; what does not fit is thrown. */
  addToBag(item: ItemStack): void {
    const bag: Slot[] = Array.from<Slot>({ length: OFFHAND_SLOT + 1 }).fill(null);
    const indices = new Map<number, number>();
    for (const [index, { place }] of this.layout.slots.entries()) {
      if (place.in !== 'player') continue;
      bag[place.slot] = this.at(index);
      indices.set(place.slot, index);
    }
    const rest = addToInventory(bag, this.heldSlot, item, this.tables);
    for (const [slot, index] of indices) if (bag[slot] !== this.at(index)) this.set(index, bag[slot]!);
    if (rest !== null) this.dropped.push(rest);
  }

  #crafted(grid: Grid): ReturnType<Craft> {
    return this.#craft(
      grid.width,
      grid.slots.map((index) => this.at(index)),
    );
  }
}
