import type { World } from '../../../src-shared/contract/index.ts';
import type { Language, Text } from '../../strings/index.ts';

/** What every part of the page gets. */
export interface WorldPartProps {
  readonly world: World;
  readonly text: Text;
  readonly language: Language;
}
