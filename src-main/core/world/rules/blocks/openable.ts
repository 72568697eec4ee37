import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { setBlock } from './change.ts';
import { opposite, sideOf } from './faces.ts';
import { tagged } from './family.ts';

/** Doors and trapdoors of iron open to redstone only. */
const BY_HAND = (name: string): boolean => !name.includes(':iron_');

/** The other half of a door follows by itself, as a neighbour. */
const DOOR: BlockRule = {
  name: 'open-door',
  matches: (block, tables) => tagged('doors', 'trapdoors')(block, tables) && BY_HAND(block.name),
  use: (context, _player, { pos }, state) => {
    setBlock(context, pos, context.states.with(state, 'open', String(context.states.get(state, 'open') !== 'true')));
    return 'done';
  },
};

/** A gate swings away from who opens it. */
const GATE: BlockRule = {
  name: 'open-gate',
  matches: tagged('fence_gates'),
  use: (context, _player, { pos, pose }, state) => {
    const { states } = context;
    if (states.get(state, 'open') === 'true') setBlock(context, pos, states.with(state, 'open', 'false'));
    else {
      const away = sideOf(pose.yaw);
      const turned = states.get(state, 'facing') === opposite(away) ? states.with(state, 'facing', away) : state;
      setBlock(context, pos, states.with(turned, 'open', 'true'));
    }
    return 'done';
  },
};

export const OPENABLE: RuleSet = { blocks: [DOOR, GATE] };
