/**
 * `node test/sim/run.ts [--seconds 60] [--runs N] [--seed N] [--voters N] [--liars N] [--short] [--keep]`
 * Fresh seeds until the time is over (or N runs, or exactly one seed), then the kept ones. Prints what was injected, and the story of what failed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { drawPlan, type Plan, type PlanOptions } from './plan.ts';
import { printReport, Report } from './report.ts';
import { shrink, story } from './shrink.ts';
import { simulate, type RunResult } from './simulate.ts';

const KEPT = new URL('kept-seeds.json', import.meta.url);

/** A failing plan of the past with what it found; it must never fail again. */
export interface Kept {
  readonly story: string;
  readonly plan: Plan;
}

export interface Failure {
  readonly seed: number;
  readonly rule: string;
  readonly what: string;
  readonly story: string;
  readonly plan: Plan;
}

export interface Campaign {
  readonly report: Report;
  readonly failures: readonly Failure[];
  readonly seeds: number;
}

export function keptSeeds(): readonly Kept[] {
  return JSON.parse(readFileSync(KEPT, 'utf8')) as readonly Kept[];
}

/** Runs kept plans first, then fresh seeds from `from` on. Stops after ten failures. */
export function campaign(options: {
  readonly seconds: number;
  readonly runs?: number;
  readonly from: number;
  readonly plan?: PlanOptions;
  readonly kept?: boolean;
}): Campaign {
  const report = new Report();
  const failures: Failure[] = [];
  const take = (plan: Plan): void => {
    const result = simulate(plan);
    report.add(result.report);
    if (plan.seed % 50 === 0) checkTwice(plan, result, report, failures);
    const [first] = result.violations;
    if (first !== undefined) failures.push(failureOf(plan, first.rule, first.what));
  };
  if (options.kept ?? true) for (const { plan } of keptSeeds()) take(plan);
  const until = performance.now() + options.seconds * 1000;
  let seeds = 0;
  while (performance.now() < until && seeds < (options.runs ?? Infinity) && failures.length < 10)
    take(drawPlan(options.from + seeds++, options.plan));
  return { report, failures, seeds };
}

/** M1: the same seed, the same trace. */
function checkTwice(plan: Plan, result: RunResult, report: Report, failures: Failure[]): void {
  report.count('run twice');
  const again = simulate(plan);
  if (again.traceHash !== result.traceHash) failures.push(failureOf(plan, 'M1', `trace ${result.traceHash}, then ${again.traceHash}`));
}

function failureOf(plan: Plan, rule: string, what: string): Failure {
  const small = shrink(plan, rule);
  return { seed: plan.seed, rule, what, story: story(small), plan: small };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      voters: { type: 'string' },
      liars: { type: 'string' },
      short: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const plan: PlanOptions = {
    ...(values.voters === undefined ? {} : { voters: Number(values.voters) }),
    ...(values.liars === undefined ? {} : { liars: Number(values.liars) }),
    ...(values.short ? { length: 'short' } : {}),
  };
  const from = values.seed === undefined ? Math.floor(Date.now() / 1000) * 1000 : Number(values.seed);
  const runs = values.runs === undefined ? (values.seed === undefined ? Infinity : 1) : Number(values.runs);
  const started = performance.now();
  const { report, failures, seeds } = campaign({ seconds: Number(values.seconds), runs, from, plan, kept: values.seed === undefined });
  console.log(`${seeds} seeds from ${from} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  console.log(printReport(report));
  for (const { seed, rule, what, story: told } of failures) console.log(`\nFAILED ${rule} with seed ${seed}: ${what}\n  ${told}`);
  if (values.keep && failures.length > 0) {
    const added = failures.map(({ rule, what, story: told, plan: small }) => ({ story: `${rule}: ${what}. ${told}`, plan: small }));
    writeFileSync(KEPT, `${JSON.stringify([...keptSeeds(), ...added], null, 1)}\n`);
  }
  process.exitCode = failures.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
