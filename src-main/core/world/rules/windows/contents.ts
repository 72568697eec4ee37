import type { Pose } from '../../../../../src-shared/units/index.ts';
import { containerItems, withContainerItems } from '../../items/index.ts';
import type { Slot } from '../../model/items.ts';
import type { OpenWindow, Player } from '../../model/player.ts';
import type { PlayerFields } from '../../model/effects.ts';
import type { RuleContext } from '../../model/rule.ts';
import { blockEntityAt, bornBlockEntity, dataVersionAt } from '../blocks/blockEntity.ts';
import { throwItem } from '../entities/index.ts';
import { craft } from './crafting.ts';
import { layoutOf, slotsPerBlock } from './layout.ts';
import { WindowTable, type Place } from './table.ts';

/** The slots of each block entity that a window shows. */
function blockContents(context: RuleContext, window: OpenWindow): readonly (readonly Slot[])[] {
  const size = slotsPerBlock(window.kind);
  return window.blocks.map((pos) => {
    const entity = blockEntityAt(context.world, pos);
    if (entity === null) return Array.from<Slot>({ length: size }).fill(null);
    return containerItems(entity, dataVersionAt(context, pos), size, context.tables.renamedItems);
  });
}

/** What a player's window shows now; `window` null is the inventory. */
export function openTable(context: RuleContext, player: Player, window: OpenWindow | null): WindowTable {
  const layout = layoutOf(window, context.tables);
  const blocks = window === null ? [] : blockContents(context, window);
  const read = (place: Place): Slot => {
    switch (place.in) {
      case 'player':
        return player.inventory[place.slot] ?? null;
      case 'block':
        return blocks[place.block]?.[place.slot] ?? null;
      case 'window':
        return window?.slots[place.slot] ?? null;
      case 'ender':
        return player.enderItems[place.slot] ?? null;
    }
  };
  return new WindowTable({
    layout,
    tables: context.tables,
    creative: player.gameMode === 'creative',
    heldSlot: player.heldSlot,
    slots: layout.slots.map(({ place }) => read(place)),
    cursor: player.cursor,
    craft: (width, grid) => craft(width, grid, context.tables),
  });
}

/** Emits what differs between the table and the state it came from. Returns whether anything does. */
export function commitTable(
  context: RuleContext,
  player: Player,
  table: WindowTable,
  {
    window,
    before,
    pose,
    drag,
  }: { readonly window: OpenWindow | null; readonly before: readonly Slot[]; readonly pose: Pose; readonly drag: Player['drag'] },
): boolean {
  const fields: { -readonly [K in keyof PlayerFields]: PlayerFields[K] } = {};
  const changed = table.layout.slots.flatMap(({ place }, index) =>
    table.at(index) === before[index] ? [] : [{ place, item: table.at(index) }],
  );
  const inWindow = window === null ? [] : [...window.slots];
  const inEnder = [...player.enderItems];
  const inBlocks = window === null ? [] : blockContents(context, window).map((slots) => [...slots]);
  for (const { place, item } of changed) {
    if (place.in === 'player') context.emit({ type: 'slot', uuid: player.uuid, slot: place.slot, item });
    else if (place.in === 'window') inWindow[place.slot] = item;
    else if (place.in === 'ender') inEnder[place.slot] = item;
    else inBlocks[place.block]![place.slot] = item;
  }
  if (changed.some(({ place }) => place.in === 'window')) fields.window = { ...window!, slots: inWindow };
  if (changed.some(({ place }) => place.in === 'ender')) fields.enderItems = inEnder;
  for (const [block, slots] of inBlocks.entries())
    if (changed.some(({ place }) => place.in === 'block' && place.block === block)) writeBlock(context, window!, block, slots);
  if (table.cursor !== player.cursor) fields.cursor = table.cursor;
  if (drag !== player.drag) fields.drag = drag;
  if (Object.keys(fields).length > 0) context.emit({ type: 'playerFields', uuid: player.uuid, fields });
  for (const stack of table.dropped) throwItem(context, player, pose, stack);
  return changed.length > 0 || Object.keys(fields).length > 0 || table.dropped.length > 0;
}

/** Stores the slots in the block entity, in the form of its chunk; a container without one (torn saves) gets one. */
function writeBlock(context: RuleContext, window: OpenWindow, block: number, slots: readonly Slot[]): void {
  const pos = window.blocks[block]!;
  const id = context.states.blockOf(context.world.block(pos))?.blockEntity ?? 'minecraft:chest';
  const entity = blockEntityAt(context.world, pos) ?? bornBlockEntity(context, id, pos, null);
  const nbt = withContainerItems(entity, dataVersionAt(context, pos), slots, context.tables.renamedItems);
  if (nbt !== entity) context.emit({ type: 'blockEntity', pos, nbt });
}
