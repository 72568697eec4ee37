import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import type { BlockPos, Pose } from '../../../../../src-shared/units/index.ts';
import type { StateId } from '../../model/chunk.ts';
import type { Player } from '../../model/player.ts';
import type { BlockRule, Outcome, RuleContext, RuleSet, UseOn } from '../../model/rule.ts';
import { handItem } from '../players/inventory.ts';
import { blockEntityAt, bornBlockEntity, dataVersionAt } from './blockEntity.ts';
import { tagged } from './family.ts';
import { takeOne } from './hand.ts';
import { cosine, sine } from './look.ts';

/** Signs have two sides since 1.20. */
const TWO_SIDES_SINCE = 3442;
const YAW: Readonly<Record<string, number>> = { south: 0, west: 90, north: 180, east: 270 };

/** Whether the player stands before the front of the sign. */
function isBeforeFront(context: RuleContext, pos: BlockPos, state: StateId, pose: Pose): boolean {
  const rotation = context.states.get(state, 'rotation');
  const yaw = rotation === null ? YAW[context.states.get(state, 'facing') ?? 'south']! : Number(rotation) * 22.5;
  return -sine(yaw) * (pose.x - (pos.x + 0.5)) + cosine(yaw) * (pose.z - (pos.z + 0.5)) >= 0;
}

/** Tags of one side that an item changes, or null for an item that a sign does not know. */
function inkOf(item: string): Readonly<Record<string, Nbt>> | null {
  const dye = /^minecraft:(.+)_dye$/.exec(item)?.[1];
  if (dye !== undefined) return { color: nbt.text(dye) };
  if (item === 'minecraft:glow_ink_sac') return { has_glowing_text: nbt.byte(1) };
  return item === 'minecraft:ink_sac' ? { has_glowing_text: nbt.byte(0) } : null;
}

const OLD_NAMES: Readonly<Record<string, string>> = { color: 'Color', has_glowing_text: 'GlowingText' };

/** `entity` with the side inked, or the same when it was so already. */
function inked(entity: NbtCompound, front: boolean, tags: Readonly<Record<string, Nbt>>, hasSides: boolean): NbtCompound {
  const side = front ? 'front_text' : 'back_text';
  const before = hasSides ? (nbt.getCompound(entity, side) ?? nbt.compound({})) : entity;
  const renamed = Object.entries(tags).map(([tag, value]) => [hasSides ? tag : OLD_NAMES[tag]!, value] as const);
  if (renamed.every(([tag, value]) => before.value.get(tag)?.value === value.value)) return entity;
  const after = nbt.withTags(before, Object.fromEntries(renamed));
  return hasSides ? nbt.withTags(entity, { [side]: after }) : after;
}

/** 1. Honeycomb seals it, dye and ink change its letters, each if it changes anything. 2. A waxed one answers nothing. 3. The editor opens. */
function useSign(context: RuleContext, player: Player, { pos, hand, pose }: UseOn, state: StateId): Outcome {
  const block = context.states.blockOf(state)!;
  const entity = blockEntityAt(context.world, pos) ?? bornBlockEntity(context, block.blockEntity ?? 'minecraft:sign', pos, null);
  if (nbt.getNumber(entity, 'is_waxed') === 1) return 'done';
  const hasSides = dataVersionAt(context, pos) >= TWO_SIDES_SINCE;
  const front = !hasSides || isBeforeFront(context, pos, state, pose);
  const item = handItem(player, hand)?.name ?? '';
  const tags = inkOf(item);
  const after =
    item === 'minecraft:honeycomb'
      ? nbt.withTags(entity, { is_waxed: nbt.byte(1) })
      : tags === null
        ? entity
        : inked(entity, front, tags, hasSides);
  if (after !== entity) {
    if (player.gameMode === 'adventure') return 'done';
    context.emit({ type: 'blockEntity', pos, nbt: after });
    takeOne(context, player, hand);
    return 'done';
  }
  if (hand !== 'main' || player.gameMode === 'adventure') return 'pass';
  context.emit({ type: 'show', event: { kind: 'openSign', uuid: player.uuid, pos, front } });
  return 'done';
}

const SIGN: BlockRule = { name: 'sign-use', matches: tagged('all_signs'), use: useSign };

export const SIGN_USE: RuleSet = { blocks: [SIGN] };
