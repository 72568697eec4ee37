import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { tagged } from './family.ts';
import { turnOne } from './hand.ts';

const FULL: Readonly<Record<string, string>> = {
  'minecraft:water_bucket': 'minecraft:water_cauldron[level=3]',
  'minecraft:lava_bucket': 'minecraft:lava_cauldron',
  'minecraft:powder_snow_bucket': 'minecraft:powder_snow_cauldron[level=3]',
};

/** Full buckets fill it whatever is in it; an empty one takes only a full cauldron. */
const CAULDRON: BlockRule = {
  name: 'cauldron',
  matches: tagged('cauldrons'),
  use: (context, player, { pos, hand }, state) => {
    const item = handItem(player, hand)?.name ?? '';
    const name = context.states.nameOf(state);
    const filled = FULL[item];
    if (filled !== undefined) {
      setBlock(context, pos, context.states.idOf(filled));
      turnOne(context, player, hand, stackOf('minecraft:bucket', 1));
      return 'done';
    }
    const bucket = item === 'minecraft:bucket' ? Object.keys(FULL).find((full) => FULL[full] === name) : undefined;
    if (bucket === undefined) return 'pass';
    setBlock(context, pos, context.states.idOf('minecraft:cauldron'));
    turnOne(context, player, hand, stackOf(bucket, 1));
    return 'done';
  },
};

export const CAULDRONS: RuleSet = { blocks: [CAULDRON] };
