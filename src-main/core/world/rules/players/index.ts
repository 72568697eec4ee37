import type { RuleSet } from '../../model/rule.ts';
import { wearing } from './armor.ts';
import { attack } from './attack.ts';
import { creativeSlot } from './creative.ts';
import { eating, releaseItem, tickEating } from './eating.ts';
import { interact } from './frames.ts';
import { drop, holdSlot, swapHands } from './hands.ts';
import { land, move } from './movement.ts';
import { respawn } from './respawn.ts';
import { join, leave } from './session.ts';
import { editSign } from './signs.ts';
import { tickVitals } from './vitals.ts';

export { newPlayer } from './birth.ts';
export { addToInventory } from './inventory.ts';
export { keyArgument, parseArgument, textArgument, type Argument } from './texts.ts';

export const PLAYERS: RuleSet = {
  actions: [join, leave, move, land, holdSlot, swapHands, drop, releaseItem, attack, interact, creativeSlot, editSign, respawn],
  items: [eating, wearing],
  ticks: [
    { name: 'eating', accountable: true, tick: tickEating },
    { name: 'vitals', accountable: true, tick: tickVitals },
  ],
};
