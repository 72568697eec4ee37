import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import {
  ask,
  connectInterface,
  serveInterface,
  serveParent,
  servePort,
  type BridgePort,
  type ContractClient,
  type ParentPort,
} from '../../src-main/bridge/index.ts';
import { BRIDGE_FRAMES_BURST_MAX, BRIDGE_FRAMES_PER_SECOND_MAX, BRIDGE_STREAMS_MAX } from '../../src-shared/config/index.ts';
import type { NodeMessage, Revised, World } from '../../src-shared/contract/index.ts';
import { AppError, refuse } from '../../src-shared/errors/index.ts';
import { createFakeNode, fakeWorld, type FakeNode } from '../fakes/nodeApi.ts';
import { waitFor } from '../fakes/waitFor.ts';

interface Line {
  readonly client: ContractClient;
  close(): void;
}

const page = await mkdtemp(join(tmpdir(), 'peerhold-page-'));
await writeFile(join(page, 'index.html'), '<!doctype html>');
after(() => rm(page, { recursive: true }));

/** The same table over every transport. */
const TRANSPORTS: Readonly<Record<string, (node: FakeNode, body: (line: Line) => Promise<void>) => Promise<void>>> = {
  async WebSocket(node, body) {
    const served = await serveInterface({ host: '127.0.0.1', port: 0, token: 'secret', password: null, api: node.api, pageFolder: page });
    const line = await connectInterface(served.url);
    try {
      await body(line);
    } finally {
      line.close();
      await served.close();
    }
  },
  async MessagePort(node, body) {
    const { port1, port2 } = new MessageChannel();
    servePort(port1, node.api);
    const client = createORPCClient<ContractClient>(new RPCLink({ port: port2 }));
    port2.start();
    try {
      await body({ client, close: () => port2.close() });
    } finally {
      port2.close();
      port1.close();
    }
  },
};

const found = {
  path: '/saves/A',
  name: 'Ä 🌲',
  launcher: 'prism' as const,
  instance: 'Fabric',
  version: null,
  dataVersion: null,
  bytes: 5,
  bytesExact: false,
  lastPlayed: 1.5,
  gameMode: null,
  inUse: true,
  icon: null,
};

