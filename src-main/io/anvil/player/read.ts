import { AppError } from '../../../../src-shared/errors/index.ts';
import { nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { Pose } from '../../../../src-shared/units/index.ts';
import { PLAYER_SLOTS, readItem, type Player, type Slot, type StatusEffect, type WorldKit } from '../../../core/world/index.ts';
import type { ReadPlayerOptions, SavedPlayer } from '../door.ts';
import { readNbtFile } from '../save/nbtFile.ts';
import { dataVersionOf, effectOfNumber, EQUIPMENT, playerIn, slotOfSave } from './form.ts';
import { dimensionOfPlayer } from './list.ts';

export const ENDER_SLOTS = 27;
const GAME_MODES = ['survival', 'creative', 'adventure', 'spectator'] as const;
/** An effect without an end, in ticks of the shard: further than any world gets. */
export const NEVER = 2 ** 50;

/**
 * A player as a save keeps it: `bytes` is the player's file, or level.dat. Throws AppError `nbt.malformed`, `world.player-not-found`.
 */
export function readPlayer(bytes: Uint8Array, options: ReadPlayerOptions): SavedPlayer {
  const saved = playerIn(readNbtFile(bytes), options.inLevel);
  if (saved === null) throw new AppError('world.player-not-found', { player: options.uuid });
  return { player: playerOf(saved, options), dimension: dimensionOfPlayer(saved) };
}

export function playerOf(saved: NbtCompound, { uuid, name, kit, blob, tick = 0 }: Omit<ReadPlayerOptions, 'inLevel'>): Player {
  const number = (key: string, otherwise: number): number => finite(nbt.getNumber(saved, key), otherwise);
  const abilities = nbt.getCompound(saved, 'abilities');
  return {
    uuid,
    name,
    online: false,
    gameMode: GAME_MODES[number('playerGameType', 0)] ?? 'survival',
    pose: poseOf(saved),
    health: number('Health', 20),
    food: number('foodLevel', 20),
    saturation: number('foodSaturationLevel', 5),
    exhaustion: number('foodExhaustionLevel', 0),
    foodTicks: number('foodTickTimer', 0),
    air: number('Air', 300),
    fireTicks: Math.max(0, number('Fire', 0)),
    flying: abilities !== null && nbt.getNumber(abilities, 'flying') === 1,
    sneaking: false,
    experience: { level: number('XpLevel', 0), progress: number('XpP', 0), total: number('XpTotal', 0) },
    inventory: inventoryOf(saved, kit),
    heldSlot: Math.max(0, Math.min(8, Math.floor(number('SelectedItemSlot', 0)))),
    cursor: null,
    enderItems: slotsOf(saved, 'EnderItems', ENDER_SLOTS, (slot) => (slot >= 0 && slot < ENDER_SLOTS ? slot : null), kit),
    window: null,
    drag: null,
    using: null,
    digging: null,
    statusEffects: effectsOf(saved, tick),
    spawn: spawnOf(saved),
    safeUntilTick: tick,
    origin: blob,
  };
}

function poseOf(saved: NbtCompound): Pose {
  const at = (list: string, index: number): number => {
    const tag = nbt.getList(saved, list)?.[index];
    return finite(tag?.type === 'double' || tag?.type === 'float' ? tag.value : null, 0);
  };
  return { x: at('Pos', 0), y: at('Pos', 1), z: at('Pos', 2), yaw: at('Rotation', 0), pitch: at('Rotation', 1) };
}

function inventoryOf(saved: NbtCompound, kit: WorldKit): readonly Slot[] {
  const slots = [...slotsOf(saved, 'Inventory', PLAYER_SLOTS, slotOfSave, kit)];
  const equipment = nbt.getCompound(saved, 'equipment');
  for (const [name, slot] of EQUIPMENT) {
    const item = equipment === null ? null : nbt.getCompound(equipment, name);
    if (item !== null) slots[slot] = readItem(item, dataVersionOf(saved), kit.tables.renamedItems);
  }
  return slots;
}

/** Items of a list with `Slot`; the last one where two claim a slot, as vanilla. */
function slotsOf(
  saved: NbtCompound,
  list: string,
  count: number,
  slotFor: (slot: number) => number | null,
  kit: WorldKit,
): readonly Slot[] {
  const slots = new Array<Slot>(count).fill(null);
  for (const tag of nbt.getList(saved, list) ?? []) {
    if (tag.type !== 'compound') continue;
    const slot = slotFor(nbt.getNumber(tag, 'Slot') ?? Number.NaN);
    if (slot !== null) slots[slot] = readItem(tag, dataVersionOf(saved), kit.tables.renamedItems);
  }
  return slots;
}

function effectsOf(saved: NbtCompound, tick: number): readonly StatusEffect[] {
  const effects: StatusEffect[] = [];
  const add = (name: string | null, amplifier: number | null, duration: number | null): void => {
    // A byte in saves, though amplifiers up to 255 are meant.
    if (name !== null)
      effects.push({ name, amplifier: (amplifier ?? 0) & 0xff, untilTick: duration === -1 ? NEVER : tick + Math.max(0, duration ?? 0) });
  };
  for (const tag of nbt.getList(saved, 'active_effects') ?? []) {
    if (tag.type === 'compound') add(nbt.getText(tag, 'id'), nbt.getNumber(tag, 'amplifier'), nbt.getNumber(tag, 'duration'));
  }
  for (const tag of nbt.getList(saved, 'ActiveEffects') ?? []) {
    if (tag.type === 'compound')
      add(effectOfNumber((nbt.getNumber(tag, 'Id') ?? 0) & 0xff), nbt.getNumber(tag, 'Amplifier'), nbt.getNumber(tag, 'Duration'));
  }
  return effects;
}

/** A bed in another dimension than the overworld is none of ours; it stays in the save. Since 1.21.5 a compound. */
function spawnOf(saved: NbtCompound): Player['spawn'] {
  const respawn = nbt.getCompound(saved, 'respawn');
  const pos = respawn?.value.get('pos');
  if (respawn !== null && pos?.type === 'intArray' && pos.value.length === 3) {
    if (!isOverworld(nbt.getText(respawn, 'dimension'))) return null;
    const [x, y, z] = pos.value;
    return { pos: { x: x!, y: y!, z: z! }, angle: finite(nbt.getNumber(respawn, 'yaw') ?? nbt.getNumber(respawn, 'angle'), 0) };
  }
  const [x, y, z] = ['SpawnX', 'SpawnY', 'SpawnZ'].map((key) => nbt.getNumber(saved, key));
  if (x === null || y === null || z === null || !isOverworld(nbt.getText(saved, 'SpawnDimension'))) return null;
  return { pos: { x: x!, y: y!, z: z! }, angle: finite(nbt.getNumber(saved, 'SpawnAngle'), 0) };
}

function isOverworld(dimension: string | null): boolean {
  return dimension === null || dimension === 'minecraft:overworld';
}

/** Saves hold NaN where something went wrong; nothing of ours may. */
function finite(value: number | null, otherwise: number): number {
  return value === null || !Number.isFinite(value) ? otherwise : value;
}
