import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHasher, realClock, realDisk, realRandom } from '../../../src-main/io/platform/index.ts';
import { encodeIndex, encodeItem, encodePackHeader, itemBytes, PACK_FORMAT } from '../../../src-main/io/store/blobs/layout.ts';
import { BACKUP_VERSION } from '../../../src-main/io/store/catalogue/backups.ts';
import { CATALOGUE_SCHEMA } from '../../../src-main/io/store/catalogue/sqlite.ts';
import { openStore } from '../../../src-main/io/store/index.ts';
import { encodeHeader, LOG_FORMAT } from '../../../src-main/io/store/log/layout.ts';
import { encodeRecord, recordBytes } from '../../../src-main/io/store/log/record.ts';
import { AppError } from '../../../src-shared/errors/index.ts';
import { toHex, type Hash } from '../../../src-shared/units/index.ts';
import { memoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { openOn } from '../../unit/store/harness.ts';
import { FIXTURE_LIMITS } from './limits.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const digest = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/**
 * A pin that does not match means that the format has changed. Then: 1 raise its version, 2 keep reading the old one, 3 make a fixture of the old one with
 * the code before the change if there is none, 4 write the new pin.
 */
const PINS: readonly (readonly [what: string, actual: string, pinned: string])[] = [
  ['log 1: schema', sha256(JSON.stringify(LOG_FORMAT)), '985ab7d29b81465a743404a1d2e88b40a4db8b8829c528e5d3cb5a6af4c9d114'],
  [
    'log 1: bytes of a header',
    sha256(encodeHeader({ salt: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), number: 2 ** 33 + 5 }, digest)),
    'c74f4eb67e8498bd4322d6cfd3c0f1a14c1346d424996d81d8fb83df10ed96cb',
  ],
  ['log 1: bytes of a record', sha256(goldenRecord()), '25835a5e8acbcc7ce5f7d61d9eda6d7b8ebf994349204106f8af6b9096c884c1'],
  ['pack 1: schema', sha256(JSON.stringify(PACK_FORMAT)), 'e234692f6099622d9b9d3eef1fb3536f3838a65f836abfe70bb3023b4abd6617'],
  [
    'pack 1: bytes of a header',
    sha256(encodePackHeader({ salt: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), number: 9 }, digest)),
    '81cf984ab0b3d3cd2a311097f6019a337c001db34914edaeee6477bf02ac22b1',
  ],
  ['pack 1: bytes of an item', sha256(goldenItem()), '52a11a4d5e38fc8fa31c6e8243f3987ebd94305b5dc383dd9f352a1238b29365'],
  ['index 1: bytes', sha256(goldenIndex()), 'f39cf56167df6a1ec7949e690a14b7d467cbd6eb41590716796d07b903674774'],
  ['catalogue 1: schema', sha256(JSON.stringify(CATALOGUE_SCHEMA)), '97e7acf9eb920ca600100fa8553adb607e3d031040438523e7ed9528b87457d1'],
  ['backup: version', String(BACKUP_VERSION), '1'],
];

function goldenRecord(): Uint8Array {
  const text = { type: 1, group: Uint8Array.of(65, 66), kind: Uint8Array.of(67), body: Uint8Array.of(1, 2, 3, 4, 5) };
  const bytes = new Uint8Array(recordBytes(text)).fill(255);
  const link = Uint8Array.from({ length: 16 }, (_, i) => i);
  encodeRecord(bytes, 0, text, { salt: new Uint8Array(8).fill(9), link, sequence: 2 ** 40 + 7, synced: 2 ** 40 }, digest);
  return bytes;
}

function goldenItem(): Uint8Array {
  const bytes = new Uint8Array(itemBytes(5));
  encodeItem(
    bytes,
    0,
    { name: new Uint8Array(32).fill(3), encoding: 1, content: Uint8Array.of(5, 4, 3, 2, 1) },
    new Uint8Array(8).fill(9),
    digest,
  );
  return bytes;
}

function goldenIndex(): Uint8Array {
  const entries = [{ name: new Uint8Array(32).fill(3), offset: 64, bytes: 5 }];
  return encodeIndex({ number: 9, salt: new Uint8Array(8).fill(9), packBytes: 144, entries }, digest);
}

for (const [what, actual, pinned] of PINS) {
  test(`R8: ${what} is what its version says`, () => {
    assert.equal(actual, pinned);
  });
}

interface Expected {
  readonly records: readonly { readonly group: string; readonly kind: string; readonly body: string; readonly sequence: number }[];
  readonly blobs: readonly { readonly name: Hash; readonly bytes: string }[];
}

for (const fixture of readdirSync(FIXTURES).filter((name) => name.startsWith('store-'))) {
  test(`R8: ${fixture} can still be read, whole`, async (context) => {
    const root = mkdtempSync(join(tmpdir(), 'peerhold-fixture-'));
    context.after(() => rmSync(root, { recursive: true }));
    cpSync(join(FIXTURES, fixture, 'store'), root, { recursive: true });
    const expected = JSON.parse(readFileSync(join(FIXTURES, fixture, 'expected.json'), 'utf8')) as Expected;
    const log = memoryLog();
    const store = await openStore({
      disk: realDisk(root),
      folder: root,
      crypto: await createHasher(),
      random: realRandom(),
      clock: realClock(),
      log,
      limits: FIXTURE_LIMITS,
    });
    const records: unknown[] = [];
    for await (const { group, kind, body, sequence } of store.recover()) records.push({ group, kind, body: toHex(body), sequence });
    assert.deepEqual(records, expected.records);
    for (const { name, bytes } of expected.blobs) assert.equal(toHex((await store.blobs.get(name))!), bytes);
    assert.deepEqual(store.catalogue.keys(''), ['fact/members/0', 'fact/members/1']);
    assert.equal(store.catalogue.facts('snapshots', 9).length, 2);
    assert.deepEqual(
      log.lines.filter(({ level }) => level === 'warn'),
      [],
    );
    await store.close();
  });
}

test('R8, store.format-newer: files of a later version are refused by name and left as they are', async () => {
  for (const [path, versionAt, from, to, copies] of [
    ['log/00000001.seg', 24, 16, 48, 2],
    ['blobs/00000001.pack', 24, 16, 64, 1],
  ] as const) {
    const machine = memoryDisk({ seed: 1 });
    const store = await openOn(machine);
    await store.blobs.put('ab'.repeat(32) as Hash, new Uint8Array(50));
    await store.close();
    const file = await machine.disk.open(path, 'write');
    for (let copy = 0; copy < copies; copy++) {
      await file.write(copy * 4096 + versionAt, Uint8Array.of(2));
      await file.write(copy * 4096, digest(await file.read(copy * 4096 + from, to - from)).subarray(0, 16));
    }
    const before = machine.content(path)!;
    await assert.rejects(
      openOn(machine),
      (error) => error instanceof AppError && error.code === 'store.format-newer' && error.facts['found'] === 2,
    );
    assert.deepEqual(machine.content(path), before);
  }
});
