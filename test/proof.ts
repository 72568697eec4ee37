/**
 * `npm run proof`: the long evidence, 45 minutes at most. Each step prints its figures; the last line counts them. `npm run proof -- kill`
 * runs only the steps whose name contains a word.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly minutes: number;
}

const STEPS: readonly Step[] = [
  {
    name: 'kill: 50 times kill -9 while two clients build',
    args: ['test/run.ts', 'e2e/kill'],
    env: { PEERHOLD_KILL_ROUNDS: '50' },
    minutes: 15,
  },
  {
    name: 'storage: 600 injected damages',
    args: ['test/run.ts', 'unit/store/damages'],
    env: { PEERHOLD_STORE_DAMAGES: '600' },
    minutes: 5,
  },
  {
    name: 'storage: 2,000 lives on a failing disk',
    args: ['test/run.ts', 'unit/store/crash'],
    env: { PEERHOLD_STORE_SEEDS: '2000' },
    minutes: 5,
  },
  {
    name: 'storage: 20 times kill -9 of a process that writes',
    args: ['test/run.ts', 'contract/store/process'],
    env: { PEERHOLD_STORE_KILLS: '20' },
    minutes: 5,
  },
  {
    name: 'items: 1,200 random histories conserve every item',
    args: ['test/run.ts', 'rules-players/conservation'],
    env: { PEERHOLD_RUNS: '400' },
    minutes: 8,
  },
];

function runStep(step: Step): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...step.args], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...step.env },
    });
    const timer = setTimeout(() => {
      console.log(`${step.name}: not done within ${step.minutes} minutes`);
      child.kill('SIGKILL');
    }, step.minutes * 60_000);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

const words = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const step of STEPS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))) {
  const start = performance.now();
  console.log(`\n== ${step.name}`);
  const ok = await runStep(step);
  if (ok) passed += 1;
  else failed += 1;
  console.log(`== ${ok ? 'ok' : 'FAILED'} after ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
