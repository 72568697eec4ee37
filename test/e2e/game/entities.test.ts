import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Bot } from 'mineflayer';
import { writeNbt, nbt, type Nbt } from '../../../src-shared/nbt/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { joinBot, leave } from './bots.ts';
import { TestHost } from './host.ts';

let host: TestHost;
let bot: Bot;
const spawned: any[] = [];

const doubles = (...values: number[]): Nbt => nbt.list('double', values.map(nbt.double));
const floats = (...values: number[]): Nbt => nbt.list('float', values.map(nbt.float));
const uuid = (last: number): Nbt => nbt.intArray(Int32Array.of(1, 2, 3, last));
const body = (id: string, last: number, x: number, tags: Record<string, Nbt> = {}): Nbt =>
  nbt.compound({
    id: nbt.text(id),
    UUID: uuid(last),
    Pos: doubles(x, -60, 4.5),
    Rotation: floats(90, 0),
    Motion: doubles(0, 0, 0),
    ...tags,
  });
const stack = (id: string, tags: Record<string, Nbt> = {}): Nbt => nbt.compound({ id: nbt.text(id), count: nbt.int(1), ...tags });
const NOTHING = nbt.compound({});

const SAVED = nbt.compound({
  DataVersion: nbt.int(3955),
  Position: nbt.intArray(Int32Array.of(0, 0)),
  Entities: nbt.list('compound', [
    body('minecraft:sheep', 1, 2.5, { Color: nbt.byte(14), Sheared: nbt.byte(1), CustomName: nbt.text('{"text":"Dolly"}') }),
    body('minecraft:item_frame', 2, 3.5, {
      TileX: nbt.int(3),
      TileY: nbt.int(-59),
      TileZ: nbt.int(4),
      Facing: nbt.byte(3),
      ItemRotation: nbt.byte(5),
      Item: stack('minecraft:clock'),
    }),
    body('minecraft:armor_stand', 3, 4.5, {
      ShowArms: nbt.byte(1),
      ArmorItems: nbt.list('compound', [NOTHING, NOTHING, NOTHING, stack('minecraft:carved_pumpkin')]),
      HandItems: nbt.list('compound', [stack('minecraft:iron_sword'), NOTHING]),
      Pose: nbt.compound({ Head: floats(10, 20, 30) }),
    }),
    body('minecraft:villager', 4, 5.5, {
      VillagerData: nbt.compound({ type: nbt.text('minecraft:desert'), profession: nbt.text('minecraft:farmer'), level: nbt.int(3) }),
      Passengers: nbt.list('compound', [body('minecraft:parrot', 5, 5.5, { Variant: nbt.int(2) })]),
    }),
    body('minecraft:zombie', 6, 6.5, { IsBaby: nbt.byte(1) }),
    body('minecraft:marker', 7, 7.5),
    body('mymod:dragon', 8, 8.5),
    nbt.compound({ id: nbt.text('minecraft:cow') }),
  ]),
});

before(async () => {
  host = await TestHost.start({
    gateway: { viewDistance: 2 },
    entities: (x, z) => (x === 0 && z === 0 ? writeNbt(SAVED) : null),
  });
  bot = await joinBot(host.gateway.port, 'Shepherd');
  bot._client.on('spawn_entity', (packet: any) => void spawned.push(packet));
  await waitFor('the flock', () => named('sheep') !== undefined && named('zombie') !== undefined);
});
after(async () => {
  await leave(bot);
  await host.stop();
});

function named(name: string) {
  return Object.values(bot.entities).find((entity) => entity.name === name);
}

function field(name: string, index: number): any {
  return (named(name)!.metadata as any)[index];
}

test('E1: entities of the save stand where they stood, as they looked', () => {
  const sheep = named('sheep')!;
  assert.deepEqual([sheep.position.x, sheep.position.y, sheep.position.z], [2.5, -60, 4.5]);
  assert.equal(sheep.uuid, '00000001-0000-0002-0000-000300000001');
  assert.equal(field('sheep', 17), 14 | 16);
  assert.match(JSON.stringify(field('sheep', 2)), /Dolly/);
  assert.deepEqual(field('villager', 18), { villagerType: 0, villagerProfession: 5, level: 3 });
  assert.equal(field('parrot', 19), 2);
  assert.equal(field('zombie', 16), true);
});

test('E1: what hangs on a wall hangs in its block and looks its way', () => {
  const frame = named('item_frame')!;
  assert.deepEqual([frame.position.x, frame.position.y, frame.position.z], [3, -59, 4]);
  assert.equal(field('item_frame', 8).itemId, host.kit.tables.items.find(({ name }) => name === 'minecraft:clock')!.id);
  assert.equal(field('item_frame', 9), 5);
});

