import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { commandTree, createRules, type CouncilView } from '../../../src-main/core/world/index.ts';
import { buildTables, offlineUuid } from '../../../src-main/io/game/index.ts';
import { isPlayerName } from '../../../src-main/io/game/login/offline.ts';
import { makeLoginKey, openSecret, serverHash } from '../../../src-main/io/game/login/mojang.ts';
import { statusJson } from '../../../src-main/io/game/login/status.ts';
import { isInSight } from '../../../src-main/io/game/play/chunkStream.ts';
import { wireCommands } from '../../../src-main/io/game/play/commandNodes.ts';
import { hashedSeed } from '../../../src-main/io/game/play/opening.ts';
import { protocolIds } from '../../../src-main/io/game/play/protocolIds.ts';
import { skyAt, skyPackets, timePacket } from '../../../src-main/io/game/play/sky.ts';
import { sourceOf } from '../../../src-main/io/game/tables/source.ts';
import { componentToJson, jsonToComponent, noticeComponent } from '../../../src-main/io/game/text/component.ts';
import { PacketCodec } from '../../../src-main/io/game/wire/codec.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

const require = createRequire(import.meta.url);
const data = sourceOf('1.21.1');

test("L1: players without an account have vanilla's UUID", () => {
  const reference = require('minecraft-protocol/src/datatypes/uuid').nameToMcOfflineUUID;
  for (const name of ['Anna', 'Ben_123', 'x', 'ABCDEFGHIJKLMNOP']) assert.equal(offlineUuid(name), reference(name));
  assert.deepEqual(['Anna', 'a b', '', 'ABCDEFGHIJKLMNOPQ', 'ä', 'tab\t'].map(isPlayerName), [true, false, false, false, false, false]);
});

test('L2: the hash that only Minecraft writes, with the examples of its documentation', () => {
  const hash = (text: string): string => serverHash(Buffer.from(text), Buffer.alloc(0));
  assert.equal(hash('Notch'), '4ed1f46bbe04bc756bcb17c0c7ce3e4632f06a48');
  assert.equal(hash('jeb_'), '-7c9d5b0044c130109a5d7b5fb5c317c02b4e28c1');
  assert.equal(hash('simon'), '88e16a1019277b15d58faf0541e11910eb756f6');
});

test('game.auth-failed: a secret of another length, another token, and rubbish are refused', async () => {
  const key = await makeLoginKey();
  const publicKey = createPublicKey({ key: key.publicKey, format: 'der', type: 'spki' });
  const seal = (bytes: Buffer): Buffer => publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
  const token = Buffer.from([1, 2, 3, 4]);
  const secret = Buffer.alloc(16, 7);
  assert.deepEqual(openSecret(key, token, { sharedSecret: seal(secret), verifyToken: seal(token) }), secret);
  for (const answer of [
    { sharedSecret: seal(Buffer.alloc(15)), verifyToken: seal(token) },
    { sharedSecret: seal(secret), verifyToken: seal(Buffer.from([1, 2, 3, 5])) },
    { sharedSecret: Buffer.alloc(128, 9), verifyToken: Buffer.alloc(3) },
  ]) {
    assert.throws(
      () => openSecret(key, token, answer),
      (error) => error instanceof AppError && error.code === 'game.auth-failed',
    );
  }
});

test('L3: the server list shows a picture when there is one, and not too many names', () => {
  const players = Array.from({ length: 40 }, (_, index) => ({ name: `P${index}`, uuid: offlineUuid(`P${index}`) }));
  const status = JSON.parse(statusJson({ version: '1.21.1', protocol: 767, motd: 'Hi', icon: Uint8Array.of(1, 2, 3), players }));
  assert.equal(status.favicon, 'data:image/png;base64,AQID');
  assert.equal(status.players.online, 40);
  assert.equal(status.players.sample.length, 12);
  assert.equal('favicon' in JSON.parse(statusJson({ version: '1.21.1', protocol: 767, motd: '', icon: null, players: [] })), false);
});

test("L4: clients blend biomes with the first bytes of the seed's hash", () => {
  // SHA-256 of eight zero bytes begins af 55 70 f5 a1 81 0b 7a.
  assert.equal(hashedSeed(0n), 0x7a0b_81a1_f570_55afn);
  assert.notEqual(hashedSeed(-1n), hashedSeed(1n));
});

test('L5: chunks in sight are a circle and its rim', () => {
  const count = (radius: number): number => {
    let found = 0;
    for (let x = -40; x <= 40; x++) for (let z = -40; z <= 40; z++) if (isInSight(x, z, radius)) found += 1;
    return found;
  };
  assert.ok(isInSight(0, 0, 2) && isInSight(11, 0, 10) && !isInSight(12, 0, 10) && !isInSight(10, 10, 10));
  assert.equal(count(2), 49);
  assert.ok(count(10) > 21 * 21 * 0.95);
});

