import { ADVENTURE } from './adventure.ts';
import { BASICS } from './basics.ts';
import { blockEntity } from './blocks.ts';
import { display } from './display.ts';
import type { TagPair } from './pair.ts';
import { SPECIAL } from './special.ts';
import { WRITINGS } from './writings.ts';

export { COMPONENTS_SINCE, EFFECTS_HAVE_NAMES_SINCE, fullName, LORE_IS_JSON_SINCE, UUID_IS_INTS_SINCE } from './pair.ts';
export type { NewComponents, OldTag } from './pair.ts';

/** In the order in which they take from a tag. */
export const TAG_PAIRS: readonly TagPair[] = [...BASICS, display, blockEntity, ...ADVENTURE, ...SPECIAL, ...WRITINGS];
