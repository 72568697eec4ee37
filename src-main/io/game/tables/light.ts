import type { SourceBlock } from './source.ts';

type Get = (property: string) => string | null;

/**
 * Light emitted per state where it depends on the state. minecraft-data has one value a block, that of the default state.
 * Source: https://minecraft.wiki/w/Light#Light-emitting_blocks (Java edition 1.21.1).
 */
const BY_STATE: readonly (readonly [pattern: RegExp, emits: (get: Get) => number])[] = [
  [/^(furnace|blast_furnace|smoker)$/, lit(13)],
  [/^redstone_lamp$/, lit(15)],
  [/^(deepslate_)?redstone_ore$/, lit(9)],
  [/^redstone_(wall_)?torch$/, lit(7)],
  [/^campfire$/, lit(15)],
  [/^soul_campfire$/, lit(10)],
  [/(^|_)candle$/, (get) => (get('lit') === 'true' ? 3 * Number(get('candles')) : 0)],
  [/(^|_)candle_cake$/, lit(3)],
  [/^sea_pickle$/, (get) => (get('waterlogged') === 'true' ? 3 + 3 * Number(get('pickles')) : 0)],
  [/^cave_vines(_plant)?$/, (get) => (get('berries') === 'true' ? 14 : 0)],
  [/^respawn_anchor$/, (get) => Math.floor((Number(get('charges')) * 15) / 4)],
  [/^(waxed_)?copper_bulb$/, lit(15)],
  [/^(waxed_)?exposed_copper_bulb$/, lit(12)],
  [/^(waxed_)?weathered_copper_bulb$/, lit(8)],
  [/^(waxed_)?oxidized_copper_bulb$/, lit(4)],
  [/^glow_lichen$/, (get) => (FACES.some((face) => get(face) === 'true') ? 7 : 0)],
  [/^light$/, (get) => Number(get('level'))],
  [/^trial_spawner$/, (get) => TRIAL_SPAWNER[get('trial_spawner_state') ?? ''] ?? 0],
  [/^vault$/, (get) => (get('vault_state') === 'inactive' ? 6 : 12)],
];

const FACES = ['down', 'up', 'north', 'south', 'west', 'east'] as const;
const TRIAL_SPAWNER: Readonly<Record<string, number>> = {
  waiting_for_players: 4,
  active: 8,
  waiting_for_reward_ejection: 8,
  ejecting_reward: 8,
};

export function emits(block: SourceBlock): (get: Get) => number {
  return BY_STATE.find(([pattern]) => pattern.test(block.name))?.[1] ?? (() => block.emitLight);
}

/**
 * How much light a state takes away. minecraft-data has the default state's value: 15 for a full opaque cube, 0 for what sky light
 * falls through, 1 for the rest. The states that differ follow vanilla's rule (`BlockBehaviour.getLightBlock`): a fluid inside makes
 * it 1 at least, and a state whose shape is the full cube of an opaque block makes it 15.
 */
export function filters(block: SourceBlock): (get: Get) => number {
  if (block.name.endsWith('_slab')) return (get) => (get('type') === 'double' ? 15 : get('waterlogged') === 'true' ? 1 : 0);
  if (block.name === 'snow') return (get) => (get('layers') === '8' ? 15 : 0);
  if (block.name === 'piston' || block.name === 'sticky_piston') return (get) => (get('extended') === 'true' ? 0 : 15);
  // A grate is a kind of glass for sky light, wet or not.
  if (block.filterLight === 15 || block.name.endsWith('copper_grate')) return () => block.filterLight;
  if (!block.states.some((state) => state.name === 'waterlogged')) return () => block.filterLight;
  const dry = SOLID_WHEN_DRY.test(block.name) ? 1 : 0;
  return (get) => (get('waterlogged') === 'true' ? 1 : dry);
}

/** Blocks with a `waterlogged` property whose dry shape is a full cube that is not opaque. */
const SOLID_WHEN_DRY = /_leaves$|^mangrove_roots$/;

function lit(level: number): (get: Get) => number {
  return (get) => (get('lit') === 'true' ? level : 0);
}
