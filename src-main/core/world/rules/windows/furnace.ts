import { nbt, type NbtCompound } from '../../../../../src-shared/nbt/index.ts';
import type { BlockPos } from '../../../../../src-shared/units/index.ts';
import { containerItems, maxStack, sameItem, withContainerItems, withCount } from '../../items/index.ts';
import type { ItemStack, Slot } from '../../model/items.ts';
import type { RuleContext, ScheduledRule } from '../../model/rule.ts';
import type { GameTables } from '../../model/tables.ts';
import { blockEntityAt, dataVersionAt } from '../blocks/blockEntity.ts';
import { fuelTicks, smeltingOf } from './smelting.ts';

export const SMELT_TICK = 'smelt';
const SLOTS = 3;
/** A look that was planned for a furnace which is gone holds up the one in its place no longer than this. */
const LOOK_TICKS_MAX = 200;
const OVENS = /^minecraft:(furnace|blast_furnace|smoker)$/;
/** Tick up to which the tag is true, and the tick at which it is looked at next. */
const SINCE = 'peerhold:since';
const NEXT = 'peerhold:next';

type OvenKind = 'furnace' | 'blast_furnace' | 'smoker';

/** A furnace while it runs. Mutable: one object for many ticks. */
interface Oven {
  readonly kind: OvenKind;
  readonly tables: GameTables;
  readonly slots: [Slot, Slot, Slot];
  burn: number;
  cook: number;
}

/** Ticks that one item takes (vanilla): a blast furnace and a smoker are twice as fast, and burn their fuel twice as fast. */
function cookTicks(kind: OvenKind): number {
  return kind === 'furnace' ? 200 : 100;
}

/** What the oven would make now, if there is room for it. */
function product(oven: Oven): ItemStack | null {
  const [input, , output] = oven.slots;
  const recipe = input === null ? null : smeltingOf(input.name, oven.kind, oven.tables);
  if (recipe === null) return null;
  const made: ItemStack = { name: recipe.to, count: 1, components: null };
  if (output === null) return made;
  return sameItem(output, made) && output.count < maxStack(output, oven.tables) ? { ...output, count: output.count + 1 } : null;
}

/** One tick (vanilla: `AbstractFurnaceBlockEntity.serverTick`). Returns whether items changed, or the fire. */
function tickOven(oven: Oven): boolean {
  const { slots } = oven;
  const wasLit = oven.burn > 0;
  let changed = false;
  if (wasLit) oven.burn -= 1;
  const made = product(oven);
  if (oven.burn === 0 && made !== null) changed = ignite(oven);
  if (oven.burn > 0 && made !== null) {
    oven.cook += 1;
    if (oven.cook >= cookTicks(oven.kind)) {
      oven.cook = 0;
      slots[0] = withCount(slots[0]!, slots[0]!.count - 1);
      slots[2] = made;
      changed = true;
    }
  } else oven.cook = oven.burn > 0 ? 0 : Math.max(0, oven.cook - 2);
  return changed || wasLit !== oven.burn > 0;
}

function ignite(oven: Oven): boolean {
  const fuel = oven.slots[1];
  const ticks = fuel === null ? 0 : fuelTicks(fuel.name, oven.tables);
  if (fuel === null || ticks === 0) return false;
  oven.burn = oven.kind === 'furnace' ? ticks : Math.floor(ticks / 2);
  const bucket: Slot = fuel.name === 'minecraft:lava_bucket' ? { name: 'minecraft:bucket', count: 1, components: null } : null;
  oven.slots[1] = withCount(fuel, fuel.count - 1) ?? bucket;
  return true;
}

/** Whether anything would ever happen if nobody touched it. */
function isCold(oven: Oven): boolean {
  if (oven.burn > 0 || oven.cook > 0) return false;
  return product(oven) === null || oven.slots[1] === null || fuelTicks(oven.slots[1].name, oven.tables) === 0;
}

