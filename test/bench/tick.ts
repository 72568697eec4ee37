import type { Bot } from 'mineflayer';
import { joinBot, leaveBot } from '../e2e/support/bots.ts';
import { makeFolder } from '../e2e/support/nodeProcess.ts';
import { buildNode } from '../../src-main/node/index.ts';
import type { BenchRow } from './row.ts';

const MEASURE_MILLIS = 20_000;

/** Duration of the driver's ticks while 1 and 20 clients walk and dig, in the process of the node. No peer: flying-squid has no tick to measure. */
export async function benchTick(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const players of [1, 20]) {
    const folder = makeFolder();
    const node = await buildNode({
      dataFolder: folder.path,
      game: { host: '127.0.0.1', port: 0 },
      auth: 'offline',
      announce: false,
      observer: false,
      version: 'bench',
    });
    await node.api.worlds.create({ name: 'bench', seed: '42', version: null, mode: 'creative' });
    const started = await node.api.worlds.start({ name: 'bench' });
    if (!started.ok) throw new Error(started.code);
    const bots: Bot[] = [];
    for (let i = 0; i < players; i++) bots.push(await joinBot(started.value.address!, `bench${i}`, { viewDistance: 'tiny' }));
    const playing = bots.map((bot) => play(bot));
    await new Promise((resolve) => setTimeout(resolve, MEASURE_MILLIS));
    rows.push({ name: `tick p50 with ${players} clients`, ours: node.tickQuantile(0.5), peer: null, ratio: null, unit: 'ms' });
    rows.push({ name: `tick p99 with ${players} clients`, ours: node.tickQuantile(0.99), peer: null, ratio: null, unit: 'ms' });
    for (const stop of playing) stop();
    for (const bot of bots) await leaveBot(bot);
    await node.close();
    folder.remove();
  }
  return rows;
}

/** Walks in a circle and digs what is under the feet. */
function play(bot: Bot): () => void {
  let turn = Math.random() * 6;
  const timer = setInterval(() => {
    turn += 0.7;
    void bot.look(turn, 0, true);
    bot.setControlState('forward', true);
    const below = bot.blockAt(bot.entity.position.offset(0, -1, 0));
    if (below !== null && below.name !== 'air') void bot.dig(below, true).catch(() => undefined);
  }, 500);
  return () => clearInterval(timer);
}
