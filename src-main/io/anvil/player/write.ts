import { equalNbt, nbt, type Nbt, type NbtCompound } from '../../../../src-shared/nbt/index.ts';
import type { Hash, Uuid } from '../../../../src-shared/units/index.ts';
import { fromHex } from '../../../../src-shared/units/index.ts';
import { sameStack, withoutPrivateTags, writeItem, type Player, type Slot, type StatusEffect } from '../../../core/world/index.ts';
import type { WritePlayerOptions } from '../door.ts';
import { readNbtFile } from '../save/nbtFile.ts';
import {
  dataVersionOf,
  DIMENSIONS_HAVE_NAMES_SINCE,
  EFFECTS_HAVE_NAMES_SINCE,
  EQUIPMENT,
  EQUIPMENT_SINCE,
  numberOfEffect,
  playerIn,
  slotInSave,
  slotOfSave,
  UUID_IS_INTS_SINCE,
} from './form.ts';
import { dimensionOfPlayer, uuidOf } from './list.ts';
import { ENDER_SLOTS, NEVER, playerOf } from './read.ts';

type Changes = Record<string, Nbt | null>;

const GAME_MODES: readonly string[] = ['survival', 'creative', 'adventure', 'spectator'];
/** Slots of ours that a save keeps, in which something that is held in the air can be put. */
const CARRIED: readonly number[] = Array.from({ length: 36 }, (_, i) => (i < 9 ? 36 + i : i));

/**
 * The player's compound, in the data version of `origin` (the bytes of the file that the player was read from; null for one born here: the
 * version of the tables). What is as it was read stays as it is in the origin, tag by tag.
 */
export function writePlayer(origin: Uint8Array | null, player: Player, options: WritePlayerOptions): NbtCompound {
  const saved = origin === null ? null : playerIn(readNbtFile(origin), options.inLevel);
  return new PlayerWriter(saved ?? newborn(options), player, options).write();
}

function newborn({ kit, dimension }: WritePlayerOptions): NbtCompound {
  return nbt.compound({
    DataVersion: nbt.int(kit.tables.dataVersion),
    Dimension: nbt.text(dimension),
    Motion: nbt.list('double', [nbt.double(0), nbt.double(0), nbt.double(0)]),
    OnGround: nbt.byte(1),
    FallDistance: nbt.float(0),
    Inventory: nbt.list('compound', []),
    EnderItems: nbt.list('compound', []),
  });
}

class PlayerWriter {
  readonly #saved: NbtCompound;
  readonly #before: Player;
  readonly #player: Player;
  readonly #options: WritePlayerOptions;
  readonly #dataVersion: number;
  readonly #changes: Changes = {};

  constructor(saved: NbtCompound, player: Player, options: WritePlayerOptions) {
    this.#saved = saved;
    this.#player = player;
    this.#options = options;
    this.#dataVersion = dataVersionOf(saved);
    this.#before = playerOf(saved, { uuid: player.uuid, name: player.name, kit: options.kit, blob: '' as Hash, tick: options.tick });
  }

