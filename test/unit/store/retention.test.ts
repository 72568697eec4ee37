import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { retained, type KeptSnapshot } from '../../../src-main/io/store/index.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2024, 5, 15, 12, 30);

/** One every `millis` back from now. */
function every(millis: number, count: number): readonly KeptSnapshot[] {
  return Array.from({ length: count }, (_, i) => ({ height: count - i, wall: NOW - i * millis }));
}

test('storage, rule 5: all of the last hour, hourly for a day, daily for a month', () => {
  const kept = retained(every(5 * 60_000, 40 * 24 * 12), NOW);
  const ages = kept.map(({ wall }) => (NOW - wall) / HOUR);
  assert.equal(ages.filter((age) => age < 1).length, 12);
  assert.equal(ages.filter((age) => age >= 1 && age < 24).length, 24);
  assert.equal(ages.filter((age) => age >= 24).length, 30);
  assert.ok(Math.max(...ages) < 30 * 24);
  assert.deepEqual(
    kept,
    kept.toSorted((a, b) => b.height - a.height),
  );
});

test('storage, rule 5: the newest is kept however old, an empty list is empty, and clocks that lie lose nothing of the last hour', () => {
  assert.deepEqual(retained([], NOW), []);
  const old = { height: 3, wall: NOW - 400 * 24 * HOUR };
  assert.deepEqual(retained([{ height: 2, wall: old.wall }, old], NOW), [old]);
  const future = { height: 1, wall: NOW + HOUR };
  assert.deepEqual(retained([future], NOW), [future]);
});

test('storage, rule 5: keeping again what was kept drops nothing until time has passed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 35 * 24 * HOUR }), { maxLength: 300 }), (ages) => {
      const snapshots = ages.toSorted((a, b) => b - a).map((age, i) => ({ height: i, wall: NOW - age }));
      const once = retained(snapshots, NOW);
      assert.deepEqual(retained(once, NOW), once);
    }),
  );
});
