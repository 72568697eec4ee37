import type { BlockRule, RuleSet } from '../../model/rule.ts';
import type { Face } from '../../model/commands.ts';
import { axisOf, isSide } from './faces.ts';
import { named } from './family.ts';

const DIRECTIONS: readonly Face[] = ['down', 'up', 'north', 'south', 'west', 'east'];

/** A bell rings when it is hit on a side that can swing, on its lower part. */
const BELL: BlockRule = {
  name: 'bell-ring',
  matches: named(/^bell$/),
  use: (context, _player, { pos, face, cursor }, state) => {
    if (!isSide(face) || cursor.y > 0.812_4) return 'pass';
    const alongFacing = axisOf(face) === axisOf(context.states.get(state, 'facing') as Face);
    const attachment = context.states.get(state, 'attachment');
    if (attachment === 'floor' ? !alongFacing : attachment !== 'ceiling' && alongFacing) return 'pass';
    const at = { x: pos.x + 0.5, y: pos.y + 0.5, z: pos.z + 0.5 };
    context.emit({ type: 'show', event: { kind: 'blockAction', pos, action: 1, value: DIRECTIONS.indexOf(face) } });
    context.emit({ type: 'show', event: { kind: 'sound', sound: 'minecraft:block.bell.use', pos: at, volume: 2, pitch: 1 } });
    return 'done';
  },
};

export const BELLS: RuleSet = { blocks: [BELL] };
