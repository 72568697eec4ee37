import { HOTBAR_FIRST_SLOT, OFFHAND_SLOT, type Player } from '../../../core/world/index.ts';
import type { Look } from '../entities/body.ts';
import {
  CROUCHING,
  GLOWING,
  INVISIBLE,
  metadata,
  ON_FIRE,
  POSE_CROUCHING,
  POSE_DYING,
  POSE_STANDING,
  POSE_SWIMMING,
  SPRINTING,
  SWIMMING,
  type EntityKind,
} from '../entities/kinds.ts';

/** What of a player's presence changes how they look. */
export interface Posture {
  readonly sneaking: boolean;
  readonly sprinting: boolean;
  readonly swimming: boolean;
}

export const UPRIGHT: Posture = { sneaking: false, sprinting: false, swimming: false };

/** What a client told of its player's appearance; known only for the players of this machine. */
export interface Appearance {
  readonly skinParts: number;
  readonly mainHand: number;
}

/** All layers of the skin, right-handed. */
export const DEFAULT_APPEARANCE: Appearance = { skinParts: 0x7f, mainHand: 1 };

export function playerLook(kind: EntityKind, player: Player, posture: Posture, appearance: Appearance): Look {
  return {
    kind,
    objectData: 0,
    metadata: metadata(kind, [
      ['shared_flags', 'byte', flagsOf(player, posture)],
      ['pose', 'pose', poseOf(player, posture)],
      ['health', 'float', player.health],
      ['player_mode_customisation', 'byte', signed(appearance.skinParts)],
      ['player_main_hand', 'byte', appearance.mainHand],
    ]),
    equipment: [
      player.inventory[HOTBAR_FIRST_SLOT + player.heldSlot] ?? null,
      player.inventory[OFFHAND_SLOT] ?? null,
      player.inventory[8] ?? null,
      player.inventory[7] ?? null,
      player.inventory[6] ?? null,
      player.inventory[5] ?? null,
    ],
  };
}

export function flagsOf(player: Player, { sneaking, sprinting, swimming }: Posture): number {
  const has = (effect: string): boolean => player.statusEffects.some(({ name }) => name === `minecraft:${effect}`);
  return (
    (player.fireTicks > 0 ? ON_FIRE : 0) |
    (sneaking ? CROUCHING : 0) |
    (sprinting ? SPRINTING : 0) |
    (swimming ? SWIMMING : 0) |
    (has('invisibility') ? INVISIBLE : 0) |
    (has('glowing') ? GLOWING : 0)
  );
}

function poseOf(player: Player, { sneaking, swimming }: Posture): number {
  if (player.health <= 0) return POSE_DYING;
  if (swimming) return POSE_SWIMMING;
  return sneaking ? POSE_CROUCHING : POSE_STANDING;
}

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}
