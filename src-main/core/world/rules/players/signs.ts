import { SIGN_LINES, WINDOW_REACH_BLOCKS_MAX } from '../../../../../src-shared/config/index.ts';
import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import { nbt, type Nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { blockEntityAt, bornBlockEntity, dataVersionAt } from '../blocks/blockEntity.ts';

/** Signs have two sides since 1.20. */
const TWO_SIDES_SINCE = 3442;

export const editSign: ActionRule<'editSign'> = {
  action: 'editSign',
  execute: (context, player, { pos, front, lines }) => writeSign(context, player, pos, front, lines),
};

function writeSign(context: RuleContext, player: Player, pos: BlockPos, front: boolean, lines: readonly string[]): Refusal | null {
  if (!isNear(player, pos) || !context.within(pos)) return refuse('play.out-of-reach', { ...pos });
  const info = context.states.blockOf(context.world.block(pos));
  if (info === null || !info.name.endsWith('_sign')) return refuse('play.nothing-there', { ...pos });
  const entity = blockEntityAt(context.world, pos) ?? bornBlockEntity(context, info.blockEntity ?? 'minecraft:sign', pos, null);
  if (nbt.getNumber(entity, 'is_waxed') === 1) return refuse('play.block-protected', { ...pos });
  const two = dataVersionAt(context, pos) >= TWO_SIDES_SINCE;
  if (!two && !front) return refuse('play.bad-argument', { front });
  const messages = Array.from({ length: SIGN_LINES }, (_, index) => nbt.text(JSON.stringify({ text: withoutFormat(lines[index] ?? '') })));
  context.emit({ type: 'blockEntity', pos, nbt: two ? withSide(entity, front, messages) : withLines(entity, messages) });
  return null;
}

function withSide(entity: NbtCompound, front: boolean, messages: readonly Nbt[]): NbtCompound {
  const side = front ? 'front_text' : 'back_text';
  const blank = nbt.compound({ color: nbt.text('black'), has_glowing_text: nbt.byte(0) });
  const text = nbt.withTags(nbt.getCompound(entity, side) ?? blank, { messages: nbt.list('string', messages), filtered_messages: null });
  return nbt.withTags(entity, { [side]: text });
}

function withLines(entity: NbtCompound, messages: readonly Nbt[]): NbtCompound {
  const tags: Record<string, Nbt | null> = {};
  for (const [index, message] of messages.entries()) {
    tags[`Text${index + 1}`] = message;
    tags[`FilteredText${index + 1}`] = null;
  }
  return nbt.withTags(entity, tags);
}

/** Section signs with their code, which only servers may write. */
function withoutFormat(line: string): string {
  return line.replaceAll(/§[0-9a-fk-or]/gi, '');
}

function isNear({ pose }: Player, pos: BlockPos): boolean {
  const x = pose.x - (pos.x + 0.5);
  const y = pose.y + 1 - (pos.y + 0.5);
  const z = pose.z - (pos.z + 0.5);
  return x * x + y * y + z * z <= WINDOW_REACH_BLOCKS_MAX * WINDOW_REACH_BLOCKS_MAX;
}
