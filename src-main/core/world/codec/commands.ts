import type { ChunkPos, Uuid } from '../../../../src-shared/units/index.ts';
import { SIGN_LINES } from '../../../../src-shared/config/index.ts';
import type { Action, Command, EntityRef, Face, Hand } from '../model/commands.ts';
import { bool, chunkPos, count, integer, list, nullable, oneOf, pos, pose, real, struct, union, uuid, type Shape } from './shapes.ts';
import { longText, player, slot, vector } from './things.ts';

const face = oneOf<Face>('down', 'up', 'north', 'south', 'west', 'east');
const hand = oneOf<Hand>('main', 'off');

const entityRef = union<'type', EntityRef>('type', {
  entity: struct<{ readonly id: number }>({ id: count }),
  player: struct<{ readonly uuid: Uuid }>({ uuid }),
  saved: struct<{ readonly chunk: ChunkPos; readonly uuid: Uuid }>({ chunk: chunkPos, uuid }),
});

type Of<K extends Action['type']> = Omit<Extract<Action, { readonly type: K }>, 'type'>;

const nothing = struct<object>({});
const dig = struct<Of<'startDig'>>({ pos, face, pose });

/** Numbered by place: append only. */
const action = union<'type', Action>('type', {
  join: struct<Of<'join'>>({ name: longText, profile: nullable(player) }),
  leave: nothing,
  move: struct<Of<'move'>>({ pose, onGround: bool, flying: bool, sneaking: bool, sprinting: bool }),
  land: struct<Of<'land'>>({ distance: real }),
  startDig: dig,
  cancelDig: nothing,
  finishDig: dig,
  useOn: struct<Of<'useOn'>>({ hand, pos, face, cursor: vector, inside: bool, pose }),
  useItem: struct<Of<'useItem'>>({ hand, pose }),
  releaseItem: nothing,
  attack: struct<Of<'attack'>>({ target: entityRef, pose }),
  interact: struct<Of<'interact'>>({ target: entityRef, hand, pose }),
  holdSlot: struct<Of<'holdSlot'>>({ slot: integer }),
  swapHands: nothing,
  drop: struct<Of<'drop'>>({ all: bool, pose }),
  clickWindow: struct<Of<'clickWindow'>>({ window: integer, slot: integer, button: integer, mode: integer, pose }),
  closeWindow: struct<Of<'closeWindow'>>({ window: integer, pose }),
  creativeSlot: struct<Of<'creativeSlot'>>({ slot: integer, item: slot, pose }),
  editSign: struct<Of<'editSign'>>({ pos, front: bool, lines: list(longText, SIGN_LINES) }),
  respawn: nothing,
  slash: struct<Of<'slash'>>({ text: longText, pose }),
});

export const command: Shape<Command> = struct<Command>({ session: uuid, sequence: count, player: uuid, action });
