import type { BlockPos, Hash, Uuid } from '../../../../src-shared/units/index.ts';
import { ENTRY_TEXT_BYTES_MAX } from '../../../../src-shared/config/index.ts';
import type { Departure } from '../door.ts';
import type { Entity, FallingBlockBody, ItemBody, MobBody } from '../model/entity.ts';
import { PLAYER_SLOTS, type ItemStack, type Slot } from '../model/items.ts';
import type { OpenWindow, Player, StatusEffect } from '../model/player.ts';
import {
  between,
  bool,
  compound,
  count,
  hash,
  integer,
  list,
  name,
  nullable,
  oneOf,
  partial,
  pos,
  pose,
  real,
  struct,
  text,
  union,
  uuid,
  type Shape,
} from './shapes.ts';

/** Words in lists and fields in structs are numbered by their place: append only, or raise the format. */

const STACK_MAX = 99;
const WINDOW_SLOTS_MAX = 256;
const STATUS_EFFECTS_MAX = 1024;
const ENDER_SLOTS = 27;

export const longText = text(ENTRY_TEXT_BYTES_MAX);

const stack = struct<ItemStack>({ name, count: between(1, STACK_MAX), components: nullable(compound) });
export const slot: Shape<Slot> = nullable(stack);

type Vector = { readonly x: number; readonly y: number; readonly z: number };
export const vector = struct<Vector>({ x: real, y: real, z: real });

type Body = Entity['body'];

export const entity: Shape<Entity> = struct<Entity>({
  id: count,
  uuid,
  kind: name,
  pose,
  velocity: vector,
  body: union<'type', Body>('type', {
    item: struct<Omit<ItemBody, 'type'>>({ stack, pickupTick: integer, despawnTick: integer, thrower: nullable(uuid) }),
    falling: struct<Omit<FallingBlockBody, 'type'>>({ block: name, from: pos }),
    mob: struct<Omit<MobBody, 'type'>>({ health: real, nbt: compound, dataVersion: count }),
  }),
});

const window = struct<OpenWindow>({
  id: count,
  kind: oneOf(
    'generic_9x3',
    'generic_9x6',
    'generic_3x3',
    'hopper',
    'shulker_box',
    'furnace',
    'blast_furnace',
    'smoker',
    'crafting',
    'ender_chest',
    'crafter',
  ),
  blocks: list(pos, WINDOW_SLOTS_MAX),
  slots: list(slot, WINDOW_SLOTS_MAX),
  title: longText,
});

/** Every field of a player but the two that `playerFields` must not carry. */
const playerFieldShapes = {
  name: longText,
  online: bool,
  gameMode: oneOf<Player['gameMode']>('survival', 'creative', 'adventure', 'spectator'),
  pose,
  health: real,
  food: integer,
  saturation: real,
  exhaustion: real,
  foodTicks: integer,
  air: integer,
  fireTicks: integer,
  flying: bool,
  sneaking: bool,
  experience: struct<Player['experience']>({ level: integer, progress: real, total: integer }),
  heldSlot: between(0, 8),
  cursor: slot,
  enderItems: list(slot, ENDER_SLOTS),
  window: nullable(window),
  drag: nullable(
    struct<{ readonly kind: 'split' | 'single' | 'clone'; readonly slots: readonly number[] }>({
      kind: oneOf('split', 'single', 'clone'),
      slots: list(integer, WINDOW_SLOTS_MAX),
    }),
  ),
  using: nullable(struct<{ readonly hand: 'main' | 'off'; readonly startTick: number }>({ hand: oneOf('main', 'off'), startTick: count })),
  digging: nullable(struct<{ readonly pos: BlockPos; readonly startTick: number }>({ pos, startTick: count })),
  statusEffects: list(struct<StatusEffect>({ name, amplifier: integer, untilTick: integer }), STATUS_EFFECTS_MAX),
  spawn: nullable(struct<{ readonly pos: BlockPos; readonly angle: number }>({ pos, angle: real })),
  safeUntilTick: integer,
  origin: nullable<Hash>(hash),
} as const;

export const playerFields = partial<Omit<Player, 'uuid' | 'inventory'>>(playerFieldShapes);

export const player: Shape<Player> = struct<Player>({ uuid, inventory: list(slot, PLAYER_SLOTS), ...playerFieldShapes });

export const departure = struct<Departure>({ player, to: name, pose });

export interface Session {
  readonly player: Uuid;
  readonly session: Uuid;
  readonly sequence: number;
}

export const session = struct<Session>({ player: uuid, session: uuid, sequence: count });

export interface ScheduledTick {
  readonly tick: number;
  readonly pos: BlockPos;
  readonly kind: string;
}

export const scheduledTick = struct<ScheduledTick>({ tick: integer, pos, kind: name });
