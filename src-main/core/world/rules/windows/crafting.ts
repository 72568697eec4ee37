import type { Slot } from '../../model/items.ts';
import type { GameTables } from '../../model/tables.ts';
import type { Craft } from './table.ts';

/** What comes out of a crafting grid. */
export function craft(_width: number, _grid: readonly Slot[], _tables: GameTables): ReturnType<Craft> {
  return null;
}
