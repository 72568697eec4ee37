import type { RuleSet, Rules } from '../model/rule.ts';
import { assemble } from './registry.ts';
import { SCHEDULED } from './scheduled.ts';

/**
 * All rules of rules version 1. To add a rule is to add a file and a line here. The order is part of the version: ticks run in it, and
 * block and item rules are asked in it.
 */
const RULE_SETS: readonly RuleSet[] = [SCHEDULED];

export function createRules(): Rules {
  return assemble(1, RULE_SETS);
}
