import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { Bot } from 'mineflayer';
import type { ErrorCode } from '../../../src-shared/errors/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { joinBot, leave } from './bots.ts';
import { TestHost } from './host.ts';

let host: TestHost;
let witness: Bot;

before(async () => {
  host = await TestHost.start({ gateway: { viewDistance: 2, compressLoopback: true } });
  witness = await joinBot(host.gateway.port, 'Witness');
});
after(async () => {
  await leave(witness);
  await host.stop();
});
// Whatever a client does, nobody else notices.
afterEach(async () => {
  assert.equal(witness._client.ended, false);
  const answers = (await witness.tabComplete('/hel')) as readonly unknown[];
  assert.ok(answers.length > 0, 'the witness is answered');
});

function reported(code: ErrorCode, address: string): boolean {
  return host.events.some((event) => event.type === 'misbehaviour' && event.code === code && event.address === address);
}

/** Joins as a client that can send anything; resolves with its socket and what it is told when it is thrown out. */
async function intruder(
  name: string,
): Promise<{ readonly bot: Bot; readonly socket: Socket; readonly address: string; reason: () => string }> {
  const bot = await joinBot(host.gateway.port, name);
  let reason = '';
  bot._client.on('kick_disconnect', (packet: any) => {
    reason = JSON.stringify(packet.reason);
  });
  const socket = bot._client.socket;
  return { bot, socket, address: `${socket.localAddress}:${socket.localPort}`, reason: () => reason };
}

/** A frame of a connection with compression, its content uncompressed. */
function frame(...bytes: readonly number[]): Buffer {
  return Buffer.from([bytes.length + 1, 0, ...bytes]);
}

async function isThrownOut(
  { bot, reason, address }: Awaited<ReturnType<typeof intruder>>,
  code: ErrorCode,
  sentence: RegExp,
): Promise<void> {
  await waitFor('the end of the connection', () => bot._client.ended);
  assert.match(reason(), sentence);
  await waitFor(`the report of ${code} with the address`, () => reported(code, address));
}

test('game.malformed-packet: a packet that ends early', async () => {
  const bad = await intruder('Short');
  // Position (0x1a) with three bytes.
  bad.socket.write(frame(0x1a, 1, 2, 3));
  await isThrownOut(bad, 'game.malformed-packet', /makes no sense/);
});

test('game.malformed-packet: a packet with something behind its end', async () => {
  const bad = await intruder('Long');
  bad.socket.write(frame(0x2f, 0, 1, 9, 9));
  await isThrownOut(bad, 'game.malformed-packet', /makes no sense/);
});

test('game.malformed-packet: an id that does not exist, compressed rubbish, an item nested beyond reason', async () => {
  const unknown = await intruder('Unknown');
  unknown.socket.write(frame(0x7f));
  await isThrownOut(unknown, 'game.malformed-packet', /makes no sense/);
  const rubbish = await intruder('Rubbish');
  rubbish.socket.write(Buffer.from([6, 200, 2, 1, 2, 3, 4]));
  await isThrownOut(rubbish, 'game.malformed-packet', /makes no sense/);
  const deep = await intruder('Deep');
  // Set creative slot: slot 36, one stone, custom_data of 200,000 nested lists.
  const nested = Buffer.alloc(1_000_000);
  for (let at = 0; at + 5 <= nested.length; at += 5) nested.set([9, 0, 0, 0, 1], at);
  const packet = Buffer.concat([Buffer.from([0x32, 0, 36, 1, 1, 1, 0, 0]), Buffer.from([9, 9, 0, 0, 0, 1]), nested]);
  deep.socket.write(compressed(packet));
  await isThrownOut(deep, 'game.malformed-packet', /makes no sense/);
});

function compressed(packet: Buffer): Buffer {
  const deflated = deflateSync(packet);
  const size = varint(packet.length);
  return Buffer.concat([varint(size.length + deflated.length), size, deflated]);
}

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

test('game.oversized-packet: a frame or a packet that is announced too large', async () => {
  const frameTooLarge = await intruder('Huge');
  frameTooLarge.socket.write(varint(50_000_000));
  await isThrownOut(frameTooLarge, 'game.oversized-packet', /more at once than fits/);
  const bomb = await intruder('Bomb');
  bomb.socket.write(compressed(Buffer.alloc(40_000_000)));
  await isThrownOut(bomb, 'game.oversized-packet', /more at once than fits/);
});

test('game.oversized-packet: before the login a frame may be no longer than a login needs', async () => {
  const socket = connect(host.gateway.port, '127.0.0.1');
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  await waitFor('the connection', () => !socket.connecting);
  const address = `${socket.localAddress}:${socket.localPort}`;
  socket.write(varint(17_000));
  await waitFor('the cut', () => closed);
  await waitFor('the report', () => reported('game.oversized-packet', address));
});

test('game.flooding: too many packets in a second', async () => {
  const flood = await intruder('Flood');
  const swing = frame(0x36, 0);
  flood.socket.write(Buffer.concat(Array.from({ length: 2000 }, () => swing)));
  await isThrownOut(flood, 'game.flooding', /too much at once/);
});

