import { nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { enchantmentLevel } from '../../items/index.ts';
import type { BlockRule, RuleSet } from '../../model/rule.ts';
import { blockEntityAt, itemOfBlockEntity } from './blockEntity.ts';
import { stackOf } from './drops.ts';
import { either, named, nameOf, tagged } from './family.ts';

/** Blocks whose item remembers what the block entity held. Source: `copy_components` of their loot tables in 1.21.1. */

const SHULKER_BOX: BlockRule = {
  name: 'shulker-box-drop',
  matches: tagged('shulker_boxes'),
  drops: (context, pos, state) => [itemOfBlockEntity(context, pos, context.states.blockOf(state)!.name)],
};

const NAMED_AND_PAINTED: BlockRule = {
  name: 'banner-and-head-drop',
  matches: either(named(/_banner$/), named(/_(skull|head)$/)),
  drops: (context, pos, state) => {
    const item = context.states.blockOf(state)!.item;
    return item === null ? null : [itemOfBlockEntity(context, pos, item)];
  },
};

/** A container that somebody named keeps its name, not its contents. */
const NAMED_CONTAINER: BlockRule = {
  name: 'named-container-drop',
  matches: named(
    /^((trapped_)?chest|barrel|furnace|blast_furnace|smoker|hopper|dispenser|dropper|brewing_stand|enchanting_table|beacon|crafter)$/,
  ),
  drops: (context, pos, state) => {
    const name = blockEntityAt(context.world, pos)?.value.get('CustomName');
    const item = context.states.blockOf(state)!.item;
    if (name === undefined || item === null) return null;
    return [{ name: item, count: 1, components: nbt.compound({ 'minecraft:custom_name': name }) }];
  },
};

/** Lifted with silk touch a hive keeps its bees and its honey. */
const HIVE: BlockRule = {
  name: 'hive-drop',
  matches: tagged('beehives'),
  drops: (context, pos, state, { tool }) => {
    const name = context.states.blockOf(state)!.name;
    if (enchantmentLevel(tool, 'minecraft:silk_touch') === 0) return name === 'minecraft:beehive' ? [stackOf(name, 1)] : [];
    const stack = itemOfBlockEntity(context, pos, name);
    const honey = context.states.get(state, 'honey_level') ?? '0';
    const blockState: NbtCompound = nbt.compound({ honey_level: nbt.text(honey) });
    return [{ ...stack, components: nbt.withTags(stack.components ?? nbt.compound({}), { 'minecraft:block_state': blockState }) }];
  },
};

const BRICK = 'minecraft:brick';

/** A pot breaks into its sherds under a tool that shatters it; otherwise it comes whole. */
const POT: BlockRule = {
  name: 'pot-drop',
  matches: named(/^decorated_pot$/),
  drops: (context, pos, _state, { tool }) => {
    const shatters = tool !== null && context.tables.itemTags.get('minecraft:breaks_decorated_pots')?.has(tool.name) === true;
    const entity = blockEntityAt(context.world, pos);
    const sherds = (entity === null ? null : nbt.getList(entity, 'sherds')) ?? [];
    if (shatters && enchantmentLevel(tool, 'minecraft:silk_touch') === 0)
      return [0, 1, 2, 3].map((side) => {
        const sherd = sherds[side];
        return stackOf(sherd?.type === 'string' ? sherd.value : BRICK, 1);
      });
    if (sherds.length === 0) return [stackOf('minecraft:decorated_pot', 1)];
    const components = nbt.compound({ 'minecraft:pot_decorations': nbt.list('string', sherds) });
    return [{ name: 'minecraft:decorated_pot', count: 1, components }];
  },
};

/** What grows or stands in a flower pot falls out with it. */
const FLOWER_POT: BlockRule = {
  name: 'flower-pot-drop',
  matches: named(/^potted_.+$/),
  drops: (context, _pos, state) => {
    const plant = nameOf(context, state).slice('potted_'.length).replace('azalea_bush', 'azalea');
    return [stackOf('minecraft:flower_pot', 1), stackOf(`minecraft:${plant}`, 1)];
  },
};

const CANDLE_CAKE: BlockRule = {
  name: 'candle-cake-drop',
  matches: named(/^.*candle_cake$/),
  drops: (context, _pos, state) => [stackOf(`minecraft:${nameOf(context, state).slice(0, -'_cake'.length)}`, 1)],
};

/** Only when somebody breaks it; one that loses its stem is gone. */
const CHORUS_FLOWER: BlockRule = {
  name: 'chorus-flower-drop',
  matches: named(/^chorus_flower$/),
  drops: (_context, _pos, _state, { player }) => (player === null ? [] : [stackOf('minecraft:chorus_flower', 1)]),
};

/** Snow that loses its ground leaves nothing, as under the bare hand. */
const SNOW: BlockRule = {
  name: 'snow-drop',
  matches: named(/^snow$/),
  drops: (_context, _pos, _state, { player }) => (player === null ? [] : null),
};

export const KEEPING: RuleSet = {
  blocks: [SHULKER_BOX, NAMED_AND_PAINTED, NAMED_CONTAINER, HIVE, POT, FLOWER_POT, CANDLE_CAKE, CHORUS_FLOWER, SNOW],
};
