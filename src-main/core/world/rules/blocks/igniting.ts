import { refuse } from '../../../../../src-shared/errors/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { ItemRule, Outcome, RuleContext, RuleSet, UseOn } from '../../model/rule.ts';
import { blockOr, isInWorld, setBlock } from './change.ts';
import { fireAt, fireStays } from './clinging.ts';
import { towards } from './faces.ts';
import { isTagged } from './family.ts';
import { takeOne, wear } from './hand.ts';

/** Campfires, candles and candle cakes that are out and dry. */
function canLight(context: RuleContext, state: StateId): boolean {
  if (!isTagged(context, state, 'campfires', 'candles', 'candle_cakes')) return false;
  return context.states.get(state, 'lit') === 'false' && context.states.get(state, 'waterlogged') !== 'true';
}

/** 1. Light what can be lit. 2. Else set fire to the block before the clicked face, if fire can be there. */
function ignite(context: RuleContext, player: Player, use: UseOn): Outcome {
  if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
  const state = context.world.block(use.pos);
  if (canLight(context, state)) {
    setBlock(context, use.pos, context.states.with(state, 'lit', 'true'));
    return 'done';
  }
  const pos = towards(use.pos, use.face);
  const isFree = isInWorld(context, pos) && context.states.isAir(blockOr(context, pos));
  if (!isFree || !fireStays(context, pos)) return refuse('play.cannot-place-here', { reason: 'no fire' });
  setBlock(context, pos, fireAt(context, pos));
  return 'done';
}

const FLINT_AND_STEEL: ItemRule = {
  name: 'flint-and-steel',
  matches: ({ name }) => name === 'minecraft:flint_and_steel',
  useOn: (context, player, use) => {
    const done = ignite(context, player, use);
    if (done === 'done') wear(context, player, use.hand);
    return done;
  },
};

const FIRE_CHARGE: ItemRule = {
  name: 'fire-charge',
  matches: ({ name }) => name === 'minecraft:fire_charge',
  useOn: (context, player, use) => {
    const done = ignite(context, player, use);
    if (done === 'done') takeOne(context, player, use.hand);
    return done;
  },
};

export const IGNITING: RuleSet = { items: [FLINT_AND_STEEL, FIRE_CHARGE] };
