import type { RuleSet } from '../../model/rule.ts';
import { clickRule, closeRule } from './clickWindow.ts';
import { smelting } from './furnace.ts';
import { containers } from './open.ts';
import { tickWindows } from './watch.ts';

export const WINDOWS: RuleSet = {
  actions: [clickRule, closeRule],
  blocks: [containers],
  scheduled: [smelting],
  ticks: [{ name: 'windows', accountable: true, tick: tickWindows }],
};