test('play.position-invalid: a place that is no number or out of the world is answered with the true one', async () => {
  const { bot, address } = await intruder('Nowhere');
  await waitFor('a first position', () =>
    host.events.some((event) => event.type === 'presence' && event.presence.player === host.player('Nowhere')?.uuid),
  );
  const before = { ...host.player('Nowhere')!.pose };
  for (const place of [
    { x: Number.NaN, y: 0, z: 0 },
    { x: Number.POSITIVE_INFINITY, y: 0, z: 0 },
    { x: 4e7, y: 0, z: 0 },
    { x: 0, y: 1e300, z: 0 },
  ]) {
    const corrected = new Promise<any>((resolve) => {
      bot._client.once('position', resolve);
    });
    bot._client.write('position', { ...place, onGround: false });
    const { x, y, z } = await corrected;
    assert.ok(Math.abs(x - before.x) < 1 && Math.abs(y - before.y) < 3 && Math.abs(z - before.z) < 1, JSON.stringify({ x, y, z }));
    await waitFor('the report', () => reported('play.position-invalid', address));
  }
  assert.equal(bot._client.ended, false);
  const told = host.events.flatMap((event) => (event.type === 'presence' ? [event.presence.pose] : []));
  assert.ok(told.every(({ x, y, z, yaw, pitch }) => [x, y, z, yaw, pitch].every(Number.isFinite)));
  await leave(bot);
});

test('P13: movement that the node refuses puts the client back', async () => {
  const bot = await joinBot(host.gateway.port, 'Refused');
  const { uuid } = host.player('Refused')!;
  host.gateway.show({ type: 'correct', player: uuid, pose: { x: 3.5, y: -60, z: 4.5, yaw: 90, pitch: 0 } });
  await waitFor('the client to be back', () => bot.entity.position.distanceTo(bot.entity.position.clone().set(3.5, -60, 4.5)) < 0.1);
  await leave(bot);
});

test('play.already-online: who joins again ends the older connection', async () => {
  const first = await intruder('Twice');
  host.gateway.show({ type: 'kick', player: host.player('Twice')!.uuid, code: 'play.already-online', facts: { name: 'Twice' } });
  await waitFor('the end of the first', () => first.bot._client.ended);
  assert.match(first.reason(), /joined from another place/);
});

test('game.world-frozen: actions are answered at once with how things are', async () => {
  const { bot } = await intruder('Frozen');
  const said: string[] = [];
  bot.on('messagestr', (text) => void said.push(text));
  host.gateway.show({ type: 'frozen', frozen: true });
  await waitFor('the news', () => said.some((text) => text.includes('frozen')));
  const commands = host.count('command');
  const acknowledged = new Promise<void>((resolve) => {
    bot._client.once('acknowledge_player_digging', ({ sequenceId }: any) => {
      assert.equal(sequenceId, 5);
      resolve();
    });
  });
  bot._client.write('block_dig', { status: 0, location: { x: 8, y: -61, z: 8 }, face: 1, sequence: 5 });
  await acknowledged;
  assert.equal(host.count('command'), commands);
  host.gateway.show({ type: 'frozen', frozen: false });
  await waitFor('the better news', () => said.includes('The world goes on.'));
  await leave(bot);
});

test('game.too-slow: a client that stops reading is let go before it costs memory', async () => {
  const slow = await intruder('Slow');
  slow.socket.pause();
  const { uuid } = host.player('Slow')!;
  for (let index = 0; index < 2000 && !reported('game.too-slow', slow.address); index++) {
    // Text that does not compress.
    const plain = randomBytes(30_000).toString('base64');
    host.gateway.show({ type: 'notice', to: uuid, text: { key: null, args: [], plain, color: null } });
    if (index % 50 === 0) await waitFor('the next turn', () => true);
  }
  await waitFor('the report', () => reported('game.too-slow', slow.address));
  await waitFor('the player to be gone', () => host.player('Slow')?.online === false);
  slow.socket.destroy();
});

test('play.too-fast: a stream of chat is cut off after the first lines', async () => {
  const { bot } = await intruder('Chatty');
  const told: string[] = [];
  bot.on('messagestr', (text) => void told.push(text));
  for (let index = 0; index < 30; index++) bot.chat(`line ${index}`);
  await waitFor('the answer', () => told.some((text) => text.includes('too much at once')));
  const lines = host.events.filter((event) => event.type === 'chat' && event.text.startsWith('line ')).length;
  assert.ok(lines >= 10 && lines <= 12, `${lines} lines passed`);
  await leave(bot);
});

test('G8: connections that only knock do not pile up', async () => {
  const sockets = Array.from({ length: 300 }, () => connect(host.gateway.port, '127.0.0.1'));
  let closed = 0;
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      closed += 1;
    });
  }
  await waitFor('the ones too many to be closed', () => closed >= 40);
  for (const socket of sockets) socket.destroy();
  await waitFor('all to be gone', () => closed === 300);
});
