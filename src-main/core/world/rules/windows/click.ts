import { maxStack, sameItem, withCount } from '../../items/index.ts';
import { HOTBAR_FIRST_SLOT, OFFHAND_SLOT, type ItemStack } from '../../model/items.ts';
import type { Player } from '../../model/player.ts';
import type { WindowTable } from './table.ts';

/** One click as the protocol has it. */
export interface Click {
  readonly slot: number;
  readonly button: number;
  readonly mode: number;
}

export type Drag = Player['drag'];

export const OUTSIDE = -999;
const OFFHAND_BUTTON = 40;
const MODE = { click: 0, shift: 1, swap: 2, clone: 3, drop: 4, drag: 5, collect: 6 } as const;

/**
 * Executes one click on a table (vanilla 1.21.1: `AbstractContainerMenu.doClick`). Returns the drag that is in progress afterwards, or
 * 'invalid' for a click that no client makes: then nothing changed.
 */
export function click(table: WindowTable, drag: Drag, event: Click): Drag | 'invalid' {
  const { slot, button, mode } = event;
  const inside = Number.isInteger(slot) && slot >= 0 && slot < table.layout.size;
  if (!inside && slot !== OUTSIDE && slot !== -1) return 'invalid';
  if (mode === MODE.drag) return dragClick(table, drag, event, inside);
  if (drag !== null) return null;
  switch (mode) {
    case MODE.click:
      if (button !== 0 && button !== 1) return 'invalid';
      if (slot === OUTSIDE) throwCursor(table, button);
      else if (inside) clickSlot(table, slot, button);
      return null;
    case MODE.shift:
      if (button !== 0 && button !== 1) return 'invalid';
      if (slot === OUTSIDE) throwCursor(table, button);
      else if (inside) shiftClick(table, slot);
      return null;
    case MODE.swap:
      if (!inside || !((button >= 0 && button < 9) || button === OFFHAND_BUTTON)) return 'invalid';
      swap(table, slot, button);
      return null;
    case MODE.clone:
      if (inside && table.creative && table.cursor === null) clone(table, slot);
      return null;
    case MODE.drop:
      if (inside && table.cursor === null) dropFrom(table, slot, button);
      return null;
    case MODE.collect:
      if (inside) collect(table, slot, button);
      return null;
    default:
      return 'invalid';
  }
}

function throwCursor(table: WindowTable, button: number): void {
  const item = table.cursor;
  if (item === null) return;
  const count = button === 0 ? item.count : 1;
  table.dropped.push({ ...item, count });
  table.cursor = withCount(item, item.count - count);
}

/** Left or right click on a slot. */
function clickSlot(table: WindowTable, index: number, button: number): void {
  const item = table.at(index);
  const held = table.cursor;
  if (item === null) {
    if (held !== null) table.insertFromCursor(index, button === 0 ? held.count : 1);
  } else if (held === null) {
    const count = button === 0 ? item.count : Math.floor((item.count + 1) / 2);
    table.cursor = takeFrom(table, index, count, Infinity);
  } else if (table.accepts(index, held)) {
    if (sameItem(item, held)) table.insertFromCursor(index, button === 0 ? held.count : 1);
    else if (held.count <= table.room(index, held)) {
      table.set(index, held);
      table.cursor = item;
    }
  } else if (sameItem(item, held)) {
    const taken = takeFrom(table, index, item.count, maxStack(held, table.tables) - held.count);
    if (taken !== null) table.cursor = { ...held, count: held.count + taken.count };
  }
}

/**
 * Takes up to `count` but at most `limit` out of a slot (vanilla: `Slot.tryRemove`). What comes out of a grid comes out whole or not at
 * all, and uses up its ingredients.
 */
function takeFrom(table: WindowTable, index: number, count: number, limit: number): ItemStack | null {
  const item = table.at(index);
  if (item === null) return null;
  const whole = table.isResult(index) || !table.accepts(index, item);
  if (whole && limit < item.count) return null;
  const taken = table.isResult(index) ? item.count : Math.min(count, limit, item.count);
  if (taken <= 0) return null;
  if (table.isResult(index)) table.consumeGrid();
  else table.set(index, withCount(item, item.count - taken));
  return { ...item, count: taken };
}

/** Moves a stack to where it belongs; from a grid, crafts until nothing more fits. */
function shiftClick(table: WindowTable, index: number): void {
  const first = table.at(index);
  if (first === null) return;
  // The loop ends: every round moves at least one item out of a slot that nothing in the round refills but the finite grid.
  for (let item = table.at(index); item !== null && item.name === first.name; item = table.at(index)) {
    const left = moveOut(table, index, item);
    if (left === 'stuck') return;
    if (!table.isResult(index)) {
      table.set(index, left);
      if (left !== null && left.count === item.count) return;
      continue;
    }
    // Vanilla throws what does not fit of a craft whose first part did.
    if (left !== null) table.dropped.push(left);
    table.consumeGrid();
  }
}