function ovenOf(context: RuleContext, pos: BlockPos, kind: OvenKind, entity: NbtCompound): Oven {
  const [input = null, fuel = null, output = null] = containerItems(
    entity,
    dataVersionAt(context, pos),
    SLOTS,
    context.tables.renamedItems,
  );
  const read = (name: string): number => Math.max(0, nbt.getNumber(entity, name) ?? 0);
  return { kind, tables: context.tables, slots: [input, fuel, output], burn: read('BurnTime'), cook: read('CookTime') };
}

/** Ticks until something changes that others can see, or until the next look; null when nothing will. */
function ticksToChange(oven: Oven): number | null {
  if (isCold(oven)) return null;
  const ahead: Oven = { ...oven, slots: [...oven.slots] };
  for (let ticks = 1; ticks < LOOK_TICKS_MAX; ticks++) if (tickOven(ahead)) return ticks;
  return LOOK_TICKS_MAX;
}

/**
 * Brings the furnace at `pos` up to date and plans when to look again. `until`: the last tick that counts; in commands the one before,
 * because furnaces run after them. `isPlanned`: the look that the tag names is still on the list.
 */
function advanceOven(context: RuleContext, pos: BlockPos, until: number, isPlanned: boolean): void {
  const name = context.states.blockOf(context.world.block(pos))?.name ?? '';
  const kind = OVENS.exec(name)?.[1] as OvenKind | undefined;
  const entity = blockEntityAt(context.world, pos);
  if (kind === undefined || entity === null) return;
  const oven = ovenOf(context, pos, kind, entity);
  const since = nbt.getNumber(entity, SINCE) ?? until;
  for (let tick = since; tick < until && !isCold(oven); tick++) tickOven(oven);
  const wait = ticksToChange(oven);
  const next = wait === null ? null : until + wait;
  plan(context, pos, isPlanned ? nbt.getNumber(entity, NEXT) : null, next);
  write(context, pos, entity, oven, { since: next === null ? null : until, next });
  light(context, pos, oven.burn > 0);
}

function plan(context: RuleContext, pos: BlockPos, before: number | null, next: number | null): void {
  if (before === next) return;
  if (before !== null) context.emit({ type: 'unschedule', pos, kind: SMELT_TICK, tick: before });
  if (next !== null) context.emit({ type: 'schedule', pos, kind: SMELT_TICK, tick: next });
}

function write(
  context: RuleContext,
  pos: BlockPos,
  entity: NbtCompound,
  oven: Oven,
  { since, next }: { readonly since: number | null; readonly next: number | null },
): void {
  const filled = withContainerItems(entity, dataVersionAt(context, pos), oven.slots, context.tables.renamedItems);
  const tag = nbt.withTags(filled, {
    BurnTime: nbt.short(Math.min(oven.burn, 0x7fff)),
    CookTime: nbt.short(oven.cook),
    CookTimeTotal: nbt.short(cookTicks(oven.kind)),
    [SINCE]: since === null ? null : nbt.long(BigInt(since)),
    [NEXT]: next === null ? null : nbt.long(BigInt(next)),
  });
  const numbers = ['BurnTime', 'CookTime', 'CookTimeTotal', SINCE, NEXT];
  const same = filled === entity && numbers.every((name) => nbt.getNumber(tag, name) === nbt.getNumber(entity, name));
  if (!same) context.emit({ type: 'blockEntity', pos, nbt: tag });
}

function light(context: RuleContext, pos: BlockPos, lit: boolean): void {
  const state = context.world.block(pos);
  const turned = context.states.with(state, 'lit', String(lit));
  if (turned !== state) context.emit({ type: 'block', pos, state: turned });
}

/** A command changed what lies in a furnace, or somebody looks: from now on it runs. */
export function wakeFurnace(context: RuleContext, pos: BlockPos): void {
  advanceOven(context, pos, context.world.tick - 1, true);
}

/** For whoever looks into one: flame and arrow as they are now. */
export function refreshFurnace(context: RuleContext, pos: BlockPos): void {
  advanceOven(context, pos, context.world.tick, true);
}

export const smelting: ScheduledRule = {
  kind: SMELT_TICK,
  accountable: true,
  // The runner has taken the look off the list already.
  run: (context, pos) => advanceOven(context, pos, context.world.tick, false),
};
