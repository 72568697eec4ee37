import { nbt } from '../../../../../src-shared/nbt/index.ts';
import type { Pose } from '../../../../../src-shared/units/index.ts';
import type { Entity } from '../../model/entity.ts';
import type { ItemRule, RuleContext, RuleSet } from '../../model/rule.ts';
import { refuse } from '../../../../../src-shared/errors/index.ts';
import { towards } from './faces.ts';
import { takeOne } from './hand.ts';
import { drawUuid } from './items.ts';
import { boxesOf } from './shapes.ts';
import { isInWorld } from './change.ts';

/** Full health by kind; everything else has 20. Source: https://minecraft.wiki/w/Health#Mobs_health */
const HEALTH: Readonly<Record<string, number>> = {
  allay: 20,
  armadillo: 12,
  axolotl: 14,
  bat: 6,
  bee: 10,
  bogged: 16,
  breeze: 30,
  camel: 32,
  cat: 10,
  cave_spider: 12,
  chicken: 4,
  cod: 3,
  cow: 10,
  dolphin: 10,
  donkey: 22,
  elder_guardian: 80,
  enderman: 40,
  endermite: 8,
  evoker: 24,
  fox: 10,
  frog: 10,
  ghast: 10,
  glow_squid: 10,
  goat: 10,
  guardian: 30,
  hoglin: 40,
  horse: 22,
  illusioner: 32,
  iron_golem: 100,
  llama: 22,
  mooshroom: 10,
  mule: 22,
  ocelot: 10,
  panda: 20,
  parrot: 6,
  pig: 10,
  piglin: 16,
  piglin_brute: 50,
  pillager: 24,
  polar_bear: 30,
  pufferfish: 3,
  rabbit: 3,
  ravager: 100,
  salmon: 3,
  sheep: 8,
  shulker: 30,
  silverfish: 8,
  skeleton_horse: 15,
  slime: 16,
  magma_cube: 16,
  sniffer: 14,
  snow_golem: 4,
  spider: 16,
  squid: 10,
  strider: 20,
  tadpole: 6,
  trader_llama: 22,
  tropical_fish: 3,
  turtle: 30,
  vex: 14,
  vindicator: 24,
  warden: 500,
  witch: 26,
  wither: 300,
  wolf: 8,
  zoglin: 40,
  zombie_horse: 15,
  ender_dragon: 200,
};

export function healthOf(kind: string): number {
  return HEALTH[kind.slice('minecraft:'.length)] ?? 20;
}

/** A mob as it is born: full health, nothing else said about it. */
export function spawnMob(context: RuleContext, kind: string, pose: Pose): Entity {
  const health = healthOf(kind);
  const entity: Entity = {
    id: context.world.nextEntityId,
    uuid: drawUuid(context, `mob:${kind}`),
    kind,
    pose,
    velocity: { x: 0, y: 0, z: 0 },
    body: {
      type: 'mob',
      health,
      nbt: nbt.compound({ id: nbt.text(kind), Health: nbt.float(health) }),
      dataVersion: context.tables.dataVersion,
    },
  };
  context.emit({ type: 'entity', entity });
  return entity;
}

/** The mob that an egg hatches, or null for another item. */
function hatched(context: RuleContext, item: string): string | null {
  const kind = item.endsWith('_spawn_egg') ? item.slice(0, -'_spawn_egg'.length) : null;
  return kind !== null && context.tables.entities.some(({ name }) => name === kind) ? kind : null;
}

/** A spawn egg puts its mob beside the clicked face, or into the clicked block if nothing is in the way there. */
const SPAWN_EGG: ItemRule = {
  name: 'spawn-egg',
  matches: ({ name }) => name.endsWith('_spawn_egg'),
  useOn: (context, player, { pos, face, hand }, stack) => {
    const kind = hatched(context, stack.name);
    if (kind === null) return 'pass';
    if (player.gameMode === 'adventure') return refuse('play.no-permission', { mode: player.gameMode });
    const isOpen = boxesOf(context.states, context.world.block(pos)).length === 0;
    const at = isOpen ? pos : towards(pos, face);
    if (!isInWorld(context, at)) return refuse('play.cannot-place-here', { reason: 'outside' });
    const yaw = context.random(`egg:${player.uuid}`) * 360 - 180;
    spawnMob(context, kind, { x: at.x + 0.5, y: at.y, z: at.z + 0.5, yaw, pitch: 0 });
    takeOne(context, player, hand);
    return 'done';
  },
};

export const MOBS: RuleSet = { items: [SPAWN_EGG] };
