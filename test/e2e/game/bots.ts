import { once } from 'node:events';
import mineflayer, { type Bot } from 'mineflayer';
import { waitFor } from '../../fakes/waitFor.ts';

/** A real client: mineflayer on minecraft-protocol, 1.21.1. */
export async function joinBot(port: number, username: string): Promise<Bot> {
  const bot = connectBot(port, username);
  const ended = once(bot, 'end').then(([reason]) => {
    throw new Error(`${username} was disconnected: ${String(reason)}`);
  });
  const kicked = once(bot, 'kicked').then(([reason]) => {
    throw new Error(`${username} was kicked: ${JSON.stringify(reason)}`);
  });
  kicked.catch(() => undefined);
  ended.catch(() => undefined);
  await Promise.race([once(bot, 'spawn'), kicked, ended]);
  return bot;
}

export function connectBot(port: number, username: string): Bot {
  const bot = mineflayer.createBot({ host: '127.0.0.1', port, username, version: '1.21.1', auth: 'offline', hideErrors: true });
  bot.on('error', () => undefined);
  return bot;
}

export async function leave(...bots: readonly Bot[]): Promise<void> {
  for (const bot of bots) bot.quit();
  await Promise.all(bots.map((bot) => waitFor('the bot to be gone', () => bot._client.ended)));
}
