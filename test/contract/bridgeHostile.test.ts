import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { connectInterface, serveInterface, type InterfaceOptions } from '../../src-main/bridge/index.ts';
import {
  BRIDGE_CONNECTIONS_MAX,
  BRIDGE_FRAME_BYTES_MAX,
  BRIDGE_WRONG_KEYS_PER_MINUTE_MAX,
  CONTENT_SECURITY_POLICY,
} from '../../src-shared/config/index.ts';
import { createFakeNode, type FakeNode } from '../fakes/nodeApi.ts';

const TOKEN = 'kV3-secret_token';
const root = await mkdtemp(join(tmpdir(), 'peerhold-hostile-'));
const pageFolder = join(root, 'page');
await mkdir(join(pageFolder, 'assets'), { recursive: true });
await writeFile(join(root, 'outside.html'), 'outside');
await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Peerhold</title>');
await writeFile(join(pageFolder, 'assets', 'app.js'), `"use strict";${' '.repeat(3000)}`);
await writeFile(join(pageFolder, '.secret'), 'hidden');
await symlink(join(root, 'outside.html'), join(pageFolder, 'link.html'));
after(() => rm(root, { recursive: true }));

async function serving(
  change: Partial<InterfaceOptions>,
  body: (address: { readonly port: number; readonly url: string; readonly node: FakeNode }) => Promise<void>,
): Promise<void> {
  const node = createFakeNode();
  const served = await serveInterface({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    password: null,
    api: node.api,
    pageFolder,
    ...change,
  });
  try {
    await body({ port: served.port, url: served.url, node });
  } finally {
    await served.close();
  }
}

const key = (secret: string) => ['peerhold.v1', `key.${Buffer.from(secret).toString('base64url')}`];

/** How a WebSocket attempt ends: 'open', 'refused <status>', or 'closed <code> <reason>'. An open one is handed to `body`. */
function attempt(
  port: number,
  protocols: readonly string[],
  headers: Readonly<Record<string, string>> = {},
  body: (socket: WebSocket) => void = (socket) => socket.close(1000, 'was open'),
): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, [...protocols], { headers });
    socket.on('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`));
    socket.on('error', () => {});
    socket.on('open', () => body(socket));
    socket.on('close', (code, reason) => resolve(code === 1000 ? 'open' : `closed ${code} ${reason.toString()}`));
  });
}

function get(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    asked.on('error', reject).end();
  });
}

