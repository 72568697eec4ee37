import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { realDisk } from '../../../src-main/io/platform/index.ts';
import { openStore, type Store } from '../../../src-main/io/store/index.ts';
import { fakeClock } from '../../fakes/fakeClock.ts';
import { memoryDisk } from '../../fakes/memoryDisk.ts';
import { memoryLog } from '../../fakes/memoryLog.ts';
import { hasCode, openOn, optionsOn } from './harness.ts';

function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'peerhold-catalogue-'));
  context.after(() => rmSync(path, { recursive: true }));
  return path;
}

interface Body {
  readonly name: string;
  /** The same store again on every call. */
  readonly make: (context: TestContext) => () => Promise<Store>;
}

const BODIES: readonly Body[] = [
  {
    name: 'SQLite',
    make: (context) => {
      const path = folder(context);
      return () => openStore({ ...optionsOn(realDisk(path)), folder: path });
    },
  },
  {
    name: 'memory',
    make: () => {
      const machine = memoryDisk({ seed: 1 });
      return () => openOn(machine);
    },
  },
];

for (const { name, make } of BODIES) {
  describe(`catalogue, ${name} body`, () => {
    test('R12: values are set, replaced, deleted, and listed by prefix in the order of their bytes', async (context) => {
      const store = await make(context)();
      const { catalogue } = store;
      assert.equal(catalogue.get('a'), null);
      for (const key of ['b/2', 'a', 'b/10', 'b', 'b%', 'b_', 'B/1', 'bé', 'b😀', 'b\uffff']) catalogue.set(key, `value of ${key}`);
      catalogue.set('a', 'other');
      assert.equal(catalogue.get('a'), 'other');
      assert.equal(catalogue.get('b😀'), 'value of b😀');
      assert.deepEqual(catalogue.keys('b/'), ['b/10', 'b/2']);
      assert.deepEqual(catalogue.keys('b'), ['b', 'b%', 'b/10', 'b/2', 'b_', 'bé', 'b\uffff', 'b😀']);
      assert.deepEqual(catalogue.keys('c'), []);
      assert.equal(catalogue.keys('').length, 10);
      catalogue.delete('a');
      catalogue.delete('a');
      assert.equal(catalogue.get('a'), null);
      await store.close();
    });

    test('R12: facts come newest first, each list by itself', async (context) => {
      const store = await make(context)();
      const { catalogue } = store;
      for (let height = 1; height <= 5; height++) catalogue.addFact('events', height, `event ${height}`);
      catalogue.addFact('events', 2, 'late');
      catalogue.addFact('snapshots', 7, '{}');
      assert.deepEqual(catalogue.facts('events', 3), [
        { height: 2, value: 'late' },
        { height: 5, value: 'event 5' },
        { height: 4, value: 'event 4' },
      ]);
      assert.deepEqual(catalogue.facts('snapshots', 10), [{ height: 7, value: '{}' }]);
      assert.deepEqual(catalogue.facts('reports', 10), []);
      assert.deepEqual(catalogue.facts('events', 0), []);
      await store.close();
    });

    test('R12: facts and snapshots are there at the next opening', async (context) => {
      const open = make(context);
      const store = await open();
      store.catalogue.set('fact/members/ann', '{"role":"owner"}');
      store.catalogue.set('fact/invites', '[1,2]');
      store.catalogue.addFact('snapshots', 1, 'one');
      store.catalogue.addFact('snapshots', 2, 'two');
      await store.close();
      const again = await open();
      assert.equal(again.catalogue.get('fact/members/ann'), '{"role":"owner"}');
      assert.equal(again.catalogue.get('fact/invites'), '[1,2]');
      assert.deepEqual(
        again.catalogue.facts('snapshots', 9).map(({ value }) => value),
        ['two', 'one'],
      );
      await again.close();
    });
  });
}

test('R12: a change is on the disk when the call returns, without close', async (context) => {
  const path = folder(context);
  const store = await openStore({ ...optionsOn(realDisk(path)), folder: path });
  store.catalogue.set('plain', 'here');
  const other = new DatabaseSync(join(path, 'catalogue.db'), { readOnly: true });
  assert.equal(other.prepare('SELECT value FROM pairs').get()?.['value'], 'here');
  other.close();
  await store.close();
});

