import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deepLinkIn, parseDeepLink, routeOf } from '../../../src-main/shell/deepLink.ts';
import { startShell } from '../../../src-main/shell/index.ts';
import { pageHandler } from '../../../src-main/shell/page.ts';
import { isAllowedLink, isOurPage, webPreferences } from '../../../src-main/shell/settings.ts';
import { CONTENT_SECURITY_POLICY, NODE_RESTARTS_PER_MINUTE_MAX } from '../../../src-shared/config/index.ts';
import { PORT_CHANNEL } from '../../../src-shared/contract/index.ts';
import { waitFor } from '../../fakes/waitFor.ts';
import { createFakeElectron, type FakeElectron } from './fakeElectron.ts';

const PLACES = { pageFolder: '/page', preload: '/preload.cjs', nodeEntry: '/cli.js', assets: '/assets' };

async function started(argv: readonly string[] = [], prepare: (fake: FakeElectron) => void = () => {}): Promise<FakeElectron> {
  const fake = createFakeElectron();
  prepare(fake);
  startShell(fake.electron, { places: PLACES, argv, platform: 'linux', now: () => fake.clock });
  await waitFor('the app to begin', () => fake.windows.length > 0 || fake.exits.length > 0);
  return fake;
}

const OUR_FRAME = { url: 'app://peerhold/', parent: null };

describe('shell: security settings as data', () => {
  test('S1 the window is sandboxed, isolated, and has no Node', () => {
    const preferences = webPreferences('/preload.cjs', true);
    const wanted = {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: false,
    };
    for (const [name, value] of Object.entries(wanted)) assert.equal(preferences[name as keyof typeof preferences], value, name);
  });
  test('S2 the policy allows nothing inline, nothing evaluated, nothing from elsewhere', () => {
    assert.match(CONTENT_SECURITY_POLICY, /^default-src 'none'/);
    for (const rule of ["script-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"])
      assert.ok(CONTENT_SECURITY_POLICY.split('; ').includes(rule), rule);
    assert.doesNotMatch(CONTENT_SECURITY_POLICY, /unsafe|https?:|\*(?!$|;)(?!:)/);
  });
  test('S3 links lead to a few sites over https, nowhere else', () => {
    for (const url of ['https://github.com/x', 'https://minecraft.wiki/w/Seed']) assert.equal(isAllowedLink(url), true, url);
    const bad = [
      'http://github.com',
      'https://github.com.evil.example',
      'https://x@github.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'x',
      '',
    ];
    for (const url of bad) assert.equal(isAllowedLink(url), false, url);
  });
  test('S4 only the page itself counts as ours', () => {
    for (const url of ['app://peerhold', 'app://peerhold/', 'app://peerhold/#/world/x']) assert.equal(isOurPage(url), true, url);
    for (const url of ['app://peerhold.evil', 'app://evil/', 'https://peerhold/', 'file:///app://peerhold/', ''])
      assert.equal(isOurPage(url), false, url);
  });
  test("S5 the preload exposes three things under one name, and speaks the contract's channel", () => {
    const source = readFileSync(join(import.meta.dirname, '../../../src-main/preload/index.ts'), 'utf8');
    assert.ok(source.includes(`PORT_CHANNEL = '${PORT_CHANNEL}'`));
    const exposed = /exposeInMainWorld\('peerhold', \{([\s\S]+)\}\)/.exec(source)![1]!;
    assert.deepEqual(
      [...exposed.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]),
      ['getBridgePort', 'getPathForFile', 'platform'],
    );
    assert.equal(source.match(/exposeInMainWorld/g)!.length, 1);
  });
});

