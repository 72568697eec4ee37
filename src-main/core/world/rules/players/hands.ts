import { OFFHAND_SLOT } from '../../model/items.ts';
import type { ActionRule } from '../../model/rule.ts';
import { withCount } from '../../items/index.ts';
import { throwItem } from '../entities/spawn.ts';
import { stopUsing } from './eating.ts';
import { handItem, heldIndex, setSlot } from './inventory.ts';

export const holdSlot: ActionRule<'holdSlot'> = {
  action: 'holdSlot',
  execute: (context, player, { slot }) => {
    if (slot === player.heldSlot) return null;
    if (player.using?.hand === 'main') stopUsing(context, player);
    context.emit({ type: 'playerFields', uuid: player.uuid, fields: { heldSlot: slot } });
    return null;
  },
};

export const swapHands: ActionRule<'swapHands'> = {
  action: 'swapHands',
  execute: (context, player) => {
    if (player.gameMode === 'spectator') return null;
    stopUsing(context, player);
    setSlot(context, player.uuid, heldIndex(player), handItem(player, 'off'));
    setSlot(context, player.uuid, OFFHAND_SLOT, handItem(player, 'main'));
    return null;
  },
};

/** Q throws one of the held stack, Ctrl-Q all of it. */
export const drop: ActionRule<'drop'> = {
  action: 'drop',
  execute: (context, player, { all, pose }) => {
    const item = handItem(player, 'main');
    if (item === null || player.gameMode === 'spectator') return null;
    const count = all ? item.count : 1;
    if (player.using?.hand === 'main') stopUsing(context, player);
    setSlot(context, player.uuid, heldIndex(player), withCount(item, item.count - count));
    throwItem(context, player, pose, { ...item, count });
    return null;
  },
};
