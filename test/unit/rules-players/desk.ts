import assert from 'node:assert/strict';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { localKey, type BlockPos } from '../../../src-shared/units/index.ts';
import { containerItems, type GameMode, type ItemStack, type Slot } from '../../../src-main/core/world/index.ts';
import { ANNA, FLOOR, item, pos, Stage } from '../rules-blocks/stage.ts';

export const CHEST = pos(8, FLOOR + 1, 10);
const SLOTS_MAX = 27;

/** The items in a container's block entity. */
export function itemsAt(stage: Stage, at: BlockPos): readonly Slot[] {
  const chunk = stage.shard.chunk(at.x >> 4, at.z >> 4)!;
  const entity = chunk.blockEntities.get(localKey(at));
  return entity === undefined ? [] : containerItems(entity, chunk.dataVersion, SLOTS_MAX);
}

export function worn(name: string, damage: number): ItemStack {
  return item(name, 1, nbt.compound({ 'minecraft:damage': nbt.int(damage) }));
}

export function damageOf(slot: Slot | undefined): number {
  return slot?.components ? (nbt.getNumber(slot.components, 'minecraft:damage') ?? 0) : 0;
}

/** Slots by what is in them: "stone x3", null when empty. */
export const text = (slot: Slot | undefined): string | null => (slot ? `${slot.name.slice(10)} x${slot.count}` : null);

/** A player with a chest before them, clicking. */
export class Desk {
  readonly stage = new Stage();

  constructor(mode: GameMode = 'survival') {
    this.stage.join(ANNA, mode, { x: 8.5, y: FLOOR + 1, z: 8.5, yaw: 0, pitch: 0 });
  }

  open(block: string): this {
    this.stage.set(CHEST, block);
    assert.equal(this.stage.use(ANNA, CHEST, 'north'), null);
    assert.notEqual(this.stage.player().window, null);
    return this;
  }

  put(slot: number, name: string, count = 1): this {
    this.stage.shard.apply([{ type: 'slot', uuid: ANNA, slot, item: item(name, count) }]);
    return this;
  }

  carry(name: string, count: number): this {
    this.stage.fields(ANNA, { cursor: item(name, count) });
    return this;
  }

  click(slot: number, button: number, mode: number): this {
    const { window, pose } = this.stage.player();
    const refusal = this.stage.run(ANNA, { type: 'clickWindow', window: window?.id ?? 0, slot, button, mode, pose });
    assert.equal(refusal, null);
    return this;
  }

  drag(start: number, slots: readonly number[]): this {
    this.click(-999, start, 5);
    for (const slot of slots) this.click(slot, start + 1, 5);
    return this.click(-999, start + 2, 5);
  }

  at(slot: number): string | null {
    return text(this.stage.player().inventory[slot]);
  }

  get cursor(): string | null {
    return text(this.stage.player().cursor);
  }

  /** What the chest holds, by slot. */
  chest(): Readonly<Record<number, string>> {
    const found: Record<number, string> = {};
    for (const [slot, stack] of itemsAt(this.stage, CHEST).entries()) if (stack !== null) found[slot] = text(stack)!;
    return found;
  }
}
