/**
 * `npm test`: checks, then every layer of tests. `npm test -- sim e2e/page` runs only the files whose path contains one of the words.
 * Ends with the line `N passed, N failed`. A test that lacks a browser or a folder says so and is skipped, unless PEERHOLD_REQUIRE names it.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const ROOT = join(import.meta.dirname, '..');

/** In this order: what fails fastest comes first. Layers that start processes or measure time run one file at a time. */
const LAYERS: readonly { readonly name: string; readonly alone: boolean }[] = [
  { name: 'rules', alone: false },
  { name: 'unit', alone: false },
  { name: 'contract', alone: false },
  { name: 'formats', alone: false },
  { name: 'sim', alone: false },
  { name: 'e2e', alone: true },
];

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

async function runLayer(files: readonly string[], alone: boolean, count: Count): Promise<void> {
  const stream = run({
    files,
    concurrency: alone ? 1 : availableParallelism(),
    timeout: 600_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  stream.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    if (event.skip !== undefined && event.skip !== false) count.skipped += 1;
    else count.passed += 1;
  });
  stream.on('test:fail', (event) => {
    if (event.details.type !== 'suite') count.failed += 1;
  });
  const report = stream.compose(new spec());
  for await (const chunk of report) process.stdout.write(chunk as string);
}

async function main(words: readonly string[]): Promise<void> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  if (words.length === 0) {
    const check = spawnSync(process.execPath, [join(ROOT, 'test/check.ts')], { stdio: 'inherit', cwd: ROOT });
    if (check.status === 0) count.passed += 1;
    else count.failed += 1;
  }
  for (const layer of LAYERS) {
    const files = globSync(`test/${layer.name}/**/*.test.{ts,tsx}`, { cwd: ROOT })
      .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
      .sort()
      .map((file) => join(ROOT, file));
    if (files.length === 0) continue;
    const start = performance.now();
    console.log(`\n== ${layer.name}: ${files.length} files`);
    await runLayer(files, layer.alone, count);
    console.log(`== ${layer.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}

await main(process.argv.slice(2));