describe('shell: deep links are untrusted', () => {
  test('S6 a code, with or without its secret', () => {
    assert.deepEqual(parseDeepLink('peerhold://join/7KQ2-M4XW'), { type: 'join', code: '7KQ2-M4XW' });
    assert.deepEqual(parseDeepLink('peerhold://join/7KQ2M4XW/'), { type: 'join', code: '7KQ2M4XW' });
    assert.deepEqual(parseDeepLink('peerhold://join/7KQ2M4XW#s3cr3t'), { type: 'join', code: '7KQ2M4XW#s3cr3t' });
    assert.equal(routeOf({ type: 'join', code: 'a/b#c' }), '#/join/a%2Fb%23c');
  });
  const hostile = [
    '',
    'peerhold://',
    'peerhold://join/',
    'peerhold://join/short',
    'peerhold://delete/everything',
    'peerhold://join/../../etc/passwd',
    'peerhold://join/%2e%2e%2f%2e%2e',
    'peerhold://join/abcdef?x=1',
    'peerhold://join/<script>alert(1)</script>',
    'peerhold://join/abcdef\nmore',
    'peerhold://join/abcdef --inspect=9229',
    `peerhold://join/${'a'.repeat(10_000)}`,
    'PEERHOLD://JOIN/ABCDEFG',
    'https://peerhold.example/j/abcdefg',
    '--no-sandbox',
  ];
  for (const link of hostile) test(`S7 ${JSON.stringify(link.slice(0, 50))} is no link`, () => assert.equal(parseDeepLink(link), null));
  test('S8 found among the words of a second start', () => {
    assert.deepEqual(deepLinkIn(['/usr/bin/peerhold', '--flag', 'peerhold://join/ABCDEF']), { type: 'join', code: 'ABCDEF' });
    assert.equal(deepLinkIn(['/usr/bin/peerhold', '.']), null);
  });
});

describe("shell: the page's scheme", () => {
  test('S9 plain names of the built folder, with the policy, and nothing else', async () => {
    const root = await mkdtemp(join(tmpdir(), 'peerhold-shell-'));
    await mkdir(join(root, 'page/assets'), { recursive: true });
    await writeFile(join(root, 'page/index.html'), 'index');
    await writeFile(join(root, 'page/assets/app-1.js'), 'script');
    await writeFile(join(root, 'outside.html'), 'outside');
    const answer = pageHandler(join(root, 'page'));
    const get = async (url: string, method = 'GET') => {
      const response = await answer({ url, method });
      return response.status === 200 ? await response.text() : response.status;
    };
    assert.equal(await get('app://peerhold/'), 'index');
    assert.equal(await get('app://peerhold/index.html#/world/x'), 'index');
    assert.equal(await get('app://peerhold/assets/app-1.js?v=1'), 'script');
    const response = await answer({ url: 'app://peerhold/', method: 'GET' });
    assert.equal(response.headers.get('content-security-policy'), CONTENT_SECURITY_POLICY);
    const paths = [
      '../outside.html',
      '%2e%2e/outside.html',
      '..%5coutside.html',
      'assets/../../outside.html',
      '/outside.html',
      '.hidden',
      'assets/',
      'x.exe',
    ];
    for (const path of paths) assert.equal(await get(`app://peerhold/${path}`), 404, path);
    assert.equal(await get('app://evil/index.html'), 404);
    assert.equal(await get('app://peerhold/', 'POST'), 404);
    await rm(root, { recursive: true });
  });
});

