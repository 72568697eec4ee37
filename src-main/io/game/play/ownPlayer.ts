import type { Player, StatusEffect } from '../../../core/world/index.ts';
import type { Connection } from '../wire/connection.ts';
import type { ServerPackets } from '../wire/serverPackets.ts';
import type { GameContext } from './context.ts';
import { flagsOf, UPRIGHT } from './playerLook.ts';
import { gameModeId } from './roster.ts';

const INVULNERABLE = 1;
const FLYING = 2;
const MAY_FLY = 4;
const INSTANT_BUILD = 8;
/** Particles and icon of a status effect. */
const EFFECT_SHOWN = 6;

/** What a client shows of its own player besides items: health, experience, game mode, effects. Sent where it changed. */
export function sendOwnChanges(
  context: GameContext,
  { connection, eid, tick }: { readonly connection: Connection; readonly eid: number; readonly tick: number },
  before: Player,
  after: Player,
): void {
  if (before.health !== after.health || before.food !== after.food || before.saturation !== after.saturation) sendHealth(connection, after);
  const { level, progress, total } = before.experience;
  const now = after.experience;
  if (level !== now.level || progress !== now.progress || total !== now.total) sendExperience(connection, after);
  if (before.gameMode !== after.gameMode) {
    connection.send('game_state_change', { reason: 'change_game_mode', gameMode: gameModeId(after.gameMode) });
    connection.send('abilities', abilities(after));
  }
  if (before.statusEffects !== after.statusEffects)
    sendEffects(context, { connection, eid, tick }, before.statusEffects, after.statusEffects);
  if (before.fireTicks > 0 !== after.fireTicks > 0) {
    connection.send('entity_metadata', { entityId: eid, metadata: [{ key: 0, type: 'byte', value: flagsOf(after, UPRIGHT) }] });
  }
}

export function sendHealth(connection: Connection, { health, food, saturation }: Player): void {
  connection.send('update_health', { health, food, foodSaturation: saturation });
}

export function sendExperience(connection: Connection, { experience: { level, progress, total } }: Player): void {
  connection.send('experience', { experienceBar: progress, level, totalExperience: total });
}

export function abilities({ gameMode, flying }: Player): ServerPackets['abilities'] {
  const creative = gameMode === 'creative';
  const spectator = gameMode === 'spectator';
  const mayFly = creative || spectator;
  const flags = (mayFly ? INVULNERABLE | MAY_FLY : 0) | ((flying && mayFly) || spectator ? FLYING : 0) | (creative ? INSTANT_BUILD : 0);
  return { flags, flyingSpeed: 0.05, walkingSpeed: 0.1 };
}

export function sendEffects(
  context: GameContext,
  { connection, eid, tick }: { readonly connection: Connection; readonly eid: number; readonly tick: number },
  before: readonly StatusEffect[],
  after: readonly StatusEffect[],
): void {
  for (const { name } of before) {
    const effectId = context.ids.effect(name);
    if (effectId !== null && !after.some((effect) => effect.name === name))
      connection.send('remove_entity_effect', { entityId: eid, effectId });
  }
  for (const effect of after) {
    const effectId = context.ids.effect(effect.name);
    if (effectId === null || before.includes(effect)) continue;
    const duration = Number.isFinite(effect.untilTick) ? Math.max(0, Math.min(0x7fff_ffff, effect.untilTick - tick)) : -1;
    connection.send('entity_effect', { entityId: eid, effectId, amplifier: effect.amplifier, duration, flags: EFFECT_SHOWN });
  }
}