function moveOut(table: WindowTable, index: number, item: ItemStack): ItemStack | null | 'stuck' {
  const steps = table.layout.shift(index, item, (slot) => table.at(slot) === null);
  for (const step of steps) {
    const left = table.moveInto(item, step);
    if (left === null || left.count < item.count) return left;
  }
  return 'stuck';
}

/** Number keys and the swap key. */
function swap(table: WindowTable, index: number, button: number): void {
  const other = table.layout.slots.findIndex(
    ({ place }) => place.in === 'player' && place.slot === (button === OFFHAND_BUTTON ? OFFHAND_SLOT : HOTBAR_FIRST_SLOT + button),
  );
  const key = table.at(other);
  const item = table.at(index);
  if (other === index || (key === null && item === null)) return;
  if (key === null) {
    const taken = takeFrom(table, index, item!.count, Infinity);
    table.set(other, taken);
    return;
  }
  if (!table.accepts(index, key)) return;
  const most = table.room(index, key);
  if (item === null || key.count <= most) {
    table.set(index, { ...key, count: Math.min(most, key.count) });
    table.set(other, item ?? withCount(key, key.count - Math.min(most, key.count)));
    return;
  }
  table.set(index, { ...key, count: most });
  table.set(other, withCount(key, key.count - most));
  table.addToBag(item);
}

function clone(table: WindowTable, index: number): void {
  const item = table.at(index);
  if (item !== null) table.cursor = { ...item, count: maxStack(item, table.tables) };
}

/** Q and Ctrl-Q over a slot. */
function dropFrom(table: WindowTable, index: number, button: number): void {
  const item = table.at(index);
  if (item === null) return;
  const taken = takeFrom(table, index, button === 0 ? 1 : item.count, Infinity);
  if (taken !== null) table.dropped.push(taken);
}

/** Double click: fills the cursor with equal items of the window, those of full stacks last. */
function collect(table: WindowTable, index: number, button: number): void {
  if (table.cursor === null || table.at(index) !== null) return;
  const { size } = table.layout;
  const most = maxStack(table.cursor, table.tables);
  for (const full of [false, true]) {
    for (let step = 0; step < size && table.cursor.count < most; step++) {
      const from = button === 0 ? step : size - 1 - step;
      const item = table.at(from);
      if (item === null || table.isResult(from) || !sameItem(item, table.cursor)) continue;
      if (!full && item.count === maxStack(item, table.tables)) continue;
      const taken = takeFrom(table, from, item.count, most - table.cursor.count);
      if (taken !== null) table.cursor = { ...table.cursor, count: table.cursor.count + taken.count };
    }
  }
}

const KINDS = ['split', 'single', 'clone'] as const;

/** Dragging: a start, the slots it crosses, an end. Anything out of turn ends it without a change. */
function dragClick(table: WindowTable, drag: Drag, { slot, button }: Click, inside: boolean): Drag | 'invalid' {
  const stage = button & 3;
  const kind = KINDS[(button >> 2) & 3];
  if (stage === 0) {
    if (drag !== null || table.cursor === null || kind === undefined || (kind === 'clone' && !table.creative)) return null;
    return { kind, slots: [] };
  }
  if (drag === null || table.cursor === null) return null;
  if (stage === 1) {
    if (!inside || !canDragTo(table, slot)) return drag;
    const more = drag.kind === 'clone' || table.cursor.count > drag.slots.length;
    return more && !drag.slots.includes(slot) ? { ...drag, slots: [...drag.slots, slot] } : drag;
  }
  if (stage === 2) spread(table, drag);
  return null;
}

/** Empty, or the same item; and one that may lie there (vanilla: `canItemQuickReplace`, `mayPlace`). */
function canDragTo(table: WindowTable, index: number): boolean {
  const held = table.cursor;
  const there = table.at(index);
  if (held === null || table.isResult(index) || !table.accepts(index, held)) return false;
  return there === null || (sameItem(there, held) && there.count <= maxStack(held, table.tables));
}

function spread(table: WindowTable, drag: NonNullable<Drag>): void {
  const held = table.cursor;
  if (held === null || drag.slots.length === 0) return;
  if (drag.slots.length === 1) {
    // A drag over one slot is a click there; vanilla hands the kind on as the button, and button 2 does nothing.
    if (drag.kind !== 'clone') clickSlot(table, drag.slots[0]!, drag.kind === 'split' ? 0 : 1);
    return;
  }
  const most = maxStack(held, table.tables);
  const each = drag.kind === 'split' ? Math.floor(held.count / drag.slots.length) : drag.kind === 'single' ? 1 : most;
  let left = held.count;
  for (const index of drag.slots) {
    const enough = drag.kind === 'clone' || held.count >= drag.slots.length;
    if (!enough || !canDragTo(table, index)) continue;
    const there = table.at(index)?.count ?? 0;
    const now = Math.min(each + there, table.room(index, held));
    if (now <= there) continue;
    left -= now - there;
    table.set(index, { ...(table.at(index) ?? held), count: now });
  }
  table.cursor = withCount(held, left);
}
