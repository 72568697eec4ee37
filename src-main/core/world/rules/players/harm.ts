import { HURT_PAUSE_TICKS } from '../../../../../src-shared/config/index.ts';
import type { Uuid } from '../../../../../src-shared/units/index.ts';
import { damageItem, enchantmentLevel, maxDamageOf } from '../../items/index.ts';
import type { NoticeText } from '../../model/effects.ts';
import type { Player } from '../../model/player.ts';
import type { RuleContext } from '../../model/rule.ts';
import { scatterItem } from '../entities/spawn.ts';
import { settleAll } from '../windows/settle.ts';
import { afterArmor, ARMOR_FIRST_SLOT, protectionPoints } from './armor.ts';
import { setSlot } from './inventory.ts';
import { textArgument, translated } from './texts.ts';

interface Kind {
  /** Vanilla's key of the death message; `%1$s` is the victim, `%2$s` who did it. */
  readonly message: string;
  readonly plain: string;
  readonly exhaustion: number;
  readonly armor: boolean;
  /** Enchantment that protects from it besides Protection; null for a harm that no enchantment softens. */
  readonly protection: { readonly enchantment: string; readonly points: number } | 'all' | null;
  /** Hurts whoever is safe, in creative mode too. */
  readonly inevitable: boolean;
  /** Game rule that switches it off. */
  readonly rule: string | null;
  readonly fire: boolean;
}

const FIRE = { enchantment: 'minecraft:fire_protection', points: 2 } as const;
const FALL = { enchantment: 'minecraft:feather_falling', points: 3 } as const;
const kind = (message: string, plain: string, more: Partial<Kind>): Kind => ({
  message,
  plain,
  exhaustion: 0,
  armor: false,
  protection: null,
  inevitable: false,
  rule: null,
  fire: false,
  ...more,
});

/** Source: https://minecraft.wiki/w/Damage_type, 1.21.1 */
const KINDS = {
  fall: kind('death.attack.fall', '%1 hit the ground too hard', { protection: FALL, rule: 'fallDamage' }),
  fallHigh: kind('death.fell.accident.generic', '%1 fell from a high place', { protection: FALL, rule: 'fallDamage' }),
  drown: kind('death.attack.drown', '%1 drowned', { protection: 'all', rule: 'drowningDamage' }),
  starve: kind('death.attack.starve', '%1 starved to death', {}),
  lava: kind('death.attack.lava', '%1 tried to swim in lava', {
    exhaustion: 0.1,
    armor: true,
    protection: FIRE,
    rule: 'fireDamage',
    fire: true,
  }),
  inFire: kind('death.attack.inFire', '%1 went up in flames', {
    exhaustion: 0.1,
    armor: true,
    protection: FIRE,
    rule: 'fireDamage',
    fire: true,
  }),
  onFire: kind('death.attack.onFire', '%1 burned to death', { protection: FIRE, rule: 'fireDamage', fire: true }),
  hotFloor: kind('death.attack.hotFloor', '%1 discovered the floor was lava', {
    exhaustion: 0.1,
    armor: true,
    protection: FIRE,
    rule: 'fireDamage',
    fire: true,
  }),
  cactus: kind('death.attack.cactus', '%1 was pricked to death', { exhaustion: 0.1, armor: true, protection: 'all' }),
  void: kind('death.attack.outOfWorld', '%1 fell out of the world', { inevitable: true }),
  kill: kind('death.attack.genericKill', '%1 was killed', { inevitable: true }),
  player: kind('death.attack.player', '%1 was slain by %2', { exhaustion: 0.1, armor: true, protection: 'all' }),
} as const;

export interface Harm {
  readonly cause: keyof typeof KINDS;
  /** Half hearts before armour. */
  readonly amount: number;
  readonly by: Player | null;
}

/**
 * Hurts a player (vanilla: `LivingEntity.hurt`). 1. Who can not be hurt now is not. 2. Armour and enchantments soften it, and wear.
 * 3. Health. 4. Death. Returns whether it hurt.
 */
