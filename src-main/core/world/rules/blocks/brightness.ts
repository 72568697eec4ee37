import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { RuleContext } from '../../model/rule.ts';
import { blockIn } from './change.ts';
import { at, FACES, towards } from './faces.ts';

/**
 * Whether light of at least `level` reaches a block, found by walking back from it: light is no part of the state, so a rule may not read
 * what one machine has computed and another has not. `sky` is the light of the open sky, 0 to leave it out. Looks 15 - level blocks far.
 */
export function isBrighterThan(context: RuleContext, pos: BlockPos, level: number, sky: number): boolean {
  const seen = new Set([at(pos)]);
  let edge: { readonly pos: BlockPos; readonly lost: number }[] = [{ pos, lost: 0 }];
  while (edge.length > 0) {
    const next: typeof edge = [];
    for (const { pos: here, lost } of edge) {
      const state = blockIn(context, here);
      if (state === null) continue;
      if (context.states.emission(state) - lost >= level) return true;
      if (sky - context.states.filter(state) - lost >= level && seesSky(context, here)) return true;
      for (const face of FACES) {
        const beyond = towards(here, face);
        // What leaves `here` for the block asked about has been dimmed by `here` on entering it.
        const dimmed = lost + Math.max(1, context.states.filter(state));
        if (15 - dimmed < level || seen.has(at(beyond))) continue;
        seen.add(at(beyond));
        next.push({ pos: beyond, lost: dimmed });
      }
    }
    edge = next;
  }
  return false;
}

/** Nothing above that dims. */
function seesSky(context: RuleContext, pos: BlockPos): boolean {
  const { minY, height } = context.world;
  const chunk = context.world.chunk(pos.x >> 4, pos.z >> 4);
  if (chunk === null) return false;
  const top = minY + height;
  for (let y = pos.y + 1; y < top; y++) {
    const section = chunk.sections[(y >> 4) - chunk.minSection];
    if (section === undefined) return true;
    if (section.blocks.solid === 0) {
      y = ((y >> 4) << 4) + 15;
      continue;
    }
    if (context.states.filter(context.world.block({ ...pos, y })) > 0) return false;
  }
  return true;
}

/** Sky light at this time of the day: full by day, 4 by night (vanilla's sky darkening at its ends). */
export function skyNow(context: RuleContext): number {
  const { time } = context.council;
  const day = (((time.frozen ?? time.offset + context.world.tick) % 24_000) + 24_000) % 24_000;
  return day > 12_600 && day < 23_400 ? 4 : 15;
}
