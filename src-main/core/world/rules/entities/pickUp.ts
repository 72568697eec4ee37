import type { Pose } from '../../../../../src-shared/units/index.ts';
import { withCount } from '../../items/index.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { WorldView } from '../../model/state.ts';
import { giveItem } from '../players/inventory.ts';
import { boxOf, inflated, type Box } from './boxes.ts';
import { itemsAround } from './merge.ts';

const WIDTH = 0.6;
const HEIGHT = 1.8;
const HEIGHT_SNEAKING = 1.5;
/** How far players reach for items beyond their own box (vanilla). */
const REACH = { x: 1, y: 0.5, z: 1 };

/** Where a player at `pose` picks items up. */
export function pickUpBox(player: Pick<Player, 'sneaking'>, pose: Pose): Box {
  return inflated(boxOf(pose, WIDTH, player.sneaking ? HEIGHT_SNEAKING : HEIGHT), REACH);
}

/**
 * Whether a player at `pose` reaches an item that may be taken now. The driver sends a keyframe then, so that nobody waits a second for
 * what they walk over.
 */
export function reachesItem(world: WorldView, player: Pick<Player, 'sneaking'>, pose: Pose): boolean {
  return itemsAround(world, pickUpBox(player, pose)).some(({ body }) => body.pickupTick <= world.tick + 1);
}

/** Players take the items that lie around them, as much as fits, each item by the first player who touches it. */
export function tickPickUp(context: RuleContext): void {
  const players = [...context.world.players()].filter((player) => player.online && player.health > 0 && player.gameMode !== 'spectator');
  for (const { uuid } of players.sort((a, b) => (a.uuid < b.uuid ? -1 : 1))) {
    const player = context.world.player(uuid)!;
    for (const item of itemsAround(context.world, pickUpBox(player, player.pose))) {
      if (context.world.tick < item.body.pickupTick) continue;
      const rest = giveItem(context, uuid, item.body.stack);
      const taken = item.body.stack.count - (rest?.count ?? 0);
      if (taken === 0) continue;
      context.emit({ type: 'show', event: { kind: 'pickUp', entity: item.id, by: uuid, count: taken } });
      const left = rest === null ? null : withCount(item.body.stack, rest.count);
      if (left === null) context.emit({ type: 'entityGone', id: item.id, reason: 'pickedUp', by: uuid });
      else context.emit({ type: 'entity', entity: { ...item, body: { ...item.body, stack: left } } });
    }
  }
}
