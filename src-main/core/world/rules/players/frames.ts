import { nbt } from '../../../../../src-shared/nbt/index.ts';
import { readItem, withCount, writeItem } from '../../items/index.ts';
import type { Entity, MobBody } from '../../model/entity.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { spawnItem } from '../blocks/items.ts';
import { refuse } from '../../../../../src-shared/errors/index.ts';
import { resolveEntity } from '../entities/adopt.ts';
import { boxOf } from '../entities/boxes.ts';
import { canReachBox } from './reach.ts';
import { handItem, setSlot, slotOfHand } from './inventory.ts';

const FRAME = /^minecraft:(glow_)?item_frame$/;
const FRAME_SIZE = 0.75;
const TURNS = 8;

type Frame = Entity & { readonly body: MobBody };

function isFrame(entity: Entity): entity is Frame {
  return FRAME.test(entity.kind) && entity.body.type === 'mob';
}

/** A blow at a frame with something in it lets that fall, and leaves the frame. True when it did. */
export function emptyFrame(context: RuleContext, player: Player, entity: Entity): boolean {
  if (!isFrame(entity)) return false;
  const item = nbt.getCompound(entity.body.nbt, 'Item');
  const stack = item === null ? null : readItem(item, entity.body.dataVersion, context.tables.renamedItems);
  if (stack === null) return false;
  change(context, entity, { Item: null, ItemRotation: nbt.byte(0) });
  if (player.gameMode !== 'creative') spawnItem(context, entity.pose, stack, `frame ${entity.id}`);
  return true;
}

/** A right click on an entity. Frames take one of the held item, or turn what they hold; nothing else answers yet. */
export const interact: ActionRule<'interact'> = {
  action: 'interact',
  execute: (context, player, { target, hand, pose }) => {
    if (player.gameMode === 'spectator' || target.type === 'player') return null;
    const entity = resolveEntity(context, target);
    if (entity === null) return refuse('play.target-not-found');
    if (!isFrame(entity) || !canReachBox(player, pose, boxOf(entity.pose, FRAME_SIZE, FRAME_SIZE))) return null;
    if (nbt.getNumber(entity.body.nbt, 'Fixed') === 1) return null;
    if (nbt.getCompound(entity.body.nbt, 'Item') !== null) turn(context, entity);
    else fill(context, player, entity, hand);
    return null;
  },
};

function turn(context: RuleContext, frame: Frame): void {
  const turned = ((nbt.getNumber(frame.body.nbt, 'ItemRotation') ?? 0) + 1) % TURNS;
  change(context, frame, { ItemRotation: nbt.byte(turned) });
}

function fill(context: RuleContext, player: Player, frame: Frame, hand: 'main' | 'off'): void {
  const held = handItem(player, hand);
  if (held === null) return;
  const { dataVersion } = frame.body;
  change(context, frame, { Item: writeItem({ ...held, count: 1 }, dataVersion, context.tables.renamedItems) });
  if (player.gameMode !== 'creative') setSlot(context, player.uuid, slotOfHand(player, hand), withCount(held, held.count - 1));
}

function change(context: RuleContext, frame: Frame, tags: Parameters<typeof nbt.withTags>[1]): void {
  context.emit({ type: 'entity', entity: { ...frame, body: { ...frame.body, nbt: nbt.withTags(frame.body.nbt, tags) } } });
}
