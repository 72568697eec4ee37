import { quorumOf } from '../../src-main/core/consensus/index.ts';
import { Cluster } from './cluster.ts';
import type { Violation } from './checkers.ts';
import type { Machine } from './machine.ts';
import type { NetworkPlan, Plan } from './plan.ts';
import { Random } from './random.ts';
import type { Report } from './report.ts';

export interface RunResult {
  readonly violations: readonly Violation[];
  readonly traceHash: string;
  readonly report: Report;
  readonly forks: number;
  readonly accused: ReadonlyMap<string, ReadonlySet<string>>;
  readonly finalHeight: number;
}

/** The longest that a healed core may take for its next final entry (L1, L2, L4, L5) and for catching up (L6). */
const PROGRESS_MILLIS = 25_000;
const CONVERGE_MILLIS = 40_000;

/** Safety under the plan's faults, then liveness after a core of q was healed. */
export function simulate(plan: Plan, options: { readonly liveness?: boolean } = {}): RunResult {
  const cluster = new Cluster(plan);
  const { timeline, checkers, report } = cluster;
  const failures: Violation[] = [];
  report.count('runs');
  try {
    cluster.startAll();
    while (timeline.now < plan.faultMillis && checkers.violations.length === 0) {
      timeline.runUntil(Math.min(plan.faultMillis, timeline.now + 250), () => checkers.violations.length > 0);
      for (const machine of cluster.machines) {
        checkers.checkHistory(machine);
        checkers.checkBounds(machine);
        if (cluster.random.chance(0.1)) machine.backUp();
      }
    }
    if (checkers.forks > 0) reunite(cluster);
    else if (checkers.violations.length === 0 && (options.liveness ?? true)) heal(cluster, failures);
  } catch (error) {
    failures.push({
      rule: 'crash',
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
      at: Math.round(timeline.now),
    });
  }
  report.count('simulated ms', Math.round(timeline.now));
  const violations = [...checkers.violations, ...failures];
  return {
    violations,
    traceHash: cluster.traceHash,
    report,
    forks: checkers.forks,
    accused: checkers.accused,
    finalHeight: checkers.finalHeight,
  };
}

/** After a fork the two sides hear of each other: that is when the liar is named. */
function reunite(cluster: Cluster): void {
  cluster.network.heal({ ...cluster.plan.network, loss: 0, flip: 0, truncate: 0 });
  for (const machine of cluster.machines) cluster.wake(machine.node);
  cluster.timeline.runUntil(cluster.timeline.now + 6000);
}

function heal(cluster: Cluster, failures: Violation[]): void {
  const { timeline, checkers, plan, report } = cluster;
  const calm: NetworkPlan = { ...plan.network, tailChance: 0, loss: 0, duplicate: 0, flip: 0, truncate: 0, replayLate: 0 };
  cluster.network.heal(calm);
  cluster.stopDeciding();
  cluster.disk.slowChance = 0;
  const dead = drawDead(cluster);
  for (let node = 0; node < plan.voters + plan.learners; node++) {
    if (!dead.includes(node)) cluster.wake(node);
    else if (plan.healing.kind === 'silent') for (const machine of cluster.machinesOf(node)) machine.crash();
  }
  // A person looks at both states and lets the group go on.
  for (const machine of cluster.machines) machine.thaw();
  if (plan.healing.kind === 'core') cluster.network.cut(halfOfTheLinks(cluster, dead));
  const fail = (rule: string, what: string): void => {
    failures.push({ rule, what, at: Math.round(timeline.now) });
  };
  const core = cluster.honest.filter((machine) => !dead.includes(machine.node));
  const before = checkers.finalHeight;
  const moved = (): boolean => checkers.finalHeight > before + 2;
  runInSteps(cluster, PROGRESS_MILLIS, moved);
  if (!moved() && !hasVoters(cluster, dead)) {
    report.count('exempt: quorum lost with disks or with an epoch under way');
    return;
  }
  if (!moved()) {
    fail(
      plan.healing.kind === 'silent' ? 'L5' : 'L4',
      `no new final entry after healing (${plan.healing.kind}); ${core.map(describe).join('; ')}`,
    );
    return;
  }
  const target = checkers.finalHeight;
  const converged = (): boolean => core.every((machine) => machine.state.announced >= target);
  if (plan.healing.kind !== 'core') runInSteps(cluster, CONVERGE_MILLIS, converged);
  if (plan.healing.kind !== 'core' && !converged()) fail('L2', `not all healed nodes reached ${target}: ${core.map(describe).join('; ')}`);
  for (const machine of core) checkers.checkHistory(machine);
}

/**
 * Whether the newest epoch can go on at all: who lost its disk votes again in the next epoch only (rule 11), and an epoch that was already under
 * way when the faults ended may need nodes that stay dead. Then only a person helps.
 */
function hasVoters(cluster: Cluster, dead: readonly number[]): boolean {
  const epoch = cluster.checkers.epochs.get(Math.max(...cluster.checkers.epochs.keys()))!;
  const able = epoch.voters.filter((voter) =>
    cluster.machines.every(
      (machine) =>
        machine.id !== voter.id || (!dead.includes(machine.node) && (!machine.honest || machine.state.incarnation === voter.incarnation)),
    ),
  );
  return able.length >= epoch.quorum;
}

function runInSteps(cluster: Cluster, millis: number, done: () => boolean): void {
  const until = cluster.timeline.now + millis;
  while (cluster.timeline.now < until && !done() && cluster.checkers.violations.length === 0)
    cluster.timeline.runUntil(cluster.timeline.now + 100, () => cluster.checkers.violations.length > 0);
}

/** Voters of the newest epoch that stay dead or half deaf: as many as the others can do without, the liars among them counted. */
function drawDead(cluster: Cluster): readonly number[] {
  const { plan, checkers } = cluster;
  if (plan.healing.kind === 'all') return [];
  const random = new Random(plan.healing.draw);
  const epoch = checkers.epochs.get(Math.max(...checkers.epochs.keys()))!;
  const nodes = epoch.voters.map((voter) => Number(voter.id.slice(1)));
  const liars = nodes.filter((node) => plan.liars.some((liar) => liar.node === node));
  // A voter that waits for its next incarnation, or that must ask (rule 11), is of no use to the core.
  const weak = nodes.filter((node) => checkers.lost.has(`n${node}`));
  const spare = nodes.length - quorumOf(nodes.length) - liars.length - weak.length;
  if (spare <= 0 || !plan.provenDisks) return [];
  return random.sample(
    nodes.filter((node) => !liars.includes(node) && !weak.includes(node)),
    1 + random.below(spare),
  );
}

function halfOfTheLinks(cluster: Cluster, dead: readonly number[]): readonly (readonly [number, number])[] {
  const nodes = cluster.plan.voters + cluster.plan.learners;
  const links: (readonly [number, number])[] = [];
  for (const node of dead)
    for (let other = 0; other < nodes; other++) {
      if (other === node) continue;
      if (cluster.random.chance(0.5)) links.push([node, other]);
      if (cluster.random.chance(0.5)) links.push([other, node]);
    }
  return links;
}

function describe(machine: Machine): string {
  const { state } = machine;
  return `${machine.id}${machine.up ? '' : ' down'} epoch ${state.epoch.number} view ${state.view} ${state.standing.kind} final ${state.tip.height} high ${state.high?.view ?? 0}:${state.high?.height ?? 0}`;
}
