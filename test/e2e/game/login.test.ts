import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { AppError } from '../../../src-shared/errors/index.ts';
import { offlineUuid, startGateway } from '../../../src-main/io/game/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { TestHost } from './host.ts';

const require = createRequire(import.meta.url);
const mc = require('minecraft-protocol');
const data = require('minecraft-data')('1.21.1');

let host: TestHost;
before(async () => {
  host = await TestHost.start();
});
after(() => host.stop());

interface Seen {
  readonly client: any;
  readonly names: string[];
  readonly packets: { readonly state: string; readonly name: string; readonly params: any }[];
}

/** A client that records everything it is sent. */
function watch(username: string, options: object = {}): Seen {
  const client = mc.createClient({
    host: '127.0.0.1',
    port: host.gateway.port,
    username,
    version: '1.21.1',
    auth: 'offline',
    hideErrors: true,
    ...options,
  });
  const seen: Seen = { client, names: [], packets: [] };
  client.on('error', () => undefined);
  client.on('packet', (params: any, { name, state }: { name: string; state: string }) => {
    seen.names.push(`${state}.${name}`);
    seen.packets.push({ state, name, params });
  });
  return seen;
}

function ended(client: any): Promise<void> {
  return waitFor('the end of the connection', () => client.ended === true);
}

test('G1: the server list shows version, message and players', async () => {
  const seen = watch('Pinged');
  await waitFor('play', () => seen.names.includes('play.position'));
  const answer = await mc.ping({ host: '127.0.0.1', port: host.gateway.port });
  assert.deepEqual(answer.version, { name: '1.21.1', protocol: 767 });
  assert.deepEqual(answer.description, { text: 'A test world' });
  assert.equal(answer.players.online, 1);
  assert.deepEqual(answer.players.sample, [{ name: 'Pinged', id: offlineUuid('Pinged') }]);
  seen.client.end();
  await ended(seen.client);
  await waitFor('the player to be gone', () => host.player('Pinged')?.online === false);
});

test("G2: a client is configured in vanilla's order", async () => {
  const seen = watch('Ordered');
  await waitFor('chunks', () => seen.names.includes('play.map_chunk'));
  const configuration = seen.packets.filter(({ state }) => state === 'configuration').map(({ name }) => name);
  const registries = Object.keys(data.loginPacket.dimensionCodec);
  assert.deepEqual(configuration, [
    'custom_payload',
    'feature_flags',
    'select_known_packs',
    ...registries.map(() => 'registry_data'),
    'tags',
    'finish_configuration',
  ]);
  const first = (name: string) => seen.packets.find((packet) => packet.name === name)?.params;
  assert.equal(first('custom_payload').channel, 'minecraft:brand');
  assert.equal(first('custom_payload').data.toString('latin1', 1), 'Peerhold');
  assert.deepEqual(first('feature_flags'), { features: ['minecraft:vanilla'] });
  assert.deepEqual(first('select_known_packs'), { packs: [{ namespace: 'minecraft', id: 'core', version: '1.21.1' }] });
  seen.client.end();
  await ended(seen.client);
});

test("G2: the level is opened in vanilla's order, chunks in batches", async () => {
  const seen = watch('Opened');
  await waitFor('a batch', () => seen.names.includes('play.chunk_batch_finished'));
  const play = seen.packets.filter(({ state }) => state === 'play').map(({ name }) => name);
  const opening = play.slice(0, play.indexOf('update_view_position'));
  assert.deepEqual(opening, [
    'login',
    'difficulty',
    'abilities',
    'held_item_slot',
    'declare_recipes',
    'entity_status',
    'declare_commands',
    'position',
    'server_data',
    'player_info',
    'initialize_world_border',
    'update_time',
    'spawn_position',
    'game_state_change',
    'game_state_change',
    'game_state_change',
    'game_state_change',
    'set_ticking_state',
    'update_health',
    'experience',
  ]);
  const last = seen.packets.filter(({ name }) => name === 'game_state_change').at(3)!.params;
  assert.equal(last.reason, 'level_chunks_load_start');
  const login = seen.packets.find(({ name }) => name === 'login')!.params;
  assert.equal(login.worldState.previousGamemode, 255);
  assert.equal(login.worldState.name, 'minecraft:overworld');
  assert.equal(login.worldState.dimension, 0);
  assert.equal(login.enableRespawnScreen, true);
  assert.ok(play.indexOf('chunk_batch_start') < play.indexOf('map_chunk'));
  assert.ok(play.indexOf('update_view_position') < play.indexOf('chunk_batch_start'));
  seen.client.end();
  await ended(seen.client);
});

test('G3: registries and tags equal the reference data', async () => {
  const seen = watch('Registered');
  await waitFor('play', () => seen.names.includes('play.login'));
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item)));
  const registries = seen.packets.filter(({ name }) => name === 'registry_data').map(({ params }) => params);
  assert.deepEqual(plain(registries), plain(Object.values(data.loginPacket.dimensionCodec)));
  const reference = require('flying-squid/src/lib/plugins/loginTags.json');
  assert.deepEqual(plain(seen.packets.find(({ name }) => name === 'tags')!.params), plain(reference));
  seen.client.end();
  await ended(seen.client);
});

