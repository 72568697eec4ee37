import type { RuleSet, Rules } from '../model/rule.ts';
import { BLOCKS } from './blocks/index.ts';
import { ENTITIES } from './entities/index.ts';
import { PLAYERS } from './players/index.ts';
import { assemble } from './registry.ts';
import { SCHEDULED } from './scheduled.ts';
import { SLASH } from './slash/index.ts';
import { WINDOWS } from './windows/index.ts';

/**
 * All rules of rules version 1. To add a rule is to add a file and a line here (or in the `index.ts` of its family). The order is part of
 * the version: ticks run in it, and block and item rules are asked in it.
 */
const RULE_SETS: readonly RuleSet[] = [SCHEDULED, WINDOWS, PLAYERS, SLASH, ...BLOCKS, ENTITIES];

export function createRules(): Rules {
  return assemble(1, RULE_SETS);
}
