import type { Uuid } from '../../../../src-shared/units/index.ts';
import { EFFECTS_PER_ENTRY_MAX, ENTITIES_PER_CHUNK_MAX } from '../../../../src-shared/config/index.ts';
import type { CouncilRequest, Effect, NoticeText, ShowEvent } from '../model/effects.ts';
import {
  between,
  bool,
  chunkPos,
  compound,
  count,
  integer,
  list,
  name,
  nullable,
  oneOf,
  pos,
  pose,
  real,
  refusal,
  state,
  struct,
  union,
  uuid,
  type Shape,
} from './shapes.ts';
import { entity, longText, player, playerFields, slot, vector } from './things.ts';
import { PLAYER_SLOTS } from '../model/items.ts';

type Of<K extends Effect['type']> = Omit<Extract<Effect, { readonly type: K }>, 'type'>;
type Asks<K extends CouncilRequest['type']> = Omit<Extract<CouncilRequest, { readonly type: K }>, 'type'>;
type Shows<K extends ShowEvent['kind']> = Omit<Extract<ShowEvent, { readonly kind: K }>, 'kind'>;

const NOTICE_ARGUMENTS_MAX = 256;

const notice = struct<NoticeText>({
  key: nullable(name),
  args: list(longText, NOTICE_ARGUMENTS_MAX),
  plain: longText,
  color: nullable(name),
});

const councilRequest = union<'type', CouncilRequest>('type', {
  time: struct<Asks<'time'>>({ dayTime: integer }),
  weather: struct<Asks<'weather'>>({ weather: oneOf('clear', 'rain', 'thunder'), ticks: integer }),
  operator: struct<Asks<'operator'>>({ player: uuid, name: longText, grant: bool }),
  gameRule: struct<Asks<'gameRule'>>({ rule: longText, value: longText }),
  difficulty: struct<Asks<'difficulty'>>({ difficulty: oneOf('peaceful', 'easy', 'normal', 'hard') }),
  worldSpawn: struct<Asks<'worldSpawn'>>({ pos, angle: real }),
});

/** A player by UUID or an entity by id. */
const who: Shape<Uuid | number> = {
  write(to, value) {
    const isPlayer = typeof value === 'string';
    to.bool(isPlayer);
    if (isPlayer) uuid.write(to, value);
    else count.write(to, value);
  },
  read: (from) => (from.bool() ? uuid.read(from) : count.read(from)),
};

const showEvent = union<'kind', ShowEvent>('kind', {
  breakBlock: struct<Shows<'breakBlock'>>({ pos, state, by: nullable(uuid) }),
  digProgress: struct<Shows<'digProgress'>>({ pos, by: uuid, stage: integer }),
  sound: struct<Shows<'sound'>>({ sound: name, pos: vector, volume: real, pitch: real }),
  hurt: struct<Shows<'hurt'>>({ who, amount: real }),
  died: struct<Shows<'died'>>({ who, message: nullable(notice) }),
  blockAction: struct<Shows<'blockAction'>>({ pos, action: integer, value: integer }),
  teleport: struct<Shows<'teleport'>>({ uuid, pose }),
  openSign: struct<Shows<'openSign'>>({ uuid, pos, front: bool }),
  pickUp: struct<Shows<'pickUp'>>({ entity: count, by: uuid, count }),
  resync: struct<Shows<'resync'>>({ uuid }),
});

/** Numbered by place: append only. */
const effect = union<'type', Effect>('type', {
  block: struct<Of<'block'>>({ pos, state }),
  blockEntity: struct<Of<'blockEntity'>>({ pos, nbt: nullable(compound) }),
  schedule: struct<Of<'schedule'>>({ pos, kind: name, tick: integer }),
  unschedule: struct<Of<'unschedule'>>({ pos, kind: name, tick: integer }),
  adoptEntities: struct<Of<'adoptEntities'>>({ chunk: chunkPos, entities: list(entity, ENTITIES_PER_CHUNK_MAX) }),
  entity: struct<Of<'entity'>>({ entity }),
  entityGone: struct<Of<'entityGone'>>({
    id: count,
    reason: oneOf('killed', 'pickedUp', 'despawned', 'merged', 'landed'),
    by: nullable(uuid),
  }),
  player: struct<Of<'player'>>({ player }),
  playerFields: struct<Of<'playerFields'>>({ uuid, fields: playerFields }),
  slot: struct<Of<'slot'>>({ uuid, slot: between(0, PLAYER_SLOTS - 1), item: slot }),
  depart: struct<Of<'depart'>>({ uuid, to: name, pose }),
  executed: struct<Of<'executed'>>({ session: uuid, player: uuid, sequence: count, refusal: nullable(refusal) }),
  sessionGone: struct<Of<'sessionGone'>>({ session: uuid }),
  council: struct<Of<'council'>>({ request: councilRequest }),
  notice: struct<Of<'notice'>>({ to: nullable(uuid), text: notice, overlay: bool }),
  show: struct<Of<'show'>>({ event: showEvent }),
  handedOver: struct<Of<'handedOver'>>({ uuid }),
});

export const effects = list(effect, EFFECTS_PER_ENTRY_MAX);
