import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import type { Action } from '../../model/commands.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, Outcome, RuleContext, RuleSet, UseOn } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';

/**
 * A right click on a block. 1. The block answers, unless the player sneaks with something in a hand. 2. The item does what it does there.
 * Nobody answering is no refusal: the click just meant nothing.
 */
const USE_ON: ActionRule<'useOn'> = {
  action: 'useOn',
  execute: (context, player, use) => {
    if (!context.within(use.pos)) return refuse('play.chunk-not-loaded');
    if (player.gameMode === 'spectator') return null;
    const handsEmpty = handItem(player, 'main') === null && handItem(player, 'off') === null;
    if (!player.sneaking || handsEmpty) {
      const answer = useBlock(context, player, use);
      if (answer !== 'pass') return refusalOf(answer);
    }
    return refusalOf(useItemOn(context, player, use));
  },
};

function useBlock(context: RuleContext, player: Player, use: UseOn): Outcome {
  const state = context.world.block(use.pos);
  for (const rule of context.rules.blocks(context.tables, context.states.blockOf(state))) {
    const answer = rule.use?.(context, player, use, state) ?? 'pass';
    if (answer !== 'pass') return answer;
  }
  return 'pass';
}

function useItemOn(context: RuleContext, player: Player, use: UseOn): Outcome {
  const stack = handItem(player, use.hand);
  if (stack === null) return 'pass';
  for (const rule of context.rules.items(context.tables, stack.name)) {
    const answer = rule.useOn?.(context, player, use, stack) ?? 'pass';
    if (answer !== 'pass') return answer;
  }
  return 'pass';
}

/** A right click in the air, or one that nothing on the clicked block answered. */
const USE_ITEM: ActionRule<'useItem'> = {
  action: 'useItem',
  execute: (context, player, use: Extract<Action, { type: 'useItem' }>) => {
    const stack = handItem(player, use.hand);
    if (stack === null || player.gameMode === 'spectator') return null;
    for (const rule of context.rules.items(context.tables, stack.name)) {
      const answer = rule.use?.(context, player, use, stack) ?? 'pass';
      if (answer !== 'pass') return refusalOf(answer);
    }
    return null;
  },
};

function refusalOf(answer: Outcome): Refusal | null {
  return typeof answer === 'string' ? null : answer;
}

export const USING: RuleSet = { actions: [USE_ON, USE_ITEM] };
