import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeClock } from '../fakes/fakeClock.ts';
import { memoryNetwork } from '../fakes/memoryTransport.ts';
import { seededRandom } from '../fakes/seededRandom.ts';

const setUp = () => {
  const clock = fakeClock();
  return { clock, network: memoryNetwork({ clock, random: seededRandom('transport') }) };
};

describe('Transport, memory body', () => {
  test('frames of one kind arrive in order, once, as copies, with their sender', async () => {
    const { clock, network } = setUp();
    network.setAll({ millis: [1, 80] });
    const [a, b] = [network.join('a'), network.join('b')];
    const got: string[] = [];
    b.onFrame((peer, kind, frame) => void got.push(`${peer} ${kind} ${frame[0]}`));
    const frame = Uint8Array.of(0);
    for (let i = 0; i < 20; i++) {
      frame[0] = i;
      a.send('b', 'agreement', frame);
    }
    assert.deepEqual(got, [], 'never at once');
    await clock.advance(100);
    assert.deepEqual(
      got,
      Array.from({ length: 20 }, (_, i) => `a agreement ${i}`),
    );
  });

  test('nodes are told who comes and goes, and a frame to nobody is lost in silence', async () => {
    const { clock, network } = setUp();
    const a = network.join('a');
    const seen: string[] = [];
    a.onPeer((peer, state) => void seen.push(`${peer} ${state}`));
    const b = network.join('b');
    await clock.advance(1);
    await b.close();
    b.send('a', 'bulk', Uint8Array.of(1));
    a.send('b', 'bulk', Uint8Array.of(1));
    a.send('nobody', 'bulk', Uint8Array.of(1));
    await clock.advance(10);
    assert.deepEqual(seen, ['b connected', 'b gone']);
    assert.equal(network.counts.lost, 3);
    const late = network.join('c');
    const known: string[] = [];
    late.onPeer((peer, state) => void known.push(`${peer} ${state}`));
    await clock.advance(1);
    assert.deepEqual(known, ['a connected']);
  });
});

test('memory network: each fault happens, one direction at a time, the same for the same seed', async () => {
  const play = async (): Promise<{ got: string; counts: object }> => {
    const { clock, network } = setUp();
    const [a, b] = [network.join('a'), network.join('b')];
    const got: string[] = [];
    for (const node of [a, b]) node.onFrame((_, __, frame) => void got.push(`${node.self}${frame.join('.')}`));
    network.setLink('a', 'b', { loss: 0.2, duplication: 0.2, reordering: 0.3, bitFlip: 0.1, truncation: 0.1, millis: [5, 50] });
    for (let i = 0; i < 200; i++) {
      a.send('b', 'gossip', Uint8Array.of(i, i));
      b.send('a', 'gossip', Uint8Array.of(i, i));
    }
    await clock.advance(100);
    const back = got.filter((line) => line.startsWith('a'));
    assert.deepEqual(
      back,
      Array.from({ length: 200 }, (_, i) => `a${i}.${i}`),
      'the other direction is whole',
    );
    network.setLink('b', 'a', { cut: true });
    b.send('a', 'gossip', Uint8Array.of(9, 9, 9));
    await clock.advance(100);
    assert.ok(!got.includes('a9.9.9'));
    return { got: got.join(' '), counts: { ...network.counts } };
  };
  const [first, second] = [await play(), await play()];
  assert.deepEqual(first, second);
  for (const [name, count] of Object.entries(first.counts)) assert.ok(count > 0, name);
});
