import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import type { Action } from '../../model/commands.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { click } from './click.ts';
import { commitTable, openTable } from './contents.ts';
import { wakeFurnace } from './furnace.ts';
import { closeWindow } from './settle.ts';
import { isStillOpen } from './watch.ts';

type ClickAction = Extract<Action, { type: 'clickWindow' }>;

/**
 * 1. The window must be the one that is open. 2. The click runs on a copy of its slots. 3. What differs becomes effects. 4. Whatever the
 * client may have foreseen differently (nothing happened, something was crafted, a click that no client makes) is sent to it again.
 */
function clickWindow(context: RuleContext, player: Player, action: ClickAction): Refusal | null {
  const { window } = player;
  if ((window?.id ?? 0) !== action.window) return refuse('play.window-closed', { window: action.window });
  if (window !== null && !isStillOpen(context, player, window, action.pose)) {
    closeWindow(context, player.uuid, action.pose);
    return null;
  }
  if (player.gameMode === 'spectator') return resync(context, player);
  const table = openTable(context, player, window);
  const before = [...table.slots];
  const drag = click(table, player.drag, action);
  if (drag === 'invalid') return resync(context, player);
  table.refreshResult();
  const changed = commitTable(context, player, table, { window, before, pose: action.pose, drag });
  if (changed && window !== null) for (const pos of window.blocks) wakeFurnace(context, pos);
  const crafted = table.layout.grid !== null && table.at(table.layout.grid.result) !== before[table.layout.grid.result];
  return changed && !crafted ? null : resync(context, player);
}

function resync(context: RuleContext, { uuid }: Player): null {
  context.emit({ type: 'show', event: { kind: 'resync', uuid } });
  return null;
}

export const clickRule: ActionRule<'clickWindow'> = { action: 'clickWindow', execute: clickWindow };

export const closeRule: ActionRule<'closeWindow'> = {
  action: 'closeWindow',
  execute: (context, player, { window, pose }) => {
    if (window === (player.window?.id ?? 0)) closeWindow(context, player.uuid, pose);
    return null;
  },
};
