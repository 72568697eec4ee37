import { WINDOW_ID_MAX } from '../../../../../src-shared/config/index.ts';
import { nbt } from '../../../../../src-shared/nbt/index.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import { componentOf } from '../../items/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { OpenWindow, Player, WindowKind } from '../../model/player.ts';
import type { BlockRule, Outcome, RuleContext } from '../../model/rule.ts';
import type { BlockInfo } from '../../model/tables.ts';
import { blockEntityAt } from '../blocks/blockEntity.ts';
import { clockwise, counterClockwise, isSide, towards } from '../blocks/faces.ts';
import { boxesOf, isOpaqueCube } from '../blocks/shapes.ts';
import { handItem } from '../players/inventory.ts';
import { keyArgument, tellAboveHotbar, translated } from '../players/texts.ts';
import { wakeFurnace } from './furnace.ts';
import { showLid } from './lids.ts';
import { closeWindow, settleInventory } from './settle.ts';

/** Window and title of each block that opens one. */
const WINDOWS: readonly (readonly [RegExp, WindowKind, string])[] = [
  [/^minecraft:(trapped_)?chest$/, 'generic_9x3', 'container.chest'],
  [/^minecraft:ender_chest$/, 'ender_chest', 'container.enderchest'],
  [/^minecraft:barrel$/, 'generic_9x3', 'container.barrel'],
  [/shulker_box$/, 'shulker_box', 'container.shulkerBox'],
  [/^minecraft:hopper$/, 'hopper', 'container.hopper'],
  [/^minecraft:dispenser$/, 'generic_3x3', 'container.dispenser'],
  [/^minecraft:dropper$/, 'generic_3x3', 'container.dropper'],
  [/^minecraft:furnace$/, 'furnace', 'container.furnace'],
  [/^minecraft:blast_furnace$/, 'blast_furnace', 'container.blast_furnace'],
  [/^minecraft:smoker$/, 'smoker', 'container.smoker'],
  [/^minecraft:crafting_table$/, 'crafting', 'container.crafting'],
];
const CHEST = /^minecraft:(trapped_)?chest$/;
const CRAFTING_SLOTS = 10;

/** A right click on a block with a window opens it. */
export const containers: BlockRule = {
  name: 'containers',
  matches: ({ name }: BlockInfo) => WINDOWS.some(([blocks]) => blocks.test(name)),
  use: (context, player, { pos }, state) => openBlock(context, player, pos, state),
};

/** The window that a block opens, by its name; null for a block without one. */
export function windowKindOf(block: string): WindowKind | null {
  return WINDOWS.find(([blocks]) => blocks.test(block))?.[1] ?? null;
}

function openBlock(context: RuleContext, player: Player, pos: BlockPos, state: StateId): Outcome {
  const name = context.states.blockOf(state)?.name ?? '';
  const found = WINDOWS.find(([blocks]) => blocks.test(name));
  if (found === undefined) return 'pass';
  const [, kind, key] = found;
  const halves = CHEST.test(name) ? chestHalves(context, pos, state) : [pos];
  if (halves.some((half) => isBlocked(context, half, name))) return 'done';
  if (isLocked(context, player, halves, key)) return 'done';
  wakeFurnace(context, pos);
  open(context, player, {
    kind: halves.length === 2 ? 'generic_9x6' : kind,
    blocks: halves,
    slots: Array.from<null>({ length: kind === 'crafting' ? CRAFTING_SLOTS : 0 }).fill(null),
    title: titleOf(context, halves, halves.length === 2 ? 'container.chestDouble' : key),
  });
  return 'done';
}

function open(context: RuleContext, player: Player, window: Omit<OpenWindow, 'id'>): void {
  const { uuid, pose } = player;
  if (player.window !== null) closeWindow(context, uuid, pose);
  else settleInventory(context, uuid, pose);
  const next = (context.world.tick % WINDOW_ID_MAX) + 1;
  const id = next === player.window?.id ? (next % WINDOW_ID_MAX) + 1 : next;
  const opened = { id, ...window };
  context.emit({ type: 'playerFields', uuid, fields: { window: opened } });
  showLid(context, opened);
}

/**
 * Both halves of a chest in the order of their slots: the right one is first (vanilla: `ChestBlock.getBlockType`). A half whose partner
 * is missing is a chest of its own.
 */
export function chestHalves(context: RuleContext, pos: BlockPos, state: StateId): readonly BlockPos[] {
  const { states } = context;
  const type = states.get(state, 'type');
  const facing = states.get(state, 'facing');
  if ((type !== 'left' && type !== 'right') || !isSide(facing)) return [pos];
  const partner = towards(pos, type === 'left' ? clockwise(facing) : counterClockwise(facing));
  if (!context.within(partner)) return [pos];
  const other = context.world.block(partner);
  const fits =
    states.blockOf(other) === states.blockOf(state) &&
    states.get(other, 'facing') === facing &&
    states.get(other, 'type') === (type === 'left' ? 'right' : 'left');
  if (!fits) return [pos];
  return type === 'right' ? [pos, partner] : [partner, pos];
}

/** A chest does not open under an opaque cube, a shulker box not where something is in the way of its lid. */
function isBlocked(context: RuleContext, pos: BlockPos, name: string): boolean {
  if (CHEST.test(name) || name === 'minecraft:ender_chest') return isOpaqueCube(context.states, context.world.block(towards(pos, 'up')));
  if (!name.endsWith('shulker_box')) return false;
  const facing = context.states.get(context.world.block(pos), 'facing');
  if (facing === null) return false;
  const lid = towards(pos, facing as Parameters<typeof towards>[1]);
  return context.within(lid) && boxesOf(context.states, context.world.block(lid)).length > 0;
}

/** A lock wants an item with that name in the hand (vanilla: `LockCode`); spectators open everything. */
function isLocked(context: RuleContext, player: Player, blocks: readonly BlockPos[], title: string): boolean {
  if (player.gameMode === 'spectator') return false;
  for (const pos of blocks) {
    const entity = blockEntityAt(context.world, pos);
    const lock = entity === null ? null : nbt.getText(entity, 'Lock');
    if (lock === null || lock === '') continue;
    const held = handItem(player, 'main');
    const name = held === null ? null : componentOf(held, 'minecraft:custom_name');
    if (name?.type === 'string' && plainText(name.value) === lock) continue;
    tellAboveHotbar(context, player.uuid, translated('container.isLocked', [keyArgument(title)], 'This container is locked'));
    return true;
  }
  return false;
}

/** The characters of a JSON text component that is only text; the JSON itself otherwise. */
function plainText(json: string): string {
  const quoted = /^(?:\{"text":)?("(?:[^"\\]|\\.)*")\}?$/.exec(json)?.[1];
  return quoted === undefined ? json : (JSON.parse(quoted) as string);
}

/** JSON text: the name that somebody gave the block, or the translation key of its kind. */
function titleOf(context: RuleContext, blocks: readonly BlockPos[], key: string): string {
  for (const pos of blocks) {
    const entity = blockEntityAt(context.world, pos);
    const name = entity === null ? null : nbt.getText(entity, 'CustomName');
    if (name !== null) return name;
  }
  return JSON.stringify({ translate: key });
}
