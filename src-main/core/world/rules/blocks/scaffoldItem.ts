import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { Face } from '../../model/commands.ts';
import type { ItemRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { blockOr, isInWorld } from './change.ts';
import { opposite, sideOf, towards } from './faces.ts';
import { nameOf } from './family.ts';
import { cannotPlace, placeBlock } from './place.ts';

/** How far along a row of scaffolds a click reaches (vanilla). */
const ROW_BLOCKS_MAX = 7;

/** A click on a scaffold adds one at the end of its row: upwards from its top, else away from the player; sneaking, on the clicked side. */
const SCAFFOLD: ItemRule = {
  name: 'scaffold-item',
  matches: ({ name }) => name === 'minecraft:scaffolding',
  useOn: (context, player, use, stack) => {
    const block = context.states.blockNamed('minecraft:scaffolding')!;
    if (!isScaffold(context, use.pos)) return 'pass';
    const away = use.inside ? opposite(use.face) : use.face;
    const step: Face = player.sneaking ? away : use.face === 'up' ? sideOf(use.pose.yaw) : 'up';
    const end = endOfRow(context, use.pos, step);
    if (end === null) return cannotPlace('occupied');
    return placeBlock(context, player, { ...use, pos: end, face: step }, stack, block);
  },
};

function endOfRow(context: RuleContext, from: BlockPos, step: Face): BlockPos | null {
  const most = step === 'up' ? context.world.height : ROW_BLOCKS_MAX;
  let pos = towards(from, step);
  for (let along = 0; along < most && isInWorld(context, pos); along++) {
    if (!isScaffold(context, pos)) return context.states.blockOf(blockOr(context, pos))?.replaceable === true ? pos : null;
    pos = towards(pos, step);
  }
  return null;
}

function isScaffold(context: RuleContext, pos: BlockPos): boolean {
  return nameOf(context, blockOr(context, pos)) === 'scaffolding';
}

export const SCAFFOLD_ITEM: RuleSet = { items: [SCAFFOLD] };