export function harm(context: RuleContext, uuid: Uuid, { cause, amount, by }: Harm): boolean {
  const player = context.world.player(uuid)!;
  const how: Kind = KINDS[cause];
  if (!canBeHurt(context, player, how)) return false;
  const softened = soften(player, how, amount);
  if (softened <= 0) return false;
  if (how.armor) wearArmor(context, player, amount);
  context.emit({ type: 'show', event: { kind: 'hurt', who: uuid, amount: softened } });
  const health = Math.max(0, player.health - softened);
  const safeUntilTick = Math.max(player.safeUntilTick, context.world.tick + HURT_PAUSE_TICKS - 1);
  context.emit({ type: 'playerFields', uuid, fields: { health, safeUntilTick, exhaustion: player.exhaustion + how.exhaustion } });
  if (health === 0) die(context, uuid, how, by);
  return true;
}

function canBeHurt(context: RuleContext, player: Player, how: Kind): boolean {
  if (!player.online || player.health <= 0) return false;
  if (how.inevitable) return true;
  if (player.gameMode === 'creative' || player.gameMode === 'spectator') return false;
  if (how.rule !== null && context.council.gameRules.get(how.rule) === 'false') return false;
  if (how.fire && player.statusEffects.some(({ name }) => name === 'minecraft:fire_resistance')) return false;
  return context.world.tick > player.safeUntilTick;
}

function soften(player: Player, how: Kind, amount: number): number {
  if (how.inevitable) return amount;
  const armored = how.armor ? afterArmor(player, amount) : amount;
  const resistance = player.statusEffects.find(({ name }) => name === 'minecraft:resistance');
  const resisted = resistance === undefined ? armored : Math.max(0, armored * (1 - (resistance.amplifier + 1) / 5));
  if (how.protection === null) return resisted;
  return resisted * (1 - protectionPoints(player, how.protection === 'all' ? null : how.protection) / 25);
}

/** Each piece wears by a quarter of the blow, at least by one (vanilla: `Inventory.hurtArmor`). */
function wearArmor(context: RuleContext, player: Player, amount: number): void {
  const points = Math.max(1, Math.floor(amount / 4));
  for (let slot = ARMOR_FIRST_SLOT; slot < ARMOR_FIRST_SLOT + 4; slot++) {
    const item = player.inventory[slot] ?? null;
    if (item === null || maxDamageOf(item, context.tables) === 0) continue;
    const unbreaking = enchantmentLevel(item, 'minecraft:unbreaking');
    let wear = 0;
    for (let point = 0; point < points; point++) {
      // Unbreaking spares armour less often than tools: 60 % plus 40 % / (level + 1) of the points count.
      if (unbreaking === 0 || context.random(`armor ${player.uuid} ${slot} ${point}`) < 0.6 + 0.4 / (unbreaking + 1)) wear += 1;
    }
    if (wear > 0) setSlot(context, player.uuid, slot, damageItem(item, wear, context.tables));
  }
}

/**
 * 1. What the player had in windows comes back to the bag. 2. Unless the game rule keeps it, everything falls, what bears the curse of
 * vanishing is gone, and experience is lost. 3. The others hear of it. The player stays, with health 0, until respawning.
 */
function die(context: RuleContext, uuid: Uuid, how: Kind, by: Player | null): void {
  settleAll(context, uuid, context.world.player(uuid)!.pose);
  const player = context.world.player(uuid)!;
  const keeps = context.council.gameRules.get('keepInventory') === 'true';
  if (!keeps && player.gameMode !== 'spectator') dropEverything(context, player);
  const experience = keeps ? player.experience : { level: 0, progress: 0, total: 0 };
  context.emit({
    type: 'playerFields',
    uuid,
    fields: { health: 0, experience, using: null, digging: null, fireTicks: 0, statusEffects: [], flying: false },
  });
  context.emit({ type: 'show', event: { kind: 'died', who: uuid, message: deathMessage(context, player, how, by) } });
}

function dropEverything(context: RuleContext, player: Player): void {
  for (const [slot, item] of player.inventory.entries()) {
    if (item === null) continue;
    setSlot(context, player.uuid, slot, null);
    if (enchantmentLevel(item, 'minecraft:vanishing_curse') === 0) scatterItem(context, player, item);
  }
}

function deathMessage(context: RuleContext, player: Player, how: Kind, by: Player | null): NoticeText | null {
  if (context.council.gameRules.get('showDeathMessages') === 'false') return null;
  const args = [player.name, ...(by === null ? [] : [by.name])].map(textArgument);
  return translated(how.message, args, how.plain.replace('%1', player.name).replace('%2', by?.name ?? ''));
}
