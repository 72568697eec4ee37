import type { RuleSet } from '../../model/rule.ts';
import { ATTACHED, ATTACHED_WALL_FORMS } from './attached.ts';
import { BONE_MEAL_ITEM } from './boneMeal.ts';
import { BREAKING } from './breaking.ts';
import { BUCKETS } from './buckets.ts';
import { CHESTS } from './chests.ts';
import { CLINGING } from './clinging.ts';
import { CONNECTIONS } from './connections.ts';
import { COUNTED } from './counted.ts';
import { DIGGING } from './dig.ts';
import { DOUBLES } from './doubles.ts';
import { IGNITING } from './igniting.ts';
import { KEEPING } from './keeping.ts';
import { MOBS } from './mobs.ts';
import { ON_WATER_ITEMS } from './onWater.ts';
import { ORIENTATION } from './orientation.ts';
import { PLACING } from './place.ts';
import { PLANTS } from './plants.ts';
import { RAILS } from './rails.ts';
import { SCAFFOLD_ITEM } from './scaffoldItem.ts';
import { SIGNS } from './signs.ts';
import { SLABS } from './slabs.ts';
import { STACKED } from './stacked.ts';
import { STAIRS } from './stairs.ts';
import { USING } from './use.ts';
import { WATERLOGGING } from './waterlogging.ts';
import { WIRE_RULES } from './wire.ts';

/**
 * Blocks: breaking, placing, what they need and do. Order matters where rules match the same block: what turns a block comes before what
 * connects it, and `WATERLOGGING` sees the state that all others agreed on.
 */
export const BLOCKS: readonly RuleSet[] = [
  DIGGING,
  BREAKING,
  USING,
  ORIENTATION,
  ATTACHED_WALL_FORMS,
  ATTACHED,
  SLABS,
  STAIRS,
  CONNECTIONS,
  DOUBLES,
  PLANTS,
  COUNTED,
  CLINGING,
  STACKED,
  CHESTS,
  RAILS,
  WIRE_RULES,
  WATERLOGGING,
  KEEPING,
  SIGNS,
  SCAFFOLD_ITEM,
  ON_WATER_ITEMS,
  BUCKETS,
  IGNITING,
  BONE_MEAL_ITEM,
  MOBS,
  PLACING,
];
