import { nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import { readItem } from '../../items/index.ts';
import type { Entity, MobBody } from '../../model/entity.ts';
import type { ItemStack } from '../../model/items.ts';
import type { RuleContext } from '../../model/rule.ts';
import type { GameTables } from '../../model/tables.ts';
import { spawnItem } from '../blocks/items.ts';

/** Kinds that drop themselves as an item of the same name, and everything in them. */
const THINGS = /^minecraft:((glow_)?item_frame|painting|armor_stand|(chest_|hopper_|furnace_|tnt_)?minecart|end_crystal)$/;
const BOATS = /^minecraft:(chest_)?boat$/;
/** Tags that hold one stack, or a list of them. */
const STACK_TAGS = ['Item', 'SaddleItem', 'DecorItem', 'ArmorItem'] as const;
const LIST_TAGS = ['Items', 'ArmorItems', 'HandItems', 'Inventory'] as const;
/** Creatures whose bags are players' property; what monsters wear mostly rots with them (vanilla: 8.5 %). */
const CARRIERS = /^minecraft:(horse|donkey|mule|llama|trader_llama|skeleton_horse|zombie_horse|pig|strider|camel|allay)$/;

/** Drops what an entity that ends held for players, and the thing itself where it is a thing. */
export function spawnContents(context: RuleContext, entity: Entity, body: MobBody): void {
  for (const [index, stack] of belongings(context.tables, entity.kind, body).entries())
    spawnItem(context, { ...entity.pose, y: entity.pose.y + 0.25 }, stack, `rest ${entity.id} ${index}`);
}

export function belongings(tables: GameTables, kind: string, { nbt: tag, dataVersion }: MobBody): readonly ItemStack[] {
  const itself = itselfOf(kind, tag);
  if (itself === null && !CARRIERS.test(kind)) return [];
  const found: ItemStack[] = itself === null ? [] : [{ name: itself, count: 1, components: null }];
  const add = (item: NbtCompound | null): void => {
    const stack = item === null ? null : readItem(item, dataVersion, tables.renamedItems);
    if (stack !== null) found.push(stack);
  };
  for (const name of STACK_TAGS) add(nbt.getCompound(tag, name));
  for (const name of LIST_TAGS) for (const item of nbt.getList(tag, name) ?? []) add(item.type === 'compound' ? item : null);
  return found;
}

function itselfOf(kind: string, tag: NbtCompound): string | null {
  if (BOATS.test(kind)) {
    const wood = nbt.getText(tag, 'Type') ?? 'oak';
    return `minecraft:${wood}_${kind.replace('minecraft:', '').replace('boat', wood === 'bamboo' ? 'raft' : 'boat')}`;
  }
  return THINGS.test(kind) ? kind : null;
}
