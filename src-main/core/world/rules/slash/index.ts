import type { RuleSet, SlashRule } from '../../model/rule.ts';
import { BEING_COMMANDS } from './commands/beings.ts';
import { BLOCK_COMMANDS } from './commands/blocks.ts';
import { ITEM_COMMANDS } from './commands/items.ts';
import { MODE_COMMANDS } from './commands/modes.ts';
import { MOVE_COMMANDS } from './commands/moves.ts';
import { PEOPLE_COMMANDS } from './commands/people.ts';
import { SKY_COMMANDS } from './commands/sky.ts';
import { slashAction } from './run.ts';

export { completeCommand, isOperator } from './run.ts';
export { commandTree, type CommandNode } from './tree.ts';

const COMMANDS: readonly SlashRule[] = [
  ...MODE_COMMANDS,
  ...ITEM_COMMANDS,
  ...MOVE_COMMANDS,
  ...SKY_COMMANDS,
  ...BLOCK_COMMANDS,
  ...BEING_COMMANDS,
  ...PEOPLE_COMMANDS,
];

export const SLASH: RuleSet = { actions: [slashAction(COMMANDS)], slash: COMMANDS };