test('L6: time goes on, stands still, and weather ends', () => {
  const council = (time: CouncilView['time'], weather: CouncilView['weather']) => ({ time, weather });
  const rain = { kind: 'thunder', untilTick: 100 } as const;
  const going = skyAt(council({ offset: 500, frozen: null }, rain), 50);
  assert.deepEqual(timePacket(going), { age: 50n, time: 550n });
  assert.equal(going.weather, 'thunder');
  const still = skyAt(council({ offset: 0, frozen: 6000 }, rain), 100);
  assert.deepEqual(timePacket(still), { age: 100n, time: -6000n });
  assert.equal(still.weather, 'clear');
  assert.deepEqual(timePacket(skyAt(council({ offset: 0, frozen: 0 }, rain), 1)), { age: 1n, time: -1n });
  assert.deepEqual(
    skyPackets('thunder').map(({ reason, gameMode }) => [reason, gameMode]),
    [
      ['start_raining', 0],
      ['rain_level_change', 1],
      ['thunder_level_change', 1],
    ],
  );
});

test('L7: every command of the rules goes over the wire, for players and operators', () => {
  const codec = new PacketCodec('1.21.1', data.protocol);
  const read = require('minecraft-protocol').createDeserializer({ state: 'play', isServer: false, version: '1.21.1' });
  for (const isOperator of [false, true]) {
    const tree = commandTree(createRules(), isOperator);
    const bytes = codec.encode('play', 'declare_commands', wireCommands(tree));
    const parsed = read.parsePacketBuffer(bytes);
    assert.equal(parsed.metadata.size, bytes.length);
    const { nodes, rootIndex } = parsed.data.params;
    const names = nodes[rootIndex].children.map((child: number) => nodes[child].extraNodeData.name);
    assert.deepEqual(
      names,
      tree.children.map(({ name }) => name),
    );
    assert.equal(names.includes('gamemode'), isOperator);
  }
});

test('L8: text components survive the way from saves to packets and back', () => {
  for (const json of [
    '"plain"',
    '{"text":"bold","bold":true,"color":"red"}',
    '{"translate":"chat.type.text","with":["Anna",{"text":"hi","italic":false}]}',
    '{"text":"","extra":[{"text":"a"},{"text":"b","hoverEvent":{"action":"show_text","contents":"c"}}]}',
    '{"score":{"name":"x","objective":"y"}}',
  ]) {
    const back = JSON.parse(componentToJson(jsonToComponent(json)));
    const expected = JSON.parse(json.replace('["Anna",', '[{"text":"Anna"},'));
    assert.deepEqual(back, expected, json);
  }
  assert.deepEqual(jsonToComponent('not json'), { type: 'string', value: 'not json' });
});

test('L9: notices carry the key, its arguments and the words for clients without it', () => {
  const notice = noticeComponent({ key: 'container.isLocked', args: ['%container.chest', 'Anna'], plain: 'locked', color: 'red' });
  assert.deepEqual(JSON.parse(componentToJson(notice)), {
    translate: 'container.isLocked',
    fallback: 'locked',
    with: [{ translate: 'container.chest' }, { text: 'Anna' }],
    color: 'red',
  });
  assert.deepEqual(JSON.parse(componentToJson(noticeComponent({ key: null, args: [], plain: 'hello', color: null }))), { text: 'hello' });
});

test('L10: numbers of what packets name by number', () => {
  const ids = protocolIds(data, buildTables('1.21.1'));
  assert.deepEqual(
    ['overworld', 'overworld_caves', 'the_end', 'the_nether'].map((name) => ids.dimension(`minecraft:${name}`)),
    [0, 1, 2, 3],
  );
  // The first sound of the registry; minecraft-data counts from 1.
  assert.equal(ids.sound('minecraft:entity.allay.ambient_with_item'), 0);
  assert.equal(ids.sound('mymod:boom'), null);
  assert.equal(ids.effect('minecraft:infested'), 38);
  assert.equal(ids.effect('mymod:calm'), null);
  assert.deepEqual(
    (
      [
        'generic_9x3',
        'generic_9x6',
        'generic_3x3',
        'crafter',
        'blast_furnace',
        'crafting',
        'furnace',
        'hopper',
        'shulker_box',
        'smoker',
        'ender_chest',
      ] as const
    ).map((kind) => ids.window(kind)),
    [2, 5, 6, 7, 10, 12, 14, 16, 20, 22, 2],
  );
});
