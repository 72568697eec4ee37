import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nbt } from '../../../src-shared/nbt/index.ts';
import { toHex, type Hash, type Uuid } from '../../../src-shared/units/index.ts';
import {
  blockVolume,
  biomeVolume,
  chunkName,
  createShard,
  encodeChunk,
  encodePayload,
  generateChunk,
  uniformBiomes,
  uniformVolume,
  type Chunk,
  type Command,
  type Effect,
  type Player,
} from '../../../src-main/core/world/index.ts';
import { digest, newKit } from '../../unit/world-state/kit.ts';

/**
 * Bytes of the world's formats, pinned by hash. A test here that fails after a release means: what was written before can not be read, or
 * has another name. Then the format's number goes up and the old one stays readable; only before the first release may a hash be replaced.
 */
const PINNED = {
  chunkBytes: '951bf98ed30925ccb851c2b3e9fb194b',
  chunkName: '097a135ae61925f653c190e472987996',
  payload: '2386411626ca15d32ad2ece9738e4aae',
  root: '6f165ea1a369039bac12f2991615e920',
  overworld: '87fa9ff78628e31214141cd0213f4c46',
  nether: '7c5e21288aa507c24cd4dd137b0e174b',
  end: 'b69f76429964626de08cffae2f60f44d',
} as const;

const kit = newKit();
const A = '0f0e0d0c-0b0a-4908-8706-050403020100' as Uuid;
const B = 'f0e0d0c0-b0a0-4090-8070-605040302010' as Uuid;
const HASH = '0123456789abcdef'.repeat(4) as Hash;
const pose = { x: 1.5, y: -64, z: -3e7, yaw: 90, pitch: -0.25 };
const pos = { x: -1, y: 70, z: 17 };
const tag = nbt.compound({
  id: nbt.text('minecraft:chest'),
  b: nbt.byte(-1),
  l: nbt.long(-5n),
  f: nbt.float(0.5),
  list: nbt.list('int', [nbt.int(7)]),
  none: nbt.list('end', []),
});
const stack = { name: 'minecraft:diamond_sword', count: 1, components: tag };
const state = kit.states.idOf('mod:future_block[glow=true]');

const chunk: Chunk = {
  x: -3,
  z: 8,
  minSection: -4,
  sections: [
    {
      blocks: blockVolume(
        [state, kit.states.idOf('minecraft:air'), kit.states.idOf('minecraft:oak_log[axis=x]')],
        Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) % 3),
        kit.states,
      ),
      biomes: biomeVolume(
        ['minecraft:river', 'minecraft:plains'],
        Uint8Array.from({ length: 64 }, (_, i) => i & 1),
      ),
    },
    { blocks: uniformVolume(kit.states.idOf('minecraft:stone'), kit.states), biomes: uniformBiomes('minecraft:deep_dark') },
  ],
  blockEntities: new Map([
    [300, tag],
    [-5, nbt.compound({})],
  ]),
  ticks: { block: [tag], fluid: [] },
  dataVersion: 3105,
  origin: HASH,
  entities: null,
  poi: HASH,
  light: Array.from({ length: 4 }, (_, i) => ({
    sky: i === 0 ? null : new Uint8Array(2048).fill(17 * i),
    block: Uint8Array.from({ length: 2048 }, (_, at) => at & 0xff),
  })),
};

const player: Player = {
  uuid: A,
  name: 'Ben',
  online: true,
  gameMode: 'survival',
  pose,
  health: 19.5,
  food: 18,
  saturation: 2.5,
  exhaustion: 0.1,
  foodTicks: 3,
  air: -20,
  fireTicks: 0,
  flying: false,
  sneaking: true,
  experience: { level: 3, progress: 0.25, total: 40 },
  inventory: Array.from({ length: 46 }, (_, i) => (i === 36 ? stack : null)),
  heldSlot: 8,
  cursor: null,
  enderItems: [stack],
  window: { id: 4, kind: 'generic_9x6', blocks: [pos], slots: [], title: 'Kiste' },
  drag: { kind: 'single', slots: [9, 10] },
  using: { hand: 'off', startTick: 5 },
  digging: { pos, startTick: 9 },
  statusEffects: [{ name: 'minecraft:haste', amplifier: 1, untilTick: 99 }],
  spawn: { pos, angle: 45 },
  safeUntilTick: 60,
  origin: HASH,
};