  write(): NbtCompound {
    this.#who();
    this.#numbers();
    this.#place();
    this.#items();
    this.#effects();
    this.#spawn();
    return nbt.withTags(this.#saved, this.#changes);
  }

  #who(): void {
    if (uuidOf(this.#saved) !== this.#player.uuid) Object.assign(this.#changes, uuidTags(this.#player.uuid, this.#dataVersion));
    if (dimensionOfPlayer(this.#saved) !== this.#options.dimension)
      this.#changes['Dimension'] = dimensionTag(this.#options.dimension, this.#dataVersion);
  }

  #numbers(): void {
    const [before, now] = [this.#before, this.#player];
    const set = (key: string, tag: Nbt, was: number, is: number): void => {
      if (was !== is || !this.#saved.value.has(key)) this.#changes[key] = tag;
    };
    set('Health', nbt.float(now.health), before.health, now.health);
    set('foodLevel', nbt.int(now.food), before.food, now.food);
    set('foodSaturationLevel', nbt.float(now.saturation), before.saturation, now.saturation);
    set('foodExhaustionLevel', nbt.float(now.exhaustion), before.exhaustion, now.exhaustion);
    set('foodTickTimer', nbt.int(now.foodTicks), before.foodTicks, now.foodTicks);
    set('Air', nbt.short(now.air), before.air, now.air);
    set('Fire', nbt.short(now.fireTicks > 0 ? now.fireTicks : -20), before.fireTicks, now.fireTicks);
    set('XpLevel', nbt.int(now.experience.level), before.experience.level, now.experience.level);
    set('XpP', nbt.float(now.experience.progress), before.experience.progress, now.experience.progress);
    set('XpTotal', nbt.int(now.experience.total), before.experience.total, now.experience.total);
    set('SelectedItemSlot', nbt.int(now.heldSlot), before.heldSlot, now.heldSlot);
    const [was, is] = [GAME_MODES.indexOf(before.gameMode), GAME_MODES.indexOf(now.gameMode)];
    set('playerGameType', nbt.int(is), was, is);
    if (was !== is || before.flying !== now.flying || !this.#saved.value.has('abilities')) this.#changes['abilities'] = this.#abilities();
  }

  #abilities(): NbtCompound {
    const { gameMode, flying } = this.#player;
    const flag = (value: boolean): Nbt => nbt.byte(value ? 1 : 0);
    const free = gameMode === 'creative' || gameMode === 'spectator';
    const before = nbt.getCompound(this.#saved, 'abilities') ?? nbt.compound({ walkSpeed: nbt.float(0.1), flySpeed: nbt.float(0.05) });
    return nbt.withTags(before, {
      flying: flag(flying),
      mayfly: flag(free),
      invulnerable: flag(free),
      instabuild: flag(gameMode === 'creative'),
      mayBuild: flag(gameMode === 'survival' || gameMode === 'creative'),
    });
  }

  #place(): void {
    const [was, is] = [this.#before.pose, this.#player.pose];
    if (was.x !== is.x || was.y !== is.y || was.z !== is.z || !this.#saved.value.has('Pos')) {
      this.#changes['Pos'] = nbt.list('double', [is.x, is.y, is.z].map(nbt.double));
      if (this.#saved.value.has('Motion')) this.#changes['Motion'] = nbt.list('double', [0, 0, 0].map(nbt.double));
    }
    if (was.yaw !== is.yaw || was.pitch !== is.pitch || !this.#saved.value.has('Rotation'))
      this.#changes['Rotation'] = nbt.list('float', [is.yaw, is.pitch].map(nbt.float));
  }

  #items(): void {
    const now = withCarried(this.#player);
    const usesEquipment = this.#dataVersion >= EQUIPMENT_SINCE;
    const isWorn = (slot: number): boolean => EQUIPMENT.some(([, own]) => own === slot);
    const listed = now.map((stack, slot) => (usesEquipment && isWorn(slot) ? null : stack));
    const before = this.#before.inventory.map((stack, slot) => (usesEquipment && isWorn(slot) ? null : stack));
    this.#list('Inventory', before, listed, { toSave: slotInSave, fromSave: slotOfSave });
    const same = { toSave: (slot: number) => slot, fromSave: (slot: number) => (slot < ENDER_SLOTS ? slot : null) };
    this.#list('EnderItems', this.#before.enderItems, this.#player.enderItems, same);
    if (!usesEquipment) return;
    const worn = EQUIPMENT.filter(([, slot]) => !sameStack(this.#before.inventory[slot] ?? null, now[slot] ?? null));
    if (worn.length === 0) return;
    const changes = worn.map(
      ([name, slot]) => [name, now[slot] === null || now[slot] === undefined ? null : this.#item(now[slot])] as const,
    );
    this.#changes['equipment'] = nbt.withTags(nbt.getCompound(this.#saved, 'equipment') ?? nbt.compound({}), Object.fromEntries(changes));
  }

  /** Slots that are as they were keep their tags, others of the save's slots (those of mods) too. */
  #list(
    key: string,
    before: readonly Slot[],
    now: readonly Slot[],
    slots: { readonly toSave: (slot: number) => number | null; readonly fromSave: (slot: number) => number | null },
  ): void {
    const changed = new Set(now.flatMap((stack, slot) => (sameStack(stack, before[slot] ?? null) ? [] : [slot])));
    if (changed.size === 0) return;
    const kept = (nbt.getList(this.#saved, key) ?? []).filter((tag) => {
      const slot = tag.type === 'compound' ? slots.fromSave(nbt.getNumber(tag, 'Slot') ?? Number.NaN) : null;
      return slot === null || !changed.has(slot);
    });
    const written = [...changed].flatMap((slot) => {
      const [stack, inSave] = [now[slot] ?? null, slots.toSave(slot)];
      return stack === null || inSave === null ? [] : [nbt.withTags(this.#item(stack), { Slot: nbt.byte(inSave) })];
    });
    const slotOf = (tag: Nbt): number => (tag.type === 'compound' ? (nbt.getNumber(tag, 'Slot') ?? 0) & 0xff : 0);
    this.#changes[key] = nbt.list(
      'compound',
      [...kept, ...written].sort((a, b) => slotOf(a) - slotOf(b)),
    );
  }

  #item(stack: NonNullable<Slot>): NbtCompound {
    return withoutPrivateTags(writeItem(stack, this.#dataVersion, this.#options.kit.tables.renamedItems));
  }

  #effects(): void {
    const [before, now] = [this.#before.statusEffects, this.#player.statusEffects];
    // What only got shorter by the ticks that passed is another duration too: the shard's tick goes on, the save's does not.
    const isSame = before.length === now.length && before.every((effect, i) => isSameEffect(effect, now[i]!));
    if (isSame) return;
    const named = this.#dataVersion >= EFFECTS_HAVE_NAMES_SINCE;
    const tags = now.flatMap((effect) => (effect.untilTick <= this.#options.tick ? [] : (this.#effect(effect, named) ?? [])));
    this.#changes[named ? EFFECT_KEYS.list : OLD_EFFECT_KEYS.list] = tags.length === 0 ? null : nbt.list('compound', tags);
  }

  /** The save's own tags with the duration of now, if it had the effect: they say more than we keep. */
  #effect(effect: StatusEffect, named: boolean): NbtCompound | null {
    const keys = named ? EFFECT_KEYS : OLD_EFFECT_KEYS;
    const duration = nbt.int(effect.untilTick >= NEVER ? -1 : effect.untilTick - this.#options.tick);
    const level = nbt.byte((effect.amplifier << 24) >> 24);
    const number = numberOfEffect(effect.name);
    if (!named && number === null) return null;
    const id = named ? nbt.text(effect.name) : this.#dataVersion >= EFFECT_IDS_ARE_INTS_SINCE ? nbt.int(number!) : nbt.byte(number!);
    const known = (nbt.getList(this.#saved, keys.list) ?? []).find((tag) => tag.type === 'compound' && isTag(tag, keys.id, id));
    const before =
      known?.type === 'compound' ? known : nbt.compound({ [keys.id]: id, [keys.icon]: nbt.byte(1), [keys.particles]: nbt.byte(1) });
    return nbt.withTags(before, { [keys.amplifier]: level, [keys.duration]: duration });
  }

  #spawn(): void {
    const [was, is] = [this.#before.spawn, this.#player.spawn];
    const isSame =
      was === null || is === null
        ? was === is
        : was.pos.x === is.pos.x && was.pos.y === is.pos.y && was.pos.z === is.pos.z && was.angle === is.angle;
    if (isSame) return;
    if (this.#dataVersion >= EQUIPMENT_SINCE) {
      const respawn =
        is === null
          ? null
          : nbt.compound({
              pos: nbt.intArray(Int32Array.of(is.pos.x, is.pos.y, is.pos.z)),
              angle: nbt.float(is.angle),
              dimension: nbt.text('minecraft:overworld'),
            });
      this.#changes['respawn'] = respawn;
      return;
    }
    const named = this.#dataVersion >= DIMENSIONS_HAVE_NAMES_SINCE;
    Object.assign(this.#changes, {
      SpawnX: is === null ? null : nbt.int(is.pos.x),
      SpawnY: is === null ? null : nbt.int(is.pos.y),
      SpawnZ: is === null ? null : nbt.int(is.pos.z),
      SpawnAngle: is === null || !named ? null : nbt.float(is.angle),
      SpawnDimension: is === null || !named ? null : nbt.text('minecraft:overworld'),
    });
  }
}

const EFFECT_KEYS = {
  list: 'active_effects',
  id: 'id',
  amplifier: 'amplifier',
  duration: 'duration',
  icon: 'show_icon',
  particles: 'show_particles',
} as const;
const OLD_EFFECT_KEYS = {
  list: 'ActiveEffects',
  id: 'Id',
  amplifier: 'Amplifier',
  duration: 'Duration',
  icon: 'ShowIcon',
  particles: 'ShowParticles',
} as const;

function isTag(tag: NbtCompound, name: string, value: Nbt): boolean {
  const found = tag.value.get(name);
  return found !== undefined && equalNbt(found, value);
}

/** 22w13a: effects' numbers are ints; before, bytes. */
const EFFECT_IDS_ARE_INTS_SINCE = 3093;

function isSameEffect(a: StatusEffect, b: StatusEffect): boolean {
  return a.name === b.name && a.amplifier === b.amplifier && a.untilTick === b.untilTick;
}

/** What the hand and open grids hold goes where there is room, as when a player leaves; what finds none stays behind. */
function withCarried({ inventory, cursor, window }: Player): readonly Slot[] {
  const slots = [...inventory];
  const loose = [cursor, ...slots.slice(1, 5), ...(window?.slots ?? [])];
  for (let slot = 0; slot < 5; slot++) slots[slot] = null;
  for (const stack of loose) {
    const free = CARRIED.find((slot) => (slots[slot] ?? null) === null);
    if (stack !== null && free !== undefined) slots[free] = stack;
  }
  return slots;
}

export function uuidTags(uuid: Uuid, dataVersion: number): Readonly<Record<string, Nbt>> {
  const view = new DataView(fromHex(uuid.replaceAll('-', '')).buffer);
  if (dataVersion >= UUID_IS_INTS_SINCE) return { UUID: nbt.intArray(Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at))) };
  return { UUIDMost: nbt.long(view.getBigInt64(0)), UUIDLeast: nbt.long(view.getBigInt64(8)) };
}

function dimensionTag(dimension: string, dataVersion: number): Nbt {
  if (dataVersion >= DIMENSIONS_HAVE_NAMES_SINCE) return nbt.text(dimension);
  return nbt.int(dimension === 'minecraft:the_nether' ? -1 : dimension === 'minecraft:the_end' ? 1 : 0);
}
