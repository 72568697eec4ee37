/**
 * Writes a small store in today's formats: `node test/formats/store/makeFixture.ts test/formats/fixtures/store-N`, once for each released version.
 * `expected.json` beside it says what must be found in it for ever.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHasher, realClock, realDisk } from '../../../src-main/io/platform/index.ts';
import { openStore } from '../../../src-main/io/store/index.ts';
import { toHex } from '../../../src-shared/units/index.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { FIXTURE_LIMITS } from './limits.ts';

async function main(folder: string): Promise<void> {
  const random = seededRandom('fixture');
  mkdirSync(join(folder, 'store'), { recursive: true });
  const root = join(folder, 'store');
  const crypto = await createHasher();
  const open = () =>
    openStore({ disk: realDisk(root), folder: root, crypto, random, clock: realClock(), log: memoryLog(), limits: FIXTURE_LIMITS });
  const records: unknown[] = [];
  const blobs: unknown[] = [];
  for (let life = 0; life < 2; life++) {
    const store = await open();
    for (let i = 0; i < 12; i++) {
      const record = { group: `group ${i % 3} ü`, kind: i % 2 === 0 ? 'vote' : 'entry', body: random.bytes(random.integer(1500)) };
      const [sequence] = await store.append([record]);
      records.push({ ...record, body: toHex(record.body), sequence });
    }
    for (let i = 0; i < 6; i++) {
      const bytes = Uint8Array.from({ length: 40 + i * 400 }, () => (i === 5 ? random.integer(256) : random.integer(4)));
      await store.blobs.put(crypto.hash(bytes), bytes);
      blobs.push({ name: crypto.hash(bytes), bytes: toHex(bytes) });
    }
    store.catalogue.set(`fact/members/${life}`, `{"life":${life}}`);
    store.catalogue.addFact('snapshots', life, `snapshot ${life}`);
    await store.close();
  }
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify({ records, blobs }, null, 1)}\n`);
}

await main(process.argv[2]!);