const commands: readonly Command[] = [
  { session: A, sequence: 1, player: B, action: { type: 'join', name: 'Ben', profile: player } },
  { session: A, sequence: 2, player: B, action: { type: 'finishDig', pos, face: 'south', pose } },
  { session: A, sequence: 3, player: B, action: { type: 'slash', text: 'give @s stone', pose } },
];

const effects: readonly Effect[] = [
  { type: 'block', pos, state },
  { type: 'blockEntity', pos, nbt: tag },
  { type: 'schedule', pos, kind: 'fluid', tick: 12 },
  {
    type: 'entity',
    entity: {
      id: 7,
      uuid: B,
      kind: 'minecraft:item',
      pose,
      velocity: { x: 0, y: -0.04, z: 0 },
      body: { type: 'item', stack, pickupTick: 10, despawnTick: 6000, thrower: A },
    },
  },
  { type: 'player', player },
  { type: 'playerFields', uuid: A, fields: { health: 1, heldSlot: 2 } },
  { type: 'slot', uuid: A, slot: 9, item: stack },
  { type: 'depart', uuid: A, to: 'minecraft:the_nether', pose },
  { type: 'executed', session: B, player: B, sequence: 3, refusal: { code: 'play.out-of-reach', facts: { blocks: 7.5, why: null } } },
  { type: 'council', request: { type: 'gameRule', rule: 'keepInventory', value: 'true' } },
  { type: 'notice', to: null, text: { key: 'chat.type.text', args: ['Ben', 'Hallo'], plain: '', color: 'red' }, overlay: false },
  { type: 'show', event: { kind: 'hurt', who: 7, amount: 2 } },
];

function pinned(bytes: Uint8Array): string {
  return toHex(digest(bytes)).slice(0, 32);
}

test('world format 1: a chunk has these bytes and this name', () => {
  assert.equal(pinned(encodeChunk(chunk, kit)), PINNED.chunkBytes);
  assert.equal(chunkName(chunk, kit).slice(0, 32), PINNED.chunkName);
});

test('world format 1: an entry has these bytes', () => {
  const payload = { tickFrom: 8, tickTo: 10, councilHeight: 3, wallMillis: 1_700_000_000_000, commands, effects, accountable: 9 };
  assert.equal(pinned(encodePayload(payload, kit)), PINNED.payload);
});

test('world format 1: a shard has this root', () => {
  const shard = createShard({ dimension: 'minecraft:overworld', minY: -64, height: 32 }, kit, [{ x: 1, z: 1, name: HASH }]);
  const { x: _x, z: _z, ...rest } = chunk;
  shard.insert({ ...rest, x: -1, z: 1 });
  shard.apply(effects);
  shard.setTick(10);
  assert.equal(shard.root().slice(0, 32), PINNED.root);
});

test('world generator 1: the first chunks of a seed have these names', () => {
  const names = (dimension: string): string => {
    const all = [-2, 0, 3, 40].map((x) => {
      const request = { seed: -1234567890123n, generator: { kind: 'plain', version: 1 }, dimension, x, z: 2 * x } as const;
      return chunkName(generateChunk(request, kit), kit);
    });
    return pinned(Uint8Array.from(all.join(''), (digit) => digit.charCodeAt(0)));
  };
  assert.equal(names('minecraft:overworld'), PINNED.overworld);
  assert.equal(names('minecraft:the_nether'), PINNED.nether);
  assert.equal(names('minecraft:the_end'), PINNED.end);
});
