import type { RuleSet } from '../../model/rule.ts';
import { ATTACHED, ATTACHED_WALL_FORMS } from './attached.ts';
import { BEDS } from './beds.ts';
import { BELLS } from './bells.ts';
import { BONE_MEAL_ITEM } from './boneMeal.ts';
import { BREAKING } from './breaking.ts';
import { BUCKETS } from './buckets.ts';
import { BURNING } from './burning.ts';
import { CAKES } from './cakes.ts';
import { CAULDRONS } from './cauldrons.ts';
import { CHESTS } from './chests.ts';
import { CLINGING } from './clinging.ts';
import { COMPOSTING } from './composter.ts';
import { CONNECTIONS } from './connections.ts';
import { CORAL_RULES } from './coral.ts';
import { COUNTED } from './counted.ts';
import { DIGGING } from './dig.ts';
import { DOUBLES } from './doubles.ts';
import { FALLING } from './falling.ts';
import { FLUIDS } from './fluids.ts';
import { GROUND } from './ground.ts';
import { GROWTH } from './growth.ts';
import { HARVEST } from './harvest.ts';
import { IGNITING } from './igniting.ts';
import { KEEPING } from './keeping.ts';
import { LEAVES_RULES } from './leaves.ts';
import { MOBS } from './mobs.ts';
import { NOTES } from './notes.ts';
import { ON_WATER_ITEMS } from './onWater.ts';
import { OPENABLE } from './openable.ts';
import { ORIENTATION } from './orientation.ts';
import { PLACING } from './place.ts';
import { PLANTS } from './plants.ts';
import { POTS } from './pots.ts';
import { RAILS } from './rails.ts';
import { RANDOM_TICKS } from './randomTicks.ts';
import { SCAFFOLD_ITEM } from './scaffoldItem.ts';
import { SIGNS } from './signs.ts';
import { SIGN_USE } from './signUse.ts';
import { SLABS } from './slabs.ts';
import { SOIL_RULES } from './soil.ts';
import { SPONGES } from './sponge.ts';
import { STACKED } from './stacked.ts';
import { STAIRS } from './stairs.ts';
import { SWITCHES } from './switches.ts';
import { TOOL_USE } from './toolUse.ts';
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
  NOTES,
  LEAVES_RULES,
  SOIL_RULES,
  FALLING,
  CORAL_RULES,
  WATERLOGGING,
  FLUIDS,
  SPONGES,
  OPENABLE,
  SWITCHES,
  CAKES,
  POTS,
  COMPOSTING,
  BEDS,
  BELLS,
  SIGN_USE,
  HARVEST,
  CAULDRONS,
  GROWTH,
  GROUND,
  BURNING,
  KEEPING,
  SIGNS,
  SCAFFOLD_ITEM,
  ON_WATER_ITEMS,
  BUCKETS,
  IGNITING,
  BONE_MEAL_ITEM,
  MOBS,
  TOOL_USE,
  PLACING,
  RANDOM_TICKS,
];
