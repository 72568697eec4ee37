import { test } from 'node:test';
import { emptyReport, playCrashes } from './crash.ts';

/** Seeds that found something once, with what it was. */
const KEPT: readonly (readonly [seed: string, story: string])[] = [];

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
