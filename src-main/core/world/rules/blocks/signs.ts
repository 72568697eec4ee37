import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { tagged } from './family.ts';

/** A sign that was just put up asks for its text. */
const SIGN: BlockRule = {
  name: 'sign-editor',
  matches: tagged('all_signs'),
  placed: (context, { player, pos }) => {
    if (player !== null) context.emit({ type: 'show', event: { kind: 'openSign', uuid: player.uuid, pos, front: true } });
  },
};

export const SIGNS: RuleSet = { blocks: [SIGN] };
