import mineflayer, { type Bot } from 'mineflayer';
import { Vec3 } from 'vec3';

export const VERSION = '1.21.1';

/** An unmodified-protocol client in the world. Rejects with what the server said when it is not let in. */
export function joinBot(address: string, username: string, options: Partial<mineflayer.BotOptions> = {}): Promise<Bot> {
  const [host, port] = address.split(':') as [string, string];
  const bot = mineflayer.createBot({
    host,
    port: Number(port),
    username,
    version: VERSION,
    auth: 'offline',
    hideErrors: true,
    checkTimeoutInterval: 60_000,
    ...options,
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${username} did not spawn in time`)), 45_000);
    bot.once('spawn', () => {
      clearTimeout(timer);
      resolve(bot);
    });
    bot.once('kicked', (reason) => reject(new Error(`${username} was kicked: ${JSON.stringify(reason)}`)));
    bot.once('error', reject);
  });
}

/** Leaves and waits until the connection is gone. */
export function leaveBot(bot: Bot): Promise<void> {
  return new Promise((resolve) => {
    bot.once('end', () => resolve());
    bot.quit();
  });
}

/** Resolves with the first truthy answer of `look`, asked again whenever the bot's world moves on; rejects at the deadline. */
export async function eventually<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  deadlineMillis = 15_000,
): Promise<T> {
  const deadline = performance.now() + deadlineMillis;
  for (;;) {
    const answer = await look();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Places the held block on top of `below` without turning the head slowly, as a quick player does. */
export async function placeOn(bot: Bot, below: { x: number; y: number; z: number }): Promise<void> {
  const block = bot.blockAt(new Vec3(below.x, below.y, below.z));
  if (block === null) throw new Error(`no chunk at ${below.x} ${below.y} ${below.z}`);
  const quick = bot as Bot & { _placeBlockWithOptions(block: unknown, face: Vec3, options: object): Promise<void> };
  await quick._placeBlockWithOptions(block, new Vec3(0, 1, 0), { swingArm: 'right', forceLook: true });
}
