import { FOOD_MAX } from '../../../../../src-shared/config/index.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { BlockRule, Outcome, RuleContext, RuleSet } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { at } from './faces.ts';
import { named, nameOf, tagged } from './family.ts';
import { takeOne } from './hand.ts';
import { popItem } from './items.ts';

/** A slice: 2 points of food and 0.4 of saturation (vanilla). */
const SLICE_FOOD = 2;
const SLICE_SATURATION = 0.4;
const BITES_MAX = 6;

function eat(context: RuleContext, player: Player, pos: BlockPos, state: StateId): Outcome {
  if (player.gameMode !== 'creative' && player.food >= FOOD_MAX) return 'pass';
  const food = Math.min(FOOD_MAX, player.food + SLICE_FOOD);
  const saturation = Math.min(food, player.saturation + SLICE_SATURATION);
  context.emit({ type: 'playerFields', uuid: player.uuid, fields: { food, saturation } });
  const bites = Number(context.states.get(state, 'bites') ?? 0);
  setBlock(
    context,
    pos,
    bites === BITES_MAX ? context.states.idOf('minecraft:air') : context.states.idOf(`minecraft:cake[bites=${bites + 1}]`),
  );
  return 'done';
}

/** A candle goes onto a whole cake; anybody hungry takes a slice. */
const CAKE: BlockRule = {
  name: 'cake-use',
  matches: named(/^cake$/),
  use: (context, player, { pos, hand }, state) => {
    const item = handItem(player, hand);
    const withCandle = item === null ? null : context.states.blockNamed(`${item.name}_cake`);
    if (withCandle !== null && context.states.get(state, 'bites') === '0') {
      setBlock(context, pos, withCandle.defaultState);
      takeOne(context, player, hand);
      return 'done';
    }
    return hand === 'main' ? eat(context, player, pos, state) : 'pass';
  },
};

/** The flame is put out by a click on the candle; a slice takes the candle off. */
const CANDLE_CAKE: BlockRule = {
  name: 'candle-cake-use',
  matches: tagged('candle_cakes'),
  use: (context, player, { pos, hand, cursor }, state) => {
    const item = handItem(player, hand);
    if (item?.name === 'minecraft:flint_and_steel' || item?.name === 'minecraft:fire_charge') return 'pass';
    if (item === null && cursor.y > 0.5 && context.states.get(state, 'lit') === 'true') {
      setBlock(context, pos, context.states.with(state, 'lit', 'false'));
      return 'done';
    }
    const eaten = eat(context, player, pos, state);
    const candle = `minecraft:${nameOf(context, state).slice(0, -'_cake'.length)}`;
    if (eaten === 'done') popItem(context, pos, stackOf(candle, 1), `candle:${at(pos)}`);
    return eaten;
  },
};

/** An empty hand puts candles out. */
const CANDLE: BlockRule = {
  name: 'candle-use',
  matches: tagged('candles'),
  use: (context, player, { pos, hand }, state) => {
    if (handItem(player, hand) !== null || context.states.get(state, 'lit') !== 'true') return 'pass';
    setBlock(context, pos, context.states.with(state, 'lit', 'false'));
    return 'done';
  },
};

export const CAKES: RuleSet = { blocks: [CAKE, CANDLE_CAKE, CANDLE] };