describe('a hostile page or program', () => {
  test('H1 bridge.unauthorized: no key, a wrong key, the key without our protocol, the key in the address', () =>
    serving({}, async ({ port }) => {
      assert.equal(await attempt(port, key(TOKEN)), 'open');
      assert.equal(await attempt(port, []), 'closed 4401 bridge.unauthorized');
      assert.equal(await attempt(port, key('')), 'closed 4401 bridge.unauthorized');
      assert.equal(await attempt(port, key(`${TOKEN}x`)), 'closed 4401 bridge.unauthorized');
      const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${TOKEN}`, ['peerhold.v1']);
      const [code] = (await once(socket, 'close')) as [number];
      assert.equal(code, 4401);
    }));

  test('H2 a page from elsewhere is refused before there is a WebSocket, even with the key', () =>
    serving({}, async ({ port }) => {
      const origins = ['http://evil.example', 'null', `http://localhost:${port + 1}`, `http://127.0.0.1:${port}.evil.example`, 'file://'];
      for (const origin of origins) assert.equal(await attempt(port, key(TOKEN), { origin }), 'refused 403', origin);
      assert.equal(await attempt(port, key(TOKEN), { origin: `http://127.0.0.1:${port}` }), 'open');
    }));

  test('H3 DNS rebinding: a foreign Host gets neither page nor WebSocket', () =>
    serving({}, async ({ port }) => {
      for (const host of [`evil.example:${port}`, 'evil.example', `127.0.0.1.nip.example:${port}`, `192.168.1.5:${port}`, '127.0.0.1']) {
        assert.equal((await get(port, '/', { host })).status, 421, host);
        assert.equal(await attempt(port, key(TOKEN), { host, origin: `http://${host}` }), 'refused 403', host);
      }
      for (const host of [`localhost:${port}`, `[::1]:${port}`]) assert.equal((await get(port, '/', { host })).status, 200, host);
    }));

  test('H4 bridge.frame-too-large: the line ends with 1009', () =>
    serving({}, async ({ port, node }) => {
      const big = JSON.stringify({ i: '1', p: { u: '/worlds/list', b: { json: 'x'.repeat(BRIDGE_FRAME_BYTES_MAX) } } });
      assert.match(await attempt(port, key(TOKEN), {}, (socket) => socket.send(big)), /^closed 1009/);
      assert.deepEqual(node.calls, []);
    }));

  test('H5 bridge.bad-request: frames that no page of ours sends', () =>
    serving({}, async ({ port, node }) => {
      const frames: readonly (string | Buffer)[] = [
        '',
        'null',
        '[]',
        '{',
        'x'.repeat(1000),
        Buffer.from('{"i":"1","p":{"u":"/worlds/list"}}'),
        '{"i":1,"p":{"u":"/worlds/list"}}',
        '{"i":"1","t":3,"p":{"e":"message"}}',
        '{"i":"1","p":{"u":"http://evil.example/worlds/list"}}',
        '{"i":"1","p":{"u":"/worlds/list","h":{"content-type":"multipart/form-data"}}}',
        '{"i":"1","p":{"u":"/worlds/list","m":"GET"}}',
        '{"i":"1","p":{"u":"/worlds/list","b":{"json":{},"meta":[[1,"__proto__","polluted"]]}}}',
        '{"i":"1","p":{"u":"/worlds/list","b":{"json":{},"maps":[["a"]]}}}',
        '{"i":"1","p":{"u":"/__proto__/constructor"}}',
      ];
      for (const frame of frames) {
        const end = await attempt(port, key(TOKEN), {}, (socket) => socket.send(frame));
        assert.equal(end, 'closed 4400 bridge.bad-request', String(frame));
      }
      assert.deepEqual(node.calls, []);
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    }));

  test('H6 an unknown request is answered and harms nothing', () =>
    serving({}, async ({ port, node }) => {
      const answers: string[] = [];
      const end = await attempt(port, key(TOKEN), {}, (socket) => {
        socket.on('message', (data: Buffer) => {
          answers.push(data.toString());
          if (answers.length === 2) socket.close(1000);
        });
        for (const u of ['/worlds/constructor', '/constructor/constructor']) socket.send(JSON.stringify({ i: u, p: { u } }));
      });
      assert.equal(end, 'open');
      assert.ok(answers.every((answer) => answer.includes('404')));
      assert.deepEqual(node.calls, []);
    }));

  test('H7 path traversal, dot files and links out of the folder do not exist', () =>
    serving({}, async ({ port }) => {
      const paths = [
        '/../outside.html',
        '/assets/../../outside.html',
        '/%2e%2e/outside.html',
        '/..%2foutside.html',
        '/assets/..%5c..%5coutside.html',
        '//etc/passwd',
        '/.secret',
        '/link.html',
        '/assets',
        '/index.html%00.png',
        'http://127.0.0.1/outside.html',
      ];
      for (const path of paths) {
        const answer = await get(port, path);
        assert.equal(answer.status, 404, path);
        assert.equal(answer.body, '');
      }
      assert.equal((await get(port, '/?x=1')).status, 200);
      assert.equal((await get(port, '/', {}, 'POST')).status, 405);
    }));

  test('H8 the page carries its policy; files are squeezed and revalidated', () =>
    serving({}, async ({ port }) => {
      const answer = await get(port, '/', { 'accept-encoding': 'gzip' });
      assert.equal(answer.headers['content-security-policy'], CONTENT_SECURITY_POLICY);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.equal(answer.headers['referrer-policy'], 'no-referrer');
      assert.equal(answer.headers['x-frame-options'], 'DENY');
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      const script = await get(port, '/assets/app.js', { 'accept-encoding': 'gzip, br' });
      assert.equal(script.headers['content-encoding'], 'gzip');
      assert.match(String(script.headers['cache-control']), /immutable/);
      const again = await get(port, '/', { 'if-none-match': String(answer.headers['etag']) });
      assert.equal(again.status, 304);
    }));

  test('H9 bridge.rate-limited: guessing keys, and more pages than anyone opens', () =>
    serving({}, async ({ port, url }) => {
      const lines = await Promise.all(Array.from({ length: BRIDGE_CONNECTIONS_MAX }, () => connectInterface(url)));
      assert.equal(await attempt(port, key(TOKEN)), 'closed 4429 bridge.rate-limited');
      for (const line of lines) line.close();
    }).then(() =>
      serving({}, async ({ port }) => {
        for (let i = 0; i < BRIDGE_WRONG_KEYS_PER_MINUTE_MAX; i++) await attempt(port, key(`guess ${i}`));
        assert.equal(await attempt(port, key(TOKEN)), 'closed 4429 bridge.rate-limited');
      }),
    ));

  test('H10 bytes that are no HTTP, and connections that say nothing, leave the others alone', () =>
    serving({}, async ({ port, url }) => {
      const noise = connect(port, '127.0.0.1').on('error', () => {});
      noise.write(Buffer.from([0x16, 0x03, 0x01, 0, 0, 0xff, 0xff]));
      const silent = connect(port, '127.0.0.1').on('error', () => {});
      const line = await connectInterface(url);
      assert.deepEqual(await line.client.worlds.list(), []);
      line.close();
      noise.destroy();
      silent.destroy();
    }));
});

describe('addresses', () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.7'])
    test(`node.public-address-without-password for ${host}`, async () => {
      await assert.rejects(
        serving({ host }, async () => {}),
        { code: 'node.public-address-without-password' },
      );
    });
  test('a public address with a password: the password opens it, so does the token, nothing else', () =>
    serving({ host: '0.0.0.0', password: 'grün 🌲 tree', names: ['nas.home'] }, async ({ port }) => {
      assert.equal(await attempt(port, key('grün 🌲 tree')), 'open');
      assert.equal(await attempt(port, key(TOKEN)), 'open');
      assert.equal(await attempt(port, key('grün')), 'closed 4401 bridge.unauthorized');
      assert.equal((await get(port, '/', { host: `192.168.1.5:${port}` })).status, 200);
      assert.equal((await get(port, '/', { host: 'nas.home' })).status, 200);
      assert.equal((await get(port, '/', { host: `evil.example:${port}` })).status, 421);
    }));
  test('node.port-taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await assert.rejects(
      serving({ port }, async () => {}),
      { code: 'node.port-taken', facts: { host: '127.0.0.1', port } },
    );
    other.close();
  });
  test('bridge.page-missing', async () => {
    await assert.rejects(
      serving({ pageFolder: join(root, 'nowhere') }, async () => {}),
      { code: 'bridge.page-missing' },
    );
  });
});
