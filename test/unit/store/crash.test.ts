import { test } from 'node:test';
import { emptyReport, playCrashes } from './crash.ts';

/** Seeds that found something once, with what it was. */
const KEPT: readonly (readonly [seed: string, story: string])[] = [
  ['691749', 'a trim was answered by a table that had been written before it'],
  ['790366', 'three trims at once deleted segments side by side, and the power cut left a gap'],
  ['2000396', 'a segment whose folder had failed to sync was used by the next life, and lost with its name'],
  ['3002270', 'a removal went on after the one before had failed to sync'],
  ['4005570', 'the opening deleted segments by a table that was in the cache only'],
];

const SEEDS = Number(process.env['PEERHOLD_STORE_SEEDS'] ?? 400);

test('R2, R3, S9: over many lives on a failing disk nothing acknowledged is lost, nothing cut comes back, and recovery is the longest valid prefix', async (context) => {
  const report = emptyReport();
  const first = Date.now() % 1_000_000;
  for (const seed of [...KEPT.map(([seed]) => seed), ...Array.from({ length: SEEDS }, (_, i) => first + i)]) {
    try {
      await playCrashes(seed, 4, report);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  context.diagnostic(JSON.stringify(report));
  for (const [name, count] of Object.entries(report)) if (count === 0) throw new Error(`${name} never happened`);
});