describe('shell: life of the app', () => {
  test('S10 a second start hands its link to the first and ends', async () => {
    const second = await started([], (fake) => {
      fake.firstInstance = false;
    });
    assert.deepEqual(second.exits, [0]);
    assert.equal(second.windows.length, 0);
    const first = await started();
    first.emit('second-instance', {}, ['peerhold', 'peerhold://join/ABCDEF']);
    assert.equal(first.windows.length, 1);
    assert.deepEqual(first.windows[0]!.loaded, ['app://peerhold/', 'app://peerhold/#/join/ABCDEF']);
  });
  test('S11 the window opens over the sandboxed preload, at the link it was started with', async () => {
    const fake = await started(['peerhold', 'peerhold://join/ABCDEF']);
    assert.equal(fake.sandboxed, true);
    assert.equal(fake.windows[0]!.options.webPreferences!.sandbox, true);
    assert.deepEqual(fake.windows[0]!.loaded, ['app://peerhold/#/join/ABCDEF']);
    assert.deepEqual(fake.schemes, ['app']);
  });
  test('S12 only the page in its main frame gets a port', async () => {
    const fake = await started();
    const child = fake.children[0]!;
    const window = fake.windows[0]!;
    for (const frame of [
      null,
      { url: 'https://evil.example/', parent: null },
      { url: 'app://peerhold/', parent: {} },
      { url: 'app://peerhold.evil/', parent: null },
    ])
      fake.askForPort(frame, window);
    assert.deepEqual([child.messages.length, window.messages.length], [0, 0]);
    fake.askForPort(OUR_FRAME, window);
    assert.deepEqual(child.messages, [{ type: 'port' }]);
    assert.deepEqual(window.messages, [PORT_CHANNEL]);
  });
  test('S13 the page goes nowhere, opens nothing, gets no permission but two', async () => {
    const fake = await started();
    const contents = fake.newContents();
    assert.deepEqual(contents.open('https://github.com/peerhold'), { action: 'deny' });
    assert.deepEqual(contents.open('https://evil.example/'), { action: 'deny' });
    assert.deepEqual(fake.opened, ['https://github.com/peerhold']);
    assert.equal(contents.navigates('https://evil.example/'), false);
    assert.equal(contents.navigates('file:///etc/passwd'), false);
    assert.equal(contents.navigates('app://peerhold/#/log'), true);
    assert.equal(contents.attachesWebview(), false);
    for (const permission of ['media', 'geolocation', 'openExternal', 'clipboard-read', 'fileSystem', 'hid']) {
      assert.equal(fake.grants(permission), false, permission);
      assert.equal(fake.checks(permission, 'app://peerhold'), false, permission);
    }
    assert.equal(fake.grants('clipboard-sanitized-write'), true);
    assert.equal(fake.checks('notifications', 'https://evil.example'), false);
  });
  test('S14 closing the window hides it, says once that the world stays up, and the tray brings it back', async () => {
    const fake = await started();
    const window = fake.windows[0]!;
    assert.equal(window.close(), false);
    assert.equal(window.close(), false);
    assert.equal(fake.notifications.length, 1);
    assert.equal(window.visible, false);
    fake.clickTray(0);
    assert.equal(window.visible, true);
  });
  test('S15 quitting hands over first and ends when the node has left', async () => {
    const fake = await started();
    assert.equal(fake.quit(), false);
    assert.deepEqual(fake.children[0]!.messages, [{ type: 'leave' }]);
    assert.equal(fake.quit(), false);
    assert.deepEqual(fake.exits, []);
    fake.children[0]!.say({ type: 'left' });
    assert.equal(fake.children[0]!.killed, true);
    fake.children[0]!.exit();
    await waitFor('the app to end', () => fake.exits.length === 1);
    assert.equal(fake.quit(), true);
    assert.equal(fake.children.length, 1);
  });
  test('S16 a node that does not answer is ended after the deadline', async (context) => {
    const fake = await started();
    context.mock.timers.enable({ apis: ['setTimeout'] });
    fake.quit();
    context.mock.timers.tick(9999);
    assert.equal(fake.children[0]!.killed, false);
    context.mock.timers.tick(1);
    assert.equal(fake.children[0]!.killed, true);
    context.mock.timers.reset();
    await waitFor('the app to end', () => fake.exits.length === 1);
  });
  test('S17 the machine going down counts as quitting', async () => {
    const fake = await started();
    fake.shutdown();
    assert.deepEqual(fake.children[0]!.messages, [{ type: 'leave' }]);
  });
  test('S18 a dead node is started again, a few times a minute; later windows start it anew', async () => {
    const fake = await started();
    for (let i = 0; i < NODE_RESTARTS_PER_MINUTE_MAX + 2; i++) fake.children.at(-1)!.exit();
    assert.equal(fake.children.length, NODE_RESTARTS_PER_MINUTE_MAX);
    fake.askForPort(OUR_FRAME, fake.windows[0]!);
    assert.equal(fake.children.length, NODE_RESTARTS_PER_MINUTE_MAX);
    fake.clock += 61_000;
    fake.askForPort(OUR_FRAME, fake.windows[0]!);
    assert.deepEqual(fake.children.at(-1)!.messages, [{ type: 'port' }, { type: 'port' }]);
  });
  test('S19 the tray says what runs; strange messages are ignored', async () => {
    const fake = await started();
    fake.children[0]!.say({ type: 'playing', world: 'Home', players: 2 });
    assert.equal(fake.tooltips.at(-1), 'Peerhold: Home, 2 playing');
    fake.children[0]!.say({ type: 'left', extra: 1 });
    fake.children[0]!.say('nonsense');
    assert.equal(fake.children[0]!.killed, false);
  });
});
