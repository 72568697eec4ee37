import type { Uuid } from '../../../../src-shared/units/index.ts';
import type { NoticeText, ShowEvent } from '../../../core/world/index.ts';
import { toSourceNbt } from '../tables/sourceNbt.ts';
import { noticeComponent } from '../text/component.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import type { Body } from '../entities/body.ts';
import { shared, type GameContext } from './context.ts';
import { keyOfBlock, type DimensionView } from './dimensionView.ts';
import type { Session } from './session.ts';

export interface ShowParts {
  readonly context: GameContext;
  /** The session of a player on this machine. */
  sessionOf(player: Uuid): Session | null;
  /** When all effects of the entry were shown. */
  later(action: () => void): void;
  /** To everybody in the dimension. */
  say(view: DimensionView, text: NoticeText): void;
}

/** Level event of a broken block: particles and sound. Source: https://minecraft.wiki/w/Java_Edition_protocol (World Event). */
const BLOCK_BROKEN = 2001;
/** Entity event of a death. */
const DEATH = 3;
/** Stages of a crack; anything else takes it away. */
const NO_CRACK = -1;
const SOUND_BLOCKS = 16;

type Of<K extends ShowEvent['kind']> = Extract<ShowEvent, { kind: K }>;
type Showers = { readonly [K in ShowEvent['kind']]: (event: Of<K>, view: DimensionView, parts: ShowParts) => void };

/** What is shown and not kept. */
export function showEvent(event: ShowEvent, view: DimensionView, parts: ShowParts): void {
  const show = SHOWERS[event.kind] as (event: ShowEvent, view: DimensionView, parts: ShowParts) => void;
  show(event, view, parts);
}

const SHOWERS: Showers = {
  // The one who breaks a block has seen it break already.
  breakBlock: ({ pos, state, by }, view, parts) => {
    const data = parts.context.states.shown(state);
    near(parts.context, view, { pos, except: by }, 'world_event', { effectId: BLOCK_BROKEN, location: pos, data, global: false });
  },
  digProgress: ({ pos, by, stage }, view, parts) => {
    const destroyStage = stage >= 0 && stage <= 9 ? stage : NO_CRACK;
    const entityId = parts.context.eids.ofPlayer(by);
    near(parts.context, view, { pos, except: by }, 'block_break_animation', { entityId, location: pos, destroyStage });
  },
  sound: (event, view, parts) => {
    const soundId = parts.context.ids.sound(event.sound);
    if (soundId === null) return;
    const part = (value: number): number => Math.round(value * 8);
    near(parts.context, view, { pos: event.pos, except: null, within: SOUND_BLOCKS * Math.max(1, event.volume) }, 'sound_effect', {
      sound: { soundId },
      soundCategory: categoryOf(event.sound),
      x: part(event.pos.x),
      y: part(event.pos.y),
      z: part(event.pos.z),
      volume: event.volume,
      pitch: event.pitch,
      seed: 0n,
    });
  },
  hurt: ({ who }, view, parts) => {
    const { context } = parts;
    const hit = (entityId: number): ServerPackets['damage_event'] => ({
      entityId,
      sourceTypeId: context.ids.genericDamage,
      sourceCauseId: 0,
      sourceDirectId: 0,
      sourcePosition: undefined,
    });
    const body = bodyOf(view, who);
    if (body !== null) view.bodies.tell(body, 'damage_event', hit(body.eid));
    const session = typeof who === 'string' ? parts.sessionOf(who) : null;
    session?.connection.send('damage_event', hit(session.eid));
  },
  died: ({ who, message }, view, parts) => {
    const body = bodyOf(view, who);
    if (body !== null) view.bodies.tell(body, 'entity_status', { entityId: body.eid, entityStatus: DEATH });
    if (message !== null) parts.say(view, message);
    const session = typeof who === 'string' ? parts.sessionOf(who) : null;
    const words = noticeComponent(message ?? { key: 'death.attack.generic', args: [], plain: 'You died', color: null });
    session?.connection.send('death_combat_event', { playerId: session.eid, message: toSourceNbt(words) });
  },
  blockAction: ({ pos, action, value }, view, parts) => {
    const { states, ids } = parts.context;
    const blockId = ids.block(states.blockOf(states.shown(view.block(pos)))?.name ?? 'minecraft:air');
    near(parts.context, view, { pos, except: null }, 'block_action', { location: pos, byte1: action & 255, byte2: value & 255, blockId });
  },
  teleport: ({ uuid, pose }, view, parts) => {
    const body = bodyOf(view, uuid);
    if (body !== null) view.bodies.place(body, pose, { headYaw: pose.yaw, onGround: body.onGround });
    parts.sessionOf(uuid)?.teleport(pose);
  },
  openSign: ({ uuid, pos, front }, _view, parts) => {
    const session = parts.sessionOf(uuid);
    // The editor opens only on a block that the client knows to be a sign.
    if (session !== null) parts.later(() => session.connection.send('open_sign_entity', { location: pos, isFrontText: front }));
  },
  pickUp: ({ entity, by, count }, view, parts) => {
    const body = bodyOf(view, entity);
    if (body === null) return;
    const packet = { collectedEntityId: body.eid, collectorEntityId: parts.context.eids.ofPlayer(by), pickupItemCount: count };
    view.bodies.tell(body, 'collect', packet);
  },
  resync: ({ uuid }, _view, parts) => {
    const session = parts.sessionOf(uuid);
    if (session !== null) parts.later(() => session.resync());
  },
};

function bodyOf(view: DimensionView, who: Uuid | number): Body | null {
  return view.bodies.get(typeof who === 'string' ? `player:${who}` : `entity:${who}`);
}

interface Where {
  readonly pos: { readonly x: number; readonly y: number; readonly z: number };
  readonly except: Uuid | null;
  /** Blocks; without it, everybody who has the chunk. */
  readonly within?: number;
}

function near<K extends keyof ServerPackets>(
  context: GameContext,
  view: DimensionView,
  { pos, except, within }: Where,
  name: K,
  params: ServerPackets[K],
): void {
  const key = keyOfBlock(pos);
  let packet: ReturnType<typeof shared> | null = null;
  for (const viewer of view.viewers) {
    if (viewer.uuid === except || !viewer.sees(key)) continue;
    if (within !== undefined && distance(viewer.pose, pos) > within) continue;
    packet ??= shared(context, name, params);
    viewer.connection.sendShared(packet);
  }
}

function distance(a: Where['pos'], b: Where['pos']): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/** Volume slider of a sound, by the first word of its name. */
function categoryOf(sound: string): string {
  const name = sound.replace('minecraft:', '');
  if (name.startsWith('block.') || name.startsWith('item.')) return 'block';
  if (name.startsWith('entity.player.')) return 'player';
  if (name.startsWith('weather.')) return 'weather';
  if (name.startsWith('ambient.')) return 'ambient';
  if (name.startsWith('music.')) return 'music';
  return name.startsWith('entity.') ? 'neutral' : 'block';
}
