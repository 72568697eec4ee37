import { parseChunkKey, type BlockPos, type Pose, type Uuid } from '../../../../src-shared/units/index.ts';
import { SIGN_LINE_CHARACTERS_MAX } from '../../../../src-shared/config/index.ts';
import {
  HOTBAR_FIRST_SLOT,
  OFFHAND_SLOT,
  type Action,
  type EntityRef,
  type Face,
  type Hand,
  type Slot,
} from '../../../core/world/index.ts';
import type { Body } from '../entities/body.ts';
import type { ClientPackets } from '../wire/clientPackets.ts';
import { NOTHING_OWED, type Owed } from './commandQueue.ts';

/** What a packet means: a command, and what is owed to the client for it. */
export interface Wish {
  readonly action: Action;
  readonly owed: Owed;
}

const FACES: readonly Face[] = ['down', 'up', 'north', 'south', 'west', 'east'];
const STEPS: Readonly<Record<Face, readonly [number, number, number]>> = {
  down: [0, -1, 0],
  up: [0, 1, 0],
  north: [0, 0, -1],
  south: [0, 0, 1],
  west: [-1, 0, 0],
  east: [1, 0, 0],
};

/** Statuses of the digging packet. Source: https://minecraft.wiki/w/Java_Edition_protocol (Player Action). */
const START_DIG = 0;
const CANCEL_DIG = 1;
const FINISH_DIG = 2;
const DROP_STACK = 3;
const DROP_ITEM = 4;
const RELEASE_ITEM = 5;
const SWAP_HANDS = 6;

/** null for a status that does not exist. */
export function digWish({ status, location, face, sequence }: ClientPackets['block_dig'], pose: Pose): Wish | null {
  const side = FACES[face] ?? 'up';
  const pos = blockPos(location);
  const owed: Owed = { acknowledge: sequence, positions: around(pos), items: 'none' };
  switch (status) {
    case START_DIG:
      return { action: { type: 'startDig', pos, face: side, pose }, owed };
    case CANCEL_DIG:
      return { action: { type: 'cancelDig' }, owed };
    case FINISH_DIG:
      return { action: { type: 'finishDig', pos, face: side, pose }, owed };
    case DROP_STACK:
    case DROP_ITEM:
      return { action: { type: 'drop', all: status === DROP_STACK, pose }, owed: { ...NOTHING_OWED, items: 'guessed' } };
    case RELEASE_ITEM:
      return { action: { type: 'releaseItem' }, owed: { ...NOTHING_OWED, items: 'guessed' } };
    case SWAP_HANDS:
      return { action: { type: 'swapHands' }, owed: { ...NOTHING_OWED, items: 'guessed' } };
    default:
      return null;
  }
}

/** null for a place on a block that is none. */
export function placeWish(packet: ClientPackets['block_place'], pose: Pose): Wish | null {
  const { hand, location, direction, cursorX, cursorY, cursorZ, insideBlock, sequence } = packet;
  const face = FACES[direction];
  if (face === undefined || ![cursorX, cursorY, cursorZ].every(Number.isFinite)) return null;
  const pos = blockPos(location);
  const [x, y, z] = STEPS[face];
  const beside = { x: pos.x + x, y: pos.y + y, z: pos.z + z };
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    action: {
      type: 'useOn',
      hand: handOf(hand),
      pos,
      face,
      cursor: { x: within(cursorX), y: within(cursorY), z: within(cursorZ) },
      inside: insideBlock,
      pose,
    },
    owed: { acknowledge: sequence, positions: [...around(pos), ...around(beside)], items: 'guessed' },
  };
}

export function useItemWish({ hand, sequence }: ClientPackets['use_item'], pose: Pose): Wish {
  return { action: { type: 'useItem', hand: handOf(hand), pose }, owed: { acknowledge: sequence, positions: [], items: 'guessed' } };
}

const INTERACT = 0;
const ATTACK = 1;
const INTERACT_AT = 2;

/**
 * What a click on a body means. Clients send "interact at" before "interact" and leave the second out only for armour stands. null
 * for a click that means nothing by itself.
 */
export function entityWish({ mouse, hand }: ClientPackets['use_entity'], body: Body, pose: Pose): Wish | null {
  const target = refOf(body);
  if (mouse === ATTACK) return { action: { type: 'attack', target, pose }, owed: NOTHING_OWED };
  const isStand = body.look.kind.name === 'minecraft:armor_stand';
  if (mouse !== (isStand ? INTERACT_AT : INTERACT)) return null;
  return { action: { type: 'interact', target, hand: handOf(hand ?? 0), pose }, owed: { ...NOTHING_OWED, items: 'guessed' } };
}

function refOf({ key, chunk }: Body): EntityRef {
  const id = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('player:')) return { type: 'player', uuid: id as Uuid };
  if (key.startsWith('entity:')) return { type: 'entity', id: Number(id) };
  return { type: 'saved', chunk: parseChunkKey(chunk), uuid: id as Uuid };
}

export function clickWish(
  { windowId, slot, mouseButton, mode }: Pick<ClientPackets['window_click'], 'windowId' | 'slot' | 'mouseButton' | 'mode'>,
  pose: Pose,
): Wish {
  return {
    action: { type: 'clickWindow', window: windowId, slot, button: mouseButton, mode, pose },
    owed: { ...NOTHING_OWED, items: 'told' },
  };
}

export function creativeWish(slot: number, item: Slot, pose: Pose): Wish {
  return { action: { type: 'creativeSlot', slot, item, pose }, owed: { ...NOTHING_OWED, items: 'told' } };
}

export function signWish({ location, isFrontText, text1, text2, text3, text4 }: ClientPackets['update_sign']): Wish {
  const lines = [text1, text2, text3, text4].map((line) => line.slice(0, SIGN_LINE_CHARACTERS_MAX));
  return { action: { type: 'editSign', pos: blockPos(location), front: isFrontText, lines }, owed: NOTHING_OWED };
}

export function handOf(hand: number): Hand {
  return hand === 1 ? 'off' : 'main';
}

/** Slot of the inventory that a hand holds. */
export function handSlot(hand: Hand, heldSlot: number): number {
  return hand === 'off' ? OFFHAND_SLOT : HOTBAR_FIRST_SLOT + heldSlot;
}

function blockPos({ x, y, z }: BlockPos): BlockPos {
  return { x, y, z };
}

/** Doors, beds and tall plants are two blocks. */
function around(pos: BlockPos): readonly BlockPos[] {
  return [pos, { ...pos, y: pos.y + 1 }, { ...pos, y: pos.y - 1 }];
}
