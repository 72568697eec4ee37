/** A process that appends and puts until it is killed, and prints what was acknowledged. Started by the tests beside it. */
import { createHasher, lockFolder, realClock, realDisk, realRandom } from '../../../src-main/io/platform/index.ts';
import { openStore } from '../../../src-main/io/store/index.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';

async function main(folder: string, from: number): Promise<void> {
  await lockFolder(folder);
  const crypto = await createHasher();
  const store = await openStore({ disk: realDisk(folder), folder, crypto, random: realRandom(), clock: realClock(), log: memoryLog() });
  process.stdout.write('open\n');
  const say = (what: string): void => void process.stdout.write(`${what}\n`);
  const append = async (appender: number): Promise<void> => {
    for (let i = 0; ; i++) {
      const text = `${from + i}.${appender}`;
      await store.append([
        { group: `g${appender % 3}`, kind: 'test', body: new TextEncoder().encode(`${text};${'x'.repeat((i * 37) % 900)}`) },
      ]);
      say(`record ${text}`);
    }
  };
  const put = async (): Promise<void> => {
    for (let i = 0; ; i++) {
      const bytes = new TextEncoder().encode(`${from + i} ${'blob '.repeat(i % 3000)}`);
      const name = crypto.hash(bytes);
      await store.blobs.put(name, bytes);
      await store.blobs.sync();
      store.catalogue.set('newest', name);
      say(`blob ${name}`);
    }
  };
  await Promise.all([...Array.from({ length: 8 }, (_, i) => append(i)), put()]);
}

const [, , folder, from] = process.argv;
main(folder!, Number(from)).catch((error: unknown) => {
  process.stdout.write(`${error instanceof AppError ? error.code : String(error)}\n`);
  process.exitCode = 1;
});
