import assert from 'node:assert/strict';
import { test } from 'node:test';
import { injectDamages } from './damages.ts';

test('R2, R3, S9: injected damage is refused, cut as a tail, or harmless, exactly as an independent reader of the bytes judges', async (context) => {
  const count = Number(process.env['PEERHOLD_STORE_DAMAGES'] ?? 100);
  const report = await injectDamages({ count, seed: Date.now() % 1_000_000 });
  context.diagnostic(JSON.stringify({ ...report, wrong: report.wrong.length }));
  assert.deepEqual(report.wrong, []);
  // In a small run a rare verdict may be missing by chance.
  if (count >= 500) assert.ok(report.refused > 0 && report.cut > 0 && report.harmless > 0);
  assert.equal(Object.keys(report.byKind).length, 7);
});