for (const [name, connect] of Object.entries(TRANSPORTS)) {
  const check = (rule: string, body: (node: FakeNode, line: Line) => Promise<void>, node = () => createFakeNode({ saves: [found] })) =>
    test(rule, async () => {
      const fake = node();
      await connect(fake, (line) => body(fake, line));
    });

  describe(`contract over ${name}`, () => {
    check('B1 values arrive as they were sent', async (_node, { client }) => {
      assert.deepEqual(await client.worlds.found(), [found]);
    });
    check('B2 a refusal arrives with code and facts', async (node, { client }) => {
      node.failNext('worlds.start', refuse('node.port-taken', { port: 25565 }));
      const answer = await ask(client.worlds.start({ name: 'x' }));
      assert.deepEqual(answer, { ok: false, code: 'node.port-taken', facts: { port: 25565 } });
    });
    check('B3 a fault arrives with code and facts', async (node, { client }) => {
      node.failNext('worlds.list', new AppError('store.sync-failed', { file: 'log' }));
      assert.deepEqual(await ask(client.worlds.list()), { ok: false, code: 'store.sync-failed', facts: { file: 'log' } });
    });
    check('B4 node.internal: the text of a bug does not leave the node', async (node, { client }) => {
      node.failNext('worlds.list', new Error('at /home/anna/secret.ts'));
      const answer = await ask(client.worlds.list());
      assert.deepEqual(answer, { ok: false, code: 'node.internal', facts: { request: 'worlds.list' } });
    });
    check('B5 bridge.bad-request: input that breaks the schema never reaches the node', async (node, { client }) => {
      const inputs: readonly unknown[] = [{}, { name: 5 }, { name: '' }, { name: 'x'.repeat(65) }, { name: 'x', extra: 1 }, null];
      for (const input of inputs) {
        const answer = await ask(client.worlds.start(input as { name: string }));
        assert.deepEqual(answer, { ok: false, code: 'bridge.bad-request', facts: { request: 'worlds.start' } });
      }
      assert.deepEqual(node.calls, []);
    });
    check('B6 a topic gives the present value, then the newest after changes, in growing revisions', async (node, { client }) => {
      const seen: Revised<readonly World[]>[] = [];
      const stream = await client.topics.worlds();
      for await (const revised of stream) {
        seen.push(revised);
        if (seen.length === 1) for (let i = 0; i < 50; i++) node.publish('worlds', () => [fakeWorld({ name: `w${i}` })]);
        if (revised.value[0]?.name === 'w49') break;
      }
      assert.deepEqual(seen[0]!.value, []);
      assert.ok(seen.length < 10, `${seen.length} values for 50 quick changes`);
      assert.ok(seen.every((item, i) => i === 0 || item.revision > seen[i - 1]!.revision));
    });
    check('B7 leaving a topic, and losing the line, free the listener', async (node, line) => {
      const one = await line.client.topics.log();
      await one.next();
      const two = await line.client.topics.status();
      await two.next();
      assert.equal(node.listeners(), 2);
      await one.return?.();
      await waitFor('one listener left', () => node.listeners() === 1);
      line.close();
      await waitFor('no listener left', () => node.listeners() === 0);
    });
    check('B8 bridge.rate-limited: a page listens to so many topics and no more', async (node, { client }) => {
      const streams = await Promise.all(Array.from({ length: BRIDGE_STREAMS_MAX }, () => client.topics.log()));
      await Promise.all(streams.map((stream) => stream.next()));
      const further = await client.topics.log();
      assert.deepEqual(await ask(further.next()), refuse('bridge.rate-limited'));
      assert.equal(node.listeners(), BRIDGE_STREAMS_MAX);
    });
    check('B9 bridge.connection-lost: a flood ends the line, and open calls end with it', async (node, { client }) => {
      const start = performance.now();
      const answers = await Promise.all(Array.from({ length: 3 * BRIDGE_FRAMES_BURST_MAX }, () => ask(client.jobs.list())));
      const refilled = ((performance.now() - start) / 1000) * BRIDGE_FRAMES_PER_SECOND_MAX;
      assert.ok(node.calls.length <= BRIDGE_FRAMES_BURST_MAX + refilled, `${node.calls.length} calls reached the node`);
      assert.deepEqual(answers.at(-1), refuse('bridge.connection-lost'));
    });
  });
}

/** The shell's side of the line to the node's process. */
function fakeParent() {
  const said: NodeMessage[] = [];
  let hear: Parameters<ParentPort['on']>[1] = () => {};
  const parent: ParentPort = {
    on: (_event, listener) => (hear = listener),
    postMessage: (message) => said.push(message),
  };
  return { parent, said, tell: (data: unknown, ports: readonly BridgePort[] = []) => hear({ data, ports }) };
}

describe('the desktop node process', () => {
  test('P1 serves a port that the shell sends, tells who plays, leaves once and says so', async () => {
    const node = createFakeNode({ worlds: [fakeWorld({ name: 'Home' })] });
    const { parent, said, tell } = fakeParent();
    let left = 0;
    serveParent(parent, { api: node.api, leave: async () => void (left += 1) });
    assert.deepEqual(said, [{ type: 'ready' }]);
    const { port1, port2 } = new MessageChannel();
    tell({ type: 'port' }, [port1]);
    const client = createORPCClient<ContractClient>(new RPCLink({ port: port2 }));
    port2.start();
    assert.equal((await client.worlds.start({ name: 'Home' })).state, 'running');
    assert.deepEqual(said.at(-1), { type: 'playing', world: 'Home', players: 0 });
    port2.close();
    tell({ type: 'leave' });
    await waitFor('the node to have left', () => said.some((message) => message.type === 'left'));
    assert.equal(left, 1);
  });
  test('P2 a fault while leaving still ends in "left"; strange messages change nothing', async () => {
    const node = createFakeNode();
    const { parent, said, tell } = fakeParent();
    const notices: string[] = [];
    serveParent(parent, { api: node.api, leave: () => Promise.reject(new Error('disk')), notice: (event) => notices.push(event) });
    tell({ type: 'port' });
    tell('nonsense');
    tell({ type: 'leave', now: true });
    assert.deepEqual([said.length, notices], [1, ['bridge.strange-shell-message', 'bridge.strange-shell-message']]);
    tell({ type: 'leave' });
    await waitFor('the node to have left', () => said.length === 2);
    assert.deepEqual(notices.at(-1), 'bridge.leave-failed');
  });
});
