/**
 * `npm run bench`: every figure beside a peer's, measured in one run on this machine, as medians and ratios. Nothing here passes or
 * fails. `npm run bench -- chunk import` runs only those.
 */
import { cpus, totalmem } from 'node:os';
import type { BenchRow } from './row.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  chunk: async () => (await import('./chunk.ts')).benchChunk(),
  import: async () => (await import('./import.ts')).benchImport(),
  gateway: async () => (await import('./gateway.ts')).benchGateway(),
  tick: async () => (await import('./tick.ts')).benchTick(),
  store: async () => (await import('./store.ts')).benchStore(),
};

const wanted = process.argv.slice(2);
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  for (const row of await bench())
    console.log(
      `  ${row.name.padEnd(58)} ${format(row.ours)} ${row.unit.padEnd(12)} peer ${format(row.peer)}   ratio ${format(row.ratio)}`,
    );
}
process.exit(0);

function format(value: number | null): string {
  if (value === null) return '        -';
  return (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)).padStart(9);
}
