/** Types per ring, lint, format. `npm run check` is what a developer runs before every commit; `npm test` starts with it. */
import { spawnSync } from 'node:child_process';

const RINGS = ['shared', 'core', 'main', 'renderer', 'test'];
const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ...RINGS.map((ring) => [`types of ${ring}`, ['tsc', '-p', `tsconfig.${ring}.json`]] as const),
  ['lint', ['oxlint', '--deny-warnings']],
  ['format', ['oxfmt', '--check']],
];

let failed = 0;
for (const [name, [command, ...args]] of STEPS) {
  const run = spawnSync(`node_modules/.bin/${command}`, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  const ok = run.status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (!ok) {
    failed += 1;
    console.log(run.stdout, run.stderr);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
