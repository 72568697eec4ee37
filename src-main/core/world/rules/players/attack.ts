import { refuse, type Refusal } from '../../../../../src-shared/errors/index.ts';
import type { Pose, Uuid } from '../../../../../src-shared/units/index.ts';
import { enchantmentLevel, itemInfo } from '../../items/index.ts';
import type { EntityRef } from '../../model/commands.ts';
import type { Entity, MobBody } from '../../model/entity.ts';
import type { Player } from '../../model/player.ts';
import type { ActionRule, RuleContext } from '../../model/rule.ts';
import { wear } from '../blocks/hand.ts';
import { dismount, resolveEntity } from '../entities/adopt.ts';
import { boxOf } from '../entities/boxes.ts';
import { spawnContents } from '../entities/belongings.ts';
import { emptyFrame } from './frames.ts';
import { harm } from './harm.ts';
import { handItem } from './inventory.ts';
import { canReachBox } from './reach.ts';

const EXHAUSTION = 0.1;
const WIDTH = 0.6;
const HEIGHT = 1.8;

/** A blow at a player or a creature. What it does follows from the held item; how long the arm has rested is not counted. */
export const attack: ActionRule<'attack'> = {
  action: 'attack',
  execute: (context, player, { target, pose }) => {
    if (player.gameMode === 'spectator') return null;
    return target.type === 'player' ? attackPlayer(context, player, target.uuid, pose) : attackEntity(context, player, target, pose);
  },
};

function attackPlayer(context: RuleContext, player: Player, uuid: Uuid, pose: Pose): Refusal | null {
  const victim = context.world.player(uuid);
  if (victim === null || !victim.online || uuid === player.uuid) return refuse('play.target-not-found');
  if (!canReachBox(player, pose, boxOf(victim.pose, WIDTH, HEIGHT))) return refuse('play.out-of-reach');
  if (context.council.gameRules.get('pvp') === 'false') return null;
  if (harm(context, uuid, { cause: 'player', amount: damageOf(context, player), by: player })) tire(context, player);
  return null;
}

function attackEntity(context: RuleContext, player: Player, target: Exclude<EntityRef, { type: 'player' }>, pose: Pose): Refusal | null {
  const entity = resolveEntity(context, target);
  if (entity === null || entity.body.type !== 'mob') return refuse('play.target-not-found');
  const info = context.tables.entities.find(({ name }) => name === entity.kind);
  if (!canReachBox(player, pose, boxOf(entity.pose, info?.width ?? 1, info?.height ?? 1))) return refuse('play.out-of-reach');
  if (emptyFrame(context, player, entity)) return null;
  const living = info?.living ?? true;
  const health = living && entity.kind !== 'minecraft:armor_stand' ? entity.body.health - damageOf(context, player) : 0;
  context.emit({ type: 'show', event: { kind: 'hurt', who: entity.id, amount: Math.max(0, entity.body.health - health) } });
  if (health > 0) context.emit({ type: 'entity', entity: { ...entity, body: { ...entity.body, health } } });
  else killEntity(context, entity, entity.body, player.uuid);
  tire(context, player);
  return null;
}

/** An entity ends; what it carried that would otherwise be lost falls. */
export function killEntity(context: RuleContext, entity: Entity, body: MobBody, by: Uuid | null): void {
  context.emit({ type: 'show', event: { kind: 'died', who: entity.id, message: null } });
  context.emit({ type: 'entityGone', id: entity.id, reason: 'killed', by });
  dismount(context, body);
  spawnContents(context, entity, body);
}

/** Half hearts of a full blow (vanilla: `Player.attack`). */
function damageOf(context: RuleContext, player: Player): number {
  const item = handItem(player, 'main');
  const base = item === null ? 1 : (itemInfo(item.name, context.tables)?.attackDamage ?? 1);
  const sharpness = enchantmentLevel(item, 'minecraft:sharpness');
  const effect = (name: string): number => (player.statusEffects.find((each) => each.name === name)?.amplifier ?? -1) + 1;
  const strength = 3 * effect('minecraft:strength') - 4 * effect('minecraft:weakness');
  return Math.max(0, base + strength) + (sharpness > 0 ? 0.5 * sharpness + 0.5 : 0);
}

function tire(context: RuleContext, player: Player): void {
  const { exhaustion } = context.world.player(player.uuid)!;
  context.emit({ type: 'playerFields', uuid: player.uuid, fields: { exhaustion: exhaustion + EXHAUSTION } });
  const tool = itemInfo(handItem(player, 'main')?.name ?? '', context.tables)?.tool;
  if (tool !== null && tool !== undefined) wear(context, player, 'main', tool.kind === 'sword' ? 1 : 2);
}
