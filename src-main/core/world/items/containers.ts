import { nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { Slot } from '../model/items.ts';
import { readItem, writeItem, type ItemRenames } from './forms.ts';
import { sameStack } from './stack.ts';

/**
 * The slots of a container's block entity. A container whose loot nobody has rolled yet (`LootTable`) is shown empty: rolling is not
 * simulated, and the table stays in the tag until a click puts something in.
 */
export function containerItems(block: NbtCompound, dataVersion: number, size: number, renames: ItemRenames = []): Slot[] {
  const slots = Array.from<Slot>({ length: size }).fill(null);
  if (hasUnrolledLoot(block)) return slots;
  for (const entry of nbt.getList(block, 'Items') ?? []) {
    if (entry.type !== 'compound') continue;
    const slot = slotOf(entry);
    if (slot < size) slots[slot] = readItem(entry, dataVersion, renames);
  }
  return slots;
}

/**
 * `block` with these slots, in the form of `dataVersion`. Items that did not change keep their NBT to the letter, as does every other
 * tag; the same `block` when nothing changed.
 */
export function withContainerItems(
  block: NbtCompound,
  dataVersion: number,
  slots: readonly Slot[],
  renames: ItemRenames = [],
): NbtCompound {
  const before = containerItems(block, dataVersion, slots.length, renames);
  if (slots.every((slot, index) => sameStack(slot, before[index]!))) return block;
  const unrolled = hasUnrolledLoot(block);
  const kept = new Map<number, Nbt>();
  const beyond: Nbt[] = [];
  for (const entry of unrolled ? [] : (nbt.getList(block, 'Items') ?? [])) {
    if (entry.type !== 'compound') continue;
    if (slotOf(entry) < slots.length) kept.set(slotOf(entry), entry);
    else beyond.push(entry);
  }
  const items: Nbt[] = [];
  for (const [index, slot] of slots.entries()) {
    if (slot === null) continue;
    const same = sameStack(slot, before[index]!) ? kept.get(index) : undefined;
    items.push(same ?? withSlot(writeItem(slot, dataVersion, renames), index));
  }
  const changes: Record<string, Nbt | null> = { Items: nbt.list('compound', [...items, ...beyond]) };
  if (unrolled) Object.assign(changes, { LootTable: null, LootTableSeed: null });
  return nbt.withTags(block, changes);
}

export function hasUnrolledLoot(block: NbtCompound): boolean {
  return (nbt.getText(block, 'LootTable') ?? '') !== '';
}

function slotOf(entry: NbtCompound): number {
  return (nbt.getNumber(entry, 'Slot') ?? 0) & 255;
}

function withSlot(item: NbtCompound, slot: number): NbtCompound {
  return { type: 'compound', value: new Map<string, Nbt>([['Slot', nbt.byte(slot > 127 ? slot - 256 : slot)], ...item.value]) };
}
