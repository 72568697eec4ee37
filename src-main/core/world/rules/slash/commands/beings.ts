import { ITEM_DESPAWN_TICKS, ITEM_PICKUP_DELAY_TICKS } from '../../../../../../src-shared/config/index.ts';
import { refuse, type Result } from '../../../../../../src-shared/errors/index.ts';
import { nbt, type NbtCompound } from '../../../../../../src-shared/nbt/index.ts';
import { readItem } from '../../../items/index.ts';
import type { Entity } from '../../../model/entity.ts';
import type { RuleContext, SlashRule } from '../../../model/rule.ts';
import { drawUuid } from '../../blocks/items.ts';
import { healthOf } from '../../blocks/mobs.ts';
import type { Vector } from '../../entities/boxes.ts';
import { killEntity } from '../../players/attack.ts';
import { harm } from '../../players/harm.ts';
import { findTargets } from '../selectors.ts';
import { answer, nameOf, slashRule } from '../slashRule.ts';
import { parseSnbt } from '../snbt.ts';
import { bad, fullName, ok, parsePlace } from '../values.ts';

const kill = slashRule({
  name: 'kill',
  operatorOnly: true,
  usage: '[<targets>]',
  execute: (context, player, [who = '@s', ...more]) => {
    if (more.length > 0) return bad(more[0]!);
    const targets = findTargets(context, player, who);
    if (!targets.ok) return targets;
    for (const { player: victim, entity } of targets.value) {
      if (victim !== null) harm(context, victim.uuid, { cause: 'kill', amount: Infinity, by: null });
      else if (entity.body.type === 'mob') killEntity(context, entity, entity.body, player.uuid);
      else context.emit({ type: 'entityGone', id: entity.id, reason: 'killed', by: player.uuid });
    }
    const [first] = targets.value;
    if (targets.value.length === 1) answer(context, player, 'commands.kill.success.single', [nameOf(first!)], 'Killed one');
    else answer(context, player, 'commands.kill.success.multiple', [targets.value.length], `Killed ${targets.value.length} entities`);
    return null;
  },
});

const REST: Vector = { x: 0, y: 0, z: 0 };

const summon = slashRule({
  name: 'summon',
  operatorOnly: true,
  usage: '<entity> [<location> [<nbt>]]',
  execute: (context, player, [word, ...args]) => {
    const kind = fullName(word ?? '');
    const info = context.tables.entities.find(({ name }) => name === kind);
    if (info === undefined || kind === 'minecraft:player') return bad(word ?? '');
    const place = parsePlace(args.length === 0 ? ['~', '~', '~'] : args.slice(0, 3), player, true);
    if (!place.ok) return place;
    const data = args[3] === undefined ? nbt.compound({}) : parseSnbt(args[3]);
    if (data?.type !== 'compound' || args.length > 4) return bad(args[3] ?? '');
    if (!context.within(place.value)) return refuse('play.chunk-not-loaded', { x: place.value.x, z: place.value.z });
    const body = kind === 'minecraft:item' ? itemBody(context, data) : ok(mobBody(context, kind, data));
    if (!body.ok) return body;
    const id = context.world.nextEntityId;
    const pose = { ...place.value, ...rotationOf(data) };
    const entity: Entity = { id, uuid: drawUuid(context, 'summoned'), kind, pose, velocity: motionOf(data), body: body.value };
    context.emit({ type: 'entity', entity });
    answer(context, player, 'commands.summon.success', [nameOf({ player: null, entity })], `Summoned new ${word}`);
    return null;
  },
});

/** An item entity needs its item: {Item:{id:"minecraft:stone",count:3}}. */
function itemBody(context: RuleContext, data: NbtCompound): Result<Entity['body']> {
  const item = nbt.getCompound(data, 'Item');
  const stack = item === null ? null : readItem(item, context.tables.dataVersion);
  if (stack === null || !context.tables.items.some(({ name }) => name === stack.name)) return bad('Item');
  const { tick } = context.world;
  const delay = nbt.getNumber(data, 'PickupDelay') ?? ITEM_PICKUP_DELAY_TICKS;
  return ok({ type: 'item', stack, pickupTick: tick + delay, despawnTick: tick + ITEM_DESPAWN_TICKS, thrower: null });
}

function mobBody(context: RuleContext, kind: string, data: NbtCompound): Entity['body'] {
  const health = nbt.getNumber(data, 'Health') ?? healthOf(kind);
  return {
    type: 'mob',
    health,
    nbt: nbt.withTags(data, { id: nbt.text(kind), Health: nbt.float(health) }),
    dataVersion: context.tables.dataVersion,
  };
}

function motionOf(data: NbtCompound): Vector {
  const [x, y, z] = (nbt.getList(data, 'Motion') ?? []).map((entry) => Number(entry.value));
  const sane = [x, y, z].every((value) => value !== undefined && Math.abs(value) <= 10);
  return sane ? { x: x!, y: y!, z: z! } : REST;
}

function rotationOf(data: NbtCompound): { readonly yaw: number; readonly pitch: number } {
  const [yaw, pitch] = (nbt.getList(data, 'Rotation') ?? []).map((entry) => Number(entry.value));
  const sane = yaw !== undefined && pitch !== undefined && Number.isFinite(yaw) && Number.isFinite(pitch);
  return sane ? { yaw, pitch } : { yaw: 0, pitch: 0 };
}

export const BEING_COMMANDS: readonly SlashRule[] = [kill, summon];
