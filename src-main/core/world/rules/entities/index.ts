import type { RuleSet } from '../../model/rule.ts';
import { tickAdopt } from './adopt.ts';
import { tickItems } from './itemTick.ts';
import { tickPickUp } from './pickUp.ts';

export { reachesItem } from './pickUp.ts';
export { eyesOf, scatterItem, throwItem } from './spawn.ts';

/** Items that lie about. Registered after everything else that makes or moves them. */
export const ENTITIES: RuleSet = {
  ticks: [
    { name: 'adopt', accountable: true, tick: tickAdopt },
    { name: 'items', accountable: true, tick: tickItems },
    { name: 'pick-up', accountable: true, tick: tickPickUp },
  ],
};
