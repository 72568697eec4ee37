import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './sources.ts';

/** What must be reported | in which file it is planted. `types` plants must fail to compile in their ring, `lint` plants must fail the linter. */
const PLANTS: readonly { readonly by: 'types' | 'lint'; readonly rule: string; readonly file: string; readonly source: string }[] = [
  ...[
    'process.pid',
    'Buffer.alloc(1)',
    'setTimeout(() => 0, 1)',
    'performance.now()',
    'console.log(1)',
    'new TextEncoder()',
    'fetch("x")',
    'queueMicrotask(() => 0)',
  ].map((code) => ({
    by: 'types' as const,
    rule: 'TS',
    file: 'src-main/core/world/planted.ts',
    source: `export const planted: unknown = ${code};\n`,
  })),
  { by: 'types', rule: 'TS', file: 'src-shared/units/planted.ts', source: `export const planted: unknown = document.title;\n` },
  { by: 'types', rule: 'TS', file: 'src-shared/units/planted.ts', source: `export const planted: unknown = setInterval(() => 0, 1);\n` },
  {
    by: 'types',
    rule: 'TS',
    file: 'src-shared/units/planted.ts',
    source: `export function first(list: readonly string[]): string { return list[0]; }\n`,
  },
  { by: 'types', rule: 'TS', file: 'src-shared/units/planted.ts', source: `export enum Planted { one }\n` },
  { by: 'lint', rule: 'no-restricted-globals', file: 'src-main/core/world/planted.ts', source: `export const planted = Date.now();\n` },
  ...['random()', 'sin(1)', 'cos(1)', 'pow(2, 0.5)', 'exp(1)', 'log(2)', 'hypot(1, 2)', 'atan2(1, 2)', 'cbrt(3)'].map((code) => ({
    by: 'lint' as const,
    rule: 'no-restricted-properties',
    file: 'src-main/core/world/planted.ts',
    source: `export const planted = Math.${code};\n`,
  })),
  {
    by: 'lint',
    rule: 'no-restricted-properties',
    file: 'src-main/core/world/planted.ts',
    source: `export const planted = 'a'.localeCompare('b');\n`,
  },
  { by: 'lint', rule: 'no-restricted-globals', file: 'src-main/node/planted.ts', source: `export const planted = Date.now();\n` },
  {
    by: 'lint',
    rule: 'no-restricted-globals',
    file: 'src-main/io/store/planted.ts',
    source: `export const planted = setTimeout(() => 0, 5);\n`,
  },
  { by: 'lint', rule: 'no-restricted-properties', file: 'src-main/io/game/planted.ts', source: `export const planted = Math.random();\n` },
  { by: 'lint', rule: 'no-default-export', file: 'src-main/node/planted.ts', source: `const planted = 1;\nexport default planted;\n` },
  {
    by: 'lint',
    rule: 'max-lines',
    file: 'src-main/node/planted.ts',
    source: Array.from({ length: 501 }, (_, i) => `export const planted${i} = ${i};`).join('\n'),
  },
  {
    by: 'lint',
    rule: 'max-lines-per-function',
    file: 'src-main/node/planted.ts',
    source: `export function planted(x: number): number {\n${'  x += 1;\n'.repeat(70)}  return x;\n}\n`,
  },
  { by: 'lint', rule: 'no-explicit-any', file: 'src-main/node/planted.ts', source: `export const planted: any = 1;\n` },
  {
    by: 'lint',
    rule: 'no-floating-promises',
    file: 'src-main/node/planted.ts',
    source: `export function planted(): void {\n  Promise.resolve(1);\n}\n`,
  },
  {
    by: 'lint',
    rule: 'switch-exhaustiveness-check',
    file: 'src-main/node/planted.ts',
    source: `export function planted(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n`,
  },
  { by: 'lint', rule: 'eqeqeq', file: 'src-main/node/planted.ts', source: `export const planted = (x: unknown): boolean => x == 1;\n` },
];

/** 1. Copy the product beside its tools. 2. Plant all of one kind in files of their own. 3. Run the real tool once per ring. 4. Compare. */
test('purity: every planted impurity fails to compile or fails the linter', (context) => {
  const copy = mkdtempSync(join(tmpdir(), 'peerhold-purity-'));
  try {
    for (const entry of readdirSync(ROOT)) {
      if (entry.startsWith('src-')) cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
      else if (/^(tsconfig.*|\.oxlintrc\.json|package\.json)$/.test(entry)) cpSync(join(ROOT, entry), join(copy, entry));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'dir');
    const files = PLANTS.map((plant, index) => {
      const file = plant.file.replace('planted', `planted-${index}`);
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), plant.source);
      return file;
    });
    const run = (command: string, ...args: string[]) => {
      const done = spawnSync(join(ROOT, 'node_modules', '.bin', command), args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
      return done.stdout + done.stderr;
    };
    const types = run('tsc', '-p', 'tsconfig.shared.json') + run('tsc', '-p', 'tsconfig.core.json');
    const lint = run('oxlint', '-f', 'unix', ...files);
    const missed = PLANTS.filter((plant, index) => {
      const output = plant.by === 'types' ? types : lint;
      return !output.split('\n').some((line) => line.includes(files[index]!) && line.includes(plant.rule));
    });
    context.diagnostic(`planted ${PLANTS.length}, caught ${PLANTS.length - missed.length}, missed ${missed.length}`);
    assert.deepEqual(missed, []);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