test('E1: armour stands wear and hold what they wore and held', () => {
  const stand = named('armor_stand')!;
  assert.equal(stand.equipment[0]?.name, 'iron_sword');
  assert.equal(stand.equipment[5]?.name, 'carved_pumpkin');
  assert.equal(field('armor_stand', 15), 4);
  assert.deepEqual(field('armor_stand', 16), { pitch: 10, yaw: 20, roll: 30 });
});

test('E1: riders sit on what they ride', async () => {
  await waitFor('the rider', () => named('villager')!.passengers.includes(named('parrot')!));
});

test('E2: markers, entities of mods and torn ones are left out', () => {
  const names = Object.values(bot.entities).map(({ name }) => name);
  assert.ok(!names.includes('marker') && !names.includes('cow') && !names.includes('unknown'), names.join());
});

test('E3: an entity of the save that play takes over goes on as the same body', async () => {
  const sheep = named('sheep')!;
  const { id } = sheep;
  const others = [named('zombie')!.id, named('villager')!.id];
  host.apply([
    {
      type: 'adoptEntities',
      chunk: { x: 0, z: 0 },
      entities: [
        {
          id: host.shard.nextEntityId,
          uuid: '00000001-0000-0002-0000-000300000001' as never,
          kind: 'minecraft:sheep',
          pose: { x: 9.5, y: -60, z: 9.5, yaw: 0, pitch: 0 },
          velocity: { x: 0, y: 0, z: 0 },
          body: { type: 'mob', health: 8, nbt: nbt.compound({ Color: nbt.byte(0) }), dataVersion: 3955 },
        },
      ],
    },
  ]);
  await waitFor('the sheep to have moved', () => bot.entities[id]?.position.x === 9.5);
  await waitFor('its new wool', () => (bot.entities[id]?.metadata as any)?.[17] === 0);
  await waitFor('those not taken over to be gone', () => others.every((other) => bot.entities[other] === undefined));
});

test('E4: a falling block is drawn as its block, and lands', async () => {
  const pos = { x: 12, y: -55, z: 12 };
  host.apply([
    {
      type: 'entity',
      entity: {
        id: host.shard.nextEntityId,
        uuid: 'aaaaaaaa-0000-4000-8000-000000000001' as never,
        kind: 'minecraft:falling_block',
        pose: { x: 12.5, y: -55, z: 12.5, yaw: 0, pitch: 0 },
        velocity: { x: 0, y: 0, z: 0 },
        body: { type: 'falling', block: 'minecraft:red_sand', from: pos },
      },
    },
  ]);
  const sand = host.kit.states.idOf('minecraft:red_sand');
  await waitFor('the sand in the air', () => spawned.some(({ objectData, y }) => objectData === sand && y <= -54));
});

test('E5: a player who goes to another dimension gets its level, and comes back', async () => {
  const { uuid: player } = host.player('Shepherd')!;
  const session = host.shard.sessionOf(player)!;
  const respawns: any[] = [];
  bot._client.on('respawn', (packet: any) => void respawns.push(packet));
  const admit = (dimension: string, y: number): void =>
    host.gateway.show({
      type: 'admitted',
      session,
      dimension,
      player: { ...host.shard.player(player)!, pose: { x: 0.5, y, z: 0.5, yaw: 0, pitch: 0 } },
      players: [],
      entities: [],
      tick: 7,
    });
  admit('minecraft:the_nether', 100);
  await waitFor('the nether', () => respawns.some(({ worldState }) => worldState.name === 'minecraft:the_nether'));
  await waitFor('its chunks to be asked for', () =>
    host.events.some((event) => event.type === 'chunks' && event.dimension === 'minecraft:the_nether'),
  );
  assert.equal(respawns.at(-1).worldState.dimension, 3);
  // On the way: nowhere, and nothing it does counts.
  host.gateway.show({ type: 'effects', dimension: 'minecraft:the_nether', height: 0, tick: 8, effects: host.departure('Shepherd') });
  const commands = host.count('command');
  bot.chat('/help');
  admit('minecraft:overworld', -60);
  await waitFor('the overworld', () => respawns.at(-1).worldState.name === 'minecraft:overworld');
  await waitFor('ground', () => bot.blockAt(bot.entity.position.offset(0, -0.5, 0))?.name === 'grass_block');
  assert.equal(host.count('command'), commands);
  assert.equal(bot._client.ended, false);
});