test('G3: a client that has the core pack gets the registries without data', async () => {
  const seen = watch('Knowing');
  seen.client.removeAllListeners('select_known_packs');
  seen.client.on('select_known_packs', ({ packs }: any) => seen.client.write('select_known_packs', { packs }));
  await waitFor('tags', () => seen.names.includes('configuration.tags'));
  const registries = seen.packets.filter(({ name }) => name === 'registry_data').map(({ params }) => params);
  assert.equal(registries.length, 11);
  for (const { entries } of registries) assert.ok(entries.length > 0 && entries.every((entry: any) => entry.value === undefined));
  seen.client.end();
});

test('game.version-mismatch: a client of another version gets a sentence that names the right one', async () => {
  const client = mc.createClient({
    host: '127.0.0.1',
    port: host.gateway.port,
    username: 'Old',
    version: '1.20.4',
    auth: 'offline',
    hideErrors: true,
  });
  let reason = '';
  client.on('error', () => undefined);
  client.on('disconnect', (packet: any) => {
    reason = packet.reason;
  });
  await ended(client);
  assert.match(JSON.parse(reason).text, /Minecraft 1\.21\.1/);
  await waitFor('the report', () => host.events.some((event) => event.type === 'misbehaviour' && event.code === 'game.version-mismatch'));
});

test('G4: the taken port is told with its code', async () => {
  await assert.rejects(
    startGateway(
      { host: '127.0.0.1', port: host.gateway.port, auth: 'offline', version: '1.21.1', announce: false, viewDistance: 4 },
      host.kit,
      () => undefined,
    ),
    (error) => error instanceof AppError && error.code === 'node.port-taken' && error.facts['port'] === host.gateway.port,
  );
});

test("G5: with Mojang's authentication the session server decides who it is, and the connection is encrypted", async () => {
  const asked: string[] = [];
  const uuid = '11111111-2222-4333-8444-555555555555';
  const sessions = createServer((request, response) => {
    asked.push(request.url ?? '');
    const known = request.url?.includes('username=Anna&') === true;
    if (request.method === 'POST') {
      response.statusCode = 204;
      response.end();
      return;
    }
    response.statusCode = known ? 200 : 204;
    const textures = { name: 'textures', value: 'c2tpbg==', signature: 'c2ln' };
    response.end(known ? JSON.stringify({ id: uuid.replaceAll('-', ''), name: 'Anna', properties: [textures] }) : '');
  });
  await new Promise<void>((resolve) => {
    sessions.listen(0, '127.0.0.1', resolve);
  });
  const address = sessions.address();
  const sessionServer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const secured = await TestHost.start({ gateway: { auth: 'mojang', sessionServer } });
  const join = (username: string) =>
    mc.createClient({
      host: '127.0.0.1',
      port: secured.gateway.port,
      username,
      version: '1.21.1',
      hideErrors: true,
      sessionServer,
      auth: (client: any, options: any) => {
        client.username = username;
        client.session = { accessToken: 'token', clientToken: 'token', selectedProfile: { id: uuid.replaceAll('-', ''), name: username } };
        options.haveCredentials = true;
        options.accessToken = 'token';
        client.emit('session', client.session);
        options.connect(client);
      },
    });
  const anna = join('Anna');
  anna.on('error', () => undefined);
  let listed: any = null;
  anna.on('player_info', (packet: any) => {
    listed ??= packet.data[0];
  });
  await waitFor('Anna in the list', () => listed !== null);
  assert.equal(listed.uuid, uuid);
  assert.equal(secured.player('Anna')?.uuid, uuid);
  assert.deepEqual(listed.player, { name: 'Anna', properties: [{ name: 'textures', value: 'c2tpbg==', signature: 'c2ln' }] });
  assert.ok(anna.cipher !== null);
  assert.ok(asked.some((url) => url.startsWith('/session/minecraft/hasJoined?')));
  const stranger = join('Stranger');
  let reason = '';
  stranger.on('error', () => undefined);
  stranger.on('disconnect', (packet: any) => {
    reason = packet.reason;
  });
  await ended(stranger);
  assert.match(reason, /could not confirm who you are/);
  assert.ok(secured.events.some((event) => event.type === 'misbehaviour' && event.code === 'game.auth-failed'));
  anna.end();
  await secured.stop();
  sessions.close();
});

test('G6: the world is announced in the local network list, on this machine only', async () => {
  const heard: { readonly text: string; readonly from: string }[] = [];
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, { address }) => void heard.push({ text: message.toString(), from: address }));
  await new Promise<void>((resolve) => {
    socket.bind(4445, () => {
      socket.addMembership('224.0.2.60', '127.0.0.1');
      resolve();
    });
  });
  const announced = await TestHost.start({ gateway: { announce: true } });
  const expected = `[MOTD]A test world[/MOTD][AD]${announced.gateway.port}[/AD]`;
  await waitFor('the announcement', () => heard.some(({ text }) => text === expected));
  assert.equal(heard.find(({ text }) => text === expected)!.from, '127.0.0.1');
  await announced.stop();
  socket.close();
});

test('G7: a client that says nothing is not waited for, one that says too early what comes later is cut', async () => {
  const socket = connect(host.gateway.port, '127.0.0.1');
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  // Login acknowledged (packet 3) where a handshake should be.
  socket.write(Buffer.from([1, 3]));
  await waitFor('the cut', () => closed);
});
