import { chunkKey, chunkOf } from '../../../../../src-shared/units/index.ts';
import { maxStack, sameItem } from '../../items/index.ts';
import type { Entity, ItemBody } from '../../model/entity.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { WorldView } from '../../model/state.ts';
import { boxOf, inflated, overlaps, type Box } from './boxes.ts';

type Item = Entity & { readonly body: ItemBody };

const SIZE = 0.25;
/** Items this far apart join (vanilla). */
const REACH = { x: 0.5, y: 0, z: 0.5 };

/** Joins equal stacks around `item` as far as they fit into one: the smaller goes into the larger (vanilla: `ItemEntity.tryToMerge`). */
export function mergeItem(context: RuleContext, item: Item): void {
  let now = item;
  const area = inflated(boxOf(item.pose, SIZE, SIZE), REACH);
  for (const other of itemsAround(context.world, area)) {
    if (other.id === now.id || !fits(context, now, other)) continue;
    const [into, gone] = now.body.stack.count < other.body.stack.count ? [other, now] : [now, other];
    const body: ItemBody = {
      ...into.body,
      stack: { ...into.body.stack, count: into.body.stack.count + gone.body.stack.count },
      pickupTick: Math.max(into.body.pickupTick, gone.body.pickupTick),
      despawnTick: Math.max(into.body.despawnTick, gone.body.despawnTick),
    };
    const joined: Item = { ...into, body };
    context.emit({ type: 'entity', entity: joined });
    context.emit({ type: 'entityGone', id: gone.id, reason: 'merged', by: null });
    if (gone.id === now.id) return;
    now = joined;
  }
}

function fits(context: RuleContext, a: Item, b: Item): boolean {
  const stacks = [a.body.stack, b.body.stack] as const;
  return stacks[0].count + stacks[1].count <= maxStack(stacks[0], context.tables) && sameItem(stacks[0], stacks[1]);
}

/** Items whose box meets `area`, by id. */
export function itemsAround(world: WorldView, area: Box): readonly Item[] {
  const found: Item[] = [];
  const low = chunkOf({ x: area.x1 - SIZE, z: area.z1 - SIZE });
  const high = chunkOf({ x: area.x2 + SIZE, z: area.z2 + SIZE });
  for (let x = low.x; x <= high.x; x++) {
    for (let z = low.z; z <= high.z; z++) {
      for (const entity of world.entitiesIn(chunkKey(x, z)))
        if (entity.body.type === 'item' && overlaps(boxOf(entity.pose, SIZE, SIZE), area)) found.push(entity as Item);
    }
  }
  return found.sort((a, b) => a.id - b.id);
}
