import { refuse } from '../../../../../src-shared/errors/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { ItemRule, Outcome, RuleContext, RuleSet, UseOn } from '../../model/rule.ts';
import { blockOr, setBlock } from './change.ts';
import { stackOf } from './drops.ts';
import { at, towards } from './faces.ts';
import { asBlock, isTagged, nameOf } from './family.ts';
import { takeOne, wear } from './hand.ts';
import { popItem } from './items.ts';

/** What a tool makes of a block, or null. */
type Turns = (context: RuleContext, use: UseOn, state: StateId) => StateId | null;

/** The same properties on `minecraft:<name>`, or null where there is no such block. */
function become(context: RuleContext, state: StateId, name: string): StateId | null {
  return context.states.blockNamed(`minecraft:${name}`) === null ? null : asBlock(context, state, `minecraft:${name}`);
}

const RUST = ['oxidized_', 'weathered_', 'exposed_', ''] as const;

/** Bark comes off, wax comes off, and so does one stage of rust. */
const chop: Turns = (context, _use, state) => {
  const name = nameOf(context, state);
  if (/(_log|_wood|_stem|_hyphae|^bamboo_block)$/.test(name) && !name.startsWith('stripped_') && name !== 'mushroom_stem')
    return become(context, state, `stripped_${name}`);
  if (name.startsWith('waxed_')) return become(context, state, name.slice('waxed_'.length));
  const stage = RUST.findIndex((prefix) => prefix !== '' && name.startsWith(prefix));
  if (stage < 0) return null;
  const bare = name.slice(RUST[stage]!.length);
  const less = `${RUST[stage + 1]!}${bare}`;
  return become(context, state, less === 'copper' ? 'copper_block' : less);
};

function isOpenAbove(context: RuleContext, { pos, face }: UseOn): boolean {
  return face !== 'down' && context.states.isAir(blockOr(context, towards(pos, 'up')));
}

const till: Turns = (context, use, state) => {
  const name = nameOf(context, state);
  if (name === 'rooted_dirt') {
    popItem(context, towards(use.pos, use.face), stackOf('minecraft:hanging_roots', 1), `roots:${at(use.pos)}`);
    return become(context, state, 'dirt');
  }
  if (!isOpenAbove(context, use)) return null;
  if (name === 'coarse_dirt') return become(context, state, 'dirt');
  return /^(grass_block|dirt_path|dirt)$/.test(name) ? become(context, state, 'farmland') : null;
};

/** Soil becomes a path, a burning campfire goes out. */
const flatten: Turns = (context, use, state) => {
  if (isTagged(context, state, 'campfires') && context.states.get(state, 'lit') === 'true' && use.face !== 'down')
    return context.states.with(state, 'lit', 'false');
  const isSoil = /^(grass_block|dirt|podzol|coarse_dirt|mycelium|rooted_dirt)$/.test(nameOf(context, state));
  return isSoil && isOpenAbove(context, use) ? become(context, state, 'dirt_path') : null;
};

const wax: Turns = (context, _use, state) => {
  const name = nameOf(context, state);
  return /copper/.test(name) && !/_ore$|^raw_|^waxed_/.test(name) ? become(context, state, `waxed_${name}`) : null;
};

function turning(name: string, items: RegExp, turns: Turns, used: (context: RuleContext, player: Player, use: UseOn) => void): ItemRule {
  return {
    name,
    matches: (item) => items.test(item.name),
    useOn: (context, player, use): Outcome => {
      const next = turns(context, use, context.world.block(use.pos));
      if (next === null) return 'pass';
      if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
      setBlock(context, use.pos, next);
      used(context, player, use);
      return 'done';
    },
  };
}

const wears = (context: RuleContext, player: Player, use: UseOn): void => wear(context, player, use.hand);

export const TOOL_USE: RuleSet = {
  items: [
    turning('axe-use', /_axe$/, chop, wears),
    turning('hoe-use', /_hoe$/, till, wears),
    turning('shovel-use', /_shovel$/, flatten, wears),
    turning('honeycomb-use', /^minecraft:honeycomb$/, wax, (context, player, use) => takeOne(context, player, use.hand)),
  ],
};