test('R12: backups are files that a person can read, and any text survives them', async () => {
  const machine = memoryDisk({ seed: 1 });
  const clock = fakeClock();
  const store = await openOn(machine, { clock });
  store.catalogue.set('fact/members/ann', '{"role":"owner","since":5}');
  store.catalogue.set('fact/members/ben', '{"role":"member","since":6}');
  store.catalogue.set('fact/invites', '[]');
  store.catalogue.set('other/thing', 'not a fact');
  await clock.advance(2000);
  const text = new TextDecoder().decode(machine.content('backup/members.json') ?? undefined);
  assert.deepEqual(JSON.parse(text), {
    version: 1,
    facts: { 'fact/members/ann': { role: 'owner', since: 5 }, 'fact/members/ben': { role: 'member', since: 6 } },
  });
  assert.ok(text.split('\n').length > 8, 'indented');
  assert.deepEqual(
    machine.paths.filter((path) => path.startsWith('backup/')),
    ['backup/invites.json', 'backup/members.json'],
  );
  store.catalogue.delete('fact/members/ann');
  await store.close();
  const again = await openOn(machine);
  assert.deepEqual(again.catalogue.keys(''), ['fact/invites', 'fact/members/ben']);

  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(fc.string(), fc.json())), async (facts) => {
      const other = memoryDisk({ seed: 1 });
      const first = await openOn(other);
      for (const [key, value] of Object.entries(facts)) first.catalogue.set(`fact/${key}`, value.toWellFormed());
      await first.close();
      const second = await openOn(other);
      for (const [key, value] of Object.entries(facts)) assert.equal(second.catalogue.get(`fact/${key}`), value.toWellFormed());
      await second.close();
    }),
    { numRuns: 60 },
  );
});

test('R12: a damaged catalogue is set aside and made again from the backups, and the log says so', async (context) => {
  for (const damage of ['not a database', 'middle', 'empty', 'gone'] as const) {
    const path = folder(context);
    const file = join(path, 'catalogue.db');
    const open = (log = memoryLog()): Promise<Store> => openStore({ ...optionsOn(realDisk(path), { log }), folder: path });
    const store = await open();
    for (let i = 0; i < 300; i++) store.catalogue.set(`fact/members/${i}`, `{"number":${i}}`);
    store.catalogue.addFact('snapshots', 5, 'five');
    await store.close();
    const bytes = readFileSync(file);
    if (damage === 'not a database') writeFileSync(file, 'x'.repeat(bytes.length));
    else if (damage === 'middle') writeFileSync(file, bytes.fill(0x5a, 4096));
    else if (damage === 'empty') writeFileSync(file, '');
    else rmSync(file);
    const log = memoryLog();
    const again = await open(log);
    assert.equal(again.catalogue.keys('fact/members/').length, 300, damage);
    assert.equal(again.catalogue.get('fact/members/7'), '{"number":7}');
    assert.deepEqual(again.catalogue.facts('snapshots', 1), [{ height: 5, value: 'five' }]);
    assert.equal(log.of('store.catalogue-restored').length, 1);
    const setAside = readdirSync(path).filter((name) => name.startsWith('catalogue.db.damaged-'));
    assert.equal(setAside.length, damage === 'not a database' || damage === 'middle' ? 1 : 0, damage);
    assert.equal(log.of('store.catalogue-set-aside').length, setAside.length);
    await again.close();
    await (await open()).close();
  }
});

test('R8, store.format-newer: a catalogue and a backup of a later version are refused, not changed', async (context) => {
  const path = folder(context);
  const open = (): Promise<Store> => openStore({ ...optionsOn(realDisk(path)), folder: path });
  const store = await open();
  store.catalogue.set('fact/a', '1');
  await store.close();
  const database = new DatabaseSync(join(path, 'catalogue.db'));
  database.exec('PRAGMA user_version = 2');
  database.close();
  await assert.rejects(open(), hasCode('store.format-newer'));
  rmSync(join(path, 'catalogue.db'));
  writeFileSync(join(path, 'backup/a.json'), '{"version":2,"facts":{}}');
  await assert.rejects(open(), hasCode('store.format-newer'));
});
